"""dbt's docs, the lineage of columns and the diagram: offline, the same every time, of one project."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.building import Project, new_project

pytestmark = pytest.mark.slow

NAMES = {"dbt.html", "lineage.html", "schema.md"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return new_project(tmp_path_factory.mktemp("docs"))


@pytest.fixture(scope="module")
def written(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("written") / "docs"
    done = project.arsenale("docs", "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


def text_of(file: Path) -> str:
    """What a page says; the lineage keeps its data in base 64."""
    text = file.read_text(encoding="utf-8")
    hidden = re.findall(r'atob\("([A-Za-z0-9+/=]+)"\)', text)
    return "\n".join([text, *(base64.b64decode(one).decode() for one in hidden)])


def test_every_public_table_is_in_each_of_them(written: Path, project: Project) -> None:
    assert {file.name for file in written.iterdir()} == NAMES
    tables = {file.stem for file in (project.home / "models" / "marts").rglob("*.sql")}
    for name in NAMES:
        text = text_of(written / name).lower()
        assert {table for table in tables if table not in text} == set(), name


def test_lineage_reaches_what_people_see(written: Path) -> None:
    text = (written / "dbt.html").read_text(encoding="utf-8")
    assert "exposure.arsenale.superset_dashboard" in text
    assert "exposure.arsenale.site" in text


def test_the_diagram_joins_tables_by_their_keys(written: Path) -> None:
    diagram = (written / "schema.md").read_text(encoding="utf-8")
    assert diagram.startswith("```mermaid\nerDiagram\n")
    assert re.search(r'"FCT_SPENDING" }\S*--\S* "DIM_DOCUMENT"', diagram)


def test_nothing_is_loaded_from_elsewhere_and_no_path_of_the_machine_stands_there(
    written: Path, project: Project
) -> None:
    for name in NAMES:
        text = text_of(written / name)
        assert not re.search(r'<(script|link|img)[^>]+(src|href)="?https?:', text), name
        assert str(project.home) not in text, name
        assert "/arsenale-docs-" not in text, name


def test_a_release_carries_the_docs_of_its_own_project_and_of_no_other(
    written: Path, project: Project
) -> None:
    first = project.arsenale("build", "--json")
    assert first.returncode == 0, first.stderr
    carried = project.warehouse / "current" / "docs"
    assert {file.name: file.read_bytes() for file in carried.iterdir()} == {
        file.name: file.read_bytes() for file in written.iterdir()
    }
    assert project.arsenale("releases", "verify").returncode == 0
    model = next(project.home.glob("models/marts/**/dim_party.sql"))
    model.write_text(f"{model.read_text()}\n-- another project\n")
    seed = project.home / "seeds" / "parties.csv"
    seed.write_text(f"{seed.read_text()}some-works,Some Works,company,,\n")
    second = project.arsenale("build", "--json")
    assert second.returncode == 0, second.stderr
    assert not (project.warehouse / "current" / "docs").exists()


def test_the_same_project_gives_the_same_bytes_elsewhere(written: Path, tmp_path: Path) -> None:
    elsewhere = new_project(tmp_path)
    done = elsewhere.arsenale("docs", "--out", str(tmp_path / "again"))
    assert done.returncode == 0, done.stderr
    for name in NAMES:
        assert (tmp_path / "again" / name).read_bytes() == (written / name).read_bytes(), name
