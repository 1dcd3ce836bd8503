"""What data must look like: the gate for seeds at the entrance, and the audit of the built file at the exit.

Importing this package is cheap; Pandera and polars are loaded when something is checked.
"""

from arsenale.contracts.environment import refuse_disabled_validation
from arsenale.contracts.gate import GateReport, check_seeds
from arsenale.contracts.handover import changed_since, copy_properties, write_canonical_seeds
from arsenale.contracts.problems import Problem

__all__ = [
    "GateReport",
    "Problem",
    "changed_since",
    "check_seeds",
    "copy_properties",
    "refuse_disabled_validation",
    "write_canonical_seeds",
]
