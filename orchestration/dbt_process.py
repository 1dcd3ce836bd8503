"""Running dbt: beside this interpreter, without a network, on a database of our choice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from arsenale.errors import ArsenaleError
from arsenale.reference.exchange_rates import EXCHANGE_RATES_VARIABLE, write_exchange_rates
from arsenale.releases.builds import BUILDS_NAME
from arsenale.settings import DATABASE_NAME, FIGURES_VARIABLE, Settings

DATABASE_VARIABLE = "ARSENALE_BUILD_DATABASE"
"""Where profiles.yml lets dbt write."""

LOCKED_VARIABLE = "ARSENALE_IS_LOCKED"
"""Set for a dbt whose caller holds the build lock, or whose database is nobody else's."""

EXCHANGE_RATES = "exchange_rates.parquet"
"""Name of the file of rates beside a build's database."""

LINES_SHOWN = 20
"""Of what dbt said last, where it stops."""

CLOCK = re.compile(r"^\d\d:\d\d:\d\d\s+")


def latest_build(settings: Settings) -> Path:
    """Return the link to the folder of the running build.

    dbt is told the database's path through it: the path is a part of the profile, and dbt parses the whole
    project anew when that changes.
    """
    return settings.warehouse / BUILDS_NAME / "latest"


def dbt_executable() -> str:
    """Return the dbt beside the interpreter that runs: never another one that happens to be on the path."""
    return str(Path(sys.executable).with_name("dbt"))


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which dbt runs: the build's database, no telemetry, no terminal colours."""
    return {
        **os.environ,
        **({FIGURES_VARIABLE: settings.figures} if settings.figures else {}),
        DATABASE_VARIABLE: str(latest_build(settings) / DATABASE_NAME),
        EXCHANGE_RATES_VARIABLE: str(latest_build(settings) / EXCHANGE_RATES),
        LOCKED_VARIABLE: "1",
        # Telemetry hangs for half a minute where there is no network.
        "DO_NOT_TRACK": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_PROJECT_DIR": str(settings.home),
        "DBT_PROFILES_DIR": str(settings.home),
        "DBT_USE_COLORS": "false",
        # Two seconds of a small build would go into a file of statements that stand in the target folder too.
        "DBT_LOG_LEVEL_FILE": "warn",
    }


def run_dbt(settings: Settings, artifacts: Path, *arguments: str, database: Path | None = None) -> None:
    """Run dbt to its end.

    Args:
        settings: Where the project is.
        artifacts: The folder for what dbt writes of the run, and for its log.
        arguments: Its command, with options.
        database: One that is nobody else's, which it may make; the reference rates are written beside it.
            Without it, that of the running build.

    Raises:
        ArsenaleError: It stopped, with what it said last.
    """
    environment = dbt_environment(settings)
    if database:
        rates = database.with_name(EXCHANGE_RATES)
        write_exchange_rates(rates)
        environment |= {DATABASE_VARIABLE: str(database), EXCHANGE_RATES_VARIABLE: str(rates)}
    folders = ["--target-path", str(artifacts), "--log-path", str(artifacts)]
    result = subprocess.run(  # noqa: S603 - our own interpreter's dbt
        [dbt_executable(), "--quiet", *arguments, *folders],
        cwd=settings.home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        said = (CLOCK.sub("", line).rstrip() for line in (result.stdout + result.stderr).splitlines())
        raise ArsenaleError(
            f"dbt {arguments[0]} stopped",
            details=[line for line in said if line][-LINES_SHOWN:],
            remedy="mend what is named above, then build again",
        )
