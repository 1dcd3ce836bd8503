"""The command `docs`, and how what it writes comes into releases.

Making them takes dbt longer than a whole build may take. So a person asks for them after changing the
project; they are kept with the digest of the project that they describe, and releases carry them as long as
that is the project they are built from. Docs of another one never come into a release.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import rich_click as click

from arsenale.project_docs import write_docs
from arsenale.settings import DATABASE_NAME, Settings
from orchestration.dbt_process import run_dbt
from orchestration.project import DIGEST_NAME, load_manifest, parse_folder

DOCS_NAME = "docs"


@click.command()
@click.option(
    "--out", "-o", type=click.Path(file_okay=False, path_type=Path), help="A folder to write them to as well."
)
def docs(out: Path | None) -> None:
    """Write dbt's docs, the lineage of every column and a diagram of the public tables.

    dbt.html and lineage.html open in any browser, offline; schema.md is a Mermaid diagram. It takes half a
    minute, on a database of its own without rows. Every new release carries them under docs/ until the
    project changes; releases that are published stay as they are.
    """
    settings = Settings.of_project()
    if out:
        # First: half a minute is long to wait for word that it cannot be made.
        out.mkdir(parents=True, exist_ok=True)
    load_manifest()
    kept = _kept(settings)
    # Gone first, so that no build takes what is only half there.
    _digest_of(kept).unlink(missing_ok=True)
    _write(settings, kept)
    shutil.copyfile(parse_folder(settings) / DIGEST_NAME, _digest_of(kept))
    if out:
        shutil.copytree(kept, out, dirs_exist_ok=True)
    click.echo(f"{out or kept}: dbt.html, lineage.html, schema.md; new releases carry them")


def put_docs(pages: Path) -> None:
    """Put the docs among the pages of a build where they describe its project."""
    settings = Settings.from_environment()
    kept = _kept(settings)
    digest = _digest_of(kept)
    if digest.exists() and digest.read_bytes() == (parse_folder(settings) / DIGEST_NAME).read_bytes():
        shutil.copytree(kept, pages / DOCS_NAME)


def _write(settings: Settings, out: Path) -> None:
    """Have dbt build every model without rows, and describe what it built."""
    tests = [word for kind in ("test", "unit_test") for word in ("--exclude-resource-type", kind)]
    with TemporaryDirectory(prefix="arsenale-docs-") as name:
        work = Path(name)
        for command in (["build", "--empty", *tests], ["docs", "generate"]):
            run_dbt(settings, work, *command, database=work / DATABASE_NAME)
        write_docs(work, out)


def _kept(settings: Settings) -> Path:
    return parse_folder(settings) / DOCS_NAME


def _digest_of(kept: Path) -> Path:
    """Return what says which project the docs describe: beside them, and written last."""
    return kept.with_suffix(".sha256")
