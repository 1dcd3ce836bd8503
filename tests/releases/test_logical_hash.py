from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from arsenale.engine import open_engine
from arsenale.errors import ArsenaleError
from arsenale.releases.engine import attach
from arsenale.releases.logical_hash import hash_file, logical_hash

from .conftest import make_database


def hash_of(tmp_path: Path, *changes: str) -> str:
    return hash_file(make_database(tmp_path / "arsenale.duckdb", *changes)).sha256


def test_a_table_is_hashed_as_postgresql_copy_text_under_a_heading(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "a.duckdb") as connection:
        connection.execute("create table t (a varchar, d decimal(6, 2)); comment on column t.d is 'money'")
        connection.execute("insert into t values ('b', 1.5), (null, null), ('', 2), ('\\N', 4)")
        connection.execute("insert into t values (?, 3)", ["x\ty\\z\n"])
    text = "t\tTABLE\t\\N\na\tVARCHAR\t\\N\nd\tDECIMAL(6,2)\tmoney\n"
    text += "\t2.00\n\\N\t\\N\n\\\\N\t4.00\nb\t1.50\nx\\ty\\\\z\\n\t3.00\n"
    table = hash_file(tmp_path / "a.duckdb").tables["t"]
    assert table.rows == 5
    assert table.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_lines_are_sorted_without_their_ends(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "a.duckdb") as connection:
        connection.execute("create table t (a varchar)")
        connection.executemany("insert into t values (?)", [["b\x01"], ["b"]])
    text = "t\tTABLE\t\\N\na\tVARCHAR\t\\N\nb\nb\x01\n"
    assert hash_file(tmp_path / "a.duckdb").tables["t"].sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        "create table again as from fct_figure order by figure_id desc; "
        "delete from bridge_deployment_figure; "
        "delete from fct_figure; insert into fct_figure from again; drop table again; "
        "insert into bridge_deployment_figure values ('sipri@5')",
        "insert into dim_release values ('r', '1', '2026-01-01', 'c', 'd', 1, 1)",
        "insert into raw.figures values ('x', 'y')",
        "drop view main.a_view",
    ],
    ids=["order of rows", "dim_release", "raw", "views"],
)
def test_what_is_not_said_does_not_count(tmp_path: Path, change: str) -> None:
    assert hash_of(tmp_path, change) == hash_of(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        "update fct_figure set value = value * 1.01 where figure_id = 'iai@100'",
        "update fct_figure set note = '' where note is null",
        "update fct_figure set note = null where note = ''",
        "delete from rpt_freshness",
        "insert into rpt_freshness from rpt_freshness",
        "create table dim_more (a bigint)",
        "alter table rpt_freshness rename column age_days to age_weeks",
        "comment on column rpt_freshness.age_days is 'in weeks'",
        "comment on table rpt_freshness is 'other'",
    ],
)
def test_whatever_is_said_counts(tmp_path: Path, change: str) -> None:
    assert hash_of(tmp_path, change) != hash_of(tmp_path)


def test_threads_do_not_count(tmp_path: Path) -> None:
    database = make_database(
        tmp_path / "arsenale.duckdb",
        "create table fct_many as select range as id, hash(range)::varchar as text from range(300000)",
    )
    hashes = set()
    for threads in (1, 8):
        with open_engine() as connection:
            connection.execute(f"set threads = {threads}")
            attach(connection, database, "a")
            hashes.add(logical_hash(connection, "a").sha256)
    assert len(hashes) == 1


def test_time_zone_and_locale_do_not_count(tmp_path: Path) -> None:
    database = make_database(
        tmp_path / "arsenale.duckdb",
        "create table fct_time as select timestamp '2026-03-29 02:30:00' as at, date '2026-03-29' as day",
    )
    script = (
        f"from arsenale.releases.logical_hash import hash_file; print(hash_file({str(database)!r}).sha256)"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "TZ": zone, "LANG": locale, "LC_ALL": locale},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for zone, locale in (("UTC", "C"), ("Pacific/Kiritimati", "it_IT.UTF-8"))
    }
    assert len(hashes) == 1


@pytest.mark.parametrize("kind", ["double", "timestamptz", "integer[]", "struct(a integer)"])
def test_a_type_without_one_text_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    with pytest.raises(ArsenaleError, match=r"fct_odd\.odd is"):
        hash_of(tmp_path, f"create table fct_odd (odd {kind})")
