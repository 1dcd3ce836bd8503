"""How long `arsenale query` takes for one row, beside a bare duckdb client that does the same.

    .venv/bin/python benchmarks/query.py [--rounds 9] [--json]

Both are processes from start to end, in turn, on the current release: the client opens the file as a reader
must (read-only, no access to other files, configuration locked), asks, and prints.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from arsenale.settings import Settings

SQL = "select figure_id, as_reported, value from fct_figure order by figure_id limit 1"
CLIENT = """
import sys, duckdb
settings = {"enable_external_access": "false", "lock_configuration": "true"}
print(duckdb.connect(sys.argv[1], read_only=True, config=settings).execute(sys.argv[2]).fetchall())
"""
SECONDS, TIMES = 0.5, 2.0
"""What a query may take at most: so many seconds, and so many times the client."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    commands = {
        "client": [sys.executable, "-c", CLIENT, str(Settings.from_environment().current_database), SQL],
        "arsenale": [str(Path(sys.executable).parent / "arsenale"), "query", SQL],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(given.rounds):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            seconds[name].append(time.perf_counter() - began)
    client, ours = (statistics.median(seconds[name]) for name in ("client", "arsenale"))
    report = {"client": client, "arsenale": ours, "ratio": ours / client, "rounds": given.rounds}
    report["kept"] = ours <= SECONDS and ours <= TIMES * client
    if given.json:
        print(json.dumps(report, indent=2))
        return
    verdict = "" if report["kept"] else "  missed"
    measured = f"client {client:.2f} s, arsenale query {ours:.2f} s, ratio {ours / client:.2f}"
    print(f"medians of {given.rounds}: {measured}")
    print(f"goal: {SECONDS} s and {TIMES} x{verdict}")


if __name__ == "__main__":
    main()
