"""dbt as a resource of a run: started ahead, told what to build when its turn has come."""

from __future__ import annotations

import subprocess
from collections import deque
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation

# Not promised either: the integration's own resource asks it what a run has chosen.
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from packaging.version import Version

from arsenale.settings import Settings
from orchestration.dbt_ahead import command_dbt, dbt_ahead
from orchestration.project import load_manifest


class Invocation(DbtCliInvocation):
    """dbt at work, whose lines nobody has to read to the end."""

    def _stream_stdout(self) -> Iterator[str | dict[str, Any]]:
        # Told to stop, the integration's own stream answers with one more line, which Python prints as an
        # exception that it ignored, above the one line that says what went wrong.
        lines = super()._stream_stdout()
        try:
            for line in lines:  # noqa: UP028  `yield from` would hand on the word to stop
                yield line
        except GeneratorExit:
            self.process.kill()
            deque(lines, maxlen=0)
            raise


class Dbt:
    """dbt, started ahead: by the caller, or when the run begins.

    The integration's own resource starts dbt when its turn has come, and before that runs `dbt --version` and
    builds an adapter, which costs more than the models do, and whose open database would stop the audit. A
    plain object, because Dagster copies a `ConfigurableResource` before the run, and a process got lost.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take over the process."""
        self._process = process

    def build(
        self, context: dg.AssetExecutionContext, translator: DagsterDbtTranslator, target: Path
    ) -> Invocation:
        """Build what the run has chosen, with logs and artefacts in the target folder."""
        chosen = get_updated_cli_invocation_params_for_context(context, load_manifest(), translator)
        folders = ["--target-path", str(target), "--log-path", str(target)]
        indirect = ["--indirect-selection", chosen.indirect_selection] if chosen.indirect_selection else []
        # Unit tests try the models on rows of their own: the project's tests run them, not its builds.
        data_only = ["--exclude-resource-type", "unit_test"]
        command_dbt(self._process, ["build", *folders, *data_only, *indirect, *chosen.selection_args])
        return Invocation(
            process=self._process,
            manifest=chosen.manifest,
            dagster_dbt_translator=chosen.dagster_dbt_translator,
            project_dir=Settings.from_environment().home,
            target_path=target,
            raise_on_error=True,
            cli_version=Version(version("dbt-core")),
            context=context,
        )


@dg.resource(description="dbt, started when the run begins.")
def dbt_of_the_run(_context: dg.InitResourceContext) -> Iterator[Dbt]:
    """Have a process for the length of the run."""
    with dbt_ahead(Settings.from_environment()) as process:
        yield Dbt(process)
