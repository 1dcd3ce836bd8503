"""The commands `arsenale query` and `arsenale releases`. What they do is imported when they run."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from arsenale.errors import ArsenaleError
from arsenale.releases.store import Release, as_of_settings, current_release
from arsenale.settings import Settings
from arsenale.terminal.json_answer import json_option, print_json

if TYPE_CHECKING:
    from arsenale.releases.store import Release

FORMATS = ("table", "csv", "json", "jsonl", "markdown", "parquet")


def _complete_sql(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the SQL typed so far with its last name completed: the shell takes the text for one word."""
    from arsenale.releases.names import last_word, read_names  # noqa: PLC0415
    from arsenale.releases.reader import connect  # noqa: PLC0415

    kept = incomplete.removesuffix(last_word(incomplete))
    try:
        with connect() as connection:
            return [kept + name for name in read_names(connection).completions(incomplete)]
    except ArsenaleError:
        # Nothing is published yet, and a shell is no place to say so.
        return []


# A text of SQL may begin with a comment, which looks like an option.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("sql", required=False, shell_complete=_complete_sql)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Without it a table, or as --out ends.")
@click.option("--json", "format_", flag_value="json", help="The same as --format json.")
@click.option(
    "--limit", "-n", type=click.IntRange(min=0), help="Rows at most; 0 is all. A table stops at 50."
)
@click.option(
    "--out",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file, written whole or not at all.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Ask the warehouse as it stood on a day; `arsenale build --as-of` makes it.",
)
def query(
    sql: str | None, format_: str | None, limit: int | None, out: Path | None, as_of: datetime | None
) -> None:
    """Ask the current release in SQL; - reads the SQL from standard input.

    Reads the release and nothing else: no other file, no network, no change.

    \b
    arsenale query "from (show tables)"
    arsenale query "describe fct_figure"
    arsenale query "from fct_spending where fiscal_year = 2025" --format csv > 2025.csv
    arsenale query - --out spending.parquet < analyses/spending_by_service.sql

    Without SQL, on a terminal, it takes one question after another. Tab completes the names of tables and
    columns there, and in bash (or zsh, fish) as well after

    \b
    eval "$(_ARSENALE_COMPLETE=bash_source arsenale)"
    """
    if sql is None:
        _ask_on_the_terminal(as_of, is_plain=format_ is None and limit is None and out is None)
        return
    from arsenale.releases.query import run_query  # noqa: PLC0415

    text = sys.stdin.read() if sql == "-" else sql
    release = _as_of(as_of.date()) if as_of else None
    run_query(text, format=format_ or _format_of(out), limit=limit, out=out, release=release)


