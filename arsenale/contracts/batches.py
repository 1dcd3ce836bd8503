r"""The gate for captured figures at volume: batches in Parquet, held to the rules of the seeds.

The rules stand where they stand for the seeds, and speak of rows in memory. Ten million rows are too many for
that, so sets are asked first (`batch_suspects`): DuckDB finds the rows that could be wrong. The seeds' own
rules then judge these few, and a problem names the file and the row.

A batch is a Parquet file of figures in the seed's columns, all text, absent cells NULL; the documents of its
figures stand in a file of the same name in the folder `documents` beside it, in the columns of
`documents.csv`. A document belongs to one batch, with all its figures, and so does what its figures name:
repeats and wholes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from arsenale.contracts.batch_suspects import SHOWN, suspects
from arsenale.contracts.declarations import SEED_OF, Seed
from arsenale.contracts.problems import Problem
from arsenale.contracts.rules import check_rules
from arsenale.contracts.seed_files import Record, SeedFile
from arsenale.contracts.strict_csv import unseen_characters

if TYPE_CHECKING:
    import duckdb

DOCUMENTS_FOLDER = "documents"
_ROWS_PER_FILE = 2**40


@dataclass(frozen=True)
class Batch:
    """A batch as the gate saw it.

    Attributes:
        file: Its figures; the documents stand beside it.
        rows: How many figures it holds.
        stamp: Size and time of both files: batches are written once, and what changes is another batch.
    """

    file: Path
    rows: int
    stamp: tuple[int, ...]


@dataclass(frozen=True)
class BatchSeed(Seed):
    """The contract of a seed, for a batch of its rows.

    Attributes:
        batch: Name of the file, as problems show it.
    """

    batch: str = ""

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.batch


def batch_files(figures: str) -> list[Path]:
    """Return the files that `ARSENALE_FIGURES` names, a folder of them or a glob, in order."""
    pattern = figures if "*" in figures or figures.endswith(".parquet") else f"{figures}/*.parquet"
    return sorted(map(Path, glob(pattern)))  # noqa: PTH207 - a glob of a person's, absolute or not


def stamp_of(batch: Path) -> tuple[int, ...]:
    """Return size and time of the files of a batch; what is missing has none."""
    files = [file.stat() for file in (batch, documents_of(batch)) if file.exists()]
    return tuple(number for status in files for number in (status.st_size, status.st_mtime_ns))


def documents_of(batch: Path) -> Path:
    """Return where the documents of a batch stand."""
    return batch.parent / DOCUMENTS_FOLDER / batch.name


def check_batches(
    figures: str, seeds: Mapping[str, SeedFile], today: datetime.date
) -> tuple[list[Problem], tuple[Batch, ...]]:
    """Return what is wrong with the batches, and the batches where they could be read.

    Args:
        figures: A folder of batches, or a glob.
        seeds: The seeds that could be read, by name.
        today: Bounds what a document of unknown date can report as done.
    """
    batches = batch_files(figures)
    if not batches:
        return [
            Problem(figures, 0, "", "no Parquet file", "at least one batch", "correct ARSENALE_FIGURES")
        ], ()
    if seeds.keys() != SEED_OF.keys():
        # Said already, of the seed that could not be read.
        return [], ()
    stamps = list(map(stamp_of, batches))
    # duckdb takes 0.1 s to import, which a gate without batches should not pay.
    from arsenale.engine import open_engine  # noqa: PLC0415

    with open_engine() as connection:
        if problems := list(_unreadable(connection, batches)):
            return problems, ()
        gate = _Gate(connection, batches, seeds, today)
        return list(gate.problems()), tuple(map(Batch, batches, gate.rows(), stamps))


def _unreadable(connection: duckdb.DuckDBPyConnection, batches: Sequence[Path]) -> Iterator[Problem]:
    """Yield the files that are no Parquet of the contract's columns."""
    import duckdb  # noqa: PLC0415

    for batch in batches:
        for file, seed in ((batch, SEED_OF["figures"]), (documents_of(batch), SEED_OF["documents"])):
            shown = _shown(file)
            if not file.is_file():
                yield Problem(
                    shown, 0, "", "no such file", "the documents of the batch", "write them beside it"
                )
                continue
            try:
                described = "select column_name, column_type from (describe select * from read_parquet(?))"
                columns = connection.execute(described, [str(file)]).fetchall()
            except duckdb.Error as error:
                found = str(error).partition("\n")[0]
                yield Problem(shown, 0, "", found, "a Parquet file", "write it anew")
                continue
            declared = [(name, "VARCHAR") for name in seed.column_names]
            if columns != declared:
                wrong = next(
                    (f"{name} {kind}" for name, kind in columns if (name, kind) not in declared),
                    f"{len(columns)} columns",
                )
                wanted = f"{', '.join(seed.column_names)}, all text, in this order"
                yield Problem(shown, 0, "", wrong, wanted, "write the columns of the seed")


def _shown(file: Path) -> str:
    return file.name if file.parent.name != DOCUMENTS_FOLDER else f"{DOCUMENTS_FOLDER}/{file.name}"


