r"""From a seed's contract to a Pandera schema, and from what Pandera finds to problems with file and line.

Four of Pandera's habits shape this file (pandera 0.35 on polars):

- a LazyFrame is checked for types only, so frames are eager;
- `str_matches` is a prefix match, compiled by Python and run by Rust: `\A(?:...)$` is all that both know.
  Rust's `$` is the very end (Python's would let a line feed follow), and a test holds polars to that;
- an empty frame passes everything, so every schema has a minimum of rows;
- `PANDERA_VALIDATION_ENABLED=False` switches it all off: `refuse_idle_pandera` tries a frame that must fail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.errors import SchemaErrors

from arsenale.contracts.cells import Format, Reference, Shape
from arsenale.contracts.choices import Choices, home
from arsenale.contracts.declarations import Column, Seed
from arsenale.contracts.problems import Problem, quote
from arsenale.contracts.seed_files import SeedFile, closest
from arsenale.errors import ArsenaleError

_MINIMUM_ROWS = "minimum_rows"
_UNIQUE = "multiple_fields_uniqueness"


def check_shapes(files: Mapping[str, SeedFile], minimum_rows: Mapping[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with cells, keys and numbers of rows, seed by seed.

    Args:
        files: The seeds that could be read, by name.
        minimum_rows: How many rows a seed has at least, by its name.
    """
    refuse_idle_pandera()
    choices = Choices(files)
    for name, file in files.items():
        minimum = minimum_rows.get(name, 0 if file.seed.may_be_empty else 1)
        yield from _check_seed(file, schema_of(file.seed, choices, minimum), choices, minimum)


def check_shape(file: SeedFile, files: Mapping[str, SeedFile], minimum_rows: int) -> Iterator[Problem]:
    """Yield what is wrong with one file, whose cells may choose from the others."""
    refuse_idle_pandera()
    choices = Choices(files)
    yield from _check_seed(file, schema_of(file.seed, choices, minimum_rows), choices, minimum_rows)


def schema_of(seed: Seed, choices: Choices, minimum_rows: int) -> pa.DataFrameSchema:
    """Return the Pandera schema of a seed: every column text, an empty cell null, nothing coerced."""
    return pa.DataFrameSchema(
        columns={column.name: _column(column, choices) for column in seed.columns},
        checks=[
            pa.Check(
                lambda data: data.lazyframe.select(pl.len() >= minimum_rows),
                name=_MINIMUM_ROWS,
                error=_MINIMUM_ROWS,
            )
        ],
        unique=list(seed.key),
        strict=True,
        ordered=True,
        coerce=False,
    )


def frame_of(file: SeedFile) -> pl.DataFrame:
    """Return the eager frame of a seed: one text column per declared column, an empty cell null."""
    return pl.DataFrame(
        {name: [row[name] or None for row in file.records] for name in file.seed.column_names},
        schema=dict.fromkeys(file.seed.column_names, pl.String),
    )


def refuse_idle_pandera() -> None:
    """Let Pandera refuse a frame that is wrong.

    Raises:
        ArsenaleError: If it does not: then it would pass every seed.
    """
    try:
        pa.DataFrameSchema({"a": pa.Column(pl.String, pa.Check.isin(["b"]))}).validate(
            pl.DataFrame({"a": ["c"]}), lazy=True
        )
    except SchemaErrors:
        return
    raise ArsenaleError(
        "gate: Pandera passes a frame that is wrong, so its validation is switched off",
        remedy="unset every PANDERA_ variable, and remove any pandera.config.config_context around the gate",
    )


def _column(column: Column, choices: Choices) -> pa.Column:
    return pa.Column(pl.String, checks=list(_checks(column.format, choices)), nullable=not column.required)


def _checks(form: Format, choices: Choices) -> Iterator[pa.Check]:
    if isinstance(form, Shape):
        yield pa.Check.str_matches(rf"\A(?:{form.pattern})$")
        return
    values = choices.of(form)
    if values is None:
        return
    if isinstance(form, Reference) and form.several:
        yield pa.Check(lambda data: _all_among(data, values), name="all_isin")
    else:
        yield pa.Check.isin(sorted(values))


def _all_among(data: PolarsData, values: frozenset[str]) -> pl.LazyFrame:
    among = pl.element().is_in(sorted(values)).all()
    return data.lazyframe.select(pl.col(data.key).str.split(" ").list.eval(among).list.first())


def _check_seed(
    file: SeedFile, schema: pa.DataFrameSchema, choices: Choices, minimum_rows: int
) -> Iterator[Problem]:
    try:
        validated = schema.validate(frame_of(file), lazy=True)
    except SchemaErrors as errors:
        yield from _problems(file, errors.failure_cases, choices, minimum_rows)
        return
    if validated.height != len(file.records):
        found = f"{validated.height} rows validated"
        yield Problem(file.seed.file, 0, "", found, f"{len(file.records)} rows read", "report this as a bug")


def _problems(file: SeedFile, cases: pl.DataFrame, choices: Choices, minimum_rows: int) -> Iterator[Problem]:
    columns = {column.name: column for column in file.seed.columns}
    if not cases.filter(pl.col("check") == _UNIQUE).is_empty():
        yield from _duplicates(file)
    for case in cases.filter(pl.col("check") != _UNIQUE).iter_rows(named=True):
        column = columns.get(case["column"] or "")
        if case["check"] == _MINIMUM_ROWS:
            yield Problem(
                file.seed.file,
                0,
                "",
                f"{len(file.records)} rows",
                f"at least {minimum_rows}",
                "restore the lost rows, or lower the number in minimum_rows.csv in the same change",
            )
        elif column is None or case["index"] is None:
            found, expected = quote(str(case["failure_case"])), str(case["check"])
            yield Problem(file.seed.file, 0, case["column"] or "", found, expected, "report this as a bug")
        else:
            record = file.records[case["index"]]
            remedy = _remedy(column.format, record[column.name], choices)
            yield file.problem(record, column.name, choices.expected(column.format), remedy)


def _duplicates(file: SeedFile) -> Iterator[Problem]:
    """Yield every row whose key an earlier row has; both lines are shown."""
    lines: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for record in file.records:
        key = tuple(record[column] for column in file.seed.key)
        lines[key].append(record.line)
    named = ", ".join(file.seed.key)
    for key, (first, *again) in lines.items():
        for line in again:
            found = f"{', '.join(map(quote, key))} again, as on line {first}"
            yield Problem(
                file.seed.file, line, file.seed.key[-1], found, f"each {named} once", "delete one row"
            )


def _remedy(form: Format, cell: str, choices: Choices) -> str:
    if not cell:
        return "fill it in"
    if isinstance(form, Shape):
        return form.remedy
    values = choices.of(form) or frozenset()
    words = cell.split(" ") if isinstance(form, Reference) and form.several else [cell]
    meant = [closest(word, values) for word in words if word not in values]
    if meant and all(meant):
        return f"write {' '.join(meant)}?"
    return f"correct it, or add a row: {home(form)}"
