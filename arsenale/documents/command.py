"""The command `arsenale documents`. What it does is imported when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from arsenale.settings import Settings
from arsenale.terminal.json_answer import json_option, print_json

if TYPE_CHECKING:
    from arsenale.documents.extract import Extracted
    from arsenale.documents.overview import Overview


@click.group()
def documents() -> None:
    """Name the source documents, and register new ones.

    A document is other people's text. It lies in the folder that ARSENALE_DOCUMENTS names, never in the
    project: there stand its bibliographic data, its digest, and the offsets of its numbers.

    \b
    arsenale documents add paper.pdf --id sipri-trends-2025
    arsenale capture sipri-trends-2025
    arsenale coverage
    """


@documents.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List the registered documents, whether their text is at hand, and how many rows stand in each."""
    from arsenale.documents.overview import COUNTED, called, overview  # noqa: PLC0415
    from arsenale.terminal.table import print_table  # noqa: PLC0415

    found = overview(Settings.of_project())
    if as_json:
        print_json([_as_json(one) for one in found])
        return
    header = ("document", "published", "characters", "text", *map(called, COUNTED))
    rows = [
        (
            one.cells["document_id"],
            one.cells["published"] or None,
            f"{int(one.cells['characters']):,}",
            one.text,
            *(f"{count:,}" for count in one.rows.values()),
        )
        for one in found
    ]
    print_table(header, rows, right=[2, 4, 5, 6, 7])


@documents.command()
@click.argument("document_id", metavar="ID")
@json_option
def show(document_id: str, as_json: bool) -> None:
    """Show what is known about a document."""
    from arsenale.documents.overview import called, overview  # noqa: PLC0415
    from arsenale.errors import ArsenaleError  # noqa: PLC0415

    found = {one.cells["document_id"]: one for one in overview(Settings.of_project())}
    if document_id not in found:
        raise ArsenaleError(
            f"no document {document_id!r}", details=list(found), remedy="take one of these ids"
        )
    one = found[document_id]
    if as_json:
        print_json(_as_json(one))
        return
    for name, cell in one.cells.items():
        click.echo(f"{name.replace('_', ' '):<17} {cell or '∅'}")
    click.echo(f"{'text':<17} {one.text}")
    if one.pages:
        click.echo(f"{'pages':<17} {one.pages}")
    for name, count in one.rows.items():
        click.echo(f"{called(name):<17} {count:,}")


@documents.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--id", "document_id", required=True, help="Lower-case words joined by hyphens; never changes.")
@click.option("--title", help="As printed. Without it: what the file calls itself.")
@click.option("--publisher", help="As printed.")
@click.option("--authors", help="Names, parted by '; '.")
@click.option(
    "--published", help="2025, July 2025, 5 March 2025 or an ISO date. Leave out what is not printed."
)
@click.option("--url", help="Where it was found.")
@click.option("--language", help="ISO 639-1. Without it: detected.")
@click.option("--licence", help='Without it: "none stated".')
@click.option("--redistributable", type=click.Choice(["yes", "no"]), help="Without it: no.")
@click.option("--decimal-mark", type=click.Choice([".", ","]), help="Without it: detected.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: take what is given and detected.")
@click.option(
    "--seconds", type=click.IntRange(1, 600), default=4, show_default=True, help="What reading it may take."
)
@json_option
def add(path: Path, document_id: str, yes: bool, seconds: int, as_json: bool, **given: str | None) -> None:
    """Register a document: a PDF, HTML, Markdown or UTF-8 text file.

    Takes its text (the pages of a PDF, the main text of HTML, any other text as it is), writes it as UTF-8
    into the folder that ARSENALE_DOCUMENTS names, finds its numbers, and adds its row to seeds/documents.csv
    and theirs to seeds/mentions.csv. On a terminal it asks what the options do not say.

    The file is read in a process of its own, under limits of size, pages, time and memory; links are not
    followed, and an id that is taken is never overwritten.

    \b
    arsenale documents add paper.pdf --id sipri-trends-2025
    arsenale documents add page.html --id embassy-rome --publisher "Embassy in Rome" --published 2025 -y
    """
    from arsenale.documents.extract import Limits, extract  # noqa: PLC0415

    settings = Settings.of_project()
    # What can be refused without looking at the file comes first: nobody answers nine questions for nothing.
    _check_new(settings, document_id)
    extracted = extract(path, Limits(seconds=seconds))
    answers = {name: text for name, text in given.items() if text is not None}
    if _on_a_terminal() and not yes:
        answers = _ask(extracted, answers)
    from arsenale.documents.adding import register  # noqa: PLC0415

    done = register(settings, document_id, extracted, answers)
    if as_json:
        print_json(vars(done) | {"file": str(done.file)})
        return
    pages = f"{done.pages:,} pages, " if done.pages else ""
    click.echo(
        f"registered {done.document_id}: {pages}{done.characters:,} characters, {done.mentions:,} numbers"
    )
    click.echo(f"next: arsenale capture {done.document_id}")


def _on_a_terminal() -> bool:
    return sys.stdin.isatty()


def _check_new(settings: Settings, document_id: str) -> None:
    from arsenale.documents.adding import check_new  # noqa: PLC0415

    check_new(settings, document_id)


def _ask(extracted: Extracted, answers: dict[str, str]) -> dict[str, str]:
    """Ask what the options do not say, proposing what was detected."""
    from arsenale.documents.adding import QUESTIONS, detected  # noqa: PLC0415

    proposed = detected(extracted)
    return {
        name: answers[name] if name in answers else click.prompt(question, default=proposed.get(name, ""))
        for name, question in QUESTIONS.items()
    }


def _as_json(one: Overview) -> dict[str, object]:
    return one.cells | {"text": one.text, "pages": one.pages, "rows": one.rows}
