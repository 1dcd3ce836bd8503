"""The page for whoever keeps the warehouse names every variable that the program reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arsenale.engine import open_engine
from tests.building import ROOT

PAGE = ROOT / "docs" / "operate.md"
READING = ("arsenale", "orchestration", "macros", "models", "profiles.yml", "dbt_project.yml", "deploy")
VARIABLE = re.compile(r"(?<!_)ARSENALE_[A-Z_]*[A-Z]")


def variables(path: Path) -> set[str]:
    """Return the variables that a file, or the files under a folder, name."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    # What Python compiled has other bytes beside a name.
    texts = (file.read_text(encoding="utf-8", errors="ignore") for file in files if file.suffix != ".pyc")
    return {name for text in texts for name in VARIABLE.findall(text)}


def test_the_page_of_settings_is_whole() -> None:
    read = set().union(*(variables(ROOT / name) for name in READING))
    assert len(read) > 20
    listed = set(VARIABLE.findall(PAGE.read_text(encoding="utf-8").partition("## All settings")[2]))
    assert listed == read


@pytest.mark.parametrize(("named", "limit"), [("100MB", 95), ("", 2_800)])
def test_what_works_on_a_database_keeps_to_the_memory_that_it_is_given(
    monkeypatch: pytest.MonkeyPatch, named: str, limit: int
) -> None:
    monkeypatch.setenv("ARSENALE_MEMORY_LIMIT", named)
    with open_engine() as connection:
        (set_to,) = connection.execute("select current_setting('memory_limit')").fetchall()[0]
    size, unit = re.fullmatch(r"([0-9.]+) (MiB|GiB)", set_to).groups()
    assert round(float(size) * {"MiB": 1, "GiB": 1024}[unit]) == pytest.approx(limit, rel=0.02)


def test_the_shipped_limit_leaves_the_unit_half_of_its_memory() -> None:
    unit = (ROOT / "deploy" / "systemd" / "arsenale-code.service").read_text(encoding="utf-8")
    settings = (ROOT / "deploy" / "arsenale.env").read_text(encoding="utf-8")
    most = re.search(r"^MemoryMax=(\d+)G$", unit, re.MULTILINE)
    given = re.search(r"^ARSENALE_MEMORY_LIMIT=(\d+)GB$", settings, re.MULTILINE)
    assert most is not None
    assert given is not None
    assert 2 * int(given[1]) <= int(most[1])
