from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pytest

import arsenale
from arsenale.errors import ArsenaleError
from arsenale.releases.reader import connect, explain
from arsenale.settings import Settings

from .conftest import Warehouse

REFUSED = {
    "reading a text file": "from read_text('{file}')",
    "reading a binary file": "from read_blob('{file}')",
    "reading a CSV": "from read_csv('{file}')",
    "reading a CSV by its name": "from '{file}'",
    "sniffing a CSV": "from sniff_csv('{file}')",
    "reading JSON": "from read_json('{file}')",
    "reading Parquet": "from read_parquet('{file}')",
    "reading Parquet metadata": "from parquet_metadata('{file}')",
    "listing a folder": "from glob('{folder}/*')",
    "writing CSV": "copy (select 1) to '{folder}/written.csv'",
    "writing Parquet": "copy fct_figure to '{folder}/written.parquet'",
    "loading by COPY": "copy fct_figure from '{file}'",
    "exporting": "export database '{folder}/written'",
    "importing": "import database '{folder}'",
    "attaching a file": "attach '{folder}/written.duckdb'",
    "attaching a file for reading": "attach '{file}' as other (read_only)",
    "attaching memory": "attach ':memory:' as other",
    "installing": "install httpfs",
    "installing from a repository": "install httpfs from 'http://localhost:{port}'",
    "loading an extension": "load httpfs",
    "loading an extension by its file": "load '{file}'",
    "updating extensions": "update extensions",
    "autoloading an extension": "from read_xlsx('{file}')",
    "HTTP": "from 'http://localhost:{port}/a.csv'",
    "HTTP through a reader": "from read_csv('http://localhost:{port}/a.csv')",
    "object storage": "from read_parquet('s3://bucket/a.parquet')",
    "SET threads": "set threads = 1",
    "SET memory limit": "set memory_limit = '100GB'",
    "SET GLOBAL": "set global default_order = 'desc'",
    "SET SESSION": "set session timezone = 'UTC'",
    "SET external access": "set enable_external_access = true",
    "SET the lock": "set lock_configuration = false",
    "SET the temporary folder": "set temp_directory = '{folder}'",
    "SET allowed paths": "set allowed_paths = ['{file}']",
    "RESET": "reset memory_limit",
    "PRAGMA threads": "pragma threads = 4",
    "PRAGMA memory limit": "pragma memory_limit = '100GB'",
    "PRAGMA profiling": "pragma enable_profiling = 'json'",
    "PRAGMA external access": "pragma enable_external_access = true",
    "PRAGMA the lock": "pragma lock_configuration = false",
    "PRAGMA the temporary folder": "pragma temp_directory = '{folder}'",
    "PRAGMA profiling output": "pragma profiling_output = '{folder}/written.json'",
    "logging to a file": "call enable_logging(storage = 'file', storage_path = '{folder}/written')",
    "profiling to a file": "call enable_profiling(save_location = '{folder}/written.json')",
    "a secret on disk": "create persistent secret s (type http, bearer_token 'x')",
    "a table of Python": "from a_python_table",
    "a relation of Python": "from a_python_relation",
    "a frame of Python": "from a_python_frame",
    "a dictionary of Python": "from a_python_dictionary",
    "creating a table": "create table t (a int)",
    "inserting": "insert into rpt_freshness values ('x', 1)",
    "updating": "update fct_figure set value = 0",
    "deleting": "delete from fct_figure",
    "dropping": "drop table bridge_deployment_figure",
    "altering": "alter table rpt_freshness add column x int",
    "commenting": "comment on table fct_figure is 'x'",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    warehouse = Warehouse(tmp_path_factory.mktemp("reader"))
    warehouse.publish()
    with connect(warehouse.settings) as connection:
        yield connection


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A port of this machine where somebody would notice a request."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.failure(12)
@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_locked_reader_refuses(
    reader: duckdb.DuckDBPyConnection, tmp_path: Path, port: int, statement: str
) -> None:
    a_python_table = pa.table({"a": [1]})
    a_python_relation = duckdb.sql("select 1 as a")
    a_python_frame = pl.DataFrame({"a": [1]})
    a_python_dictionary = {"a": [1]}
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(duckdb.Error):
        reader.execute(statement.format(file=file, folder=tmp_path, port=port)).fetchall()
    assert list(tmp_path.iterdir()) == [file]
    assert a_python_table.num_rows == len(a_python_relation) == len(a_python_frame) == 1
    assert a_python_dictionary


def test_the_reader_reads(reader: duckdb.DuckDBPyConnection) -> None:
    assert reader.execute("select count(*) from fct_figure").fetchone() == (3,)
    assert reader.execute("select count(*) from raw.figures").fetchone() == (1,)


def test_sorts_beyond_memory_spill_elsewhere_than_into_the_release(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    before = sorted(release.folder.rglob("*"))
    with connect(warehouse.settings, memory_limit="60MB", threads=1) as connection:
        sql = "select count(*) from (select hash(range) as h, range::varchar from range(3000000) order by h)"
        assert connection.execute(sql).fetchone() == (3_000_000,)
        assert sorted(release.folder.rglob("*")) == before


def test_a_later_release_is_seen_by_the_next_connection_only(warehouse: Warehouse) -> None:
    warehouse.publish()
    with connect(warehouse.settings) as held:
        warehouse.publish("update rpt_freshness set age_days = 13")
        assert held.execute("select age_days from rpt_freshness").fetchone() == (12,)
        with connect(warehouse.settings) as fresh:
            assert fresh.execute("select age_days from rpt_freshness").fetchone() == (13,)
        assert held.execute("select age_days from rpt_freshness").fetchone() == (12,)


def test_without_a_release_the_reader_says_how_to_get_one(warehouse: Warehouse) -> None:
    with pytest.raises(ArsenaleError, match="no release yet") as caught:
        connect(warehouse.settings)
    assert "make build" in caught.value.remedy


def test_a_link_to_nothing_is_named(warehouse: Warehouse) -> None:
    warehouse.settings.warehouse.mkdir()
    (warehouse.settings.warehouse / "current").symlink_to("releases/2026-01-01-00000000")
    with pytest.raises(ArsenaleError, match="2026-01-01-00000000"):
        connect(warehouse.settings)


def test_a_folder_in_the_place_of_the_link_is_named(warehouse: Warehouse) -> None:
    (warehouse.settings.warehouse / "current").mkdir(parents=True)
    with pytest.raises(ArsenaleError, match="is no link to a release"):
        connect(warehouse.settings)


def test_a_file_that_is_no_database_is_named(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    release.database.chmod(0o644)
    release.database.write_bytes(b"x" * 10_000)
    with pytest.raises(ArsenaleError, match=f"cannot open {release.database}"):
        connect(warehouse.settings)


def test_connections_without_settings_read_the_environment(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.publish()
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(warehouse.settings.warehouse))
    assert Settings.from_environment().warehouse == warehouse.settings.warehouse
    with arsenale.connect() as connection:
        assert connection.execute("select count(*) from dim_document").fetchone() == (2,)


def test_the_first_calls_that_the_page_for_readers_teaches_work_with_what_is_installed(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.publish()
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(warehouse.settings.warehouse))
    page = (Path(__file__).parents[2] / "docs" / "connect.md").read_text(encoding="utf-8")
    installed, elsewhere, *_ = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert "arsenale.connect()" in installed
    assert "duckdb.connect(" in elsewhere
    for taught in (installed, elsewhere):
        # The small release has no spending.
        code = taught.replace("fct_spending", "fct_figure")
        known = {"FILE": str(warehouse.settings.current_database)}
        exec(code, known)  # what the page says, as it says it
        known["con"].close()


@pytest.mark.parametrize(
    ("sql", "message", "remedy"),
    [
        ("from fct_figures", "Table with name fct_figures does not exist", "did you mean fct_figure"),
        ("from xyzzy", "xyzzy does not exist", "show tables"),
        ("select valu from fct_figure", '"valu" not found', "did you mean value"),
        ("select f.valu from fct_figure as f", 'named "valu"', "did you mean value"),
        ("select sha256 from fct_figure", '"sha256" not found', "sha256 is a column of dim_document"),
        ("from figures", "figures does not exist", "did you mean raw.figures"),
        ("select sume(value) from fct_figure", "sume does not exist", "did you mean sum"),
        ("selec 1", 'syntax error at or near "selec"', ""),
        ("set threads = 1", "locked", "reads the release and nothing else"),
        ("from read_csv('/etc/passwd')", "Cannot access file", "reads the release and nothing else"),
    ],
)
def test_a_mistake_is_one_line_with_the_nearest_names(
    reader: duckdb.DuckDBPyConnection, sql: str, message: str, remedy: str
) -> None:
    with pytest.raises(duckdb.Error) as caught:
        reader.execute(sql).fetchall()
    explained = explain(caught.value, reader)
    assert message in explained.message
    assert "\n" not in explained.message
    assert remedy in explained.remedy


def test_a_mistake_is_shown_where_it_stands(reader: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error) as caught:
        reader.execute("select figure_id,\n    valu\nfrom fct_figure")
    assert explain(caught.value, reader).details == ["LINE 2:     valu", "            ^^^^"]
