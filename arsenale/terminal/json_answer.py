"""What a command answers a program: one JSON document, asked for with --json."""

from __future__ import annotations

import rich_click as click

from arsenale.exact_json import exact_json

json_option = click.option("--json", "as_json", is_flag=True, help="For a program: one JSON document.")


def print_json(content: object) -> None:
    """Print a document."""
    click.echo(exact_json(content, indent=2))
