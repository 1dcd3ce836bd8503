"""The audit at the exit: what the built file must look like, where SQL would say it awkwardly.

Types, keys and ranges of single columns stand in the dbt contracts, relations and sums in dbt tests. Here
stands what runs over the whole file (is everything described, is everything plain, was every captured row
loaded) and what a row-wise rule in Python says best (a key that must spell two other columns).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arsenale.contracts.environment import refuse_disabled_validation
from arsenale.contracts.periods import FIRST_YEAR, LAST_YEAR
from arsenale.contracts.problems import quote
from arsenale.contracts.second_reading import SQL, differences
from arsenale.errors import ArsenaleError

if TYPE_CHECKING:
    import duckdb
    import pandera.polars as pa

ROWS_SHOWN = 20
ROWS_AT_A_TIME = 1_000_000
PLAIN_TYPES = ("VARCHAR", "DATE", "TIMESTAMP", "BIGINT", "INTEGER", "BOOLEAN")
LARGEST_AMOUNT = 10**14
"""No sum of money in this field comes near a hundred trillion: beyond it, a scale was applied twice."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class AuditRule:
    """One rule about the built file.

    Attributes:
        name: What must hold, as an identifier.
        table: The public table that it is shown beside.
        says: What must hold, as a sentence.
        broken_by: Returns the rows that break the rule; none where it holds.
    """

    name: str
    table: str
    says: str
    broken_by: Callable[[duckdb.DuckDBPyConnection, Mapping[str, int]], Rows]


@dataclass(frozen=True)
class AuditResult:
    """What one rule found.

    Attributes:
        rule: The rule.
        broken_by: The rows that break it, `ROWS_SHOWN` at most.
        count: How many there are.
    """

    rule: AuditRule
    broken_by: Rows
    count: int

    @property
    def passed(self) -> bool:
        """Whether the rule holds."""
        return self.count == 0

    def __str__(self) -> str:
        """Return the finding as one line."""
        shown = "; ".join(
            ", ".join(f"{name} {quote(str(cell))}" for name, cell in row.items())
            for row in self.broken_by[:3]
        )
        return f"{self.rule.table}: {self.rule.says} {self.count} broken: {shown}"


def audit(database: Path, rows_gated: Mapping[str, int]) -> tuple[AuditResult, ...]:
    """Hold the built file to every rule.

    Args:
        database: The private database, closed by whoever wrote it.
        rows_gated: Rows of each table as the gate counted them in the files.

    Raises:
        ArsenaleError: The file cannot be opened, or the environment switches validation off.
    """
    refuse_disabled_validation()
    with _read_only(database) as connection:
        return tuple(_apply(rule, connection, rows_gated) for rule in RULES)


def _apply(
    rule: AuditRule, connection: duckdb.DuckDBPyConnection, rows_gated: Mapping[str, int]
) -> AuditResult:
    rows = rule.broken_by(connection, rows_gated)
    return AuditResult(rule, rows[:ROWS_SHOWN], len(rows))


