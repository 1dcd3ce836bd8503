"""The audit as checks: one per rule of `arsenale.contracts.audit`, beside the table that it speaks of."""

from collections.abc import Iterator

import dagster as dg

from arsenale.contracts import changed_since
from arsenale.contracts.audit import RULES, AuditResult, audit
from arsenale.settings import PUBLIC_SCHEMA, Settings
from orchestration.build_room import BuildRoom
from orchestration.tables import table_of


def build_audit(models: dg.AssetsDefinition) -> dg.AssetChecksDefinition:
    """Return the checks over the built file, which run when dbt is done with all of it."""
    specs = [
        dg.AssetCheckSpec(
            rule.name, asset=dg.AssetKey([PUBLIC_SCHEMA, rule.table]), blocking=True, description=rule.says
        )
        for rule in RULES
    ]

    @dg.multi_asset_check(specs=specs, name="audit", can_subset=False)
    def audit_checks(room: BuildRoom) -> Iterator[dg.AssetCheckResult]:
        """Audit the private database, now that dbt has closed it."""
        gate = room.gate
        if gate is None:
            raise dg.Failure("the audit compares with what the gate counted, and the gate has not run")
        # What was edited while dbt ran is not what the gate let through.
        edited = changed_since(gate, Settings.from_environment().seeds)
        if edited:
            raise dg.Failure("\n".join(str(problem) for problem in edited))
        results = audit(room.build.database, gate.rows_to_load)
        room.remember(results)
        for result in results:
            yield _checked(result)

    return audit_checks


def _checked(result: AuditResult) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey([PUBLIC_SCHEMA, result.rule.table]),
        check_name=result.rule.name,
        passed=result.passed,
        description="" if result.passed else str(result),
        metadata={
            "broken": result.count,
            **({"rows": table_of(result.broken_by, result.broken_by[0])} if result.broken_by else {}),
        },
    )
