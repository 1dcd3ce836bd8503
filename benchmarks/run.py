"""How long the warehouse takes at volume, beside its peer and its limit, on this machine and in this run.

    .venv/bin/python benchmarks/run.py [--figures 1000000] [--rounds 5] [--cases CASE ...] [--json]

| case | what runs |
| --- | --- |
| rebuild | the seeds and every model in an empty database, by dbt, contracts and keys held by indexes |
| rebuild, keys checked | the same, keys checked as sets (`ARSENALE_KEYS=checked`): the way for volumes |
| gate | every captured row held to its contract |
| plain dbt build | the peer: the same, and dbt's tests |
| limit | `limit.py`: the bare statements, straight to DuckDB, no keys, nothing checked |
| arsenale build | if asked for, keys checked: gate, models, tests, audit, hash, copy, Parquet and CSV, flip |

Each round runs every case once, one after the other, so that what else the machine does slows all of them. A
case is a process of its own: wall is its time from start to end, peak its largest resident memory, CPU the
time of all its cores. `ARSENALE_MEMORY_LIMIT` goes for all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from generate import generate

from arsenale.engine import memory_limit
from arsenale.reference.exchange_rates import EXCHANGE_RATES_VARIABLE, write_exchange_rates
from arsenale.releases.store import remove_tree

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Run:
    """One run of one case.

    Attributes:
        wall: Seconds from start to end.
        cpu: Seconds of all cores.
        peak: Largest resident memory of one process, in bytes.
    """

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Goal:
    """What a case is held to.

    Attributes:
        case: The case.
        beside: The case that it is compared with.
        times: How many times its wall at most.
        peak: How many bytes at most; 0 where it does not matter.
    """

    case: str
    beside: str
    times: float
    peak: int = 0


CASES = ("limit", "rebuild", "rebuild, keys checked", "gate", "plain dbt build", "arsenale build")


def goals(figures: int) -> dict[str, Goal]:
    """Return what each case is held to; a hundred million figures may take twice the memory."""
    peak = (8 if figures >= 10**8 else 4) * 10**9
    held = (
        Goal("rebuild", "limit", 1.5, peak),
        Goal("rebuild, keys checked", "limit", 1.5, peak),
        Goal("gate", "rebuild, keys checked", 0.5),
    )
    return {goal.case: goal for goal in held}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--batches", type=int, default=4, help="files that they are spread over (default: 4)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--world", type=Path, help="figures that were made before, instead of new ones")
    parser.add_argument("--cases", nargs="+", choices=CASES, default=CASES[:-1], help="all but the last")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="arsenale-benchmark-") as folder:
        home = Path(folder)
        world = given.world or home / "figures"
        if not given.world:
            generate(world, given.figures, batches=given.batches)
        medians = measure(home, world.absolute(), given.rounds, given.cases)
    report = table(medians, given.figures)
    if given.json:
        print(json.dumps({"figures": given.figures, "rounds": given.rounds, "cases": report}, indent=2))
        return
    print(f"{given.figures:,} figures, medians of {given.rounds}, {os.cpu_count()} cores")
    print(
        f"{'case':22} {'wall':>8} {'CPU':>8} {'peak':>9} {'figures/s':>10}"
        f" {'beside':>22} {'ratio':>6} {'goal':>6}"
    )
    for row in report:
        print(
            f"{row['case']:22} {row['wall']:7.1f}s {row['cpu']:7.1f}s {row['peak'] / 1e6:6.0f} MB"
            f" {row['figures per second']:10,.0f} {row.get('beside', ''):>22} {row.get('ratio', ''):>6}"
            f" {row.get('goal', ''):>6}{row.get('verdict', '')}"
        )


def measure(home: Path, world: Path, rounds: int, chosen: Sequence[str]) -> dict[str, Run]:
    """Return the median of each case; every run is told on the way."""
    rates = home / "exchange_rates.parquet"
    write_exchange_rates(rates)
    environment = {name: text for name, text in os.environ.items() if not name.startswith("ARSENALE_")} | {
        "ARSENALE_HOME": str(ROOT),
        "ARSENALE_WAREHOUSE": str(home / "warehouse"),
        "ARSENALE_FIGURES": str(world),
        "ARSENALE_MEMORY_LIMIT": memory_limit(),
        "ARSENALE_BUILD_DATABASE": str(home / "work" / "arsenale.duckdb"),
        EXCHANGE_RATES_VARIABLE: str(rates),
        "PYTHONPATH": str(ROOT),
        "DO_NOT_TRACK": "1",
        "TMPDIR": str(home),
    }
    folders = ["--target-path", str(home / "target"), "--log-path", str(home / "target")]
    dbt = [str(BIN / "dbt"), "--quiet", "build", *folders, "--exclude-resource-type", "unit_test"]
    limit = [sys.executable, str(ROOT / "benchmarks" / "limit.py"), str(world)]
    checked = ["env", "ARSENALE_KEYS=checked"]
    cases = {
        "limit": [*limit, str(home / "work" / "limit.duckdb")],
        "rebuild": [*dbt, "test"],
        "rebuild, keys checked": [*checked, *dbt, "test"],
        "gate": [str(BIN / "arsenale"), "gate"],
        "plain dbt build": dbt,
        "arsenale build": [*checked, str(BIN / "arsenale"), "build", "--rebuild", "--quiet"],
    }
    runs: dict[str, list[Run]] = {name: [] for name in chosen}
    for _ in range(rounds):
        for name in chosen:
            for folder in ("work", "warehouse"):
                if (home / folder).exists():
                    remove_tree(home / folder)
            (home / "work").mkdir()
            runs[name].append(run(cases[name], environment))
            print(name, runs[name][-1], file=sys.stderr)
    return {name: median(of_case) for name, of_case in runs.items()}


def run(command: list[str], environment: Mapping[str, str]) -> Run:
    """Run a command to its end.

    Raises:
        CalledProcessError: If it fails; a failure is no measurement.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def median(runs: list[Run]) -> Run:
    """Return the median of each number."""
    return Run(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        int(statistics.median(run.peak for run in runs)),
    )


def table(medians: Mapping[str, Run], figures: int) -> list[dict[str, object]]:
    """Return a row per case: its numbers, what it is held to, and whether it keeps to that."""
    rows = []
    held = goals(figures)
    for case, found in medians.items():
        row: dict[str, object] = {"case": case, **asdict(found), "figures per second": figures / found.wall}
        if (goal := held.get(case)) and goal.beside in medians:
            ratio = found.wall / medians[goal.beside].wall
            kept = ratio <= goal.times and (not goal.peak or found.peak <= goal.peak)
            row |= {"beside": goal.beside, "ratio": round(ratio, 2), "goal": goal.times}
            row["verdict"] = "" if kept else "  missed"
        rows.append(row)
    return rows


if __name__ == "__main__":
    main()
