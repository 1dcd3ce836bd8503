"""From which columns the columns of a model come, as the UI draws it.

Reading it from the SQL takes ten seconds for the project, and nothing for a model that is as it was: what was
found is kept beside the manifest. The command line, where a person waits, takes what is kept and no more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from arsenale.column_lineage import column_lineage
from arsenale.files import replaced
from arsenale.settings import Settings
from orchestration.project import load_manifest, parse_folder
from orchestration.tables import table_of

AS_TABLE = "column lineage"
FILE_NAME = "column_lineage.json"

Relation = tuple[str, str]
"""Schema and name."""


class ColumnLineage:
    """The lineage of all models of one build."""

    def __init__(self, keys: Mapping[str, dg.AssetKey], compiled: Path, *, kept_only: bool) -> None:
        """Take what is kept.

        Args:
            keys: The asset of each node, by its unique id.
            compiled: Where dbt writes the SQL that it runs.
            kept_only: Whether to read no SQL anew.
        """
        manifest = load_manifest()
        self._nodes: dict[str, Any] = {**manifest["sources"], **manifest["nodes"]}
        self._keys = keys
        self._compiled = compiled
        self._file = parse_folder(Settings.from_environment()) / FILE_NAME
        self._kept_only = kept_only
        self._kept: dict[str, Any] = _read(self._file)
        self._used: dict[str, Any] = {}

    def of(self, unique_id: str) -> dg.TableColumnLineage | None:
        """Return the lineage of a model that dbt has just built; None where it is not known."""
        node = self._nodes.get(unique_id)
        if node is None or node["resource_type"] != "model":
            return None
        parents = {
            _relation(self._nodes[one]): one for one in node["depends_on"]["nodes"] if one in self._keys
        }
        columns = {relation: tuple(self._nodes[one]["columns"]) for relation, one in parents.items()}
        try:
            sql = (self._compiled / node["original_file_path"]).read_text(encoding="utf-8")
        except OSError:
            return None
        digest = hashlib.sha256(f"{sql}\0{sorted(columns.items())}".encode()).hexdigest()
        if digest not in self._kept and self._kept_only:
            return None
        found = self._kept.get(digest, ...)
        self._used[digest] = column_lineage(sql, columns) if found is ... else found
        return self._as_shown(self._used[digest], parents)

    def as_table(self, lineage: dg.TableColumnLineage) -> dict[str, dg.TableMetadataValue]:
        """Return the lineage as a person reads it, under its name; nothing where none will look at the pages.

        The pages of Dagster's open source draw no lineage of columns.
        """
        if self._kept_only:
            return {}
        rows = (
            {
                "column": column,
                "comes from": ", ".join(f"{one.asset_key.path[-1]}.{one.column_name}" for one in sources),
            }
            for column, sources in lineage.deps_by_column.items()
        )
        return {AS_TABLE: table_of(rows, ("column", "comes from"))}

    def keep(self) -> None:
        """Keep what was used, for the next build; what belongs to models of yesterday goes."""
        if not self._kept_only and self._used.keys() != self._kept.keys():
            with replaced(self._file) as draft:
                draft.write_text(json.dumps(self._used), encoding="utf-8")

    def _as_shown(
        self, found: Mapping[str, list[list[str]]] | None, parents: Mapping[Relation, str]
    ) -> dg.TableColumnLineage | None:
        if found is None:
            return None
        return dg.TableColumnLineage(
            {
                column: [
                    dg.TableColumnDep(self._keys[parents[schema, table]], name)
                    for schema, table, name in sources
                    if (schema, table) in parents
                ]
                for column, sources in found.items()
            }
        )


def _relation(node: Mapping[str, Any]) -> Relation:
    return node["schema"], node.get("alias") or node["identifier"]


def _read(file: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return content
