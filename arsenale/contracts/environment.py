"""What the environment may not do: switch validation off."""

from __future__ import annotations

import os
from collections.abc import Mapping

from arsenale.errors import ArsenaleError

_HARMLESS = {
    "PANDERA_VALIDATION_ENABLED": {"true", "True", "1"},
    "PANDERA_VALIDATION_DEPTH": {"SCHEMA_AND_DATA"},
    "PANDERA_USE_NARWHALS_BACKEND": {"false", "False", "0"},
    "PANDERA_CACHE_DATAFRAME": {"true", "True", "1", "false", "False", "0"},
    "PANDERA_KEEP_CACHED_DATAFRAME": {"true", "True", "1", "false", "False", "0"},
}
"""Values that leave the gate as it is tested. Pandera takes every other spelling, even `TRUE`, for off."""


def refuse_disabled_validation(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse to start where a `PANDERA_` variable weakens validation.

    Raises:
        ArsenaleError: Naming each variable; one that is not known is refused too.
    """
    details = [
        f"{name}={environment[name]!r}"
        for name in sorted(environment)
        if name.startswith("PANDERA_") and environment[name] not in _HARMLESS.get(name, ())
    ]
    if details:
        raise ArsenaleError(
            "gate: the environment weakens or switches off validation, so nothing is built",
            details=details,
            remedy=f"unset {' '.join(detail.partition('=')[0] for detail in details)}",
        )
