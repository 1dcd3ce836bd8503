"""`arsenale scan`: the mention finder on the command line. Heavy imports wait until it runs."""

# ruff: noqa: PLC0415 (heavy modules are loaded by what needs them)

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from arsenale.errors import ArsenaleError

if TYPE_CHECKING:
    from arsenale.mentions.files import Source


@click.command("scan")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE...|DIR|-",
    type=click.Path(path_type=Path, allow_dash=True),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "table"]),
    default="jsonl",
    show_default=True,
    help="How to write the mentions.",
)
@click.option(
    "--output-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write NAME.jsonl (or .csv) per document here.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes; as many as there are cores by default."
)
def scan(paths: tuple[Path, ...], form: str, output_dir: Path | None, workers: int | None) -> None:
    """Find and classify every number of a text, in English and Italian.

    One JSON object a mention, in text order. Offsets are code points of the decoded file. A folder is
    scanned in parallel; "-" reads standard input. Of a folder or of several texts, each mention names its
    document.
    """
    if form == "table" and output_dir is not None:
        raise click.UsageError("a table is to look at: --output-dir takes --format jsonl or csv")
    from arsenale.mentions.files import STANDARD_INPUT, SUFFIXES, sources_of

    with _standard_input(wanted=STANDARD_INPUT in paths) as piped:
        sources = sources_of(paths, piped)
        if not sources:
            raise ArsenaleError(
                f"no text files under {', '.join(map(str, paths))}",
                remedy=f"name a file, or a folder with files that end in {', '.join(sorted(SUFFIXES))}",
            )
        folders = any(path.is_dir() for path in paths)
        if form == "table":
            errors = _print_tables(sources)
        else:
            named = folders or len(sources) > 1
            errors = _write(sources, form, output_dir, workers, named=named, progress=folders)
    if errors and len(sources) > 1:
        raise ArsenaleError(
            f"{len(errors)} of {len(sources)} texts were not scanned",
            details=[error.message for error in errors],
            remedy=next((error.remedy for error in errors if error.remedy), ""),
        )
    if errors:
        raise errors[0]


@contextmanager
def _standard_input(*, wanted: bool) -> Iterator[Path]:
    """A file of what comes from standard input, so that it is read, named and refused as files are."""
    import shutil
    import tempfile

    if not wanted:
        yield Path(os.devnull)
        return
    with tempfile.NamedTemporaryFile(prefix="arsenale-scan-") as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        spool.flush()
        yield Path(spool.name)


def _write(  # noqa: PLR0913 - what to write, and how
    sources: "list[Source]",
    form: str,
    output_dir: Path | None,
    workers: int | None,
    *,
    named: bool,
    progress: bool,
) -> list[ArsenaleError]:
    from arsenale.mentions.files import scan_into, scan_sources
    from arsenale.mentions.output import FIELDS

    if output_dir is not None:
        output_dir.mkdir(parents=True, exist_ok=True)
    if not named and output_dir is None:
        error = scan_into(sources[0], sys.stdout, form).error  # type: ignore[arg-type]
        return [error] if error else []
    if form == "csv" and output_dir is None:
        click.echo(",".join(["document", *FIELDS]))
    errors = []
    with _bar(len(sources), shown=progress) as advance:
        for result in scan_sources(sources, form=form, output_dir=output_dir, workers=workers, named=named):  # type: ignore[arg-type]
            if result.output:
                sys.stdout.write(result.output)
            if result.error:
                errors.append(result.error)
            advance()
    return errors


def _print_tables(sources: "list[Source]") -> list[ArsenaleError]:
    from rich.console import Console

    from arsenale.mentions.finder import find
    from arsenale.mentions.output import write_table

    console, errors = Console(), []
    for source in sources:
        try:
            text = "".join(source.chunks())
        except ArsenaleError as error:
            errors.append(error)
        else:
            write_table(find(text), text, console, title=source.name)
    return errors


@contextmanager
def _bar(total: int, *, shown: bool) -> Iterator[Any]:
    """A progress bar on standard error, so that standard output stays clean; nothing for single files."""
    if not shown:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("scanning", total=total)
        yield lambda: progress.advance(task)
