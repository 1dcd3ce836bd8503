"""Batches go the whole way: to a release, with a site while it can be leafed through, and the next on top."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from arsenale.engine import open_engine
from arsenale.keys import keys_of
from arsenale.settings import DOCUMENTS_LISTED_AT_MOST
from benchmarks.generate import FIGURES_PER_DOCUMENT, generate
from tests.building import Project, new_project

BATCHES = 2
DOCUMENTS = DOCUMENTS_LISTED_AT_MOST * 3 // 2
"""Of all batches: one alone still has a site, two together have none."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    generate(folder, DOCUMENTS * FIGURES_PER_DOCUMENT, batches=BATCHES)
    return folder


@pytest.fixture(scope="module", params=["checked", pytest.param("indexed", marks=pytest.mark.slow)])
def published(
    request: pytest.FixtureRequest, world: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Project, list[dict[str, Any]]]:
    """Return a warehouse to which the batches came one after the other, and what each build said."""
    project, said = new_project(tmp_path_factory.mktemp(str(request.param))), []
    arrived = arrived_in(project)
    for batch in range(1, BATCHES + 1):
        for kind in (".", "documents"):
            (arrived / kind).mkdir(parents=True, exist_ok=True)
            shutil.copy(world / kind / f"batch-{batch:04}.parquet", arrived / kind)
        said.append(build(project, keys=str(request.param)))
    return project, said


def arrived_in(project: Project) -> Path:
    """Return the folder of the batches that have come."""
    return project.home.parent / "arrived"


def build(project: Project, *, keys: str, options: Sequence[str] = ()) -> dict[str, Any]:
    """Build with what has come, and return what the build says."""
    done = project.arsenale(
        "build", "--json", *options, ARSENALE_FIGURES=str(arrived_in(project)), ARSENALE_KEYS=keys
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_each_batch_makes_a_release(published: tuple[Project, list[dict[str, Any]]]) -> None:
    project, _ = published
    releases = sorted((project.warehouse / "releases").iterdir())
    assert len(releases) == BATCHES
    with duckdb.connect(project.database, read_only=True) as connection:
        ((documents,),) = connection.execute(
            "select count(*) from dim_document where document_id like 'made-%'"
        ).fetchall()
    assert documents == DOCUMENTS


def test_a_site_is_drawn_as_long_as_it_can_be_leafed_through(
    published: tuple[Project, list[dict[str, Any]]],
) -> None:
    project, _ = published
    sites = [
        release.name for release in (project.warehouse / "releases").iterdir() if (release / "site").exists()
    ]
    assert len(sites) == 1
    assert project.release_id() not in sites


def test_the_papers_name_each_document_as_long_as_somebody_might_read_them(
    published: tuple[Project, list[dict[str, Any]]],
) -> None:
    project, said = published
    named = []
    for one in said:
        folder = project.warehouse / "releases" / one["release"]["release"]
        manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        rows = manifest["tables"]["dim_document"]["rows"]
        corpus = [
            source for source in package["sources"] if source.get("path") == "parquet/dim_document.parquet"
        ]
        assert len(manifest["documents"]) in (0, rows)
        assert [source["title"] for source in corpus] == (
            [] if manifest["documents"] else [f"{rows:,} documents, a row each"]
        )
        named.append(len(manifest["documents"]) == rows)
    assert named == [True, False]


def test_a_release_knows_its_keys(published: tuple[Project, list[dict[str, Any]]]) -> None:
    project, _ = published
    with open_engine() as connection:
        connection.execute(f"attach '{project.database}' as release (read_only)")
        keys = keys_of(connection, "release")
    assert {key.columns for key in keys if key.is_primary and key.table == "fct_figure"} == {("figure_id",)}
    assert ("dim_party", ("party_id",)) in {
        (key.referenced, key.referenced_columns) for key in keys if key.table == "fct_figure"
    }


def test_a_figure_of_a_batch_is_traced(published: tuple[Project, list[dict[str, Any]]]) -> None:
    project, _ = published
    with duckdb.connect(project.database, read_only=True) as connection:
        ((figure_id,),) = connection.execute(
            "select min(figure_id) from fct_spending where document_id like 'made-%'"
        ).fetchall()
    done = project.arsenale("trace", figure_id, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert "came with a batch" in done.stdout
    assert "fct_spending" in done.stdout


def test_a_release_says_the_same_however_its_keys_are_held(
    request: pytest.FixtureRequest, published: tuple[Project, list[dict[str, Any]]]
) -> None:
    project, said = published
    other = {"checked": "indexed", "indexed": "checked"}[request.node.callspec.params["published"]]
    again = build(project, keys=other, options=["--rebuild"])
    assert not again["release"]["new"]
    assert again["release"]["release"] == said[-1]["release"]["release"]
