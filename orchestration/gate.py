"""The assets before dbt: the documents, and the seeds that pass the gate.

What is checked is decided in `arsenale.contracts` and `arsenale.documents`; here it becomes assets.
"""

from collections.abc import Iterator
from dataclasses import asdict, fields

import dagster as dg

from arsenale.contracts import Problem, check_seeds
from arsenale.documents import RereadReport, reread
from arsenale.documents.inventory import inventory_differences
from arsenale.settings import Settings
from orchestration.build_room import BuildRoom
from orchestration.owners import OWNERS
from orchestration.tables import table_of

PROBLEMS_SHOWN = 100

DOCUMENTS = dg.AssetKey("documents")
CAPTURED_SEEDS = dg.AssetKey("captured_seeds")
CONTRACTS = dg.AssetCheckSpec(
    "contracts",
    asset=CAPTURED_SEEDS,
    blocking=True,
    description="Every seed file is whole, and every row keeps its contract (Pandera).",
)
PASSAGES = dg.AssetCheckSpec(
    "passages",
    asset=DOCUMENTS,
    blocking=True,
    description="Digests match, and every span and every number, re-read, is what the seeds say.",
)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            DOCUMENTS,
            group_name="documents",
            owners=OWNERS,
            kinds={"text"},
            description="The source documents: other people's texts, read where they are at hand.",
        )
    ],
    check_specs=[PASSAGES],
    name="documents",
)
def documents(room: BuildRoom) -> Iterator[dg.MaterializeResult[None]]:
    """Re-read every passage that a seed points at, and find every number anew."""
    settings = Settings.from_environment()
    report = reread(settings)
    room.remember(report)
    # A document that cannot be read was named already.
    unlisted = inventory_differences(settings) if not report.differences else ()
    yield dg.MaterializeResult(
        asset_key=DOCUMENTS,
        metadata={
            "documents re-read": len(report.reread),
            "passages re-read": report.passages,
            "not re-read": ", ".join(report.not_reread) or "none",
        },
        check_results=[_passages_checked(report, report.differences + unlisted)],
    )


def _passages_checked(report: RereadReport, problems: tuple[Problem, ...]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=DOCUMENTS,
        check_name=PASSAGES.name,
        passed=not problems,
        metadata={"problems": _table(problems), "passages re-read": report.passages},
        description=_summary(problems) or str(report),
    )


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            CAPTURED_SEEDS,
            group_name="capture",
            deps=[DOCUMENTS],
            owners=OWNERS,
            kinds={"csv", "pandera"},
            description="The seed files, as captured: one row per printed figure or dated event.",
        )
    ],
    check_specs=[CONTRACTS],
    name="captured_seeds",
)
def captured_seeds(room: BuildRoom) -> Iterator[dg.MaterializeResult[None]]:
    """Let the seeds through the gate, or name everything that is wrong with them."""
    settings = Settings.from_environment()
    report = check_seeds(settings.seeds, figures=settings.figures)
    room.remember(report)
    yield dg.MaterializeResult(
        asset_key=CAPTURED_SEEDS,
        metadata={
            "dagster/row_count": sum(report.rows.values()),
            "figures in batches": sum(batch.rows for batch in report.batches),
            "rows by seed": table_of(
                ({"seed": name, "rows": rows} for name, rows in sorted(report.rows.items())),
                ("seed", "rows"),
            ),
        },
        check_results=[
            dg.AssetCheckResult(
                asset_key=CAPTURED_SEEDS,
                check_name=CONTRACTS.name,
                passed=not report.problems,
                metadata={"problems": _table(report.problems)},
                description=_summary(report.problems),
            )
        ],
    )


def _summary(problems: tuple[Problem, ...]) -> str:
    """Return every problem, one a line: what the command line prints and the UI shows first."""
    lines = [str(problem) for problem in problems[:PROBLEMS_SHOWN]]
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(f"and {len(problems) - PROBLEMS_SHOWN} more")
    return "\n".join(lines)


def _table(problems: tuple[Problem, ...]) -> dg.TableMetadataValue:
    columns = [field.name for field in fields(Problem)]
    return table_of((asdict(problem) for problem in problems[:PROBLEMS_SHOWN]), columns)
