"""What a build reads: every change asks for another build, and what pages are made of for new pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from arsenale.inputs import inputs_digest, pages_digest
from arsenale.settings import LANGUAGES_VARIABLE, REPORT_TO_VARIABLE, Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in (REPORT_TO_VARIABLE, LANGUAGES_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    for name in ("seeds/figures.csv", "analyses/spending.sql", "documents/a.txt", "languages/fr.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("as it was")
    return Settings(home=tmp_path, warehouse=tmp_path / "warehouse", documents=tmp_path / "documents")


@pytest.mark.parametrize("digest", [inputs_digest, pages_digest])
def test_what_is_as_it_was_has_the_digest_that_it_had(
    settings: Settings, digest: Callable[[Settings], str]
) -> None:
    before = digest(settings)
    (settings.home / "documents" / "README.md").write_text("no document")
    (settings.seeds / "figures.csv").write_text("as it was")
    assert digest(settings) == before


@pytest.mark.parametrize(
    ("name", "of_pages"),
    [("seeds/figures.csv", False), ("documents/a.txt", False), ("analyses/spending.sql", True)],
)
def test_an_edited_file_is_noticed(settings: Settings, name: str, *, of_pages: bool) -> None:
    before = inputs_digest(settings), pages_digest(settings)
    (settings.home / name).write_text("edited")
    assert inputs_digest(settings) != before[0]
    assert (pages_digest(settings) != before[1]) == of_pages


def test_a_file_that_moves_is_noticed(settings: Settings) -> None:
    before = inputs_digest(settings), pages_digest(settings)
    (settings.home / "models" / "marts").mkdir(parents=True)
    (settings.home / "models" / "a.sql").write_text("select 1")
    there = inputs_digest(settings)
    (settings.home / "models" / "a.sql").rename(settings.home / "models" / "marts" / "a.sql")
    assert len({before[0], there, inputs_digest(settings)}) == 3
    assert pages_digest(settings) == before[1]


def test_the_pages_of_a_project_are_the_same_in_another_folder(settings: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(settings.home / "analyses", elsewhere / "analyses")
    assert pages_digest(replace(settings, home=elsewhere)) == pages_digest(settings)


def test_who_hears_of_errors_is_named_on_the_pages(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = inputs_digest(settings), pages_digest(settings)
    monkeypatch.setenv(REPORT_TO_VARIABLE, "keeper@example.org")
    assert inputs_digest(settings) != before[0]
    assert pages_digest(settings) != before[1]


def test_further_languages_are_read_by_a_build(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs_digest(settings)
    monkeypatch.setenv(LANGUAGES_VARIABLE, str(settings.home / "languages"))
    named = inputs_digest(settings)
    (settings.home / "languages" / "fr.toml").write_text("edited")
    assert len({before, named, inputs_digest(settings)}) == 3
