"""The build lock for a bare dbt: a plugin of the DuckDB adapter, which profiles.yml names.

A dbt that `arsenale build` or Dagster starts works under the lock that its run holds, and says so in its
environment. Any other dbt takes the lock itself when it first connects, and keeps it until it ends.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError

from arsenale.errors import ArsenaleError
from arsenale.releases.lock import build_lock
from arsenale.settings import Settings
from orchestration.dbt_process import LOCKED_VARIABLE

_held = ExitStack()
"""Never closed: the kernel frees the lock when the process ends, however it ends."""


class Plugin(BasePlugin):
    """What dbt-duckdb makes once for each process, before it opens the database."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Take the lock, unless the caller has it.

        Raises:
            DbtRuntimeError: Another build holds it; in one line, with its holder and since when.
        """
        if LOCKED_VARIABLE in os.environ:
            return
        try:
            _held.enter_context(build_lock(Settings.from_environment(), "dbt"))
        except ArsenaleError as error:
            raise DbtRuntimeError(str(error)) from None
