"""What a release says about the run that made it: commit, checks passed, reasons for what changed."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from arsenale.contracts.audit import AuditResult
from arsenale.errors import ArsenaleError
from arsenale.inputs import pages_digest
from arsenale.releases.manifest import Passages, Provenance
from arsenale.releases.revisions import Revision, read_revisions
from arsenale.settings import Settings
from orchestration.build_room import BuildRoom
from orchestration.gate import CONTRACTS, PASSAGES
from orchestration.project import load_manifest

BUILT = ("success", "pass")


def provenance_of(room: BuildRoom) -> Provenance:
    """Return what is known of a run whose models are built and checked.

    Raises:
        ArsenaleError: A part of the project was not built or did not pass.
    """
    settings = Settings.from_environment()
    tests = passed_checks(room.build.logs / "dbt" / "run_results.json")
    passages = _passages(room)
    return Provenance(
        git_commit=git_commit(settings.home),
        checks=(
            *tests,
            CONTRACTS.name,
            *passed_rules(room.audited),
            # Who reads the manifest takes it for a promise about every document.
            *(() if passages.not_reread else (PASSAGES.name,)),
        ),
        passages=passages,
        lock_file=settings.home / "requirements.lock",
        revisions=_revisions(room),
        pages_from=pages_digest(settings),
        pages=room.build.pages,
    )


def _passages(room: BuildRoom) -> Passages:
    """Return which documents were read again, all without a difference, or nothing would come this far."""
    report = room.documents
    if report is None:
        raise ArsenaleError(
            "release: no document was looked for in this build", remedy="materialize everything"
        )
    return Passages(tuple(sorted(report.reread)), tuple(sorted(report.not_reread)), report.passages)


def passed_rules(audited: Sequence[AuditResult]) -> tuple[str, ...]:
    """Return the names of the audit's rules, all of which passed: looked at again, as dbt's tests are.

    Raises:
        ArsenaleError: The audit has not run, or found something.
    """
    broken = [result.rule.name for result in audited if not result.passed]
    if broken or not audited:
        raise ArsenaleError(
            f"release: the audit {'found something' if broken else 'has not run'} in this build",
            details=[str(result) for result in audited if not result.passed],
            remedy="mend what is named above" if broken else "materialize everything",
        )
    return tuple(f"audit.{result.rule.name}" for result in audited)


def _revisions(room: BuildRoom) -> Sequence[Revision]:
    """Return the reasons as the gate let them through."""
    if room.gate is None:
        raise ArsenaleError("release: the gate has not run in this build", remedy="materialize everything")
    return read_revisions(row.cells for row in room.gate.files["revisions"].records)


def passed_checks(run_results: Path) -> tuple[str, ...]:
    """Return the names of dbt's tests, all of which passed.

    The checks before this asset have stopped a failed run already. This looks again, at what dbt itself
    wrote, so that a run over a part of the project can never be published.
    """
    if not run_results.exists():
        raise ArsenaleError("release: dbt has not run in this build", remedy="materialize everything")
    results = {row["unique_id"]: row["status"] for row in json.loads(run_results.read_bytes())["results"]}
    nodes = load_manifest()["nodes"]
    expected = [name for name, node in nodes.items() if node["resource_type"] in ("seed", "model", "test")]
    missing = sorted(name for name in expected if results.get(name) not in BUILT)
    if missing:
        raise ArsenaleError(
            f"release: {len(missing)} of {len(expected)} nodes were not built or did not pass",
            details=missing,
            remedy="materialize everything; a part of the project is never published",
        )
    return tuple(sorted(name for name in results if name.startswith("test.")))


def git_commit(home: Path) -> str:
    """Return the project's commit, marked where the tree differs from it; "unknown" outside of git."""
    command = ["git", "-C", str(home), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return result.stdout.strip()
