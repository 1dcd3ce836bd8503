"""The dbt assets: every seed, model and test of the project, from its manifest. No model is named here."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import (
    DagsterDbtError,
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtProject,
    dbt_assets,
)

from orchestration.build_room import BuildRoom
from orchestration.dbt import Dbt
from orchestration.failing_rows import with_rows
from orchestration.gate import CAPTURED_SEEDS
from orchestration.lineage import ColumnLineage
from orchestration.owners import OWNERS
from orchestration.project import load_manifest
from orchestration.row_counts import row_counts

COLUMN_LINEAGE = "dagster/column_lineage"
"""Under which Dagster looks for it."""

FOLDERS = ("staging", "intermediate", "marts")

ASSETS = ("seed", "model", "source")
"""What of a manifest is an asset."""


class Translator(DagsterDbtTranslator):
    """Groups follow the project's folders, and every seed waits for the gate."""

    def __init__(self) -> None:
        """Let dbt's tests be checks that stop what follows."""
        super().__init__(DagsterDbtTranslatorSettings(enable_code_references=False))

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """Return the asset of a node: its room as its group, and what it waits for."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        if unique_id in manifest["sources"]:
            return spec
        node = manifest["nodes"][unique_id]
        spec = spec.replace_attributes(group_name=_room(node), owners=OWNERS)
        if node["resource_type"] == "seed":
            spec = spec.merge_attributes(deps=[CAPTURED_SEEDS])
        return spec


def _room(node: Mapping[str, Any]) -> str:
    if node["resource_type"] == "seed":
        return "capture"
    return next(folder for folder in FOLDERS if folder in node["fqn"])


def _with_lineage(event: Any, lineage: ColumnLineage) -> Any:
    if not isinstance(event, dg.Output) or "unique_id" not in event.metadata:
        return event
    found = lineage.of(str(event.metadata["unique_id"].value))
    if found is None:
        return event
    return event.with_metadata({**event.metadata, COLUMN_LINEAGE: found, **lineage.as_table(found)})


def build_dbt_assets() -> dg.AssetsDefinition:
    """Return all nodes of the project as one operation: dbt orders them itself."""
    translator, manifest = Translator(), load_manifest()
    keys = {
        one: translator.get_asset_spec(manifest, one, None).key
        for one, node in {**manifest["nodes"], **manifest["sources"]}.items()
        if node["resource_type"] in ASSETS
    }

    @dbt_assets(manifest=manifest, dagster_dbt_translator=translator, name="models")
    def models(
        context: dg.AssetExecutionContext, dbt: dg.ResourceParam[Dbt], room: BuildRoom
    ) -> Iterator[Any]:
        """Build and test the project in the run's private database."""
        target = room.build.logs / "dbt"
        compiled = target / "compiled" / manifest["metadata"]["project_name"]
        lineage = ColumnLineage(keys, compiled, kept_only=room.is_locked)
        failed: list[dg.AssetCheckResult] = []
        stopped: DagsterDbtError | None = None
        try:
            for event in dbt.build(context, translator, target).stream():
                if isinstance(event, dg.AssetCheckResult) and not event.passed:
                    failed.append(event)
                else:
                    yield _with_lineage(event, lineage)
        except DagsterDbtError as error:
            stopped = error
        lineage.keep()
        if not stopped:
            yield from row_counts(room.build.database, manifest["nodes"], keys)
        yield from with_rows(failed, target / "run_results.json", room.build.database)
        if stopped:
            raise stopped
        if not failed and not room.dry_run:
            room.site.begin(room.build)

    return models
