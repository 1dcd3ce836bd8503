from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from arsenale.releases.changes import as_markdown
from arsenale.releases.diff import Change, Row, TableDiff, diff_files

from .conftest import Warehouse, make_database


def diff_of(tmp_path: Path, *changes: str) -> dict[str, TableDiff]:
    before = make_database(tmp_path / "before" / "arsenale.duckdb")
    after = make_database(tmp_path / "after" / "arsenale.duckdb", *changes)
    return {table.name: table for table in diff_files(before, after) if not table.is_empty}


def test_equal_databases_differ_in_nothing(tmp_path: Path) -> None:
    assert diff_of(tmp_path) == {}


@pytest.mark.failure(16)
@pytest.mark.parametrize(
    ("factor", "new"), [("1.01", "35855000000.0000"), ("2", "71000000000.0000"), ("10", "355000000000.0000")]
)
def test_a_changed_value_is_listed_with_key_old_new_and_document(
    tmp_path: Path, factor: str, new: str
) -> None:
    found = diff_of(tmp_path, f"update fct_figure set value = value * {factor} where figure_id = 'iai@100'")
    assert list(found) == ["fct_figure"]
    assert found["fct_figure"].changed == [Change("iai@100", "iai", "value", "35500000000.0000", new)]
    assert not found["fct_figure"].removed
    assert not found["fct_figure"].added


def test_null_and_empty_text_are_different_values(tmp_path: Path) -> None:
    changed = diff_of(tmp_path, "update fct_figure set note = null where figure_id = 'iai@200'")[
        "fct_figure"
    ].changed
    assert changed == [Change("iai@200", "iai", "note", "", None)]


@pytest.mark.failure(16)
def test_removed_and_added_rows_are_listed(tmp_path: Path) -> None:
    found = diff_of(
        tmp_path,
        "delete from bridge_claim_figure where figure_id = 'iai@200'",
        "delete from fct_figure where figure_id = 'iai@200'",
        "insert into dim_document (document_id, sha256) values ('nato', repeat('c', 64))",
    )
    assert found["fct_figure"].removed == [Row("iai@200", "iai")]
    assert found["bridge_claim_figure"].removed == [Row("growth|iai@200", None)]
    assert found["dim_document"].added == [Row("nato", "nato")]


def test_rows_without_a_key_are_compared_whole_and_counted(tmp_path: Path) -> None:
    found = diff_of(tmp_path, "insert into rpt_freshness values ('iai', 12), ('sipri', 3)")["rpt_freshness"]
    assert found.added == [Row("iai|12", "iai"), Row("sipri|3", "sipri")]
    assert found.removed == []


def test_a_table_that_comes_or_goes_takes_its_rows_along(tmp_path: Path) -> None:
    found = diff_of(tmp_path, "drop table rpt_freshness", "create table dim_new as select 'a' as id")
    assert found["rpt_freshness"].definition == ["table removed"]
    assert found["rpt_freshness"].removed == [Row("iai|12", "iai")]
    assert found["dim_new"].definition == ["table added"]
    assert found["dim_new"].added == [Row("a", None)]


def test_columns_types_and_comments_are_compared(tmp_path: Path) -> None:
    found = diff_of(
        tmp_path,
        "alter table rpt_freshness add column newest date",
        "alter table rpt_freshness alter age_days type decimal(18, 2)",
        "comment on column rpt_freshness.document_id is 'whose'",
        "comment on table rpt_freshness is 'how old'",
    )["rpt_freshness"]
    assert found.definition == [
        "column `document_id` described anew: whose",
        "column `age_days`: BIGINT became DECIMAL(18,2)",
        "column `newest` added",
        "table described anew: how old",
    ]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("1.5::decimal(4, 1)", "1.50::decimal(4, 2)", False),
        ("2::bigint", "2.00::decimal(4, 2)", False),
        ("1.5::decimal(4, 1)", "1.51::decimal(4, 2)", True),
        ("date '2026-01-01'", "'2026-01-01'", False),
        ("null::bigint", "0::decimal(4, 2)", True),
    ],
)
def test_a_value_of_another_type_is_compared_as_what_it_says(
    tmp_path: Path, before: str, after: str, changed: bool
) -> None:
    for name, value in (("before", before), ("after", after)):
        with duckdb.connect(tmp_path / name) as connection:
            connection.execute(f"create table t as select 'a' as id, {value} as value")
            connection.execute("alter table t add primary key (id)")
    (found,) = diff_files(tmp_path / "before", tmp_path / "after")
    assert bool(found.changed) == changed


def test_the_first_release_has_no_changes(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    changes = (release.folder / "CHANGES.md").read_text(encoding="utf-8")
    assert changes == f"# {release.release_id}, the first release\n\nNo difference.\n"


def test_a_long_difference_says_how_much_is_not_shown(tmp_path: Path) -> None:
    found = diff_of(tmp_path, "insert into rpt_freshness select 'd' || range, range from range(5)")
    text = as_markdown(list(found.values()), "h", rows_shown=2)
    assert "### Added: 5" in text
    assert "… and 3 more" in text
    assert "more" not in as_markdown(list(found.values()), "h")


def test_what_documents_print_comes_before_what_follows_from_it(tmp_path: Path) -> None:
    found = diff_of(
        tmp_path,
        "update bridge_claim_figure set role = 'x'",
        "update dim_document set title = 'x'",
        "update fct_figure set note = 'x'",
        "update rpt_freshness set age_days = 1",
    )
    text = as_markdown(list(found.values()), "h")
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["fct_figure", "dim_document", "bridge_claim_figure", "rpt_freshness"]
