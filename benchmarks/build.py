"""How much longer `arsenale build` takes than a plain `dbt build` of the same project.

Both run in turn on one machine, so that what else runs there slows both. "Warm" has everything cached that
a second build finds; "nothing cached" has no parse and no warehouse. The limits are those of the project:

- warm: at most 1.25 times the plain build and 3 seconds more;
- nothing cached: at most 1.1 times and 1 second more;
- nothing changed, where `arsenale build` sees that there is nothing to build: at most 2 seconds.

    .venv/bin/python benchmarks/build.py [--rounds 5] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from arsenale.reference.exchange_rates import EXCHANGE_RATES_VARIABLE, write_exchange_rates

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PROJECT = (
    "seeds",
    "models",
    "macros",
    "analyses",
    "tests",
    "dbt_project.yml",
    "profiles.yml",
    "requirements.lock",
)
LIMITS = {"warm": (1.25, 3.0), "nothing cached": (1.1, 1.0), "nothing changed": (0.0, 2.0)}
"""For each case, the times and the seconds more that a build may take."""


def main() -> None:
    """Measure both cases and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="builds of each kind and case (default: 5)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="arsenale-benchmark-") as folder:
        cases = {case: measure(case, Path(folder), arguments.rounds) for case in LIMITS}
    if arguments.json:
        print(json.dumps({"rounds": arguments.rounds, "cases": cases}, indent=2))
        return
    print(f"{'medians of ' + str(arguments.rounds):16} {'dbt':>7} {'arsenale':>9} {'ratio':>6} {'limit':>7}")
    for case, found in cases.items():
        verdict = "" if found["arsenale"] <= found["limit"] else "  missed"
        print(
            f"{case:16} {found['dbt']:6.1f}s {found['arsenale']:8.1f}s {found['ratio']:6.2f}"
            f" {found['limit']:6.1f}s{verdict}"
        )


def measure(case: str, folder: Path, rounds: int) -> dict[str, float]:
    """Return the medians of both builds, their ratio, and the limit."""
    home = folder / case
    for name in PROJECT:
        source, target = ROOT / name, home / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copyfile(source, target)
    environment = {name: text for name, text in os.environ.items() if not name.startswith("ARSENALE_")} | {
        "ARSENALE_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "DO_NOT_TRACK": "1",
    }
    commands = {
        "dbt": [BIN / "dbt", "--quiet", "build", "--exclude-resource-type", "unit_test"],
        "arsenale": [BIN / "arsenale", "build", "--rebuild", "--quiet"],
    }
    # A plain build finds the exchange rates where somebody has put them; ours writes them itself.
    rates = home / "exchange_rates.parquet"
    write_exchange_rates(rates)
    environment[EXCHANGE_RATES_VARIABLE] = str(rates)
    written = {"dbt": home / "target", "arsenale": home / "warehouse"}
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    if case == "nothing changed":
        commands["arsenale"].remove("--rebuild")
    if case != "nothing cached":
        for command in commands.values():
            subprocess.run(command, cwd=home, env=environment, check=True)
    for _ in range(rounds):
        for name, command in commands.items():
            if case == "nothing cached":
                remove(written[name])
            began = time.perf_counter()
            subprocess.run(command, cwd=home, env=environment, check=True)
            seconds[name].append(time.perf_counter() - began)
    dbt, arsenale = (statistics.median(seconds[name]) for name in ("dbt", "arsenale"))
    times, more = LIMITS[case]
    return {
        "dbt": dbt,
        "arsenale": arsenale,
        "ratio": arsenale / dbt,
        "limit": times * dbt + more,
        "dbt fastest": min(seconds["dbt"]),
        "arsenale fastest": min(seconds["arsenale"]),
    }


def remove(folder: Path) -> None:
    """Remove a folder; releases are read-only."""
    for parent, _, _ in os.walk(folder):
        Path(parent).chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
