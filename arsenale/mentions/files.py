"""Scanning files: one at a time in bounded memory, or many in parallel."""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: PLC0415 (heavy modules are loaded by what needs them)

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Literal, TextIO

from arsenale.mentions.finder import chunks_of, find_in
from arsenale.mentions.output import write_csv, write_jsonl

Format = Literal["jsonl", "csv"]

#: Endings of the files that a folder is searched for.
SUFFIXES: Final = frozenset({".txt", ".md", ".markdown", ".csv", ".tsv", ".text"})
#: Files handed to a worker before it asks for more; bounds what waits in memory.
_AHEAD: Final = 4


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of one file.

    Attributes:
        path: The file.
        mentions: How many were found.
        error: Why it could not be read: path, offset, what to do; None if it could.
        output: What was found, in the format asked for; None if it was written to a file of its own.
    """

    path: Path
    mentions: int
    error: str | None = None
    output: str | None = None


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the text files under each folder named, in a stable order.

    Links are not followed.
    """
    out: list[Path] = []
    for path in paths:
        if path.is_dir():
            out += sorted(
                p
                for p in path.rglob("*")
                if p.suffix.lower() in SUFFIXES and p.is_file() and not p.is_symlink()
            )
        else:
            out.append(path)
    return out


def output_names(files: Iterable[Path], suffix: str) -> dict[Path, str]:
    """Name of each file's output; files of one name in several folders keep theirs apart by the folder."""
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in files:
        name, parent = path.stem, path.parent
        while name + suffix in taken and parent.name:
            name, parent = f"{parent.name}-{name}", parent.parent
        while name + suffix in taken:
            name += "-2"
        taken.add(name + suffix)
        names[path] = name + suffix
    return names


def scan_file(path: Path, output: Path | None, form: Format, document: str | None = None) -> Scanned:
    """Scans one file, writing to `output` or into the result.

    Args:
        path: A UTF-8 text file; line ends are kept, so that offsets are those of the decoded file.
        output: Where to write; None to return the lines.
        form: `jsonl` or `csv`.
        document: Name to put beside each mention.
    """
    import io

    if output is None:
        buffer = io.StringIO()
        done = scan_into(path, buffer, form, document)
        return done if done.error else replace(done, output=buffer.getvalue())
    # A reader must never take half a file for a whole one.
    part = output.with_name(output.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as sink:
            done = scan_into(path, sink, form, document)
        if done.error:
            part.unlink(missing_ok=True)
        else:
            part.replace(output)
    except OSError as error:
        return Scanned(path, 0, f"{output}: {error.strerror or error}")
    return done


def scan_into(path: Path, sink: TextIO, form: Format, document: str | None = None) -> Scanned:
    """Scans one file, writing each mention as it is found: memory is that of one chunk."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            write = write_jsonl if form == "jsonl" else partial(write_csv, header=document is None)
            return Scanned(path, write(find_in(chunks_of(stream)), sink, document))
    except UnicodeDecodeError:
        return Scanned(path, 0, undecodable(path))
    except OSError as error:
        return Scanned(path, 0, f"{path}: {error.strerror or error}")


def undecodable(path: Path) -> str:
    """One line on the first byte of a file that is not UTF-8."""
    offset = 0
    with path.open("rb") as stream:
        held = b""
        while block := stream.read(1 << 20):
            held += block
            try:
                held.decode("utf-8")
            except UnicodeDecodeError as error:
                if len(held) - error.start > 4 or len(block) < 1 << 20:
                    return _advice(path, offset + error.start, held[error.start])
                offset, held = offset + error.start, held[error.start :]
            else:
                offset, held = offset + len(held), b""
    return _advice(path, offset, held[0]) if held else f"{path}: not UTF-8"


def _advice(path: Path, offset: int, byte: int) -> str:
    return (
        f"{path}: byte {offset} (0x{byte:02x}) is not UTF-8; convert the file first, "
        "for example with iconv -f WINDOWS-1252 -t UTF-8"
    )


def scan_files(
    files: list[Path],
    *,
    form: Format = "jsonl",
    output_dir: Path | None = None,
    workers: int | None = None,
    named: bool = True,
) -> Iterator[Scanned]:
    """Scans files in parallel processes, yielding results in the order of the files.

    Args:
        files: What to scan.
        form: `jsonl` or `csv`.
        output_dir: Where each file's NAME.jsonl goes; None to get the lines in the results.
        workers: Processes; as many as there are cores by default, one for one file.
        named: Whether lines returned carry a `document` field.
    """
    import os

    names = output_names(files, f".{form}") if output_dir else {}
    jobs = [
        (f, output_dir / names[f] if output_dir else None, form, str(f) if named and not output_dir else None)
        for f in files
    ]
    count = min(workers or os.cpu_count() or 1, len(jobs))
    if count <= 1:
        for job in jobs:
            yield scan_file(*job)
        return
    with ProcessPoolExecutor(max_workers=count) as pool:
        waiting: dict[Future[Scanned], int] = {}
        done: dict[int, Scanned] = {}
        sent = given = 0
        while given < len(jobs):
            while sent < len(jobs) and len(waiting) + len(done) < count * _AHEAD:
                waiting[pool.submit(scan_file, *jobs[sent])] = sent
                sent += 1
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                done[waiting.pop(future)] = future.result()
            while given in done:
                yield done.pop(given)
                given += 1
