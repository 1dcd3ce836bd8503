"""The libraries that analysts read the file with, as of today: every public table, and locked."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.building import built_project
from tests.environments import environment

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CLIENTS = ("duckdb", "sqlalchemy", "adbc", "ibis", "polars", "pandas")


@cache
def read_with(client: str) -> dict[str, Any]:
    python = environment("clients-of-today", "-r", str(HERE / "requirements.txt"))
    command = [str(python), str(HERE / "read_with.py"), client, str(built_project().database)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def ask(sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(built_project().database), read_only=True) as reader:
        return reader.execute(sql).fetchall()


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_reads_every_row_of_every_public_table(client: str) -> None:
    tables = [name for (name,) in ask("select table_name from duckdb_tables() where schema_name = 'main'")]
    assert len(tables) > 20
    expected = {table: ask(f"select count(*) from {table}")[0][0] for table in tables}
    assert read_with(client)["rows"] == expected


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_adds_up_the_same(client: str) -> None:
    ((total,),) = ask("select sum(value) from fct_figure where unit = 'EUR'")
    assert Decimal(read_with(client)["sum"]) == total


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_reads_no_other_file(client: str) -> None:
    assert "disabled by configuration" in read_with(client)["refused"]


@pytest.mark.parametrize("client", ["duckdb", "sqlalchemy"])
def test_column_comments_arrive_where_the_client_shows_them(client: str) -> None:
    expected = dict(ask("select column_name, comment from duckdb_columns() where table_name = 'fct_figure'"))
    assert all(expected.values())
    assert read_with(client)["comments"] == expected
