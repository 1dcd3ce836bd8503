"""A release that is being written: the file, its exports and its papers, whole under its name or not at all.

Why tables are created from their own DDL, and not by `COPY FROM DATABASE`: that statement copies all
schemas of the private database, so staging, views and macros would come along and have to be dropped
again, and what was dropped leaves holes in the file. Creating only the tables of `main` and `raw` means
that nothing else can ever enter a release.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from arsenale.errors import ArsenaleError
from arsenale.files import fsync
from arsenale.releases.changes import write_changes
from arsenale.releases.citation import write_citation
from arsenale.releases.comparison import Comparison
from arsenale.releases.datapackage import write_datapackage
from arsenale.releases.engine import (
    RELEASE_TABLE,
    Table,
    attach,
    literal,
    parents_first,
    quoted,
    require_closed,
    tables,
)
from arsenale.releases.export import export_tables
from arsenale.releases.logical_hash import logical_hash
from arsenale.releases.manifest import Imprint, Provenance, write_manifest
from arsenale.releases.sbom import write_sbom
from arsenale.releases.space import require_space
from arsenale.releases.store import STAGING_SUFFIX, Release, releases_folder, remove_tree, seal
from arsenale.settings import CAPTURED_SCHEMA, DATABASE_NAME, PUBLIC_SCHEMA, Settings

STORAGE_VERSION = "v1.2.0"
"""Opens in every client from duckdb 1.2 to 2.0; 2.0's own opens in none before, and BI drivers lag."""

BLOCK_SIZE = 16384
"""Bytes. Every column of every small table takes a block: with DuckDB's default of 256 KiB a release of 26
tables was 37.8 MB, with this 5.7 MB (2026-11-22); clients 1.2.2 to 2.0.0 opened it and counted the same."""

SPACE_PER_BYTE = 4
"""A release needs the database once more, its Parquet, and its CSV, which is not compressed."""

SPACE_AT_LEAST = 16 * 2**20


@dataclass(frozen=True)
class Draft:
    """A release that is being written.

    Attributes:
        connection: An engine with the private database attached as "private".
        settings: Where the warehouse is.
        provenance: What the release says about its build.
        imprint: What names the release; its hash is the private database's.
        previous: The release that is current while this one is written.
        comparison: The difference to it, and why.
    """

    connection: duckdb.DuckDBPyConnection
    settings: Settings
    provenance: Provenance
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
            if self.provenance.pages:
                enclose(self.provenance.pages, self.staging)
            self.attest()
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
                "schema_version": self.imprint.schema_version,
                "built_at": self.imprint.built_at,
                "git_commit": self.provenance.git_commit,
                "duckdb_version": duckdb.__version__,
            },
        )

    def describe(self) -> None:
        """Write the papers that go with the data."""
        write_citation(self.staging, self.imprint)
        write_datapackage(self.connection, self.staging, self.imprint)
        if self.provenance.lock_file:
            write_sbom(self.staging, self.imprint, self.provenance.lock_file)
        since = f", since {self.previous.release_id}" if self.previous else ", the first release"
        heading = f"{self.imprint.release_id}{since}"
        write_changes(self.staging, self.comparison.changes, heading, self.comparison.reasons)

    def attest(self) -> None:
        """Write the manifest, when all else is there: it has the digest of every other file."""
        documents = self.connection.execute(
            f"select document_id, sha256 from arsenale.{PUBLIC_SCHEMA}.dim_document"  # noqa: S608
            " where $listed order by document_id",
            {"listed": self.imprint.lists_documents},
        ).fetchall()
        write_manifest(self.staging, self.imprint, self.provenance, dict(documents), self.previous)


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
