"""The commands `arsenale capture` and `arsenale coverage`. What they do is imported when they run."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from arsenale.settings import Settings
from arsenale.terminal.json_answer import json_option, print_json

if TYPE_CHECKING:
    from arsenale.capture.coverage import Coverage
    from arsenale.documents.registry import Document


@click.command()
@click.argument("document_id", metavar="DOCUMENT")
@click.option(
    "--propose",
    "sheet",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Ask nothing: write a proposal for every number into a new CSV file; - is standard output.",
)
@click.option(
    "--accept",
    "completed",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take a file of proposals that a person has completed.",
)
def capture(document_id: str, sheet: Path | None, completed: Path | None) -> None:
    """Give every number of a document its row in the seeds: a figure, an event, or a reason to dismiss it.

    Walks the numbers that nothing accounts for, shows each in its passage, proposes a row, and takes your
    word: accept, edit, dismiss with a reason, make it an event, skip, quit. Each answer is checked against
    the text and the gate and written at once; nothing that is there is changed, and the next call goes on
    where this one stopped. What goes into which column is in seeds/FORMAT.md.

    Or on paper: --propose writes the proposals as CSV, to be completed in an editor or spreadsheet, and
    --accept takes them back, all or none, with every problem named by line.

    \b
    arsenale capture sipri-trends-2025
    arsenale capture sipri-trends-2025 --propose ~/sipri.csv
    arsenale capture sipri-trends-2025 --accept ~/sipri.csv
    """
    if sheet and completed:
        raise click.UsageError("--propose and --accept are two steps: complete the file in between")
    settings = Settings.of_project()
    document, text = _opened(settings, document_id)
    if completed:
        _accept(settings, document, text, completed)
    elif sheet:
        _propose(settings, document, text, sheet)
    else:
        _walk(settings, document, text)


def _opened(settings: Settings, document_id: str) -> tuple[Document, str]:
    from arsenale.documents.registry import registered_text  # noqa: PLC0415

    return registered_text(settings, document_id)


def _propose(settings: Settings, document: Document, text: str, sheet: Path) -> None:
    from arsenale.capture.propose import propose  # noqa: PLC0415
    from arsenale.capture.sheet import as_csv, write_sheet  # noqa: PLC0415

    proposals = propose(settings, document, text)
    if str(sheet) == "-":
        click.echo(as_csv(proposals, text, passages=True), nl=False)
        return
    passages = write_sheet(sheet, proposals, text, settings)
    click.echo(f"{sheet}: {len(proposals)} proposals")
    if not passages:
        click.echo(
            "the file lies inside the project, so it carries no passages: those are other people's words"
        )
    click.echo(f"complete it, then: arsenale capture {document.document_id} --accept {sheet}")


def _accept(settings: Settings, document: Document, text: str, completed: Path) -> None:
    from arsenale.capture.accept import accept  # noqa: PLC0415
    from arsenale.capture.sheet import read_sheet  # noqa: PLC0415

    done = accept(settings, document, text, read_sheet(completed), completed.name)
    click.echo(_told(done.rows, done.left, document))


def _walk(settings: Settings, document: Document, text: str) -> None:
    from rich.console import Console  # noqa: PLC0415

    from arsenale.capture.accept import unaccounted  # noqa: PLC0415
    from arsenale.capture.propose import propose  # noqa: PLC0415
    from arsenale.capture.walk import Walk  # noqa: PLC0415

    walk = Walk(settings, document, text, Console(highlight=False))
    walk.run(propose(settings, document, text))
    click.echo(_told(walk.written, len(unaccounted(settings, document)), document))


def _told(rows: Mapping[str, int], left: int, document: Document) -> str:
    """Return what was written, and what to do next."""
    written = ", ".join(f"{count} {seed}" for seed, count in rows.items() if count) or "nothing"
    following = (
        f"{left} left: arsenale capture {document.document_id}" if left else "none left: arsenale build"
    )
    return f"written: {written}; {following}"


@click.command()
@json_option
@click.option(
    "--rescan",
    is_flag=True,
    help="First find the numbers of all documents anew: rewrites seeds/mentions.csv.",
)
def coverage(as_json: bool, rescan: bool) -> None:
    """Account for every number of every document: captured, dismissed with a reason, or unaccounted for.

    Read from the seeds, as the next build will see them. With the documents at hand, every number that
    nothing accounts for is shown in its passage; `arsenale capture` gives each its row. Exits with 1 while
    there is one.
    """
    from arsenale.capture.coverage import as_json as for_programs  # noqa: PLC0415
    from arsenale.capture.coverage import coverage as account  # noqa: PLC0415

    settings = Settings.of_project()
    if rescan:
        from arsenale.documents.inventory import write_inventory  # noqa: PLC0415

        click.echo(f"seeds/mentions.csv: {write_inventory(settings):,} numbers", err=True)
    found = account(settings)
    if as_json:
        print_json(for_programs(found))
    else:
        _print_coverage(found)
        _print_passages(settings, found)
    if any(one.unaccounted for one in found):
        sys.exit(1)


def _print_coverage(found: list[Coverage]) -> None:
    from arsenale.terminal.table import print_table  # noqa: PLC0415

    rows = [
        (
            one.document_id,
            f"{one.mentions:,}",
            f"{one.captured:,}",
            f"{sum(one.dismissed.values()):,}",
            ", ".join(f"{reason} {count}" for reason, count in one.dismissed.items()),
            f"{len(one.unaccounted):,}",
        )
        for one in found
    ]
    header = ("document", "numbers", "captured", "dismissed", "by reason", "unaccounted")
    print_table(header, rows, right=[1, 2, 3, 5])


def _print_passages(settings: Settings, found: list[Coverage]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from arsenale.documents.passages import passage  # noqa: PLC0415
    from arsenale.documents.registry import registered_text  # noqa: PLC0415
    from arsenale.errors import ArsenaleError  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=True)
    for one in found:
        if not one.unaccounted:
            continue
        try:
            _, text = registered_text(settings, one.document_id)
        except ArsenaleError:
            # Not at hand, or another text by now: the offsets are all there is to show.
            text = ""
        for mention in one.unaccounted:
            line = Text(f"{one.document_id}@{mention.char_start}-{mention.char_end} ({mention.kind})", "bold")
            if text:
                shown = passage(text, mention.char_start, mention.char_end, width=80)
                before, span, after = (" ".join(p.split()) for p in (shown.before, shown.span, shown.after))
                line = Text.assemble(line, f"  … {before} ", (span, "bold black on yellow"), f" {after} …")
            console.print(line)
        console.print(Text(f"→ arsenale capture {one.document_id}", "dim"))
