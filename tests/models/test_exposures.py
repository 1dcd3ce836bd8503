"""Lineage reaches what people see: the exposures name the tables that the dashboard and the site read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

HOME = Path(__file__).parents[2]
READERS = {
    "superset_dashboard": sorted(HOME.glob("bi/superset/datasets/*/*.yaml")),
    "site": sorted(HOME.glob("arsenale/site/*.py")),
}
"""By exposure, the files whose SQL names the tables."""

MARTS = {file.stem for file in (HOME / "models" / "marts").rglob("*.sql")}


@pytest.mark.parametrize("name", READERS)
def test_an_exposure_names_what_its_reader_reads(name: str) -> None:
    exposures = yaml.safe_load((HOME / "models" / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
    (exposure,) = (one for one in exposures if one["name"] == name)
    named = {ref.removeprefix("ref('").removesuffix("')") for ref in exposure["depends_on"]}
    words = {word for file in READERS[name] for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))}
    assert named == words & MARTS
    assert named
