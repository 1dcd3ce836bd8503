"""Whether a value that was published may change: only with a reason that a person wrote down.

New rows are free. A changed value, a removed row, a removed column and a removed table each need a row of
`seeds/revisions.csv` that names them:

| change | table_name | row_key | column_name |
| --- | --- | --- | --- |
| a value | the table | the row's key, `*` for every row | the column, `*` for every one |
| a row that goes | the table | the row's key, `*` for every row | empty |
| a column that goes | the table | `*` | the column |
| a table that goes, or a report that shrinks | the table | `*` | empty |

A key of several columns is joined by `|`. Each row is dated, and excuses changes of releases that were made
on that day or before: a `*` that was meant for one change excuses no later one.

One reason is enough for a source and what follows from it (`consequences`). Reports (`rpt_`) are exempt as
long as they do not shrink: they add up what the other tables say, and every new figure moves them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from arsenale.errors import ArsenaleError
from arsenale.releases.diff import TableDiff

ANY = "*"
REPORT_PREFIX = "rpt_"

SHOWN_OF_A_KIND = 5
"""Of the unexplained changes of one column: a mistake in a model changes them all."""


@dataclass(frozen=True)
class Revision:
    """One row of `seeds/revisions.csv`.

    Attributes:
        table: The public table.
        key: The row's key, or `*`.
        column: The column, `*`, or empty for a row or table that goes.
        decided_on: When; releases made later than this keep what they say.
        reason: Why, in a sentence for readers.
    """

    table: str
    key: str
    column: str
    decided_on: date
    reason: str

    def names(self, table: str, key: str, column: str) -> bool:
        """Return whether it gives a reason for this value."""
        return (
            self.table == table
            and self.key in {key, ANY}
            and self.column in {column, ANY}
            and bool(self.reason.strip())
        )


@dataclass(frozen=True)
class Reasons:
    """Why published values change.

    Attributes:
        revisions: Every revision that was written down.
        published_on: The day of the release that changes; None where there is none yet.
        inherited: By table and key, from what else the change of a row follows.
    """

    revisions: Sequence[Revision] = ()
    published_on: date | None = None
    inherited: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, table: str, key: str, column: str) -> str | None:
        """Return why a value may change; the first revision that names it, or what it follows from."""
        for revision in self.revisions:
            if not self.is_over(revision) and revision.names(table, key, column):
                return revision.reason
        return self.inherited.get(table, {}).get(key)

    def is_over(self, revision: Revision) -> bool:
        """Return whether a revision was for an earlier release than the one that changes now."""
        return self.published_on is not None and revision.decided_on < self.published_on

    def outdated(self, table: str, key: str, column: str) -> Revision | None:
        """Return the last revision that would name the value, were it not over."""
        over = [one for one in self.revisions if self.is_over(one) and one.names(table, key, column)]
        return max(over, key=lambda one: one.decided_on, default=None)


@dataclass(frozen=True)
class Unexplained:
    """A change without a reason: what a revision would have to name, and what happens there."""

    table: str
    key: str
    column: str
    what: str
    document_id: str | None = None
    outdated: Revision | None = None

    def __str__(self) -> str:
        """Return `fct_figure iai@100.value: 35 → 36 (iai)`."""
        column = f".{self.column}" if self.column else ""
        document = f" ({self.document_id})" if self.document_id else ""
        hint = f"; its reason of {self.outdated.decided_on} is over: date it anew" if self.outdated else ""
        return f"{self.table} {self.key}{column}: {self.what}{document}{hint}"


def read_revisions(rows: Iterable[Mapping[str, str]]) -> list[Revision]:
    """Return the rows of `seeds/revisions.csv`, which have passed the gate."""
    return [
        Revision(
            table=row["table_name"],
            key=row["row_key"],
            column=row["column_name"],
            decided_on=date.fromisoformat(row["decided_on"]),
            reason=row["reason"],
        )
        for row in rows
    ]


def unexplained(changes: Sequence[TableDiff], reasons: Reasons) -> list[Unexplained]:
    """Return every change that has no reason."""
    rows_go = any(table.removed for table in changes if not _is_report(table))
    return [
        replace(change, outdated=reasons.outdated(change.table, change.key, change.column))
        for table in changes
        for change in (_of_report(table, rows_go=rows_go) if _is_report(table) else _of_table(table))
        if reasons.of(change.table, change.key, change.column) is None
    ]


def refusal(lacking: Sequence[Unexplained]) -> ArsenaleError:
    """Return the error that stops a release."""
    return ArsenaleError(
        f"published values would change without a reason: {len(lacking):,}",
        details=list(_in_short(lacking)),
        remedy="name each in seeds/revisions.csv (seeds/FORMAT.md says how), or mend the change; "
        "`arsenale build --dry-run` shows the whole difference",
    )


def _is_report(table: TableDiff) -> bool:
    return table.name.startswith(REPORT_PREFIX)


def _of_table(table: TableDiff) -> Iterator[Unexplained]:
    if table.rows_after is None:
        yield _whole_table(table)
        return
    for change in table.changed:
        what = f"{change.old} → {change.new}"
        yield Unexplained(table.name, change.key, change.column, what, change.document_id)
    for row in table.removed:
        yield Unexplained(table.name, row.key, "", "row removed", row.document_id)
    for column in table.columns_removed:
        yield Unexplained(table.name, ANY, column, "column removed")


def _of_report(table: TableDiff, *, rows_go: bool) -> Iterator[Unexplained]:
    """Yield that a report shrinks, where nothing that it could report on is gone."""
    before, after = table.rows_before or 0, table.rows_after
    if after is None:
        yield _whole_table(table)
    elif after < before and not rows_go:
        yield Unexplained(table.name, ANY, "", f"{before:,} rows shrink to {after:,}")


def _whole_table(table: TableDiff) -> Unexplained:
    return Unexplained(table.name, ANY, "", f"table removed, with {table.rows_before:,} rows")


def _in_short(found: Iterable[Unexplained]) -> Iterator[str]:
    """Yield the first few of each table and column, and how many more there are."""
    kinds: dict[tuple[str, str], list[Unexplained]] = defaultdict(list)
    for one in found:
        kinds[one.table, one.column].append(one)
    for (table, column), alike in kinds.items():
        yield from map(str, alike[:SHOWN_OF_A_KIND])
        if len(alike) > SHOWN_OF_A_KIND:
            of = f"{table}.{column}" if column else f"rows of {table}"
            yield f"… and {len(alike) - SHOWN_OF_A_KIND:,} more {of}"
