r"""Captured figures of documents that nobody wrote: as many as asked for, the same for the same seed.

    .venv/bin/python benchmarks/generate.py FOLDER --figures 1000000 [--batches 4] [--seed 1] [--bad 20]

A batch is what `ARSENALE_FIGURES` reads, and what lies beside it is for whoever checks:

| file | one row per |
| --- | --- |
| `FOLDER/batch-0001.parquet` | figure, in the columns of `seeds/figures.csv` |
| `FOLDER/documents/batch-0001.parquet` | document of these figures, in the columns of `seeds/documents.csv` |
| `FOLDER/answers/batch-0001.parquet` | figure: what must be read from it |
| `FOLDER/bad/batch-0001.parquet` | row that was spoilt on request: its number, and the column that is wrong |

The world is consistent. A figure prints a *fact*; whoever else prints it, in this document or another,
prints the same number, to another precision, in other marks, words and currencies' signs; one print in a
hundred is wrong. The answers are worked out from the number before it is printed, never read back from the
text. Parties, services, operations and definitions are those of the project's own seeds.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).parent.parent
FIGURES_PER_DOCUMENT = 20
SPOILT = (
    ("as_reported", "'1.390 milioni di euro o 1,390'"),
    ("measure", "'expenditur'"),
    ("char_end", "cast(cast(char_end as integer) + 1 as varchar)"),
    ("hedge_start", "case when hedge_printed is null then '7' end"),
    ("document_id", "'never-registered'"),
    ("period", "'31 February 2020'"),
    ("same_fact_as", "document_id || '@999999'"),
    ("family", "case family when 'deal' then 'trade' else 'deal' end"),
    ("char_start", "'x' || char_start"),
    ("note", "'=1+1'"),
    ("status", "null"),
    ("subject_id", "'XXX'"),
)
"""The column that is spoilt and what is written there: one kind of bad row each."""


def main() -> None:
    """Write the batches, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--batches", type=int, default=1, help="files that they are spread over (default: 1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bad", type=int, default=0, help="rows to spoil in each batch (default: none)")
    given = parser.parse_args()
    began = time.perf_counter()
    generate(given.folder, given.figures, batches=given.batches, seed=given.seed, bad=given.bad)
    print(f"{given.figures:,} figures in {given.batches} batches: {time.perf_counter() - began:.1f} s")


def generate(folder: Path, figures: int, *, batches: int = 1, seed: int = 1, bad: int = 0) -> list[Path]:
    """Write a world of figures, and return the files of figures, one a batch."""
    documents = -(-figures // FIGURES_PER_DOCUMENT)
    written = []
    with duckdb.connect() as connection:
        for table in ("parties", "operations", "words"):
            connection.execute(f"create table {table} as from read_csv('{ROOT}/seeds/{table}.csv')")
        connection.execute(sql("world"))
        for batch in range(batches):
            first, last = (documents * edge // batches * FIGURES_PER_DOCUMENT for edge in (batch, batch + 1))
            connection.execute(
                f"set variable seed = {seed}; set variable first = {first};"
                f"set variable last = {min(last, figures)}"
            )
            connection.execute(sql("figures"))
            connection.execute(sql("printed"))
            outputs = {
                ".": "select * exclude (place) from printed order by place",
                "documents": sql("documents"),
                "answers": sql("answers"),
            }
            if bad:
                connection.execute(spoil(bad))
                outputs["."] = "select * exclude (place, spoilt) from spoilt order by place"
                spoilt = "select place as row, spoilt as column from spoilt where spoilt is not null"
                outputs["bad"] = f"{spoilt} order by place"
            name = f"batch-{batch + 1:04}.parquet"
            for kind, query in outputs.items():
                (folder / kind).mkdir(parents=True, exist_ok=True)
                connection.execute(f"copy ({query}) to '{folder / kind / name}' (format parquet)")
            written.append(folder / name)
    return written


def sql(name: str) -> str:
    """Return the statements of one file of `made/`."""
    return (Path(__file__).parent / "made" / f"{name}.sql").read_text(encoding="utf-8")


def spoil(rows: int) -> str:
    """Return the statement that spoils so many rows, each in one column."""
    kind = f"case when turn <= {rows} then turn % {len(SPOILT)} end"
    changes = ", ".join(
        f"case when {kind} = {number} then {to} else {column} end as {column}"
        for number, (column, to) in enumerate(SPOILT)
    )
    names = ", ".join(f"'{column}'" for column, _ in SPOILT)
    turns = "select *, row_number() over (order by hash(place, getvariable('seed'))) as turn from printed"
    return f"""
        create or replace table spoilt as
        select * exclude (turn) replace ({changes}), [{names}][1 + {kind}] as spoilt from ({turns})
    """


if __name__ == "__main__":
    main()