def _ask_on_the_terminal(as_of: datetime | None, *, is_plain: bool) -> None:
    if not (is_plain and sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("which question? Give the SQL, or - to read it from standard input")
    from arsenale.releases.prompt import prompt  # noqa: PLC0415 - a second, which only a terminal needs

    prompt(release=_as_of(as_of.date()) if as_of else None)


def _as_of(day: date) -> Release:
    release = current_release(as_of_settings(Settings.from_environment(), day))
    if release is None:
        raise ArsenaleError(f"no warehouse as of {day}", remedy=f"arsenale build --as-of {day}")
    return release


@click.group()
def releases() -> None:
    """Name, check, compare and take back what was published.

    A release is a folder that never changes. One of them is current, and that is what every reader reads.
    Ids may be cut short as long as only one release begins so.

    \b
    arsenale releases list
    arsenale releases verify
    arsenale releases diff 2026-11-20 2026-11-22
    arsenale releases rollback
    """


@releases.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List all releases, the oldest first."""
    from arsenale.releases.history import overview  # noqa: PLC0415
    from arsenale.terminal.table import print_table  # noqa: PLC0415

    found = overview(_settings())
    if as_json:
        print_json(found)
    elif not found:
        click.echo("no release yet: `make build` publishes one")
    else:
        header = ("", "release", "built", "commit", "figures", "kept")
        print_table(header, [_listed(one) for one in found], right=[4])


@releases.command()
@click.argument("release_id", required=False)
@json_option
def show(release_id: str | None, as_json: bool) -> None:
    """Show what a release says about itself; the current one without an id."""
    from arsenale.releases.manifest import read_manifest  # noqa: PLC0415
    from arsenale.terminal.table import print_table  # noqa: PLC0415

    release = _release(release_id)
    manifest = read_manifest(release)
    if as_json:
        print_json(manifest)
        return
    for name in (
        "release_id",
        "built_at",
        "git_commit",
        "schema_version",
        "previous_release",
        "logical_hash",
    ):
        click.echo(f"{name.replace('_', ' '):<17} {manifest[name] or '∅'}")
    documents = manifest["tables"]["dim_document"]["rows"]
    click.echo(f"{'documents':<17} {documents:,}")
    click.echo(f"{'checks passed':<17} {len(manifest['checks_passed']):,}")
    # Releases made before 2026-11-23 do not say it.
    if passages := manifest.get("passages"):
        reread = f"{len(passages['reread'])} of {documents:,} documents"
        click.echo(f"{'passages re-read':<17} {passages['compared']:,}, in {reread}")
    click.echo(f"{'folder':<17} {release.folder}")
    print_table(("table", "rows"), [(n, f"{t['rows']:,}") for n, t in manifest["tables"].items()], right=[1])


@releases.command()
@click.argument("release_id", required=False)
@json_option
def verify(release_id: str | None, as_json: bool) -> None:
    """Check that a release is what was published, byte by byte and row by row.

    Finds a changed, missing or extra file and a changed manifest. Without an id: the current release. Exits
    with 1 where something is wrong. Without Arsenale, begin with `sha256sum -c MANIFEST.json.sha256`.
    """
    from arsenale.releases.verify import verify as findings_of  # noqa: PLC0415

    release = _release(release_id)
    findings = findings_of(release)
    if as_json:
        print_json({"release_id": release.release_id, "verified": not findings, "findings": findings})
    else:
        for finding in findings:
            click.echo(finding)
        click.echo(f"{release.release_id}: {f'{len(findings)} findings' if findings else 'verified'}")
    if findings:
        sys.exit(1)


@releases.command()
@click.argument("before")
@click.argument("after", required=False)
@json_option
def diff(before: str, after: str | None, as_json: bool) -> None:
    """Show what changed from BEFORE to AFTER: rows by their key, values old and new.

    Without AFTER: up to the current release.
    """
    from dataclasses import asdict  # noqa: PLC0415

    from arsenale.releases.changes import as_markdown  # noqa: PLC0415
    from arsenale.releases.diff import diff_files  # noqa: PLC0415

    old, new = _release(before), _release(after)
    changes = diff_files(old.database, new.database)
    if as_json:
        tables = [asdict(table) for table in changes if not table.is_empty]
        print_json({"before": old.release_id, "after": new.release_id, "tables": tables})
    else:
        click.echo(as_markdown(changes, f"From {old.release_id} to {new.release_id}"), nl=False)


@releases.command()
@click.argument("release_id", required=False)
@json_option
def rollback(release_id: str | None, as_json: bool) -> None:
    """Make an earlier release current, in one step, whoever is reading.

    Without an id: the one that came before the current one, so a second rollback goes further back. Nothing
    is deleted: what is printed names the command that goes forward again.
    """
    from arsenale.releases.history import rollback as roll_back  # noqa: PLC0415
    from arsenale.releases.store import linked_release  # noqa: PLC0415

    before = linked_release(_settings())
    current, was = roll_back(_settings(), release_id).release_id, before.release_id if before else None
    back = f" (was {was}; back: arsenale releases rollback {was})" if was not in {None, current} else ""
    _say(f"current: {current}{back}", {"current": current, "was": was}, as_json)


@releases.command()
@click.option(
    "--keep", "newest", type=click.IntRange(min=1), required=True, help="How many of the newest stay."
)
@json_option
def prune(newest: int, as_json: bool) -> None:
    """Remove old releases: never the current one, never one marked with `keep`."""
    from arsenale.releases.history import prune as prune_releases  # noqa: PLC0415

    removed = [release.release_id for release in prune_releases(_settings(), newest)]
    _say(
        "\n".join(f"removed: {one}" for one in removed) or "nothing to remove", {"removed": removed}, as_json
    )


@releases.command()
@click.argument("release_id")
@click.option("--reason", default="", help="Where it is cited.")
@json_option
def keep(release_id: str, reason: str, as_json: bool) -> None:
    """Mark a release, such as one that was cited, so that `prune` never removes it."""
    from arsenale.releases.history import keep as keep_release  # noqa: PLC0415

    release = keep_release(_settings(), release_id, reason)
    _say(f"kept: {release.release_id}", {"kept": release.release_id}, as_json)


def _settings() -> Settings:
    return Settings.from_environment()


def _release(release_id: str | None) -> Release:
    from arsenale.releases.store import find_release, require_current  # noqa: PLC0415

    return require_current(_settings()) if release_id is None else find_release(_settings(), release_id)


def _format_of(out: Path | None) -> str:
    if out is None:
        return "table"
    ending = {".md": "markdown", ".txt": "table"}.get(out.suffix, out.suffix.removeprefix("."))
    if ending not in FORMATS:
        raise click.UsageError(f"{out.name} names no format: --format {' | '.join(FORMATS)}")
    return ending


def _listed(one: dict[str, Any]) -> tuple[str, ...]:
    mark = "→" if one["current"] else ""
    kept = "" if one["kept"] is None else one["kept"]
    figures = "" if one["figures"] is None else f"{one['figures']:,}"
    return (mark, one["release_id"], one["built_at"], one["git_commit"][:10], figures, kept)


def _say(line: str, content: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(content)
    else:
        click.echo(line)
