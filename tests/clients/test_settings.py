"""Settings that docs/connect.md advises for tools which do not run here: what DuckDB itself makes of them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

LOCKED = {"enable_external_access": "false", "lock_configuration": "true"}
METABASE = {"access_mode": "READ_ONLY", "old_implicit_casting": "true", "custom_user_agent": "metabase"}
"""What its driver passes besides what a person enters, and a folder for temporary files."""

INITIAL_SQL = "set enable_external_access = false"
FORBIDDEN = ("from read_text('/etc/hostname')", "copy (select 1) to 'out.csv'", "attach 'other.duckdb'")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "arsenale.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("create table t as select 1 as x")
    return path


def refuses_files(connection: duckdb.DuckDBPyConnection) -> None:
    for statement in FORBIDDEN:
        with pytest.raises(duckdb.PermissionException, match="Cannot access file"):
            connection.execute(statement)


def test_what_metabase_passes_goes_with_a_locked_connection(file: Path) -> None:
    with duckdb.connect(file, config=METABASE | {"temp_directory": f"{file}.tmp"} | LOCKED) as connection:
        assert connection.execute("from t").fetchall() == [(1,)]
        refuses_files(connection)
        with pytest.raises(duckdb.InvalidInputException, match="locked"):
            connection.execute("set threads = 1")


def test_what_tableau_runs_at_first_holds_however_often_it_is_run(file: Path) -> None:
    with duckdb.connect(file, read_only=True) as connection:
        for _ in range(2):
            connection.execute(INITIAL_SQL)
        refuses_files(connection)
        with pytest.raises(duckdb.InvalidInputException, match="while database is running"):
            connection.execute("set enable_external_access = true")


def test_locking_at_first_would_keep_the_next_connection_out(file: Path) -> None:
    with duckdb.connect(file, read_only=True) as connection:
        connection.execute(f"{INITIAL_SQL}; set lock_configuration = true")
        with pytest.raises(duckdb.InvalidInputException, match="locked"):
            connection.cursor().execute(INITIAL_SQL)
