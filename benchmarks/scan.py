"""Speed and F1 of the mention finder beside quantulum3 and recognizers-text-suite, on the same texts.

    python benchmarks/scan.py TRUTH_DIR [--peer-python PATH]

TRUTH_DIR holds NAME.txt with NAME.jsonl beside it. The peers run in the interpreter of an environment made
from scan-requirements.txt; a peer that is not there is printed as missing. F1 is lenient (one to one, any
overlap, same kind) over money, percent, quantity, date and rank.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from arsenale.mentions import find

KINDS = ("money", "percent", "quantity", "date", "rank")
#: The peers take minutes for a megabyte; each reads the texts once, ours as often as makes a megabyte.
MEGABYTE = 1_000_000

PEER = r"""
import json, sys, time
name, paths = sys.argv[1], sys.argv[2:]
KINDS = {"currency": "money", "percentage": "percent", "dimension": "quantity", "temperature": "quantity",
         "datetimeV2.date": "date", "datetimeV2.daterange": "date", "ordinal": "rank", "number": "quantity"}
if name == "quantulum3":
    from quantulum3 import parser
    def find(text, language):
        for q in parser.parse(text):
            entity = q.unit.entity.name
            share = "percent" if q.unit.name == "percentage" else "quantity"
            kind = "money" if entity == "currency" else share
            yield q.span[0], q.span[1], kind
else:
    import recognizers_suite as suite
    def find(text, language):
        culture = suite.Culture.Italian if language == "it" else suite.Culture.English
        names = ("currency", "percentage", "dimension", "datetime", "ordinal")
        for recognise in (getattr(suite, "recognize_" + n) for n in names):
            try:
                results = recognise(text, culture)
            except Exception:
                results = recognise(text, suite.Culture.English)
            for r in results:
                kind = KINDS.get(r.type_name)
                if kind:
                    yield r.start, r.end + 1, kind
out, spent = {}, 0.0
for path in paths:
    text = open(path, encoding="utf-8", newline="").read()
    language = json.loads(open(path[:-4] + ".jsonl", encoding="utf-8").readline())["language"]
    started = time.perf_counter()
    try:
        out[path] = list(find(text, language))
    except Exception as error:
        print(name, path, error, file=sys.stderr)
        out[path] = []
    spent += time.perf_counter() - started
json.dump({"seconds": spent, "found": out}, sys.stdout)
"""

Span = tuple[int, int, str]


def matched(found: list[Span], truth: list[Span]) -> int:
    """How many pairs of one kind overlap, one to one."""
    owner: dict[int, int] = {}

    def assign(n: int, seen: set[int]) -> bool:
        for m, (start, end, kind) in enumerate(truth):
            if m not in seen and kind == found[n][2] and start < found[n][1] and found[n][0] < end:
                seen.add(m)
                if m not in owner or assign(owner[m], seen):
                    owner[m] = n
                    return True
        return False

    return sum(assign(n, set()) for n in range(len(found)))


def f1(found: dict[Path, list[Span]], truth: dict[Path, list[Span]]) -> float:
    """Lenient F1 over all texts."""
    hits = sum(matched(found.get(path, []), spans) for path, spans in truth.items())
    total = sum(map(len, found.values())) + sum(map(len, truth.values()))
    return 2 * hits / total if total else 0.0


def ours(paths: list[Path]) -> tuple[float, dict[Path, list[Span]]]:
    """MB/s on one core, and what was found."""
    texts = {path: path.open(encoding="utf-8", newline="").read() for path in paths}
    found = {p: [(m.start, m.end, m.kind) for m in find(t) if m.kind in KINDS] for p, t in texts.items()}
    best = 0.0
    for _ in range(3):
        seconds, size = 0.0, 0
        for text in texts.values():
            body = (text + "\n\n") * (MEGABYTE // len(texts) // len(text) + 1)
            started = time.process_time()
            for _ in find(body):
                pass
            seconds += time.process_time() - started
            size += len(body.encode())
        best = max(best, size / seconds / MEGABYTE)
    return best, found


def peer(name: str, python: str, paths: list[Path]) -> tuple[float, dict[Path, list[Span]]] | None:
    """MB/s and findings of a peer, or None if its environment has it not."""
    command = [python, "-c", PEER, name, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    result = json.loads(done.stdout[done.stdout.index("{") :])
    size = sum(path.stat().st_size for path in paths)
    found = {Path(p): [(a, b, k) for a, b, k in spans if k in KINDS] for p, spans in result["found"].items()}
    return size / result["seconds"] / MEGABYTE, found


def main() -> None:
    """Prints one line a finder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("truth", type=Path)
    parser.add_argument("--peer-python", default=sys.executable, help="interpreter that has the peers")
    arguments = parser.parse_args()
    paths = sorted(p for p in arguments.truth.glob("*.txt") if p.with_suffix(".jsonl").exists())
    if not paths:
        sys.exit(f"no NAME.txt with NAME.jsonl in {arguments.truth}")
    truth = {}
    for path in paths:
        rows = [
            json.loads(line) for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
        ]
        truth[path] = [(r["start"], r["end"], r["kind"]) for r in rows if r["kind"] in KINDS]
    print(f"{'finder':<26}{'MB/s':>8}{'F1':>8}")
    speed, found = ours(paths)
    print(f"{'arsenale':<26}{speed:>8.3f}{f1(found, truth):>8.3f}")
    for name in ("quantulum3", "recognizers-text-suite"):
        result = peer(name, arguments.peer_python, paths)
        if result is None:
            print(f"{name:<26}{'missing':>8}{'missing':>8}")
        else:
            print(f"{name:<26}{result[0]:>8.3f}{f1(result[1], truth):>8.3f}")


if __name__ == "__main__":
    main()
