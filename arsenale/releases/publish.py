"""From an audited private database to the release that everyone reads: all or nothing.

The order is what makes it safe. Everything is written beside the releases, in a folder that no reader
looks at; made durable; renamed in one step; and only then does the link `current` move, in one step.
Killed anywhere before that, readers keep the release they had, and the next publish sweeps what was left.

Why tables are created from their own DDL, and not by `COPY FROM DATABASE`: that statement copies all
schemas of the private database, so staging, views and macros would come along and have to be dropped
again, and what was dropped leaves holes in the file. Creating only the tables of `main` and `raw` means
that nothing else can ever enter a release.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from arsenale.errors import ArsenaleError, one_line_errors
from arsenale.files import fsync
from arsenale.releases.changes import as_markdown, lacking_reasons, write_changes
from arsenale.releases.citation import write_citation
from arsenale.releases.confirmation import confirm
from arsenale.releases.consequences import consequences
from arsenale.releases.datapackage import write_datapackage
from arsenale.releases.diff import TableDiff, diff
from arsenale.releases.engine import (
    RELEASE_TABLE,
    Table,
    attach,
    literal,
    open_engine,
    parents_first,
    quoted,
    tables,
)
from arsenale.releases.export import export_tables
from arsenale.releases.logical_hash import LogicalHash, logical_hash
from arsenale.releases.manifest import Imprint, Run, read_manifest, release_name, write_manifest
from arsenale.releases.revisions import Reasons, Unexplained, refusal, unexplained
from arsenale.releases.sbom import write_sbom
from arsenale.releases.space import require_space
from arsenale.releases.store import (
    STAGING_SUFFIX,
    Release,
    current_release,
    point_current_at,
    releases_folder,
    remove_tree,
    seal,
    sweep,
)
from arsenale.releases.verify import require_verified, verify
from arsenale.settings import CAPTURED_SCHEMA, DATABASE_NAME, PUBLIC_SCHEMA, Settings

STORAGE_VERSION = "v1.2.0"
"""Opens in every client from duckdb 1.2 to 2.0; 2.0's own opens in none before, and BI drivers lag."""

BLOCK_SIZE = 16384
"""Bytes. Every column of every small table takes a block: with DuckDB's default of 256 KiB a release of 26
tables was 37.8 MB, with this 5.7 MB (2026-11-22); clients 1.2.2 to 2.0.0 opened it and counted the same."""

SPACE_PER_BYTE = 4
"""A release needs the database once more, its Parquet, and its CSV, which is not compressed."""

SPACE_AT_LEAST = 16 * 2**20

STEPS = ("check", "copy", "export", "describe", "enclose", "seal", "rename", "flip")
"""What `on_step` is told before each step."""


@dataclass(frozen=True)
class Publication:
    """What publishing came to.

    Attributes:
        release: The current release.
        is_new: Whether this call made it current; False where the current one says the same already.
    """

    release: Release
    is_new: bool


def publish(
    private_database: Path,
    settings: Settings,
    run: Run,
    *,
    now: datetime | None = None,
    on_step: Callable[[str], None] = lambda _step: None,
) -> Publication:
    """Publish what the database says, unless the current release says the same.

    The caller holds the build lock and has ended whatever wrote the database.

    Args:
        private_database: The audited database; it is only read.
        settings: Where the warehouse is.
        run: What the release says about its build.
        now: The release's date, UTC; the clock's without it.
        on_step: Called with the name of each of STEPS before it begins.

    Raises:
        ArsenaleError: The database cannot be published, or a disk said no; `current` is as it was.
    """
    with one_line_errors(f"publish to {settings.warehouse}", (OSError, duckdb.Error)):
        sweep(settings)
        on_step("check")
        require_closed(private_database)
        publication = _publish(private_database, settings, run, now or datetime.now(UTC), on_step)
        confirm(settings, publication.release, now)
    return publication


def _publish(
    private_database: Path, settings: Settings, run: Run, now: datetime, on_step: Callable[[str], None]
) -> Publication:
    with open_engine(private_database.parent) as connection:
        attach(connection, private_database, "private")
        logical = logical_hash(connection, "private")
        previous = current_release(settings)
        if previous and says_the_same(previous, logical):
            return Publication(previous, is_new=False)
        run = replace(run, schema_version=run.schema_version or stated_schema_version(connection))
        comparison = compare(previous, connection, run)
        if run.revisions is not None and comparison.unexplained:
            raise refusal(comparison.unexplained)
        built_at = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
        imprint = Imprint(release_name(now, logical), built_at, logical)
        release = Release(releases_folder(settings) / imprint.release_id)
        # It exists where it was rolled back today, or where a publish was killed just before its flip.
        if release.folder.exists():
            require_verified(release)
        else:
            draft = _Draft(connection, settings, run, imprint, previous, comparison)
            draft.write(private_database, on_step)
        on_step("flip")
        point_current_at(release, settings)
    return Publication(release, is_new=True)


