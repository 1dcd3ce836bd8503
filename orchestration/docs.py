"""The command `docs`: what dbt and its companions say of the project, as files that open without a server.

Made when asked for, and no part of a build: it takes dbt three times as long as the build has to spare. The
project alone decides the bytes, whenever and wherever they are made.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import rich_click as click

from arsenale.errors import ArsenaleError
from arsenale.reference.exchange_rates import EXCHANGE_RATES_VARIABLE, write_exchange_rates
from arsenale.settings import DATABASE_NAME, Settings
from orchestration.project import DATABASE_VARIABLE, EXCHANGE_RATES, dbt_environment, dbt_executable

PUBLIC_SCHEMA = "main"

VARYING: dict[str, Any] = {
    "generated_at": "1970-01-01T00:00:00Z",
    "invocation_started_at": "1970-01-01T00:00:00Z",
    "run_started_at": "1970-01-01T00:00:00Z",
    "invocation_id": None,
    "created_at": 0.0,
    # A path of this machine.
    "compiled_path": None,
}
"""What differs from run to run and says nothing of the project, and what stands there instead."""

MANIFEST_PLACE, CATALOG_PLACE = '"MANIFEST.JSON INLINE DATA"', '"CATALOG.JSON INLINE DATA"'
"""Where dbt's page takes its data from, if it is to open without a server."""


@click.command()
@click.option(
    "--out",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write; made where it is not there.",
)
def docs(out: Path) -> None:
    """Write dbt's docs, the lineage of every column and a diagram of the public tables.

    dbt.html and lineage.html open in any browser, offline; schema.md is a Mermaid diagram. It takes half
    a minute, on a database of its own without rows: no release is read or changed.
    """
    write_docs(Settings.from_environment(), out)
    click.echo(f"{out}: dbt.html, lineage.html, schema.md")


def write_docs(settings: Settings, out: Path) -> None:
    """Write the three files into a folder.

    Raises:
        ArsenaleError: One of the tools stops, with what it says.
    """
    with TemporaryDirectory(prefix="arsenale-docs-") as name:
        work = Path(name)
        _let_dbt_describe(settings, work)
        documents = {kind: _timeless(json.loads((work / f"{kind}.json").read_bytes())) for kind in _KINDS}
        texts = {kind: json.dumps(document, sort_keys=True) for kind, document in documents.items()}
        for kind, text in texts.items():
            (work / f"{kind}.json").write_text(text, encoding="utf-8")
        page = (work / "index.html").read_text(encoding="utf-8")
        page = page.replace(MANIFEST_PLACE, texts["manifest"]).replace(CATALOG_PLACE, texts["catalog"])
        out.mkdir(parents=True, exist_ok=True)
        (out / "dbt.html").write_text(page, encoding="utf-8")
        (out / "lineage.html").write_text(_lineage(work), encoding="utf-8")
        (out / "schema.md").write_text(_diagram(work), encoding="utf-8")


_KINDS = ("manifest", "catalog")


def _let_dbt_describe(settings: Settings, work: Path) -> None:
    """Have dbt build every model without rows, and describe what it built."""
    rates = work / EXCHANGE_RATES
    write_exchange_rates(rates)
    environment = dbt_environment(settings) | {
        DATABASE_VARIABLE: str(work / DATABASE_NAME),
        EXCHANGE_RATES_VARIABLE: str(rates),
    }
    folders = ["--target-path", str(work), "--log-path", str(work)]
    tests = [word for kind in ("test", "unit_test") for word in ("--exclude-resource-type", kind)]
    for command in (["build", "--empty", *tests], ["docs", "generate"]):
        _run([dbt_executable(), "--quiet", *command, *folders], settings.home, environment)


def _lineage(work: Path) -> str:
    inputs = ["--manifest", str(work / "manifest.json"), "--catalog", str(work / "catalog.json")]
    _run([_beside_dbt("colibri"), "generate", *inputs, "--output-dir", str(work / "lineage")], work)
    page = (work / "lineage" / "index.html").read_text(encoding="utf-8")
    return re.sub(r'("generated_at":\s*)"[^"]*"', rf'\1"{VARYING["generated_at"]}"', page)


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
    _run([_beside_dbt("dbterd"), "run", "--artifacts-dir", str(work), *chosen, *output], work)
    (diagram,) = (work / "diagram").iterdir()
    return f"```mermaid\n{diagram.read_text(encoding='utf-8').strip()}\n```\n"


def _beside_dbt(name: str) -> str:
    return str(Path(dbt_executable()).with_name(name))


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter's tools
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise ArsenaleError(f"{Path(command[0]).name} is not installed", remedy="`make setup`") from error
    if done.returncode:
        lines = (done.stdout + done.stderr).splitlines()
        raise ArsenaleError(f"{Path(command[0]).name} stopped", details=lines[-20:])


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: VARYING.get(name, _timeless(one)) for name, one in value.items()}
    if isinstance(value, list):
        return [_timeless(one) for one in value]
    return value
