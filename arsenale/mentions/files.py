"""Scanning files: one at a time in bounded memory, or many in parallel."""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: PLC0415 (heavy modules are loaded by what needs them)

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Literal, TextIO

from arsenale.errors import ArsenaleError
from arsenale.mentions.finder import chunks_of, find_in
from arsenale.mentions.output import write_csv, write_jsonl

Format = Literal["jsonl", "csv"]

#: What a command line calls standard input.
STANDARD_INPUT: Final = Path("-")
#: Endings of the files that a folder is searched for.
SUFFIXES: Final = frozenset({".txt", ".md", ".markdown", ".csv", ".tsv", ".text"})
#: Files handed to a worker before it asks for more; bounds what waits in memory.
_AHEAD: Final = 4


CONVERT: Final = "convert it first, for example with iconv -f WINDOWS-1252 -t UTF-8"


@dataclass(frozen=True, slots=True)
class Source:
    """A text to scan.

    Attributes:
        path: A UTF-8 text file.
        name: What it is called where it is named: its path, or `-` for what came from standard input.
    """

    path: Path
    name: str

    @classmethod
    def of(cls, path: Path) -> "Source":
        """The file at a path, named by it."""
        return cls(path, str(path))

    def chunks(self) -> Iterator[str]:
        """The text in chunks that end where paragraphs do; line ends stay, so that offsets are the file's.

        Raises:
            ArsenaleError: It cannot be read, or is not UTF-8: where, and what to do.
        """
        try:
            with self.path.open(encoding="utf-8", newline="") as stream:
                yield from chunks_of(stream)
        except UnicodeDecodeError as error:
            raise ArsenaleError(f"{self.name}: {_undecodable(self.path)}", [], CONVERT) from error
        except OSError as error:
            raise ArsenaleError(f"{self.name}: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of one text.

    Attributes:
        mentions: How many were found.
        error: Why it could not be read, or what was found not be written; None if it could.
        output: What was found, in the format asked for; None if it was written to a file of its own.
    """

    mentions: int
    error: ArsenaleError | None = None
    output: str | None = None


def sources_of(paths: Iterable[Path], standard_input: Path) -> list[Source]:
    """The files named, and the text files under each folder named, in a stable order.

    Links are not followed.

    Args:
        paths: Files, folders, and `-`.
        standard_input: A file that holds what `-` stands for.
    """
    out: list[Source] = []
    for path in paths:
        if path == STANDARD_INPUT:
            out.append(Source(standard_input, str(path)))
        elif path.is_dir():
            out += (
                Source.of(p)
                for p in sorted(path.rglob("*"))
                if p.suffix.lower() in SUFFIXES and p.is_file() and not p.is_symlink()
            )
        else:
            out.append(Source.of(path))
    return out


def output_names(sources: Iterable[Source], suffix: str) -> list[str]:
    """Name of each text's output; files of one name in several folders keep theirs apart by the folder."""
    names: list[str] = []
    taken: set[str] = set()
    for source in sources:
        path = Path("stdin") if source.name == str(STANDARD_INPUT) else source.path
        name, parent = path.stem, path.parent
        while name + suffix in taken and parent.name:
            name, parent = f"{parent.name}-{name}", parent.parent
        while name + suffix in taken:
            name += "-2"
        taken.add(name + suffix)
        names.append(name + suffix)
    return names


def scan_source(source: Source, output: Path | None, form: Format, document: str | None = None) -> Scanned:
    """Scans one text, writing to `output` or into the result.

    Args:
        source: The text.
        output: Where to write; None to return the lines.
        form: `jsonl` or `csv`.
        document: Name to put beside each mention.
    """
    import io

    if output is None:
        buffer = io.StringIO()
        done = scan_into(source, buffer, form, document)
        return done if done.error else replace(done, output=buffer.getvalue())
    # A reader must never take half a file for a whole one.
    part = output.with_name(output.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as sink:
            done = scan_into(source, sink, form, document)
        if done.error:
            part.unlink(missing_ok=True)
        else:
            part.replace(output)
    except OSError as error:
        return Scanned(0, ArsenaleError(f"{output}: {error.strerror or error}"))
    return done


def scan_into(source: Source, sink: TextIO, form: Format, document: str | None = None) -> Scanned:
    """Scans one text, writing each mention as it is found: memory is that of one chunk."""
    write = write_jsonl if form == "jsonl" else partial(write_csv, header=document is None)
    try:
        return Scanned(write(find_in(source.chunks()), sink, document))
    except ArsenaleError as error:
        return Scanned(0, error)


def _undecodable(path: Path) -> str:
    """The first byte of a file that is not UTF-8."""
    offset = 0
    with path.open("rb") as stream:
        held = b""
        while block := stream.read(1 << 20):
            held += block
            try:
                held.decode("utf-8")
            except UnicodeDecodeError as error:
                if len(held) - error.start > 4 or len(block) < 1 << 20:
                    return _place(offset + error.start, held[error.start])
                offset, held = offset + error.start, held[error.start :]
            else:
                offset, held = offset + len(held), b""
    return _place(offset, held[0]) if held else "not UTF-8"


def _place(offset: int, byte: int) -> str:
    return f"byte {offset} (0x{byte:02x}) is not UTF-8"


def scan_sources(
    sources: list[Source],
    *,
    form: Format = "jsonl",
    output_dir: Path | None = None,
    workers: int | None = None,
    named: bool = True,
) -> Iterator[Scanned]:
    """Scans texts in parallel processes, yielding results in their order.

    Args:
        sources: What to scan.
        form: `jsonl` or `csv`.
        output_dir: Where each text's NAME.jsonl goes; None to get the lines in the results.
        workers: Processes; as many as there are cores by default, one for one text.
        named: Whether lines returned carry a `document` field.
    """
    import os

    outputs = [output_dir / name for name in output_names(sources, f".{form}")] if output_dir else []
    jobs = [
        (source, *((outputs[at], form, None) if outputs else (None, form, source.name if named else None)))
        for at, source in enumerate(sources)
    ]
    count = min(workers or os.cpu_count() or 1, len(jobs))
    if count <= 1:
        for job in jobs:
            yield scan_source(*job)
        return
    with ProcessPoolExecutor(max_workers=count) as pool:
        waiting: dict[Future[Scanned], int] = {}
        done: dict[int, Scanned] = {}
        sent = given = 0
        while given < len(jobs):
            while sent < len(jobs) and len(waiting) + len(done) < count * _AHEAD:
                waiting[pool.submit(scan_source, *jobs[sent])] = sent
                sent += 1
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                done[waiting.pop(future)] = future.result()
            while given in done:
                yield done.pop(given)
                given += 1
