"""`arsenale scan`: the mention finder on the command line. Heavy imports wait until it runs."""

# ruff: noqa: PLC0415 (heavy modules are loaded by what needs them)

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

if TYPE_CHECKING:
    from arsenale.mentions.files import Scanned


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
    scanned in parallel; "-" reads standard input.
    """
    if paths == (Path("-"),):
        _scan_stdin(form, output_dir)
        return
    from arsenale.mentions.files import files_of

    files = files_of(paths)
    if not files:
        raise click.ClickException(f"no text files under {', '.join(map(str, paths))}")
    folders = any(p.is_dir() for p in paths)
    if form == "table":
        failed = _print_tables(files)
    else:
        failed = _write(files, form, output_dir, workers, progress=folders)
    if failed:
        sys.exit(1)


def _scan_stdin(form: str, output_dir: Path | None) -> None:
    import io

    from arsenale.mentions.finder import chunks_of, find, find_in
    from arsenale.mentions.output import write_csv, write_jsonl, write_table

    stream = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
    try:
        if form == "table":
            from rich.console import Console

            text = stream.read()
            write_table(find(text), text, Console())
            return
        write = write_jsonl if form == "jsonl" else write_csv
        if output_dir is None:
            write(find_in(chunks_of(stream)), sys.stdout)
            return
        output_dir.mkdir(parents=True, exist_ok=True)
        with (output_dir / f"stdin.{form}").open("w", encoding="utf-8", newline="") as sink:
            write(find_in(chunks_of(stream)), sink)
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"standard input: byte {error.start} of its block is not UTF-8; convert it first"
        ) from error


def _write(
    files: list[Path], form: str, output_dir: Path | None, workers: int | None, *, progress: bool
) -> int:
    from arsenale.mentions.files import scan_files, scan_into
    from arsenale.mentions.output import FIELDS

    if output_dir is not None:
        output_dir.mkdir(parents=True, exist_ok=True)
    if len(files) == 1 and output_dir is None:
        return int(_report(scan_into(files[0], sys.stdout, form)))  # type: ignore[arg-type]
    named = len(files) > 1
    if form == "csv" and output_dir is None and named:
        click.echo(",".join(["document", *FIELDS]))
    failed = 0
    with _bar(len(files), shown=progress) as advance:
        for result in scan_files(files, form=form, output_dir=output_dir, workers=workers, named=named):  # type: ignore[arg-type]
            if result.output:
                sys.stdout.write(result.output)
            failed += _report(result)
            advance()
    return failed


def _report(result: "Scanned") -> bool:
    if result.error is not None:
        click.echo(f"error: {result.error}", err=True)
    return result.error is not None


def _print_tables(files: list[Path]) -> int:
    from rich.console import Console

    from arsenale.mentions.files import undecodable
    from arsenale.mentions.finder import find
    from arsenale.mentions.output import write_table

    console, failed = Console(), 0
    for path in files:
        try:
            with path.open(encoding="utf-8", newline="") as stream:
                text = stream.read()
        except UnicodeDecodeError:
            click.echo(f"error: {undecodable(path)}", err=True)
            failed += 1
            continue
        except OSError as error:
            click.echo(f"error: {path}: {error.strerror or error}", err=True)
            failed += 1
            continue
        write_table(find(text), text, console, title=str(path))
    return failed


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
