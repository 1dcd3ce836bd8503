"""Read every public table with one client, locked as docs/connect.md says, and print what was found as JSON.

Run by the tests in the environment of tests/clients/requirements.txt: `python read_with.py CLIENT FILE`.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Protocol

import _duckdb
import duckdb
import ibis
import polars
import sqlalchemy
from adbc_driver_manager import dbapi

LOCKED = {"enable_external_access": "false", "lock_configuration": "true"}
SUM = "select sum(value) from fct_figure where unit = 'EUR'"
A_FILE = "select content from read_text('/etc/hostname')"
TABLES = "select table_name from duckdb_tables() where schema_name = 'main'"


class Client(Protocol):
    """What each of them is asked."""

    def tables(self) -> list[str]: ...
    def rows(self, table: str) -> int: ...
    def ask(self, sql: str) -> Any: ...
    def comments(self) -> dict[str, str] | None: ...


@contextmanager
def duckdb_connection(file: str) -> Iterator[Any]:
    with duckdb.connect(file, read_only=True, config=dict(LOCKED)) as connection:
        yield connection


class Duckdb:
    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def tables(self) -> list[str]:
        return [name for (name,) in self.connection.execute(TABLES).fetchall()]

    def rows(self, table: str) -> int:
        return len(self.connection.execute(f"from {table}").fetchall())

    def ask(self, sql: str) -> Any:
        return self.connection.execute(sql).fetchall()[0][0]

    def comments(self) -> dict[str, str] | None:
        sql = "select column_name, comment from duckdb_columns() where table_name = 'fct_figure'"
        return dict(self.connection.execute(sql).fetchall())


class Pandas(Duckdb):
    def rows(self, table: str) -> int:
        return len(self.connection.execute(f"from {table}").df())

    def comments(self) -> None:
        return None


class Polars(Duckdb):
    def rows(self, table: str) -> int:
        return polars.read_database(f"from {table}", self.connection).height

    def ask(self, sql: str) -> Any:
        return polars.read_database(sql, self.connection).item()

    def comments(self) -> None:
        return None


class Sqlalchemy:
    def __init__(self, engine: Any) -> None:
        self.engine, self.text = engine, sqlalchemy.text
        self.metadata = sqlalchemy.MetaData()
        self.metadata.reflect(engine, schema="main")

    def tables(self) -> list[str]:
        return [table.name for table in self.metadata.tables.values()]

    def rows(self, table: str) -> int:
        with self.engine.connect() as connection:
            return len(connection.execute(self.metadata.tables[f"main.{table}"].select()).all())

    def ask(self, sql: str) -> Any:
        with self.engine.connect() as connection:
            return connection.execute(self.text(sql)).scalar()

    def comments(self) -> dict[str, str] | None:
        return {column.name: column.comment for column in self.metadata.tables["main.fct_figure"].columns}


class Adbc:
    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def _table(self, sql: str) -> Any:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(sql)
            return cursor.fetch_arrow_table()

    def tables(self) -> list[str]:
        return self._table(TABLES)["table_name"].to_pylist()

    def rows(self, table: str) -> int:
        return self._table(f"from {table}").num_rows

    def ask(self, sql: str) -> Any:
        return self._table(sql)[0][0].as_py()

    def comments(self) -> None:
        return None


class Ibis:
    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def tables(self) -> list[str]:
        return self.backend.list_tables(database="main")

    def rows(self, table: str) -> int:
        return self.backend.table(table).to_pyarrow().num_rows

    def ask(self, sql: str) -> Any:
        return self.backend.sql(sql).to_pyarrow()[0][0].as_py()

    def comments(self) -> None:
        return None


@contextmanager
def client(name: str, file: str) -> Iterator[Client]:
    """Connect as docs/connect.md says."""
    if name == "sqlalchemy":
        settings = "&".join(f"{key}={value}" for key, value in LOCKED.items())
        engine = sqlalchemy.create_engine(f"duckdb:///{file}?access_mode=READ_ONLY&{settings}")
        yield Sqlalchemy(engine)
        engine.dispose()
    elif name == "adbc":
        with dbapi.connect(
            driver=_duckdb.__file__,
            entrypoint="duckdb_adbc_init",
            db_kwargs={"path": file, "access_mode": "READ_ONLY", **LOCKED},
        ) as connection:
            yield Adbc(connection)
    elif name == "ibis":
        # Ibis sets a setting of its own at the start, so it cannot be locked. External access, once off,
        # cannot be turned on again all the same.
        backend = ibis.duckdb.connect(file, read_only=True, enable_external_access=False)
        yield Ibis(backend)
        backend.disconnect()
    else:
        kinds = {"duckdb": Duckdb, "pandas": Pandas, "polars": Polars}
        with duckdb_connection(file) as connection:
            yield kinds[name](connection)


def refusal(one: Client, sql: str) -> str:
    """Return what a client says to a query that must not run."""
    try:
        one.ask(sql)
    except Exception as error:
        return str(error)
    return ""


def main(name: str, file: str) -> None:
    """Print what one client finds."""
    with client(name, file) as one:
        found = {
            "rows": {table: one.rows(table) for table in one.tables()},
            "sum": str(one.ask(SUM)),
            "comments": one.comments(),
            "refused": refusal(one, A_FILE),
        }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
