"""The command `arsenale trace`. What it does is imported when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from arsenale.terminal.json_answer import print_json

if TYPE_CHECKING:
    from arsenale.trace.report import Trace

FORMATS = ("plain", "bibtex", "csl", "json")


@click.command()
@click.argument("what", metavar="ID|TABLE")
@click.argument("key", nargs=-1, metavar="[KEY]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="plain",
    show_default=True,
    help="plain: all of it, for reading. bibtex, csl: the citation alone. json: all of it, for a program.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
def trace(what: str, key: tuple[str, ...], form: str) -> None:
    """Go from a figure back to the sentence it stands on, and on to a citation.

    Takes the id of a figure or event, or a table of facts and the key of one row; what a fact stands on is
    then traced one by one. Prints the value with its interval, unit and definition, the sentence with the
    span highlighted, the document and whom it credits, page or section, and every other figure on the same
    fact.
    The sentence is shown where ARSENALE_DOCUMENTS names the folder of the documents.

    \b
    arsenale trace iai-italy-turkey-defence@59919
    arsenale trace iai-italy-turkey-defence@59919 --format bibtex >> sources.bib
    arsenale trace fct_deal us-missiles-2025
    arsenale trace spending ITA ita-state integrated_budget 2024 iai-italy-turkey-defence --format json
    """
    from rich.console import Console  # noqa: PLC0415

    from arsenale.releases.reader import connect  # noqa: PLC0415
    from arsenale.settings import Settings  # noqa: PLC0415
    from arsenale.trace.evidence import Reader  # noqa: PLC0415
    from arsenale.trace.lookup import Lookup  # noqa: PLC0415
    from arsenale.trace.report import Report, as_json, fact_as_json  # noqa: PLC0415
    from arsenale.trace.report import trace as trace_one  # noqa: PLC0415

    settings = Settings.from_environment()
    with connect(settings) as connection:
        lookup = Lookup(connection)
        reader = Reader(lookup, settings)
        fact = None if "@" in what and not key else lookup.require_fact(what, key)
        ids = dict.fromkeys(member.id for member in fact.members) if fact else [what]
        traces = [trace_one(reader, identity) for identity in ids]
        if form in ("bibtex", "csl"):
            _print_citations(traces, form)
        elif form == "json":
            found = [as_json(one) for one in traces]
            print_json(fact_as_json(fact) | {"traced": found} if fact else found[0])
        elif fact:
            Report(Console(highlight=False), lookup).show_fact(fact, traces)
        else:
            Report(Console(highlight=False), lookup).show(traces[0])


def _print_citations(traces: list[Trace], form: str) -> None:
    from arsenale.trace.citation import bibtex, cite, csl  # noqa: PLC0415

    citations = [cite(one.traced, one.release_id) for one in traces]
    if form == "bibtex":
        click.echo("\n".join(bibtex(citation) for citation in citations))
    else:
        print_json([item for citation in citations for item in csl(citation)])
