"""The gate at the entrance: every seed file is read strictly and held to its contract before dbt sees it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arsenale.contracts.batches import Batch, check_batches
from arsenale.contracts.environment import refuse_disabled_validation
from arsenale.contracts.problems import Problem, error_of, in_order
from arsenale.contracts.rules import check_rules
from arsenale.contracts.seed_files import SeedFile, read_seeds
from arsenale.errors import ArsenaleError


@dataclass(frozen=True)
class GateReport:
    """What the gate saw.

    Attributes:
        problems: Everything that is wrong, by file, line and column.
        files: Every seed that could be read, by name.
        batches: The batches of figures beside the seeds.
    """

    problems: tuple[Problem, ...]
    files: Mapping[str, SeedFile]
    batches: tuple[Batch, ...] = ()

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each seed, by its name."""
        return {name: len(file.records) for name, file in self.files.items()}

    @property
    def rows_to_load(self) -> dict[str, int]:
        """Rows that a build of these files has: of each seed, and of the table that figures end in."""
        batched = sum(batch.rows for batch in self.batches)
        return self.rows | {"fct_figure": self.rows["figures"] + batched}

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file as it was gated, by the file's name."""
        return {file.seed.file: file.sha256 for file in self.files.values()}

    def raise_problems(self) -> None:
        """Stop where anything is wrong.

        Raises:
            ArsenaleError: With every problem, one a line.
        """
        if self.problems:
            raise self.error()

    def error(self) -> ArsenaleError:
        """Return all problems as the error that a person sees."""
        return error_of("gate", self.problems)


def check_seeds(folder: Path, today: datetime.date | None = None, figures: str | None = None) -> GateReport:
    """Return everything that is wrong with the seeds of a folder and the batches beside them, all at once.

    Args:
        folder: Where the seeds are.
        figures: A folder or glob of batches, as `ARSENALE_FIGURES` names it; none without.
        today: Bounds what a document of unknown date can report as done; today by default.

    Raises:
        ArsenaleError: If the environment switches validation off. Problems of seeds are returned.
    """
    refuse_disabled_validation()
    # Pandera and polars take 0.4 s to import, which no command but the build should pay.
    from arsenale.contracts.schemas import check_shapes  # noqa: PLC0415

    today = today or datetime.datetime.now(datetime.UTC).date()
    files, problems = read_seeds(folder)
    problems.extend(check_shapes(files, _minimum_rows(files)))
    problems.extend(check_rules(files, today))
    batches: tuple[Batch, ...] = ()
    if figures:
        found, batches = check_batches(figures, files, today)
        problems.extend(found)
    return GateReport(in_order(problems), files, batches)


def _minimum_rows(files: Mapping[str, SeedFile]) -> dict[str, int]:
    """Return what `minimum_rows.csv` demands; what is no number there is reported elsewhere."""
    file = files.get("minimum_rows")
    rows = file.records if file else ()
    return {row["seed"]: minimum for row in rows if (minimum := row.whole("rows")) is not None}
