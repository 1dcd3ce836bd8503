"""The published file opens in old and new clients of DuckDB, and says the same in each."""

from __future__ import annotations

import json
import subprocess

import duckdb
import pytest

from tests.building import built_project
from tests.environments import environment

pytestmark = pytest.mark.slow

CLIENTS = ("1.2.2", "1.3.2", "1.4.5", "1.5.6", "2.0.0")

ASK = """
import duckdb, json, sys
reader = duckdb.connect(sys.argv[1], read_only=True)
ask = lambda sql: reader.execute(sql).fetchall()
tables = ask("select schema_name, table_name, comment from duckdb_tables() order by 1, 2")
print(json.dumps({
    "client": duckdb.__version__,
    "rows": {f"{s}.{t}": ask(f'select count(*) from "{s}"."{t}"')[0][0] for s, t, _ in tables},
    "comments": [comment for s, _, comment in tables if s == "main"],
    "column comments": ask(
        "select count(*), count(comment) from duckdb_columns() where schema_name = 'main' and not internal"
    )[0],
    "sum": str(ask("select sum(value) from fct_figure where unit = 'EUR'")[0][0]),
}))
"""


@pytest.mark.failure(15)
@pytest.mark.parametrize("version", CLIENTS)
def test_a_client_reads_tables_rows_and_comments(version: str) -> None:
    python = environment(f"duckdb-clients/{version}", f"duckdb=={version}")
    database = built_project().database
    done = subprocess.run([python, "-c", ASK, database], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["client"] == version
    with duckdb.connect(str(database), read_only=True) as reader:
        tables = reader.sql("select schema_name, table_name from duckdb_tables()").fetchall()
        expected = {
            f"{schema}.{table}": reader.sql(f"select count(*) from {schema}.{table}").fetchall()[0][0]
            for schema, table in tables
        }
        euros = reader.sql("select sum(value) from fct_figure where unit = 'EUR'").fetchall()[0][0]
    assert said["rows"] == expected
    assert said["sum"] == str(euros)
    assert all(said["comments"])
    columns, described = said["column comments"]
    assert columns == described > 0
