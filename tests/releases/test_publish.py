from __future__ import annotations

import csv
import json
import os
import stat
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from arsenale.engine import open_engine
from arsenale.errors import ArsenaleError
from arsenale.releases import draft
from arsenale.releases.draft import STORAGE_VERSION
from arsenale.releases.engine import attach, tables
from arsenale.releases.logical_hash import hash_file
from arsenale.releases.manifest import Provenance, read_manifest, summary
from arsenale.releases.publish import STEPS, Publication, publish
from arsenale.releases.reader import connect
from arsenale.releases.store import current_release, list_releases, point_current_at, releases_folder
from arsenale.releases.verify import verify

from .conftest import RUN, TODAY, Warehouse, make_database

ONE_CHANGE = "update rpt_freshness set age_days = 13"


def test_the_release_is_named_by_day_and_content_and_current_links_to_it(warehouse: Warehouse) -> None:
    published = warehouse.publish()
    assert published.is_new
    assert published.release.release_id == f"2026-11-22-{hash_file(warehouse.private).sha256[:8]}"
    assert (warehouse.settings.warehouse / "current").readlink() == Path(
        "releases"
    ) / published.release.release_id
    assert current_release(warehouse.settings) == published.release


def test_a_release_holds_the_tables_of_main_and_raw_and_nothing_else(warehouse: Warehouse) -> None:
    warehouse.publish()
    with connect(warehouse.settings) as connection:
        schemas = connection.execute("select distinct schema_name from duckdb_tables() order by 1").fetchall()
        assert schemas == [("main",), ("raw",)]
        assert connection.execute("select count(*) from duckdb_views() where not internal").fetchone() == (0,)
        assert connection.execute(
            "select count(*) from duckdb_functions() where not internal"
        ).fetchone() == (0,)


def test_rows_keys_checks_and_comments_survive(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    with open_engine() as connection:
        attach(connection, warehouse.private, "private")
        attach(connection, release.database, "arsenale")
        for schema in ("main", "raw"):
            assert tables(connection, "arsenale", schema) == tables(connection, "private", schema)
        constraints = (
            "select table_name, constraint_type, constraint_text from duckdb_constraints() "
            "where database_name = ? order by all"
        )
        before = connection.execute(constraints, ["private"]).fetchall()
        assert before == connection.execute(constraints, ["arsenale"]).fetchall()
        assert {kind for _, kind, _ in before} == {"PRIMARY KEY", "FOREIGN KEY", "NOT NULL", "CHECK"}
    assert hash_file(release.database) == hash_file(warehouse.private)


@pytest.mark.failure(15)
def test_the_file_has_the_pinned_storage_version(warehouse: Warehouse) -> None:
    warehouse.publish()
    with connect(warehouse.settings) as connection:
        tags = connection.execute("select tags['storage_version'] from duckdb_databases() where not internal")
        (version,) = tags.fetchone() or ("",)
    assert version.removesuffix("+") == STORAGE_VERSION


def test_the_release_signs_itself(warehouse: Warehouse) -> None:
    release = warehouse.publish("update dim_release set git_commit = 'x', documents = 99").release
    with connect(warehouse.settings) as connection:
        row = connection.execute("from dim_release").fetchall()
    assert row == [
        (release.release_id, "1.0", TODAY.replace(tzinfo=None), "0" * 40, duckdb.__version__, 2, 3)
    ]


def test_a_release_is_read_only(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    for parent, _, names in os.walk(release.folder):
        for path in (Path(parent), *(Path(parent) / name for name in names)):
            assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH), path


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=1)], ids=["same day", "next day"])
def test_the_same_content_stays_with_the_current_release(warehouse: Warehouse, later: timedelta) -> None:
    first = warehouse.publish()
    again = warehouse.publish(now=TODAY + later)
    assert again.release == first.release
    assert not again.is_new
    assert list_releases(warehouse.settings) == [first.release]


def test_a_changed_comment_is_new_content(warehouse: Warehouse) -> None:
    warehouse.publish()
    assert warehouse.publish("comment on column fct_figure.value is 'in thousands'").is_new


