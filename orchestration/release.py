"""The last assets: a complete release with its site, or none."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from arsenale.releases.changes import CHANGES_NAME
from arsenale.releases.comparison import preview
from arsenale.releases.manifest import Provenance, read_manifest, summary
from arsenale.releases.publish import publish
from arsenale.settings import Settings
from arsenale.site.ahead import FOLDER
from orchestration.build_room import BuildRoom
from orchestration.gate import DOCUMENTS
from orchestration.owners import OWNERS
from orchestration.provenance import provenance_of
from orchestration.site import SITE, site_spec
from orchestration.tables import table_of

RELEASE = dg.AssetKey("release")
RELEASE_ID = "release"
"""Under which the metadata of the asset names the release."""

CHANGES_SHOWN = 50_000
"""Characters: an event is kept for years; `CHANGES.md` of the release has all."""


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
        provenance = provenance_of(room)
        if room.dry_run:
            yield _previewed(room, provenance)
        else:
            yield from _published(room, provenance)

    return release


def _published(
    room: BuildRoom, provenance: Provenance
) -> Iterator[dg.MaterializeResult[None] | dg.AssetObservation]:
    """Publish; a materialization is a new release, so that their history is that of the releases."""
    places = 0

    def on_step(step: str) -> None:
        nonlocal places
        if step == "enclose":
            places = room.site.finish()

    settings = Settings.from_environment()
    publication = publish(room.build.database, settings, provenance, now=room.site.built_at, on_step=on_step)
    release, manifest = publication.release, read_manifest(publication.release)
    metadata: dict[str, Any] = {
        RELEASE_ID: release.release_id,
        "new": publication.is_new,
        "holds": summary(manifest),
        "file": dg.MetadataValue.path(str(release.database)),
        "checks passed": len(provenance.checks),
    }
    if not publication.is_new:
        yield dg.AssetObservation(RELEASE, description="Confirmed: nothing has changed.", metadata=metadata)
        return
    page = release.folder / FOLDER / "index.html"
    if places:
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


def _previewed(room: BuildRoom, provenance: Provenance) -> dg.AssetObservation:
    shown = preview(room.build.database, Settings.from_environment(), provenance.revisions)
    return dg.AssetObservation(
        RELEASE,
        description="What a release would change. Nothing was published.",
        metadata={"diff": dg.MetadataValue.md(shown.markdown), "without a reason": len(shown.unexplained)},
    )
