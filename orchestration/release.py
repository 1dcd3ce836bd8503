"""The last assets: a complete release with its site, or none."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from arsenale.releases.changes import CHANGES_NAME
from arsenale.releases.manifest import Run, read_manifest
from arsenale.releases.publish import preview, publish
from arsenale.settings import Settings
from arsenale.site.ahead import FOLDER
from orchestration.build_room import BuildRoom
from orchestration.capture import DOCUMENTS
from orchestration.owners import OWNERS
from orchestration.provenance import run_of
from orchestration.site import SITE, site_spec
from orchestration.tables import table_of

RELEASE = dg.AssetKey("release")
RELEASE_ID = "release"
"""Under which the metadata of the asset names the release."""

CHANGES_SHOWN = 50_000
"""Characters: an event is kept for years; `CHANGES.md` of the release has all."""

HELD = (("dim", "document"), ("fct", "figure"), ("fct", "event"), ("fct", "deal"))
"""Tables whose rows say how much a release holds."""


def build_release(models: dg.AssetsDefinition) -> dg.AssetsDefinition:
    """Return what waits for every model and every blocking check: the site, and the release around it."""
    keys = list(models.keys)

    @dg.multi_asset(
        name="release",
        specs=[
            site_spec(keys),
            dg.AssetSpec(
                RELEASE,
                deps=[*keys, SITE],
                group_name="release",
                owners=OWNERS,
                kinds={"duckdb", "parquet", "csv"},
                description="What analysts and BI tools read: `warehouse/current`, a link to a whole folder.",
                # A dry run makes none.
                skippable=True,
            ),
        ],
        # Whoever chooses one of them alone is told why that publishes nothing.
        can_subset=True,
    )
    def release(room: BuildRoom) -> Iterator[dg.MaterializeResult[None] | dg.AssetObservation]:
        """Publish the audited database with its pages, unless the current release says the same."""
        run = run_of(room)
        if room.dry_run:
            yield _previewed(room, run)
        else:
            yield from _published(room, run)

    return release


def _published(room: BuildRoom, run: Run) -> Iterator[dg.MaterializeResult[None] | dg.AssetObservation]:
    """Publish; a materialization is a new release, so that their history is that of the releases."""
    places = 0

    def on_step(step: str) -> None:
        nonlocal places
        if step == "enclose":
            places = room.site.finish()

    settings = Settings.from_environment()
    publication = publish(room.build.database, settings, run, now=room.site.built_at, on_step=on_step)
    release, manifest = publication.release, read_manifest(publication.release)
    metadata: dict[str, Any] = {
        RELEASE_ID: release.release_id,
        "new": publication.is_new,
        "holds": _held(manifest),
        "file": dg.MetadataValue.path(str(release.database)),
        "checks passed": len(run.checks),
    }
    if not publication.is_new:
        yield dg.AssetObservation(RELEASE, description="Confirmed: nothing has changed.", metadata=metadata)
        return
    page = release.folder / FOLDER / "index.html"
    yield dg.MaterializeResult(
        asset_key=SITE,
        metadata={"page": dg.MetadataValue.path(str(page)), "figures and events": places},
    )
    changes = (release.folder / CHANGES_NAME).read_text(encoding="utf-8")
    yield dg.MaterializeResult(
        asset_key=RELEASE,
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


def _held(manifest: dict[str, Any]) -> str:
    """Return what a reader finds, in one line."""
    rows = {name: table["rows"] for name, table in manifest["tables"].items()}
    counted = (f"{rows[f'{kind}_{noun}']:,} {noun}s" for kind, noun in HELD)
    return f"{', '.join(counted)} in {len(rows)} tables"
