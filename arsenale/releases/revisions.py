"""Whether a value that was published may change: only with a reason that a person wrote down.

New rows are free. A changed value, a removed row and a removed column need a revision that names them.
Reports (`rpt_`) are exempt: they only add up what the other tables say, and every new figure moves them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arsenale.errors import ArsenaleError
from arsenale.releases.diff import TableDiff

ANY = "*"
EXEMPT_PREFIX = "rpt_"


@dataclass(frozen=True)
class Revision:
    """One row of `seeds/revisions.csv`.

    Attributes:
        table: The public table.
        key: The row's key, the columns of a longer key joined by `|`, or `*` for every row.
        column: The column, `*` for every one, or empty for a row that is removed.
        reason: Why, in a sentence for readers.
    """

    table: str
    key: str
    column: str
    reason: str


def require_reasons(changes: Iterable[TableDiff], revisions: Sequence[Revision]) -> None:
    """Refuse what no revision explains.

    Raises:
        ArsenaleError: With every unexplained change, its key, column, old and new value and document.
    """
    unexplained = [line for table in changes for line in _unexplained(table, revisions)]
    if unexplained:
        raise ArsenaleError(
            f"published values would change without a reason: {len(unexplained)}",
            details=unexplained,
            remedy="add a row with table, key, column and reason to seeds/revisions.csv, or mend the change",
        )


def reason_for(table: str, key: str, column: str, revisions: Iterable[Revision]) -> str | None:
    """Return the reason of the first revision that names the value."""
    for revision in revisions:
        if (
            revision.table == table
            and revision.key in {key, ANY}
            and revision.column in {column, ANY}
            and revision.reason.strip()
        ):
            return revision.reason
    return None


def _unexplained(table: TableDiff, revisions: Sequence[Revision]) -> list[str]:
    if table.name.startswith(EXEMPT_PREFIX):
        return []
    values = [
        (change.key, change.column, f"{change.old} → {change.new}", change.document_id)
        for change in table.changed
    ]
    rows = [(row.key, "", "row removed", row.document_id) for row in table.removed]
    columns = [(ANY, column, "column removed", None) for column in table.columns_removed]
    return [
        f"{table.name} {key}{'.' if column else ''}{column}: {what}{f' ({document})' if document else ''}"
        for key, column, what, document in (*values, *rows, *columns)
        if reason_for(table.name, key, column, revisions) is None
    ]
