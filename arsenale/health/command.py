"""The command `arsenale health`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime

import rich_click as click

from arsenale.terminal.json_answer import json_option, print_json


@click.command()
@json_option
@click.option("--no-daemon", is_flag=True, help="Look at the release alone, where no daemon is meant to run.")
@click.option("--alert", is_flag=True, help="Send an alert when it begins to fail, and one when it ends.")
def health(as_json: bool, no_daemon: bool, alert: bool) -> None:
    """Say in one line whether all is well; exits with 1 where it is not.

    Looks at the age of the release, the digests of its files, the heartbeat of Dagster's daemon, the last
    run, and alerts that could not be sent. Needs nothing that runs, so that cron, a timer or a container
    platform can watch the watcher.

    \b
    arsenale health
    arsenale health --json
    arsenale health --alert     # from a timer: one message when it begins, one when it ends
    """
    from arsenale.health.checks import health as check  # noqa: PLC0415
    from arsenale.limits import Limits  # noqa: PLC0415
    from arsenale.settings import Settings  # noqa: PLC0415

    settings, now = Settings.from_environment(), datetime.now(UTC)
    findings = check(settings, Limits.from_environment(), now, watched=not no_daemon)
    wrong = [f"{finding.check}: {finding.says}" for finding in findings if not finding.passed]
    if as_json:
        checks = [asdict(finding) for finding in findings]
        print_json({"healthy": not wrong, "at": now.isoformat(), "checks": checks})
    elif wrong:
        click.echo(f"unhealthy: {'; '.join(wrong)}")
    else:
        click.echo(f"healthy: {'; '.join(finding.says for finding in findings)}")
    if alert:
        from arsenale.alerts.channels import channels_from  # noqa: PLC0415
        from arsenale.alerts.watch import watch_health  # noqa: PLC0415

        watch_health(settings, wrong, channels_from(), now)
    if wrong:
        sys.exit(1)