def test_what_was_rolled_back_can_be_published_again(warehouse: Warehouse) -> None:
    first = warehouse.publish().release
    second = warehouse.publish(ONE_CHANGE).release
    point_current_at(first, warehouse.settings)
    assert warehouse.publish(ONE_CHANGE) == Publication(second, is_new=True)
    assert current_release(warehouse.settings) == second


def test_the_manifest_says_what_was_built_from_what(warehouse: Warehouse) -> None:
    first = warehouse.publish().release
    second = warehouse.publish(ONE_CHANGE).release
    manifest = read_manifest(second)
    assert manifest["release_id"] == second.release_id
    assert manifest["previous_release"] == first.release_id
    assert manifest["documents"] == {"iai": "a" * 64, "sipri": "b" * 64}
    assert manifest["tables"]["fct_figure"]["rows"] == 3
    assert manifest["checks_passed"] == ["unique_fct_figure_figure_id"]
    assert manifest["tools"]["duckdb"] == duckdb.__version__
    assert {"arsenale.duckdb", "CITATION.cff", "csv/fct_figure.csv", "parquet/fct_figure.parquet"} <= set(
        manifest["files"]
    )


def test_a_database_with_a_log_is_refused(warehouse: Warehouse) -> None:
    make_database(warehouse.private)
    warehouse.private.with_name("arsenale.duckdb.wal").touch()
    with pytest.raises(ArsenaleError, match=r"arsenale\.duckdb\.wal exists"):
        publish(warehouse.private, warehouse.settings, RUN)


def test_a_missing_database_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(ArsenaleError, match="no database at"):
        publish(warehouse.private, warehouse.settings, RUN)


def test_too_little_space_is_said_before_anything_is_written(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "SPACE_AT_LEAST", 2**60)
    with pytest.raises(ArsenaleError, match="MB free, and a release needs"):
        warehouse.publish()
    assert list(releases_folder(warehouse.settings).iterdir()) == []


@pytest.mark.failure(14)
@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_step_leaves_the_current_release(warehouse: Warehouse, step: str) -> None:
    first = warehouse.publish().release
    make_database(warehouse.private, ONE_CHANGE)

    def fail(reached: str) -> None:
        if reached == step:
            raise OSError(28, "No space left on device")

    with pytest.raises(ArsenaleError, match="No space left on device"):
        publish(warehouse.private, warehouse.settings, RUN, now=TODAY, on_step=fail)
    assert current_release(warehouse.settings) == first
    assert not list(releases_folder(warehouse.settings).glob(".*"))
    assert warehouse.publish(ONE_CHANGE).is_new


def with_pages(warehouse: Warehouse, **files: str) -> Provenance:
    pages = warehouse.private.parent / "pages"
    for name, text in files.items():
        path = pages / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return replace(RUN, pages=pages)


def test_pages_become_a_part_of_the_release_and_not_of_what_it_says(warehouse: Warehouse) -> None:
    make_database(warehouse.private)
    run = with_pages(warehouse, site__index="<p>read me", site__en__index="<p>deeper", docs="<p>one file")
    release = publish(warehouse.private, warehouse.settings, run, now=TODAY).release
    assert (release.folder / "site/en/index").read_text(encoding="utf-8") == "<p>deeper"
    assert stat.S_IMODE((release.folder / "site/index").stat().st_mode) == 0o444
    manifest = read_manifest(release)
    assert {"site/index", "site/en/index", "docs"} <= manifest["files"].keys()
    assert manifest["logical_hash"] == hash_file(warehouse.private).sha256
    assert verify(release) == []
    (release.folder / "site/index").chmod(0o644)
    (release.folder / "site/index").write_text("<p>read me not", encoding="utf-8")
    assert verify(release) == ["changed: site/index"]


