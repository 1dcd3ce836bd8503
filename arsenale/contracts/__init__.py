"""What data must look like: the gate for seeds at the entrance, and the audit of the built file at the exit.

Importing this package is cheap; Pandera and polars are loaded when something is checked.
"""

from arsenale.contracts.environment import refuse_disabled_validation
from arsenale.contracts.gate import GateReport, check_seeds
from arsenale.contracts.problems import Problem
from arsenale.contracts.unchanged import changed_since

__all__ = [
    "GateReport",
    "Problem",
    "changed_since",
    "check_seeds",
    "refuse_disabled_validation",
]