@contextmanager
def _read_only(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # duckdb takes 0.1 s to import, which reading a rule's name should not pay.
    import duckdb  # noqa: PLC0415

    from arsenale.engine import memory_limit  # noqa: PLC0415

    try:
        connection = duckdb.connect(str(database), read_only=True, config={"memory_limit": memory_limit()})
    except duckdb.Error as error:
        raise ArsenaleError(f"audit: cannot open {database}: {str(error).splitlines()[0]}") from error
    try:
        yield connection
    finally:
        connection.close()


def _select(connection: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    result = connection.sql(sql)
    return [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]


def _every_captured_row_loaded(connection: duckdb.DuckDBPyConnection, rows_gated: Mapping[str, int]) -> Rows:
    tables = _select(connection, "from duckdb_tables() where schema_name in ('raw', 'main')")
    loaded = {
        row["table_name"]: _count(connection, f'{row["schema_name"]}."{row["table_name"]}"') for row in tables
    }
    return [
        {"table": table, "rows in the files": rows, "rows loaded": loaded.get(table)}
        for table, rows in rows_gated.items()
        if loaded.get(table) != rows
    ]


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    rows = connection.sql(f"select count(*) from {relation}").fetchall()  # noqa: S608 - names of our own catalogue
    return int(rows[0][0])


def _everything_is_described(connection: duckdb.DuckDBPyConnection, _: Mapping[str, int]) -> Rows:
    # A description that YAML folds keeps a line end, unless it is told not to: `>-`.
    undescribed = r"not regexp_full_match(coalesce(comment, ''), '\S(.*\S)?', 's')"
    return _select(
        connection,
        f"""
        select table_name, null as column_name
        from duckdb_tables()
        where schema_name = 'main' and {undescribed}
        union all
        select table_name, column_name
        from duckdb_columns()
        where schema_name = 'main' and not internal and {undescribed}
        """,  # noqa: S608 - a constant of this function
    )


def _only_plain_tables(connection: duckdb.DuckDBPyConnection, _: Mapping[str, int]) -> Rows:
    plain = ", ".join(f"'{name}'" for name in PLAIN_TYPES)
    return _select(
        connection,
        f"""
        select table_name, column_name, data_type
        from duckdb_columns()
        where schema_name = 'main' and not internal
            and data_type not in ({plain}) and data_type not like 'DECIMAL%'
        union all
        select view_name, null, 'VIEW'
        from duckdb_views()
        where schema_name = 'main' and not internal
        """,  # noqa: S608 - a constant of this module
    )


def _seeds_stay_text(connection: duckdb.DuckDBPyConnection, _: Mapping[str, int]) -> Rows:
    return _select(
        connection,
        """
        select table_name, column_name, data_type
        from duckdb_columns()
        where schema_name = 'raw' and data_type <> 'VARCHAR'
        """,
    )


def _one_release_row(connection: duckdb.DuckDBPyConnection, _: Mapping[str, int]) -> Rows:
    rows = _count(connection, "main.dim_release")
    return [] if rows == 1 else [{"rows": rows, "expected": 1}]


def _schema_of_spans(key: str) -> pa.DataFrameSchema:
    """Return what holds for every row that points at a passage, whichever table it stands in."""
    import pandera.polars as pa  # noqa: PLC0415 - 0.4 s that only an audit should pay
    import polars as pl  # noqa: PLC0415

    spells_its_place = pl.col(key) == pl.col("document_id") + "@" + pl.col("char_start").cast(pl.String)
    as_long_as_its_span = pl.col("as_reported").str.len_chars() == pl.col("char_end") - pl.col("char_start")
    return pa.DataFrameSchema(
        {
            # Polars' regular expressions know no \Z; their $ is the end of the text, not of a line.
            key: pa.Column(str, pa.Check.str_matches(r"^[a-z0-9-]+@[0-9]+$")),
            "char_start": pa.Column(int, pa.Check.ge(0)),
            "as_reported": pa.Column(str, pa.Check.str_length(min_value=1)),
        },
        checks=[
            pa.Check(lambda data: data.lazyframe.select(spells_its_place), name=f"{key} spells its place"),
            pa.Check(lambda data: data.lazyframe.select(as_long_as_its_span), name="as long as its span"),
        ],
    )


def _spans_are_whole(table: str, key: str) -> Callable[[duckdb.DuckDBPyConnection, Mapping[str, int]], Rows]:
    def broken_by(connection: duckdb.DuckDBPyConnection, _: Mapping[str, int]) -> Rows:
        import pandera.errors  # noqa: PLC0415
        import polars as pl  # noqa: PLC0415

        schema, validated, broken = _schema_of_spans(key), 0, []
        spans = connection.sql(
            f"select {key}, document_id, char_start, char_end, as_reported from main.{table}"  # noqa: S608
        )
        for batch in spans.to_arrow_reader(ROWS_AT_A_TIME):
            frame = pl.DataFrame(pl.from_arrow(batch))
            frame = frame.with_columns(pl.col("char_start", "char_end").cast(pl.Int64))
            validated += frame.height
            try:
                schema.validate(frame, lazy=True)
            except pandera.errors.SchemaErrors as errors:
                broken += [
                    {"check": case["check"], "column": case["column"], "found": case["failure_case"]}
                    for case in errors.failure_cases.iter_rows(named=True)
                ]
        # What was validated is all there is: an empty or shortened frame would pass everything.
        if validated != _count(connection, f"main.{table}"):
            return [{"table": table, "rows read": validated}]
        return broken

    return broken_by


def _two_readings_agree(connection: duckdb.DuckDBPyConnection, _: Mapping[str, int]) -> Rows:
    return [asdict(difference) for difference in differences(_select(connection, SQL))]


def _values_are_plausible(connection: duckdb.DuckDBPyConnection, _: Mapping[str, int]) -> Rows:
    return _select(
        connection,
        f"""
        select figure_id, as_reported, unit, rounding_low, rounding_high
        from main.fct_figure
        where
            (value is not null and not value between rounding_low and rounding_high)
            or value <> value_low
            or value <> value_high
            or (unit = 'percent_of_gdp' and not rounding_high between 0 and 100)
            or (unit = 'rank' and (rounding_low < 1 or rounding_low <> floor(rounding_low)))
            or abs(rounding_high) >= {LARGEST_AMOUNT}
            or extract(year from period_start) not between {FIRST_YEAR} and {LAST_YEAR}
            or extract(year from period_end) not between {FIRST_YEAR} and {LAST_YEAR}
        """,  # noqa: S608 - constants of this module
    )


RULES = (
    AuditRule(
        "two_readings_agree",
        "fct_figure",
        "The mention finder reads every figure as SQL does.",
        _two_readings_agree,
    ),
    AuditRule(
        "every_captured_row_loaded",
        "fct_figure",
        "Every row that the gate counted was loaded.",
        _every_captured_row_loaded,
    ),
    AuditRule("seeds_stay_text", "fct_figure", "Every column of raw is text.", _seeds_stay_text),
    AuditRule(
        "figures_are_whole",
        "fct_figure",
        "Every figure spells its place.",
        _spans_are_whole("fct_figure", "figure_id"),
    ),
    AuditRule(
        "values_are_plausible", "fct_figure", "Values keep within their bounds.", _values_are_plausible
    ),
    AuditRule(
        "events_are_whole",
        "fct_event",
        "Every event spells its place.",
        _spans_are_whole("fct_event", "event_id"),
    ),
    AuditRule(
        "everything_is_described",
        "dim_release",
        "Every public table and column has a comment, without blanks around it.",
        _everything_is_described,
    ),
    AuditRule(
        "only_plain_tables", "dim_release", "Public tables are tables of plain types.", _only_plain_tables
    ),
    AuditRule("one_release_row", "dim_release", "dim_release has one row.", _one_release_row),
)