def test_mended_pages_are_a_release_of_their_own_that_says_the_same(warehouse: Warehouse) -> None:
    make_database(warehouse.private)

    def published(day: datetime, pages_from: str) -> tuple[str, bool]:
        run = replace(RUN, pages_from=pages_from)
        publication = publish(warehouse.private, warehouse.settings, run, now=day)
        assert verify(publication.release) == []
        return publication.release.release_id, publication.is_new

    first, _ = published(TODAY, "a")
    assert published(TODAY, "a") == (first, False)
    assert published(TODAY, "b") == (f"{first}-2", True)
    assert published(TODAY, "c") == (f"{first}-3", True)
    # As they were this morning: that release is there.
    assert published(TODAY, "a") == (first, True)
    tomorrow = TODAY + timedelta(days=1)
    assert published(tomorrow, "a") == (first, False)
    assert published(tomorrow, "d") == (first.replace("2026-11-22", "2026-11-23"), True)


def test_a_page_cannot_take_the_place_of_data(warehouse: Warehouse) -> None:
    make_database(warehouse.private)
    run = with_pages(warehouse, csv__fct_figure="figure_id")
    with pytest.raises(ArsenaleError, match="would overwrite csv of the release"):
        publish(warehouse.private, warehouse.settings, run, now=TODAY)
    assert current_release(warehouse.settings) is None


@pytest.mark.failure(14)
def test_exports_hold_the_same_rows(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    with open_engine() as connection:
        attach(connection, release.database, "arsenale")
        rows = connection.execute("from arsenale.fct_figure order by figure_id").fetchall()
        parquet = release.folder / "parquet" / "fct_figure.parquet"
        assert connection.execute(f"from read_parquet('{parquet}')").fetchall() == rows
    exported = sorted(path.stem for path in (release.folder / "csv").iterdir())
    assert exported == [
        "bridge_claim_figure", "bridge_deployment_figure", "dim_document", "fct_figure", "rpt_freshness",
    ]  # fmt: skip


@pytest.mark.failure(25)
def test_a_spreadsheet_finds_no_formula_in_a_csv_and_the_mark_can_be_taken_off(warehouse: Warehouse) -> None:
    texts = ["=1+1", "+7.2%", "-3", "@x", "\tx", "'=x", "'plain", "plain", "＝1"]  # noqa: RUF001
    rows = ", ".join(f"({i}, {duckdb.ConstantExpression(text)})" for i, text in enumerate(texts))
    release = warehouse.publish(
        f"create table dim_text (id bigint primary key, text varchar); insert into dim_text values {rows}"
    ).release
    with (release.folder / "csv" / "dim_text.csv").open(newline="", encoding="utf-8") as file:
        cells = [row["text"] for row in csv.DictReader(file)]
    assert cells == ["'=1+1", "'+7.2%", "'-3", "'@x", "'\tx", "''=x", "'plain", "plain", "'＝1"]  # noqa: RUF001


def test_an_empty_field_is_null_and_a_quoted_one_an_empty_text(warehouse: Warehouse) -> None:
    text = (warehouse.publish().release.folder / "csv" / "fct_figure.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[1] == 'iai@100,iai,"35,5 billion euro",35500000000.0000,EUR,2025,true,'
    assert lines[2] == 'iai@200,iai,\'+7.2%,7.2000,percent,2025,false,""'


@pytest.mark.failure(14)
def test_an_empty_table_exports_no_row(warehouse: Warehouse) -> None:
    release = warehouse.publish("delete from rpt_freshness").release
    assert (release.folder / "csv" / "rpt_freshness.csv").read_text() == "document_id,age_days\n"
    with open_engine() as connection:
        path = release.folder / "parquet" / "rpt_freshness.parquet"
        assert connection.execute(f"select count(*) from read_parquet('{path}')").fetchone() == (0,)


def test_the_manifest_is_json_of_one_shape(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    assert json.loads((release.folder / "MANIFEST.json").read_text())["git_commit"] == RUN.git_commit


def test_how_much_a_release_holds_is_told_in_one_line() -> None:
    rows = {"dim_document": 5, "fct_figure": 1620, "fct_event": 96, "fct_deal": 12, "rpt_freshness": 5}
    manifest = {"tables": {name: {"rows": count} for name, count in rows.items()}}
    assert summary(manifest) == "5 documents, 1,620 figures, 96 events, 12 deals in 5 tables"
