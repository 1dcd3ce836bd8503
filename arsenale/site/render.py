"""From a file of the warehouse to the folder of the site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from arsenale.releases.diff import TableDiff, diff
from arsenale.releases.engine import attach, open_engine
from arsenale.releases.reader import connect
from arsenale.releases.store import Release
from arsenale.settings import Settings
from arsenale.site.content import Content, Question, ask, read_raw, read_rows, schema_of
from arsenale.site.write import IN_A_RELEASE, write_site
from arsenale.trace.evidence import Reader, Traced
from arsenale.trace.lookup import EVIDENCE, Lookup

ANALYSES = "analyses"


def render(  # noqa: PLR0913 - what may be said on the command line, by name
    database: Release,
    folder: Path,
    *,
    settings: Settings,
    release_id: str,
    previous: Release | None,
    passages: bool = False,
    downloads: str = IN_A_RELEASE,
    report_to: str = "",
) -> int:
    """Write the site of a release.

    Args:
        database: The folder with its file: a release, or the private folder of a build.
        folder: Where to.
        settings: Where the analyses are, and the documents.
        release_id: What the release is called, or will be.
        previous: The release before, for what changed.
        passages: Whether to print the sentences, where the documents are at hand.
        downloads: The way from the folder to the release's files.
        report_to: Who wants to hear of errors.

    Returns:
        How many figures and events have their place on it.
    """
    content = read(database, settings, release_id, previous, passages=passages)
    write_site(content, folder, downloads=downloads, report_to=report_to)
    return len(content.evidence)


def read(
    database: Release,
    settings: Settings,
    release_id: str,
    previous: Release | None,
    *,
    passages: bool = False,
) -> Content:
    """Read all that the site shows."""
    with connect(settings, release=database) as connection:
        lookup = Lookup(connection)
        schema = schema_of(connection)
        questions = [
            ask(connection, file.stem, file.read_text(encoding="utf-8"))
            for file in sorted((settings.home / ANALYSES).glob("*.sql"))
        ]
        return Content(
            release_id=release_id,
            previous_id=previous.release_id if previous else None,
            rows=read_rows(lookup, schema),
            raw=read_raw(lookup),
            schema=schema,
            facts=lookup.all_facts(),
            changes=_changes(previous, database),
            questions=_in_order(questions),
            passages=_passages(lookup, settings) if passages else {},
        )


def _in_order(questions: Sequence[Question]) -> list[Question]:
    return sorted(questions, key=lambda one: one.asks)


def _changes(previous: Release | None, database: Release) -> list[TableDiff]:
    if previous is None:
        return []
    with open_engine() as connection:
        attach(connection, previous.database, "before")
        attach(connection, database.database, "after")
        return diff(connection, "before", "after")


def _passages(lookup: Lookup, settings: Settings) -> dict[str, Traced]:
    reader = Reader(lookup, settings)
    found = {}
    for kind in EVIDENCE:
        for row in lookup.rows(f"select * from main.{kind.table}"):  # noqa: S608
            traced = reader.trace(kind, row)
            if traced.passage is not None:
                found[row[kind.key]] = traced
    return found
