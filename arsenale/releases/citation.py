"""`CITATION.cff`: how to cite a release, in the Citation File Format 1.2.0."""

from __future__ import annotations

import json
from pathlib import Path

from arsenale.releases.licences import AUTHOR, DATA_LICENCE, TITLE
from arsenale.releases.manifest import Imprint

CITATION_NAME = "CITATION.cff"


def write_citation(folder: Path, imprint: Imprint) -> None:
    """Write the file. A JSON string is a YAML string, so values are quoted as JSON."""
    fields = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": TITLE,
        "message": "Please cite the release that you used, by its version.",
        "version": imprint.release_id,
        "date-released": f"{imprint.built_at:%Y-%m-%d}",
        "license": DATA_LICENCE["name"],
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in fields.items()]
    lines += [
        "authors:",
        f"  - name: {json.dumps(AUTHOR)}",
        "identifiers:",
        "  - type: other",
        f"    value: {json.dumps(f'sha256:{imprint.logical.sha256}')}",
        '    description: "Logical hash of the content: every row of every public table"',
    ]
    (folder / CITATION_NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")
