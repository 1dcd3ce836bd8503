"""Whether the inputs are still what the gate let through.

dbt loads whatever is on disk when its turn comes, and a seed may be edited between the gate and that moment.
So the build looks once more before it publishes.
"""

from __future__ import annotations

from pathlib import Path

from arsenale.contracts.batches import stamp_of
from arsenale.contracts.gate import GateReport
from arsenale.contracts.problems import Problem
from arsenale.files import RefusedFileError, read_bytes, sha256


def changed_since(report: GateReport, folder: Path) -> tuple[Problem, ...]:
    """Return the seeds and batches that are no longer what was gated: edited, replaced or removed."""
    problems = []
    for name, gated in report.digests.items():
        try:
            found = sha256(read_bytes(folder / name))
        except RefusedFileError as error:
            found = error.found
        if found != gated:
            problems.append(
                Problem(
                    name, 0, "", found[:16], f"{gated[:16]} as gated", "finish the edit, then build again"
                )
            )
    problems.extend(
        Problem(batch.file.name, 0, "", "another file", "the batch as gated", "let it be, then build again")
        for batch in report.batches
        if stamp_of(batch.file) != batch.stamp
    )
    return tuple(problems)
