"""`CHANGES.md`: the difference to the release before, for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from arsenale.releases.consequences import EVIDENCE
from arsenale.releases.diff import TableDiff
from arsenale.releases.revisions import Reasons, Unexplained

CHANGES_NAME = "CHANGES.md"
NO_REASONS = Reasons()
ORDER = ("dim_", "fct_", "bridge_", "rpt_")
ROWS_SHOWN = 200
"""Per table and kind; `arsenale releases diff A B` lists all."""


def write_changes(folder: Path, changes: Sequence[TableDiff], heading: str, reasons: Reasons) -> None:
    """Write the file; the first release has nothing to be compared with, and `changes` is empty."""
    text = as_markdown(changes, heading, reasons, rows_shown=ROWS_SHOWN)
    (folder / CHANGES_NAME).write_text(text, encoding="utf-8")


def as_markdown(
    changes: Sequence[TableDiff],
    heading: str,
    reasons: Reasons = NO_REASONS,
    *,
    rows_shown: int | None = None,
) -> str:
    """Return the difference as Markdown: one line per table, then each table's changes.

    Args:
        changes: The difference.
        heading: What it lies between.
        reasons: Why published values change.
        rows_shown: How many lines of each kind to show per table; all without it.
    """
    changed = sorted((table for table in changes if not table.is_empty), key=_place)
    if not changed:
        return f"# {heading}\n\nNo difference.\n"
    blocks = [f"# {heading}", _in_a_sentence(changed), _summary(changed)]
    for table in changed:
        blocks.append(f"## {table.name}")
        blocks += [f"- {phrase}" for phrase in table.definition]
        blocks += _values(table, reasons, rows_shown)
        blocks += _rows("Removed", table, reasons, rows_shown)
        blocks += _rows("Added", table, reasons, rows_shown)
    return "\n\n".join(blocks) + "\n"


def lacking_reasons(lacking: Sequence[Unexplained]) -> str:
    """Return the changes that stop a release as Markdown, in the columns of `seeds/revisions.csv`."""
    rows = ((change.table, change.key, change.column, str(change).partition(": ")[2]) for change in lacking)
    return "\n\n".join(
        (
            f"## Needs a reason: {len(lacking):,}",
            "Each of these stops the release until `seeds/revisions.csv` names it:",
            _table(("table_name", "row_key", "column_name", "what happens"), rows) + "\n",
        )
    )


def _place(table: TableDiff) -> tuple[bool, int, str]:
    """Return where a reader looks first: what documents print, what else is stated, what follows."""
    prefixes = [number for number, prefix in enumerate(ORDER) if table.name.startswith(prefix)]
    return table.name not in EVIDENCE, (prefixes or [len(ORDER)])[0], table.name


def _in_a_sentence(changed: Sequence[TableDiff]) -> str:
    counts = {
        "added": sum(len(table.added) for table in changed),
        "removed": sum(len(table.removed) for table in changed),
        "changed": sum(len(table.changed) for table in changed),
    }
    tables = "1 table differs" if len(changed) == 1 else f"{len(changed):,} tables differ"
    return (
        f"{tables}: {counts['added']:,} rows added, {counts['removed']:,} removed, "
        f"{counts['changed']:,} values changed. The reason of a change stands beside it; new rows need none."
    )


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


def _values(table: TableDiff, reasons: Reasons, rows_shown: int | None) -> list[str]:
    if not table.changed:
        return []
    rows = (
        (c.key, c.column, c.old, c.new, c.document_id, reasons.of(table.name, c.key, c.column))
        for c in table.changed[:rows_shown]
    )
    shown = _table(("key", "column", "old", "new", "document", "reason"), rows)
    return [f"### Changed: {len(table.changed):,}", shown, *_more(len(table.changed), rows_shown)]


def _rows(kind: str, table: TableDiff, reasons: Reasons, rows_shown: int | None) -> list[str]:
    found = table.removed if kind == "Removed" else table.added
    if not found:
        return []
    rows = ((row.key, row.document_id, reasons.of(table.name, row.key, "")) for row in found[:rows_shown])
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