def says_the_same(release: Release, logical: LogicalHash) -> bool:
    """Return whether the release says just this, and is intact: a damaged one is worth replacing."""
    return not verify(release, content=False) and read_manifest(release)["logical_hash"] == logical.sha256


@dataclass(frozen=True)
class Comparison:
    """What publishing would change.

    Attributes:
        changes: The difference to the current release; none where nothing was published yet.
        reasons: Why published values change.
        unexplained: The changes that have no reason.
    """

    changes: Sequence[TableDiff]
    reasons: Reasons
    unexplained: Sequence[Unexplained]


def compare(previous: Release | None, connection: duckdb.DuckDBPyConnection, run: Run) -> Comparison:
    """Compare "private" with the release before."""
    if previous is None:
        return Comparison([], Reasons(), [])
    attach(connection, previous.database, "previous")
    changes = diff(connection, "previous", "private")
    inherited = consequences(connection, "previous", "private", changes)
    connection.execute("detach previous")
    reasons = Reasons(run.revisions or (), built_on(previous), inherited)
    return Comparison(changes, reasons, unexplained(changes, reasons))


@dataclass(frozen=True)
class Preview:
    """What publishing would do.

    Attributes:
        markdown: The difference to the current release, for a person.
        unexplained: The changes that would stop the release.
    """

    markdown: str
    unexplained: Sequence[Unexplained]


def preview(private_database: Path, settings: Settings, run: Run) -> Preview:
    """Compare the database with the current release, and publish nothing.

    Raises:
        ArsenaleError: The database or the current release cannot be read.
    """
    with (
        one_line_errors(f"compare with {settings.warehouse}", (OSError, duckdb.Error)),
        open_engine(private_database.parent) as connection,
    ):
        require_closed(private_database)
        attach(connection, private_database, "private")
        previous = current_release(settings)
        comparison = compare(previous, connection, run)
    since = f"since {previous.release_id}" if previous else "the first release"
    text = as_markdown(comparison.changes, f"Not published, {since}", comparison.reasons)
    if comparison.unexplained:
        text += f"\n{lacking_reasons(comparison.unexplained)}"
    return Preview(text, comparison.unexplained)


def built_on(release: Release) -> date:
    """Return the day, UTC, on which a release was made."""
    return datetime.fromisoformat(read_manifest(release)["built_at"]).date()


