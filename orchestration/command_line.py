"""The command `arsenale`: one group, each command loaded when it is called.

`arsenale query` must answer in half a second, so nothing here imports Dagster, dbt or Pandera.
"""

from __future__ import annotations

import importlib
import sys

import rich_click as click

from arsenale.errors import ArsenaleError

COMMANDS = {
    "build": ("orchestration.commands", "build"),
    "gate": ("arsenale.contracts.command", "gate"),
    "health": ("arsenale.health.command", "health"),
    "alerts": ("arsenale.alerts.command", "alerts"),
    "serve": ("orchestration.servers", "serve"),
    "ui": ("orchestration.ui", "ui"),
    "query": ("arsenale.releases.command", "query"),
    "documents": ("arsenale.documents.command", "documents"),
    "capture": ("arsenale.capture.command", "capture"),
    "coverage": ("arsenale.capture.command", "coverage"),
    "scan": ("arsenale.mentions.command", "scan"),
    "releases": ("arsenale.releases.command", "releases"),
    "site": ("arsenale.site.command", "site"),
    "trace": ("arsenale.trace.command", "trace"),
    "bi": ("arsenale.bi.command", "bi"),
    "docs": ("orchestration.docs", "docs"),
}
"""Each command, and the module and name that it is loaded from."""


class LazyGroup(click.RichGroup):
    """A group that imports a command when it is called or asked for its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a working day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None where there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="arsenale", message="arsenale %(version)s")
def arsenale() -> None:
    """Figures on Italian defence: every figure, and the sentence it stands on.

    Build the warehouse, then ask it:

    \b
        arsenale build
        arsenale query "from rpt_spending_by_year_and_service"
    """


def main() -> None:
    """Run the command line; a person sees one line and its details, never a traceback."""
    try:
        arsenale(prog_name="arsenale")
    except ArsenaleError as error:
        _show(error)
        sys.exit(error.exit_code)
    except OSError as error:
        # A folder that cannot be made, a disk that is full: the machine's matter, wherever it was met.
        reason = error.strerror or str(error)
        _show(ArsenaleError(f"{error.filename}: {reason}" if error.filename else reason))
        sys.exit(1)


def _show(error: ArsenaleError) -> None:
    from rich.console import Console  # noqa: PLC0415 - only an error needs it

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    console.print(f"[bold red]✗[/] {_escaped(error.message)}")
    for detail in error.details:
        console.print(f"  {_escaped(detail)}")
    if error.remedy:
        console.print(f"  [dim]→ {_escaped(error.remedy)}[/]")


def _escaped(text: str) -> str:
    from rich.markup import escape  # noqa: PLC0415

    return escape(text)
