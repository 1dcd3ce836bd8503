"""The last asset: a complete release, or none."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import dagster as dg

from arsenale.errors import ArsenaleError
from arsenale.releases.changes import CHANGES_NAME
from arsenale.releases.manifest import Run, read_manifest
from arsenale.releases.publish import preview, publish
from arsenale.releases.revisions import Revision, read_revisions
from arsenale.settings import Settings
from orchestration.capture import CONTRACTS, DOCUMENTS, PASSAGES
from orchestration.owners import OWNERS
from orchestration.project import load_manifest
from orchestration.resources import BuildRoom
from orchestration.tables import table_of

RELEASE = dg.AssetKey("release")
RELEASE_ID = "release"
"""Under which the metadata of the asset names the release."""

BUILT = ("success", "pass")
CHANGES_SHOWN = 50_000
"""Characters: an event is kept for years; `CHANGES.md` of the release has all."""

HELD = (("dim", "document"), ("fct", "figure"), ("fct", "event"), ("fct", "deal"))
"""Tables whose rows say how much a release holds."""


def build_release(models: dg.AssetsDefinition) -> dg.AssetsDefinition:
    """Return the asset that waits for every model and every blocking check."""

    @dg.asset(
        key=RELEASE,
        group_name="release",
        deps=list(models.keys),
        owners=OWNERS,
        kinds={"duckdb", "parquet", "csv"},
        description="What analysts and BI tools read: `warehouse/current`, one link to one complete folder.",
        # A dry run makes none.
        output_required=False,
    )
    def release(
        context: dg.AssetExecutionContext, room: BuildRoom
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetObservation]:
        """Publish the audited database, unless the current release says the same."""
        home = Settings.from_environment().home
        run = Run(
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
        yield _previewed(room, run) if room.dry_run else _published(room, run)

    return release


def _published(room: BuildRoom, run: Run) -> dg.MaterializeResult[None] | dg.AssetObservation:
    """Publish; a materialization is a new release, so that their history is that of the releases."""
    publication = publish(room.build.database, Settings.from_environment(), run)
    release, manifest = publication.release, read_manifest(publication.release)
    metadata: dict[str, Any] = {
        RELEASE_ID: release.release_id,
        "new": publication.is_new,
        "holds": _held(manifest),
        "file": dg.MetadataValue.path(str(release.database)),
        "checks passed": len(run.checks),
    }
    if not publication.is_new:
        return dg.AssetObservation(RELEASE, description="Confirmed: nothing has changed.", metadata=metadata)
    changes = (release.folder / CHANGES_NAME).read_text(encoding="utf-8")
    return dg.MaterializeResult(
        data_version=dg.DataVersion(manifest["logical_hash"]),
        metadata={
            **metadata,
            "before": manifest["previous_release"] or "none: the first release",
            "changes": dg.MetadataValue.md(changes[:CHANGES_SHOWN]),
            "passages": dg.MetadataValue.asset(DOCUMENTS),
            "rows by table": table_of(
                ({"table": name, "rows": table["rows"]} for name, table in manifest["tables"].items()),
                ("table", "rows"),
            ),
        },
    )


def _previewed(room: BuildRoom, run: Run) -> dg.AssetObservation:
    shown = preview(room.build.database, Settings.from_environment(), run)
    return dg.AssetObservation(
        RELEASE,
        description="What a release would change. Nothing was published.",
        metadata={"diff": dg.MetadataValue.md(shown.markdown), "without a reason": len(shown.unexplained)},
    )


def _revisions(room: BuildRoom) -> Sequence[Revision]:
    """Return the reasons as the gate let them through."""
    if room.gate is None:
        raise ArsenaleError("release: the gate has not run in this build", remedy="materialize everything")
    return read_revisions(row.cells for row in room.gate.files["revisions"].records)


def _held(manifest: dict[str, Any]) -> str:
    """Return what a reader finds, in one line."""
    rows = {name: table["rows"] for name, table in manifest["tables"].items()}
    counted = (f"{rows[f'{kind}_{noun}']:,} {noun}s" for kind, noun in HELD)
    return f"{', '.join(counted)} in {len(rows)} tables"


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