def stated_schema_version(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the public schema's version as the attached private database states it."""
    rows = connection.sql(f"select schema_version from private.{PUBLIC_SCHEMA}.{RELEASE_TABLE}").fetchall()  # noqa: S608
    if len(rows) != 1:
        raise ArsenaleError(f"{RELEASE_TABLE} has {len(rows)} rows, expected one", remedy="see the audit")
    return str(rows[0][0])


def require_closed(database: Path) -> None:
    """Refuse a database that is not there, or whose last writes are still in its log.

    Raises:
        ArsenaleError: With the file that stands in the way.
    """
    if not database.is_file():
        raise ArsenaleError(f"no database at {database}", remedy="`arsenale build` makes one")
    log = database.with_name(f"{database.name}.wal")
    if log.exists():
        raise ArsenaleError(
            f"{log} exists: the last writes are not in {database.name} yet",
            remedy="end the process that writes it, or build again",
        )


@dataclass(frozen=True)
class _Draft:
    """A release that is being written.

    Attributes:
        connection: An engine with the private database attached as "private".
        settings: Where the warehouse is.
        run: What the release says about its build.
        imprint: What names the release; its hash is the private database's.
        previous: The release that is current while this one is written.
        comparison: The difference to it, and why.
    """

    connection: duckdb.DuckDBPyConnection
    settings: Settings
    run: Run
    imprint: Imprint
    previous: Release | None
    comparison: Comparison

    @property
    def staging(self) -> Path:
        """Beside the releases, so that the rename stays within one file system."""
        return releases_folder(self.settings) / f".{self.imprint.release_id}{STAGING_SUFFIX}"

    def write(self, private_database: Path, on_step: Callable[[str], None]) -> None:
        """Write the release whole, under its name, or leave nothing."""
        releases = releases_folder(self.settings)
        releases.mkdir(parents=True, exist_ok=True)
        size = private_database.stat().st_size
        require_space(releases, SPACE_AT_LEAST + SPACE_PER_BYTE * size, "a release")
        self.staging.mkdir()
        try:
            on_step("copy")
            self.copy()
            on_step("export")
            export_tables(self.connection, "arsenale", self.staging)
            on_step("describe")
            self.describe()
            # Late: the pages are made meanwhile.
            on_step("enclose")
            if self.run.pages:
                enclose(self.run.pages, self.staging)
            self.write_manifest()
            on_step("seal")
            self.connection.execute("detach arsenale")
            seal(self.staging)
            on_step("rename")
            self.staging.rename(releases / self.imprint.release_id)
            fsync(releases)
        except BaseException:
            if self.staging.exists():
                remove_tree(self.staging)
            raise

    def copy(self) -> None:
        """Write the DuckDB file, and leave it attached as "arsenale", for reading."""
        file = self.staging / DATABASE_NAME
        options = f"storage_version {literal(STORAGE_VERSION)}, block_size {BLOCK_SIZE}"
        attach(self.connection, file, "arsenale", options=options)
        self.connection.execute("use arsenale")
        self.connection.execute(f"create schema if not exists {CAPTURED_SCHEMA}")
        for schema in (PUBLIC_SCHEMA, CAPTURED_SCHEMA):
            for table in parents_first(tables(self.connection, "private", schema)):
                copy_table(self.connection, table)
        self.sign()
        # A file moved away from its log would lose the last writes in silence.
        self.connection.execute("checkpoint arsenale")
        self.connection.execute("use memory")
        self.connection.execute("detach arsenale")
        require_closed(file)
        attach(self.connection, file, "arsenale")
        if logical_hash(self.connection, "arsenale") != self.imprint.logical:
            raise ArsenaleError(f"{file} does not say what {DATABASE_NAME} of the build says: not published")

    def sign(self) -> None:
        """Write the one row that says which release this is."""
        self.connection.execute(
            f"""
            insert into arsenale.{PUBLIC_SCHEMA}.{RELEASE_TABLE} by name
            select
                $release_id as release_id,
                $schema_version as schema_version,
                $built_at as built_at,
                $git_commit as git_commit,
                $duckdb_version as duckdb_version,
                (select count(*) from arsenale.{PUBLIC_SCHEMA}.dim_document) as documents,
                (select count(*) from arsenale.{PUBLIC_SCHEMA}.fct_figure) as figures
            """,  # noqa: S608
            {
                "release_id": self.imprint.release_id,
                "schema_version": self.run.schema_version,
                "built_at": self.imprint.built_at,
                "git_commit": self.run.git_commit,
                "duckdb_version": duckdb.__version__,
            },
        )

    def describe(self) -> None:
        """Write the papers that go with the data."""
        write_citation(self.staging, self.imprint)
        write_datapackage(self.connection, self.staging, self.imprint)
        if self.run.lock_file:
            write_sbom(self.staging, self.imprint, self.run.lock_file)
        since = f", since {self.previous.release_id}" if self.previous else ", the first release"
        heading = f"{self.imprint.release_id}{since}"
        write_changes(self.staging, self.comparison.changes, heading, self.comparison.reasons)

    def write_manifest(self) -> None:
        """Write the manifest, when all else is there: it has the digest of every other file."""
        documents = self.connection.execute(
            f"select document_id, sha256 from arsenale.{PUBLIC_SCHEMA}.dim_document order by document_id"  # noqa: S608
        ).fetchall()
        write_manifest(self.staging, self.imprint, self.run, dict(documents), self.previous)


def copy_table(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create a table of "private" in the default database: constraints, comments, and rows in key order."""
    connection.execute(table.ddl)
    target = table.in_database("arsenale")
    if table.comment is not None:
        connection.execute(f"comment on table {target} is {literal(table.comment)}")
    for column in table.columns:
        if column.comment is not None:
            comment = literal(column.comment)
            connection.execute(f"comment on column {target}.{quoted(column.name)} is {comment}")
    if table.name != RELEASE_TABLE:
        connection.execute(
            f"insert into {target} select * from {table.in_database('private')} order by {table.sort_key}"  # noqa: S608
        )


def enclose(pages: Path, folder: Path) -> None:
    """Copy what stands under `pages` into the folder of a release.

    Raises:
        ArsenaleError: The release has something of that name already.
    """
    for path in sorted(pages.iterdir()):
        target = folder / path.name
        if target.exists():
            raise ArsenaleError(
                f"{path} would overwrite {path.name} of the release", remedy="give it another name"
            )
        if path.is_dir():
            shutil.copytree(path, target)
        else:
            shutil.copyfile(path, target)
