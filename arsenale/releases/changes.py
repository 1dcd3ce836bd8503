"""`CHANGES.md`: the difference to the release before, for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from arsenale.releases.diff import TableDiff
from arsenale.releases.revisions import Revision, reason_for

CHANGES_NAME = "CHANGES.md"
ROWS_SHOWN = 200
"""Per table and kind; `arsenale releases diff A B` lists all."""


def write_changes(
    folder: Path, changes: Sequence[TableDiff], heading: str, revisions: Sequence[Revision]
) -> None:
    """Write the file; the first release has nothing to be compared with, and `changes` is empty."""
    text = as_markdown(changes, heading, revisions, rows_shown=ROWS_SHOWN)
    (folder / CHANGES_NAME).write_text(text, encoding="utf-8")


def as_markdown(
    changes: Sequence[TableDiff],
    heading: str,
    revisions: Sequence[Revision] = (),
    *,
    rows_shown: int | None = None,
) -> str:
    """Return the difference as Markdown: one line per table, then each table's changes.

    Args:
        changes: The difference.
        heading: What it lies between.
        revisions: Where the reasons stand.
        rows_shown: How many lines of each kind to show per table; all without it.
    """
    changed = [table for table in changes if not table.is_empty]
    if not changed:
        return f"# {heading}\n\nNo difference.\n"
    blocks = [f"# {heading}", _summary(changed)]
    for table in changed:
        blocks.append(f"## {table.name}")
        blocks += [f"- {phrase}" for phrase in table.definition]
        blocks += _values(table, revisions, rows_shown)
        blocks += _rows("Removed", table, revisions, rows_shown)
        blocks += _rows("Added", table, revisions, rows_shown)
    return "\n\n".join(blocks) + "\n"


def _summary(changed: Iterable[TableDiff]) -> str:
    return _table(
        ("table", "rows before", "rows after", "added", "removed", "values changed"),
        (
            (
                table.name,
                "–" if table.rows_before is None else f"{table.rows_before:,}",  # noqa: RUF001
                "–" if table.rows_after is None else f"{table.rows_after:,}",  # noqa: RUF001
                f"{len(table.added):,}",
                f"{len(table.removed):,}",
                f"{len(table.changed):,}",
            )
            for table in changed
        ),
    )


def _values(table: TableDiff, revisions: Sequence[Revision], rows_shown: int | None) -> list[str]:
    if not table.changed:
        return []
    rows = (
        (c.key, c.column, c.old, c.new, c.document_id, reason_for(table.name, c.key, c.column, revisions))
        for c in table.changed[:rows_shown]
    )
    shown = _table(("key", "column", "old", "new", "document", "reason"), rows)
    return [f"### Changed: {len(table.changed):,}", shown, *_more(len(table.changed), rows_shown)]


def _rows(kind: str, table: TableDiff, revisions: Sequence[Revision], rows_shown: int | None) -> list[str]:
    found = table.removed if kind == "Removed" else table.added
    if not found:
        return []
    rows = (
        (row.key, row.document_id, reason_for(table.name, row.key, "", revisions))
        for row in found[:rows_shown]
    )
    return [
        f"### {kind}: {len(found):,}",
        _table(("key", "document", "reason"), rows),
        *_more(len(found), rows_shown),
    ]


def _more(total: int, rows_shown: int | None) -> list[str]:
    if rows_shown is None or total <= rows_shown:
        return []
    return [f"… and {total - rows_shown:,} more: `arsenale releases diff` lists all."]


def _table(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str | None) -> str:
    return "" if text is None else text.replace("|", r"\|").replace("\n", " ")
