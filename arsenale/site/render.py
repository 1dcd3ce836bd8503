"""From a file of the warehouse to the folder of the site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from arsenale.engine import open_engine
from arsenale.errors import ArsenaleError, one_line_errors
from arsenale.releases.diff import TableDiff, diff
from arsenale.releases.engine import RELEASE_TABLE, attach
from arsenale.releases.manifest import files_of, read_manifest
from arsenale.releases.reader import connect, explain
from arsenale.releases.store import STAGING_SUFFIX, Release, list_releases, remove_tree
from arsenale.settings import DATABASE_NAME, DOCUMENTS_LISTED_AT_MOST, Settings
from arsenale.site.content import Content, Question, ask, count_rows, read_raw, read_rows, schema_of
from arsenale.site.write import IN_A_RELEASE, write_site
from arsenale.trace.evidence import Reader, Traced
from arsenale.trace.lookup import EVIDENCE, Lookup

ANALYSES = "analyses"

DOWNLOADS = "data"
"""Where a site that stands alone keeps what its page of data offers."""

TO_DOWNLOAD = (
    DATABASE_NAME,
    "csv",
    "parquet",
    "datapackage.json",
    "MANIFEST.json",
    "MANIFEST.json.sha256",
    "CHANGES.md",
    "CITATION.cff",
    "docs",
)


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


def count_documents(database: Release, settings: Settings) -> int:
    """Return how many documents a release, or a build, has read."""
    with connect(settings, release=database) as connection:
        ((count,),) = connection.execute("select count(*) from main.dim_document").fetchall()
    return int(count)


def render_alone(
    release: Release, folder: Path, *, settings: Settings, passages: bool, report_to: str
) -> int:
    """Write the site of a release as a folder that stands alone, with what is to download in it.

    It is written beside the folder and put there whole.

    Raises:
        ArsenaleError: The folder holds something else, passages are asked for without the documents, there
            are more documents than pages, or a disk says no.
    """
    if passages and settings.documents is None:
        raise ArsenaleError(
            "no passages: the documents are not at hand", remedy="ARSENALE_DOCUMENTS names their folder"
        )
    if folder.exists() and any(folder.iterdir()) and not (folder / "assets" / "site.css").is_file():
        raise ArsenaleError(
            f"{folder} holds something else than a site", remedy="name a folder that is empty or new"
        )
    if (documents := count_documents(release, settings)) > DOCUMENTS_LISTED_AT_MOST:
        raise ArsenaleError(
            f"{release.release_id} has {documents:,} documents, a site at most {DOCUMENTS_LISTED_AT_MOST}",
            remedy='ask it in SQL: arsenale query "from dim_document"',
        )
    manifest = read_manifest(release)
    previous = manifest["previous_release"]
    partial = folder.with_name(f".{folder.name}.{os.getpid()}{STAGING_SUFFIX}")
    try:
        with one_line_errors(f"write {folder}", (OSError, duckdb.Error)):
            for name in files_of(release.folder):
                if name.partition("/")[0] in TO_DOWNLOAD:
                    target = partial / DOWNLOADS / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(release.folder / name, target)
            count = render(
                release,
                partial,
                settings=settings,
                release_id=release.release_id,
                previous=next((one for one in list_releases(settings) if one.release_id == previous), None),
                passages=passages,
                downloads=DOWNLOADS,
                report_to=report_to,
            )
            if folder.exists():
                remove_tree(folder)
            partial.replace(folder)
    finally:
        if partial.exists():
            remove_tree(partial)
    return count


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
        counts = count_rows(connection, schema)
        rows, raw, facts = read_rows(lookup, schema), read_raw(lookup), lookup.all_facts()
        shown = _passages(lookup, settings) if passages else {}
        # Last: it puts a table beside those that are read above.
        _sign(connection, release_id)
        return Content(
            release_id=release_id,
            previous_id=previous.release_id if previous else None,
            rows=rows,
            raw=raw,
            schema=schema,
            facts=facts,
            counts=counts,
            changes=_changes(previous, database),
            questions=_questions(connection, settings),
            passages=shown,
        )


def _sign(connection: duckdb.DuckDBPyConnection, release_id: str) -> None:
    """Let questions ask which release it is before it is one: its day is the first part of its name."""
    signed = connection.execute(f"select release_id from {RELEASE_TABLE}").fetchall()  # noqa: S608
    if signed != [(release_id,)]:
        connection.execute(
            f"create temp table {RELEASE_TABLE} as select * replace ($id as release_id,"  # noqa: S608
            f" try_cast(left($id, 10) as timestamp) as built_at) from main.{RELEASE_TABLE}",
            {"id": release_id},
        )


def _questions(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[Question]:
    found = []
    for file in sorted((settings.home / ANALYSES).glob("*.sql")):
        try:
            found.append(ask(connection, file.stem, file.read_text(encoding="utf-8")))
        except duckdb.Error as error:
            said = explain(error, connection)
            raise ArsenaleError(f"{ANALYSES}/{file.name}: {said.message}", remedy=said.remedy) from error
    return sorted(found, key=lambda one: one.asks)


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