class _Gate:
    """One look at all batches."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        batches: Sequence[Path],
        seeds: Mapping[str, SeedFile],
        today: datetime.date,
    ) -> None:
        self._sql = connection
        self._seeds = seeds
        self._today = today
        self._files = {
            "figures": list(batches),
            "documents": [documents_of(batch) for batch in batches],
        }
        for table, files in self._files.items():
            names = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
            connection.execute(
                f"create view {table} as select *, file_index as batch,"
                f" file_index * {_ROWS_PER_FILE} + file_row_number as place from read_parquet([{names}])"
            )
            connection.execute(f"create table suspect_{table} (place ubigint)")
        registered = [(row["document_id"],) for row in seeds["documents"].records]
        connection.execute("create table registered (document_id varchar)")
        connection.executemany("insert into registered values (?)", registered)

    def rows(self) -> list[int]:
        """Return the number of figures of each batch."""
        counted = dict(self._sql.execute("select batch, count(*) from figures group by batch").fetchall())
        return [counted.get(index, 0) for index in range(len(self._files["figures"]))]

    def problems(self) -> Iterator[Problem]:
        """Yield what the rules say of the rows that could be wrong."""
        for table in ("documents", "figures"):
            for query in suspects(table):
                self._sql.execute(f"insert into suspect_{table} {query}")
        yield from self._registered_twice()
        figures = self._with_what_they_name(self._suspects("figures"))
        named = sorted({record["document_id"] for records in figures.values() for record in records})
        documents = self._suspects("documents", named)
        known = self._seeds["documents"]
        for index, batch in enumerate(self._files["figures"]):
            registered = documents.get(index, ())
            if not registered and not figures.get(index):
                yield Problem(_shown(batch), 0, "", "no row", "at least one figure", "delete the file")
            register = SeedFile(_contract("documents", documents_of(batch)), tuple(registered), "")
            files = {
                **self._seeds,
                "documents": replace(known, records=(*known.records, *registered)),
                "figures": SeedFile(_contract("figures", batch), tuple(figures.get(index, ())), ""),
            }
            yield from self._judged(files, files["figures"])
            yield from self._judged({**files, "documents": register}, register)

    def _judged(self, files: Mapping[str, SeedFile], judged: SeedFile) -> Iterator[Problem]:
        """Yield what the seeds' rules say of one file among others."""
        from arsenale.contracts.schemas import check_shape  # noqa: PLC0415 - Pandera takes half a second

        name = judged.seed.file
        yield from check_shape(judged, files, minimum_rows=0)
        yield from (problem for problem in check_rules(files, self._today) if problem.file == name)
        for record in judged.records:
            yield from _unseen(judged, record)

    def _suspects(self, table: str, keys: Sequence[str] = ()) -> dict[int, list[Record]]:
        """Return the rows that could be wrong, by the number of their file."""
        self._sql.execute("create or replace temporary table wanted (document_id varchar)")
        if keys:
            self._sql.execute("insert into wanted select unnest(?)", [list(keys)])
        also = "or document_id in (from wanted)" if keys else ""
        return self._records(table, f"place in (from suspect_{table}) {also}")

    def _records(self, table: str, condition: str) -> dict[int, list[Record]]:
        names = SEED_OF[table].column_names
        found: dict[int, list[Record]] = {}
        rows = self._sql.execute(
            f"select place, {', '.join(names)} from {table} where {condition} order by place"
        )
        for place, *cells in rows.fetchall():
            index, row = divmod(place, _ROWS_PER_FILE)
            texts = {
                name: "" if cell is None else cell or _EMPTY for name, cell in zip(names, cells, strict=True)
            }
            found.setdefault(index, []).append(Record(row + 1, texts))
        return found

    def _with_what_they_name(self, figures: dict[int, list[Record]]) -> dict[int, list[Record]]:
        """Add the rows that suspects name as their first or their whole, and those that these name."""
        known = {
            (index, f"{r['document_id']}@{r['char_start']}") for index, rows in figures.items() for r in rows
        }
        fresh = figures
        while wanted := sorted(
            {
                (index, r[column])
                for index, rows in fresh.items()
                for r in rows
                for column in ("same_fact_as", "subset_of")
                if r[column]
            }
            - known
        ):
            known |= set(wanted)
            self._sql.execute("create or replace temporary table named (batch bigint, name varchar)")
            self._sql.execute(
                "insert into named select unnest(?), unnest(?)",
                [[index for index, _ in wanted], [name for _, name in wanted]],
            )
            fresh = self._records("figures", "(batch, document_id || '@' || char_start) in (from named)")
            for index, rows in fresh.items():
                merged = {record.line: record for record in (*figures.get(index, ()), *rows)}
                figures[index] = [merged[line] for line in sorted(merged)]
        return figures

    def _registered_twice(self) -> Iterator[Problem]:
        for document_id, place in self._sql.execute(
            f"""
            select document_id, max(place)
            from (select document_id, place from documents union all select document_id, null from registered)
            group by document_id
            having count(*) > 1 and max(place) is not null
            limit {SHOWN}
            """
        ).fetchall():
            index, row = divmod(place, _ROWS_PER_FILE)
            yield Problem(
                _shown(self._files["documents"][index]),
                row + 1,
                "document_id",
                repr(document_id),
                "each document in one batch, or in documents.csv",
                "leave it where it is published already",
            )


_EMPTY = "\N{SYMBOL FOR NULL}"
"""Stands for an empty text in memory, where an empty cell is what NULL is in Parquet."""


def _contract(table: str, file: Path) -> BatchSeed:
    seed = SEED_OF[table]
    return BatchSeed(seed.name, seed.key, seed.columns, seed.may_be_empty, _shown(file))


def _unseen(file: SeedFile, record: Record) -> Iterator[Problem]:
    for column, cell in record.cells.items():
        if cell == _EMPTY:
            remedy = "write NULL where no source tells"
            yield file.problem(record, column, "NULL, or text", remedy, "an empty text")
        for character in unseen_characters(cell):
            found = f"U+{ord(character):04X}"
            yield file.problem(record, column, "characters that can be seen", "delete it", found)
