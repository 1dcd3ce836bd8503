"""The answer to one SQL text, written as what the asker needs: a table to look at, or a format to go on with.

| format | values |
| --- | --- |
| table | decimals with thousands commas, without a fraction where the column has none; NULL is ∅ |
| markdown | as printed by DuckDB; NULL is empty |
| csv | as in a release: NULL is an empty field, formulas are neutralised (`export.py`) |
| json, jsonl | decimals are numbers with all digits (`exact_json.py`); what is no number is null |
| parquet | DuckDB's own types; needs a file |
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import duckdb

from arsenale.errors import ArsenaleError
from arsenale.exact_json import exact_json
from arsenale.files import replaced
from arsenale.releases.export import FORMULA
from arsenale.releases.reader import connect, explain
from arsenale.releases.store import Release
from arsenale.settings import Settings
from arsenale.terminal.pager import WHOLE, paged, pager

ROWS_IN_A_TABLE = 50
"""What a pipe takes; every other format has all rows unless told otherwise."""

ROWS_IN_A_PAGER = 1_000
"""What a table has where it can be paged through: about as many as a person reads."""

ROWS_AT_A_TIME = 10_000
NUMERIC = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|DOUBLE|FLOAT")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Answer:
    """What a query returned.

    Attributes:
        columns: Names.
        types: DuckDB's names of their types.
        rows: Fetched as they are read.
    """

    columns: Sequence[str]
    types: Sequence[str]
    rows: Iterator[Row]


def run_query(  # noqa: PLR0913 - what may be said on the command line, by name
    sql: str,
    *,
    format: str = "table",  # noqa: A002 - the option's name on the command line
    limit: int | None = None,
    out: Path | None = None,
    settings: Settings | None = None,
    release: Release | None = None,
) -> None:
    """Ask the current release, or another, and write the answer.

    Args:
        sql: One or more statements; the last one's rows are the answer.
        format: A key of WRITERS, or `parquet`.
        limit: How many rows at most, 0 for all; without it 50 in a table, 1,000 in one that is paged, and all
            elsewhere.
        out: A file, replaced as a whole once the answer is complete; standard output without it.
        settings: Where the warehouse is.
        release: Another release than the current one.

    Raises:
        ArsenaleError: No release, a mistake in the SQL, or a file that cannot be written.
    """
    if limit is None:
        limit = _limit_of(format, out)
    if out is not None:
        _refuse_releases(out, settings or Settings.from_environment())
    with connect(settings, release=release) as connection:
        try:
            if not connection.extract_statements(sql):
                raise ArsenaleError("this asks for nothing", remedy='arsenale query "from (show tables)"')
            if format == "parquet":
                _write_parquet(connection, sql, limit, out)
            else:
                answer = _ask(connection, sql)
                if format in NAMED:
                    _refuse_twins(answer.columns)
                with _output(out, format) as stream:
                    WRITERS[format](answer, limit, stream)
        except duckdb.Error as error:
            raise explain(error, connection) from error


def _limit_of(format: str, out: Path | None) -> int:  # noqa: A002
    if format != "table":
        return 0
    return ROWS_IN_A_PAGER if out is None and pager() else ROWS_IN_A_TABLE


def _refuse_releases(out: Path, settings: Settings) -> None:
    """Releases are read-only, but not to an administrator."""
    if out.resolve().is_relative_to(settings.warehouse.resolve()):
        raise ArsenaleError(
            f"{out} is inside the warehouse, where nothing but `arsenale build` writes",
            remedy="name a file elsewhere",
        )


def _ask(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    result = connection.execute(sql)
    batches = iter(lambda: result.fetchmany(ROWS_AT_A_TIME), [])
    return Answer(
        columns=[column[0] for column in result.description],
        types=[str(column[1]) for column in result.description],
        rows=chain.from_iterable(batches),
    )


def _refuse_twins(columns: Sequence[str]) -> None:
    """An object has one value of a name: of two columns so called, readers would see one."""
    twins = sorted({name for name in columns if columns.count(name) > 1})
    if twins:
        raise ArsenaleError(
            f"two columns of one name: {', '.join(twins)}", remedy="give them aliases: select a.x as x_of_a"
        )


def _write_table(answer: Answer, limit: int, stream: IO[str]) -> None:
    # Imported here: the other formats start without it.
    from arsenale.terminal.table import print_table  # noqa: PLC0415

    rows = list(_first(answer.rows, limit))
    columns = [_column_for_people([row[position] for row in rows]) for position in range(len(answer.columns))]
    numeric = [position for position, kind in enumerate(answer.types) if NUMERIC.fullmatch(kind)]
    caption = _count(len(rows), next(answer.rows, None) is not None)
    print_table(
        answer.columns,
        zip(*columns, strict=True),
        right=numeric,
        caption=caption,
        stream=stream,
        in_pager=stream is sys.stdout,
    )


def _column_for_people(values: list[Any]) -> list[str | None]:
    decimals = [value for value in values if isinstance(value, Decimal)]
    whole = all(value == value.to_integral_value() for value in decimals)
    return [
        (f"{value:,.0f}" if whole else f"{value:,f}") if isinstance(value, Decimal) else as_text(value)
        for value in values
    ]


def _count(shown: int, more: bool) -> str:
    if more:
        return f"the first {shown:,} rows; there are more: --limit 0 shows all, --format csv is for programs"
    return f"{shown:,} row{'' if shown == 1 else 's'}"


def _write_markdown(answer: Answer, limit: int, stream: IO[str]) -> None:
    rules = ["---:" if NUMERIC.fullmatch(kind) else "---" for kind in answer.types]
    for cells in (answer.columns, rules):
        stream.write(f"| {' | '.join(cells)} |\n")
    for row in _first(answer.rows, limit):
        texts = ((as_text(value) or "").replace("|", r"\|").replace("\n", " ") for value in row)
        stream.write(f"| {' | '.join(texts)} |\n")


def _write_csv(answer: Answer, limit: int, stream: IO[str]) -> None:
    for row in chain([answer.columns], _first(answer.rows, limit)):
        stream.write(",".join(_csv_field(value) for value in row) + "\n")


def _csv_field(value: Any) -> str:
    text = as_text(value)
    if text is None:
        return ""
    if isinstance(value, str) and re.match(FORMULA, value):
        text = f"'{text}"
    if text and not re.search(r'[",\r\n]', text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _write_json(answer: Answer, limit: int, stream: IO[str]) -> None:
    separator = "["
    for row in _first(answer.rows, limit):
        stream.write(f"{separator}\n{exact_json(dict(zip(answer.columns, row, strict=True)))}")
        separator = ","
    stream.write("[]\n" if separator == "[" else "\n]\n")


def _write_json_lines(answer: Answer, limit: int, stream: IO[str]) -> None:
    for row in _first(answer.rows, limit):
        stream.write(f"{exact_json(dict(zip(answer.columns, row, strict=True)))}\n")


def as_text(value: Any) -> str | None:
    """Return a value as DuckDB prints it; None is NULL."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case list() | dict():
            return exact_json(value)
    return str(value)


