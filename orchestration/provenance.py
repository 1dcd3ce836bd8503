"""What a release says about the run that made it: commit, checks passed, reasons for what changed."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from arsenale.errors import ArsenaleError
from arsenale.releases.manifest import Run
from arsenale.releases.revisions import Revision, read_revisions
from arsenale.settings import Settings
from orchestration.build_room import BuildRoom
from orchestration.capture import CONTRACTS, PASSAGES
from orchestration.project import load_manifest

BUILT = ("success", "pass")


def run_of(room: BuildRoom) -> Run:
    """Return what is known of a run whose models are built and checked.

    Raises:
        ArsenaleError: A part of the project was not built or did not pass.
    """
    home = Settings.from_environment().home
    return Run(
        git_commit=_git_commit(home),
        checks=(
            CONTRACTS.name,
            PASSAGES.name,
            *_passed_checks(room.build.logs / "dbt" / "run_results.json"),
        ),
        lock_file=home / "requirements.lock",
        revisions=_revisions(room),
        pages=room.build.pages,
    )


def _revisions(room: BuildRoom) -> Sequence[Revision]:
    """Return the reasons as the gate let them through."""
    if room.gate is None:
        raise ArsenaleError("release: the gate has not run in this build", remedy="materialize everything")
    return read_revisions(row.cells for row in room.gate.files["revisions"].records)


def _passed_checks(run_results: Path) -> tuple[str, ...]:
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


def _git_commit(home: Path) -> str:
    """Return the project's commit, marked where the tree differs from it; "unknown" outside of git."""
    command = ["git", "-C", str(home), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return result.stdout.strip()
