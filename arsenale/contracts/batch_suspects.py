r"""The rows of a batch that could be wrong, as queries: what is asked of sets, so that rules need few rows.

Of what depends on the shape of a cell alone (is `1.390` a number? is there a 31 February?) the first row of
each shape; of what depends on other rows and tables, those that do not fit. Nothing is refused here. What a
query must not do is to overlook: a test holds the same rows to both gates.

The queries speak of two views, `figures` and `documents`, which have the seeds' columns and two more:
`batch`, the number of the file, and `place`, that of the row in all files together.
"""

from __future__ import annotations

from collections.abc import Iterator

from arsenale.contracts.cells import PRINTED, WORDING, Reference, Shape, Term
from arsenale.contracts.date_rules import DONE
from arsenale.contracts.declarations import DOCUMENT, SEED_OF
from arsenale.contracts.span_rules import PRINTED as PRINTED_ELSEWHERE

SHOWN = 20
"""So many rows are shown of each kind of problem that no shape tells apart."""

_UNSEEN = r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]"
"""What `strict_csv` refuses, as DuckDB's regular expressions know it."""

_ZERO_IN_FRONT = "(^|[^0-9][^0-9]|[^0-9.,''\u2019 \u00a0\u2009\u202f])0"
"""A number that begins with a zero: not a later group of one, as in 1 000."""


def suspects(table: str) -> Iterator[str]:
    """Yield the queries for the places of rows that could be wrong, of `figures` or `documents`."""
    yield from _of_cells(table)
    if table == "figures":
        yield from _BETWEEN_ROWS


def _of_cells(table: str) -> Iterator[str]:
    """Yield the queries for rows whose cells could be of a wrong shape."""
    seed = SEED_OF[table]
    for column in seed.columns:
        name = column.name
        if column.required:
            yield f"(select place from {table} where {name} is null limit {SHOWN})"
        if column.format is DOCUMENT:
            yield f"(select place from {table} anti join documents using (batch, document_id) limit {SHOWN})"
        elif isinstance(column.format, Term | Reference) or name in ("period", "published"):
            yield f"select min(place) from {table} group by {name}"
        elif column.format in (PRINTED, WORDING):
            yield f"select min(place) from {table} group by left({name}, 1), right({name}, 1)"
        elif isinstance(column.format, Shape):
            pattern = column.format.pattern.replace("'", "''")
            unlike = f"not regexp_full_match({name}, '{pattern}')"
            yield f"(select place from {table} where {unlike} limit {SHOWN})"
    texts = ", ".join(column.name for column in seed.columns if column.format in (PRINTED, WORDING))
    unseen = f"regexp_matches(concat_ws('', {texts}), '{_UNSEEN}')"
    yield f"(select place from {table} where {unseen} limit {SHOWN})"


def _outside() -> str:
    """Return the condition of a text outside the span without its offset, or beyond its document."""
    return " or ".join(
        f"({text} is null) <> ({offset} is null)"
        f" or try_cast({offset} as bigint) + length({text}) > try_cast(characters as bigint)"
        for text, offset in PRINTED_ELSEWHERE.items()
    )


_BETWEEN_ROWS = (
    # Spans that do not fit, and texts outside of them without a place.
    f"""
    (
        select figures.place
        from figures
        inner join documents using (batch, document_id)
        where
            coalesce(
                try_cast(char_end as bigint) - try_cast(char_start as bigint) <> length(as_reported), true
            )
            or try_cast(char_end as bigint) > try_cast(characters as bigint)
            or {_outside()}
        limit {SHOWN}
    )
    """,
    # A number's shape is all that its grammar looks at: digits are alike, but a zero in front.
    f"""
    select min(figures.place)
    from figures
    left join documents using (batch, document_id)
    group by
        translate(as_reported, '023456789', '111111111'),
        regexp_matches(as_reported, '{_ZERO_IN_FRONT}'),
        decimal_mark,
        unit_printed,
        note is null
    """,
    "select min(place) from figures group by family, measure",
    # What is done before its document's year needs no second look.
    f"""
    select min(figures.place)
    from figures
    left join documents using (batch, document_id)
    where status in {DONE}
    group by period, status, published
    having
        coalesce(try_cast(regexp_extract(period, '[0-9]{{4}}') as integer), 9999)
        > coalesce(try_cast(regexp_extract(published, '([0-9]{{4}})[^0-9]*$', 1) as integer), 0)
    """,
    # Figures that begin before the one before them ends.
    f"""
    (
        with
            spans as (
                select
                    place,
                    batch,
                    document_id,
                    try_cast(char_start as bigint) as char_start,
                    try_cast(char_end as bigint) as char_end
                from figures
            ),
            sorted as (
                select
                    place,
                    char_start < lag(char_end) over in_document as is_overlapping,
                    lag(place) over in_document as neighbour
                from spans
                window in_document as (partition by batch, document_id order by char_start)
            )
        select unnest([place, neighbour]) from sorted where is_overlapping limit {2 * SHOWN}
    )
    """,
    # Repeats of what is no earlier first print; wholes that are not there, or might close a circle.
    f"""
    (
        with
            naming as (
                select place, batch, document_id, char_start, true as is_repeat, same_fact_as as named
                from figures
                where same_fact_as is not null
                union all
                select place, batch, document_id, char_start, false as is_repeat, subset_of as named
                from figures
                where subset_of is not null
            ),
            named as (
                select
                    * replace (try_cast(char_start as bigint) as char_start),
                    split_part(named, '@', 1) as named_document,
                    split_part(named, '@', 2) as named_start
                from naming
            )
        select named.place
        from named
        left join
            figures
            on named.batch = figures.batch
            and named.named_document = figures.document_id
            and named.named_start = figures.char_start
        where
            figures.place is null
            or (
                is_repeat
                and (
                    figures.same_fact_as is not null
                    or named.document_id <> figures.document_id
                    or coalesce(try_cast(figures.char_start as bigint) >= named.char_start, true)
                )
            )
            or (
                not is_repeat
                and figures.subset_of is not null
                and (figures.document_id, coalesce(try_cast(figures.char_start as bigint), 0))
                >= (named.document_id, named.char_start)
            )
        limit {SHOWN}
    )
    """,
)
"""Queries for rows that could be wrong together with others."""