def _write_parquet(connection: duckdb.DuckDBPyConnection, sql: str, limit: int, out: Path | None) -> None:
    if out is None:
        raise ArsenaleError("Parquet is no text for a screen", remedy="--out answer.parquet")
    # The locked connection writes no files, so Arrow does. Imported here: it takes longer than most queries.
    from pyarrow import parquet  # type: ignore[import-untyped] # noqa: PLC0415

    answer = connection.sql(sql)
    with replaced(out) as path:
        parquet.write_table((answer.limit(limit) if limit else answer).to_arrow_table(), path)


def _first(rows: Iterator[Row], limit: int) -> Iterator[Row]:
    return islice(rows, limit or None)


@contextmanager
def _output(out: Path | None, format: str) -> Iterator[IO[str]]:  # noqa: A002
    if out is None:
        # A table knows its size, and goes to the pager itself.
        with nullcontext(sys.stdout) if format == "table" else paged(WHOLE) as stream:
            yield stream
        return
    with replaced(out) as path, path.open("w", encoding="utf-8", newline="") as stream:
        yield stream


WRITERS: dict[str, Callable[[Answer, int, IO[str]], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_json_lines,
    "markdown": _write_markdown,
}
NAMED = ("json", "jsonl")
"""Formats in which each value stands beside the name of its column."""
