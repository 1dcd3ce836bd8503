"""How a release is cited: the Citation File Format 1.2.0."""

from __future__ import annotations

import re

import yaml

from arsenale.releases.manifest import read_manifest

from .conftest import Warehouse

REQUIRED = {"cff-version", "message", "title", "authors"}
ALLOWED = REQUIRED | {"type", "version", "date-released", "license", "identifiers", "abstract", "keywords"}
"""What the format demands, and what of the rest a release has."""


def test_a_release_says_how_to_cite_it(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    # As text: CFF's own validators take neither dates nor numbers for what YAML makes of them.
    cited = yaml.load((release.folder / "CITATION.cff").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert set(cited) >= REQUIRED
    assert set(cited) <= ALLOWED
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "dataset"
    assert cited["version"] == release.release_id
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", cited["date-released"])
    assert release.release_id.startswith(cited["date-released"])
    assert cited["license"] == "CC-BY-4.0"
    assert cited["authors"] == [{"name": "The Arsenale contributors"}]
    (identifier,) = cited["identifiers"]
    assert set(identifier) == {"type", "value", "description"}
    assert identifier["value"] == f"sha256:{read_manifest(release)['logical_hash']}"
