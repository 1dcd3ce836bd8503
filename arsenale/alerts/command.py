"""The command `arsenale alerts`: what is wrong now, what could not be sent, and whether the channels work."""

from __future__ import annotations

from datetime import UTC, datetime

import rich_click as click

from arsenale.settings import Settings
from arsenale.terminal.json_answer import json_option, print_json


@click.group()
def alerts() -> None:
    """See what the watch has said, and try whether it can be heard.

    Alerts go to standard output, and to e-mail and a webhook where the environment names them
    (ARSENALE_ALERT_SMTP, ARSENALE_ALERT_TO, ARSENALE_ALERT_WEBHOOK; docs/operate.md).

    \b
    arsenale alerts list
    arsenale alerts test
    """


@alerts.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List open incidents, and messages that a channel does not have yet."""
    from arsenale.alerts.journal import read_journal  # noqa: PLC0415

    state = read_journal(Settings.from_environment())
    if as_json:
        print_json({"incidents": state.incidents, "undelivered": state.undelivered()})
        return
    for name, incident in state.incidents.items():
        click.echo(f"open since {incident['since'][:16]}  {name}: {incident['subject']}")
    for line in state.undelivered():
        click.echo(f"not sent  {line}")
    if not state.incidents and not state.letters:
        click.echo("nothing is wrong")


@alerts.command()
def test() -> None:
    """Send a test message to every channel; exits with 1 where one does not take it."""
    from arsenale.alerts.channels import channels_from  # noqa: PLC0415
    from arsenale.alerts.journal import journal  # noqa: PLC0415
    from arsenale.alerts.message import Message  # noqa: PLC0415
    from arsenale.alerts.watch import deliver  # noqa: PLC0415

    settings, channels = Settings.from_environment(), channels_from()
    message = Message("test", "test", f"a test of {', '.join(channel.name for channel in channels)}")
    with journal(settings) as state:
        state.says(message, datetime.now(UTC), channels)
    deliver(settings, channels)
