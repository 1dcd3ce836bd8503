"""What dbt and its companions say of the project, as files that open without a server.

The project alone decides the bytes, whenever and wherever they are made.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from arsenale.errors import ArsenaleError
from arsenale.settings import PUBLIC_SCHEMA

VARYING: dict[str, Any] = {
    "generated_at": "1970-01-01T00:00:00Z",
    "invocation_started_at": "1970-01-01T00:00:00Z",
    "run_started_at": "1970-01-01T00:00:00Z",
    "invocation_id": None,
    "created_at": 0.0,
    # Paths of this machine.
    "compiled_path": None,
    "root_path": None,
}
"""What differs from run to run and says nothing of the project, and what stands there instead."""

KINDS = ("manifest", "catalog")
"""What dbt writes of the project, and of the tables that it built."""

MANIFEST_PLACE, CATALOG_PLACE = '"MANIFEST.JSON INLINE DATA"', '"CATALOG.JSON INLINE DATA"'
"""Where dbt's page takes its data from, if it is to open without a server."""


def write_docs(work: Path, out: Path) -> None:
    """Write the three files into a folder.

    Args:
        work: What dbt wrote, of a build and of `docs generate`. Compiled statements name this folder.
        out: Made where it is not there.

    Raises:
        ArsenaleError: One of the tools stops, with what it says.
    """
    documents = {kind: _timeless(json.loads((work / f"{kind}.json").read_bytes())) for kind in KINDS}
    texts = {
        kind: json.dumps(document, sort_keys=True).replace(str(work), "target")
        for kind, document in documents.items()
    }
    for kind, text in texts.items():
        (work / f"{kind}.json").write_text(text, encoding="utf-8")
    page = (work / "index.html").read_text(encoding="utf-8")
    page = page.replace(MANIFEST_PLACE, texts["manifest"]).replace(CATALOG_PLACE, texts["catalog"])
    out.mkdir(parents=True, exist_ok=True)
    (out / "dbt.html").write_text(page, encoding="utf-8")
    (out / "lineage.html").write_text(_lineage(work), encoding="utf-8")
    (out / "schema.md").write_text(_diagram(work), encoding="utf-8")


def _lineage(work: Path) -> str:
    inputs = ["--manifest", str(work / "manifest.json"), "--catalog", str(work / "catalog.json")]
    _run("colibri", work, "generate", *inputs, "--output-dir", str(work / "lineage"))
    page = (work / "lineage" / "index.html").read_text(encoding="utf-8")
    return re.sub(r'(?<=atob\(")[A-Za-z0-9+/=]+(?="\))', _timeless_in_base64, page)


def _timeless_in_base64(found: re.Match[str]) -> str:
    data = _timeless(json.loads(base64.b64decode(found[0])))
    # The tool numbers the edges as it comes by them.
    edges = sorted(({**edge, "id": 0} for edge in data["lineage"]["edges"]), key=json.dumps)
    data["lineage"]["edges"] = [{**edge, "id": number} for number, edge in enumerate(edges, 1)]
    return base64.b64encode(json.dumps(data, sort_keys=True).encode()).decode()


def _diagram(work: Path) -> str:
    (work / "diagram").mkdir()
    chosen = [
        "--algo",
        "model_contract",
        "--select",
        f"schema:{PUBLIC_SCHEMA}",
        "--entity-name-format",
        "table",
    ]
    output = ["--target", "mermaid", "--output", str(work / "diagram")]
    _run("dbterd", work, "run", "--artifacts-dir", str(work), *chosen, *output)
    (diagram,) = (work / "diagram").iterdir()
    return f"```mermaid\n{diagram.read_text(encoding='utf-8').strip()}\n```\n"


def _run(tool: str, folder: Path, *arguments: str) -> None:
    command = [str(Path(sys.executable).with_name(tool)), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter's tools
            command, cwd=folder, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise ArsenaleError(f"{tool} is not installed", remedy="`make setup`") from error
    if done.returncode:
        lines = (done.stdout + done.stderr).splitlines()
        raise ArsenaleError(f"{tool} stopped", details=lines[-20:])


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"name", "checksum"}:
            # Of a file: a seed's is that of the data, which the project is not.
            return {**value, "checksum": ""}
        return {name: VARYING.get(name, _timeless(one)) for name, one in value.items()}
    if isinstance(value, list):
        return [_timeless(one) for one in value]
    return value
