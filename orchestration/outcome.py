"""What a run came to, gathered from its events: what each asset said of itself, and what stopped it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg

from arsenale.errors import ArsenaleError

OURS = f"{ArsenaleError.__module__.partition('.')[0]}."
"""What the names of the library's errors begin with, whichever of them it is."""


@dataclass
class BuildOutcome:
    """What a run of the job came to.

    Attributes:
        run_id: Dagster's id of the run.
        metadata: What each asset said of itself, by its key.
        failed_checks: The checks that failed, as (name, description).
        checks: How many checks ran.
        error: What stopped the run, where no check did.
    """

    run_id: str
    metadata: dict[str, dict[str, Any]] = field(default_factory=dict)
    failed_checks: list[tuple[str, str]] = field(default_factory=list)
    checks: int = 0
    error: ArsenaleError | None = None

    def failure(self) -> ArsenaleError | None:
        """Return the failed checks and what they found, or what stopped the run; None where nothing did."""
        if self.failed_checks:
            return ArsenaleError(
                f"build: {len(self.failed_checks)} of {self.checks} checks failed; nothing was published",
                details=[line for name, text in self.failed_checks for line in (name, *_indented(text))],
                remedy="mend what is named above, then build again",
            )
        return self.error

    def raise_failure(self) -> None:
        """Stop where the run did.

        Raises:
            ArsenaleError: What `failure` returns.
        """
        if error := self.failure():
            raise error


def note(entry: dg.EventLogEntry, outcome: BuildOutcome, on_progress: Callable[[str, str], None]) -> None:
    """Keep what the command line will show of one event, and pass on how far the run is."""
    event = entry.dagster_event
    if event is None:
        return
    step = event.step_key or ""
    if event.is_step_start:
        on_progress(step, "start")
    elif event.is_step_success:
        on_progress(step, "end")
    elif event.event_type == dg.DagsterEventType.ASSET_MATERIALIZATION:
        _keep(event.step_materialization_data.materialization, outcome)
        on_progress(step, event.step_materialization_data.materialization.asset_key.to_user_string())
    elif event.event_type == dg.DagsterEventType.ASSET_OBSERVATION:
        _keep(event.asset_observation_data.asset_observation, outcome)
    elif event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
        check = event.asset_check_evaluation_data
        outcome.checks += 1
        if not check.passed:
            name = f"{check.asset_key.to_user_string()}: {check.check_name}"
            outcome.failed_checks.append((name, check.description or _described(check.metadata)))
        on_progress(step, check.check_name)
    elif event.is_failure:
        outcome.error = outcome.error or _error_of(event)


def _keep(event: dg.AssetMaterialization | dg.AssetObservation, outcome: BuildOutcome) -> None:
    metadata = {name: plain(value) for name, value in event.metadata.items() if _is_plain(value)}
    outcome.metadata.setdefault(event.asset_key.to_user_string(), {}).update(metadata)


def _is_plain(value: dg.MetadataValue[Any]) -> bool:
    """Return whether metadata is a row of a report: columns, their lineage and links are for the pages."""
    return isinstance(value, dg.TableMetadataValue) or isinstance(value.value, (str, int, float, Path))


def plain(value: dg.MetadataValue[Any]) -> Any:
    """Return metadata as JSON knows it; a table as its rows."""
    if isinstance(value, dg.TableMetadataValue):
        return [record.data for record in value.records]
    return value.value


def _described(metadata: Mapping[str, dg.MetadataValue[Any]]) -> str:
    return ", ".join(f"{name} {value.value}" for name, value in sorted(metadata.items()))


def _error_of(event: dg.DagsterEvent) -> ArsenaleError | None:
    """Return what stopped a step or the run: our own error where one is in the chain, else its cause."""
    error = getattr(event.event_specific_data, "error", None)
    if error is None:
        return None
    chain = [error]
    while (cause := chain[-1].cause) is not None:
        chain.append(cause)
    # Dagster keeps an error as its text, behind the name of its class.
    ours = next((link for link in chain if link.message.startswith(OURS)), chain[-1])
    _name, _, text = ours.message.strip().partition(": ")
    return ArsenaleError.from_text(text)


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]
