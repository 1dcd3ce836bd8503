"""How old things may grow before somebody is told. Read from the environment, once, here.

| variable | how long | without it |
| --- | --- | --- |
| `ARSENALE_STALE_AFTER_HOURS` | since a build last came to the current release | 30: a day and a bit |
| `ARSENALE_SILENT_AFTER_SECONDS` | since the watch in Dagster's daemon looked last | 300: fifteen looks |
| `ARSENALE_RATES_OLD_AFTER_DAYS` | since the newest exchange rate | 90: a quarter |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from arsenale.errors import ArsenaleError


@dataclass(frozen=True)
class Limits:
    """How old things may grow.

    Attributes:
        stale_after: Since a build came to the current release last.
        silent_after: Since the watch looked last.
        rates_old_after: Since the newest exchange rate.
    """

    stale_after: timedelta = timedelta(hours=30)
    silent_after: timedelta = timedelta(seconds=300)
    rates_old_after: timedelta = timedelta(days=90)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """Read the variables of the module's table.

        Raises:
            ArsenaleError: One of them is no number above zero.
        """

        def limit(variable: str, unit: timedelta, otherwise: timedelta) -> timedelta:
            text = environment.get(variable)
            if not text:
                return otherwise
            # An allow-list: float() alone would take "inf" and "1_0".
            if not text.replace(".", "", 1).isdecimal() or not text.isascii() or float(text) == 0:
                raise ArsenaleError(
                    f"{variable}: found {text!r}, expected a number above zero", remedy=f"correct {variable}"
                )
            return unit * float(text)

        return cls(
            stale_after=limit("ARSENALE_STALE_AFTER_HOURS", timedelta(hours=1), cls.stale_after),
            silent_after=limit("ARSENALE_SILENT_AFTER_SECONDS", timedelta(seconds=1), cls.silent_after),
            rates_old_after=limit("ARSENALE_RATES_OLD_AFTER_DAYS", timedelta(days=1), cls.rates_old_after),
        )
