"""Hostile files are refused: in under five seconds and 512 MB, in one line, with nothing written."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from arsenale.settings import PROJECT_FILE

HOME = Path(__file__).parents[2]

LAUNCHER = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
open(sys.argv[1], "w").write(str(peak))
sys.exit(code)
"""
"""A small process between: Linux counts what the parent held into the peak of the child that it forks."""

MOST_SECONDS, MOST_KB = 5, 512 * 1024


@dataclass(frozen=True)
class Outcome:
    code: int
    error: str
    seconds: float
    peak_kb: int


@dataclass(frozen=True)
class Room:
    """A project with a folder of documents, and a folder beside both that a stranger's file lies in."""

    folder: Path

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def peak(self) -> Path:
        """Where the launcher leaves how much memory was used, in kB."""
        return self.folder / "peak"

    def files(self) -> dict[str, bytes]:
        """Everything there is but the inbox, to be compared."""
        return {
            str(path): b"" if path.is_symlink() else path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and self.inbox not in path.parents
        }

    def add(self, path: Path | str, *options: str, document_id: str = "stranger") -> Outcome:
        main = "from orchestration.command_line import main; main()"
        arguments = ["documents", "add", str(path), "--id", document_id, "--yes", *options]
        started = time.monotonic()
        with (self.folder / "stderr").open("w+") as errors:
            process = subprocess.Popen(
                [sys.executable, "-c", LAUNCHER, str(self.peak), sys.executable, "-c", main, *arguments],
                env={
                    "PYTHONPATH": str(HOME),
                    "PATH": os.environ["PATH"],
                    "ARSENALE_HOME": str(self.folder / "home"),
                    "ARSENALE_DOCUMENTS": str(self.folder / "documents"),
                },
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                cwd=self.folder,
            )
            code = process.wait()
            errors.seek(0)
            said = errors.read()
        peak_kb = int(self.peak.read_text())
        (self.folder / "stderr").unlink()
        self.peak.unlink()
        return Outcome(code, said, time.monotonic() - started, peak_kb)

    def refuses(self, path: Path | str, reason: str, *options: str, document_id: str = "stranger") -> None:
        before = self.files()
        outcome = self.add(path, *options, document_id=document_id)
        assert outcome.code == 1, outcome
        assert reason in outcome.error
        assert "Traceback" not in outcome.error
        assert len([line for line in outcome.error.splitlines() if line.startswith("✗")]) == 1
        assert self.files() == before
        assert outcome.seconds < MOST_SECONDS, outcome
        assert outcome.peak_kb < MOST_KB, outcome


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = Room(tmp_path)
    for name in ("home", "documents", "inbox"):
        (tmp_path / name).mkdir()
    shutil.copytree(HOME / "seeds", tmp_path / "home" / "seeds")
    shutil.copyfile(HOME / PROJECT_FILE, tmp_path / "home" / PROJECT_FILE)
    return made


def pdf_of(*objects: bytes) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        % (
            size,
            table,
            size,
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(content)
    )


def one_page(stream: bytes, filters: bytes) -> bytes:
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def zip_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", b"0" * 50_000_000)
    return content.getvalue()


def deflated(size: int) -> bytes:
    """Return zeros, deflated, without ever holding them."""
    packer = zlib.compressobj(9)
    block = b"\0" * 1_000_000
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def busy_page() -> bytes:
    return one_page(zlib.compress(b"BT /F1 9 Tf " + b"(1 2 3) Tj T* " * 3_000_000 + b"ET"), b"/FlateDecode")


def endless_pages() -> bytes:
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 999999999 >>"
    )


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.zip": (zip_bomb, "a ZIP archive"),
    "bomb.docx": (zip_bomb, "a ZIP archive"),
    "bomb.txt.gz": (lambda: gzip.compress(b"1 " * 5_000_000), "a gzip archive"),
    "one-gigabyte.pdf": (lambda: one_page(deflated(1_000_000_000), b"/FlateDecode"), "refused"),
    "twice-deflated.pdf": (
        lambda: one_page(zlib.compress(deflated(1_000_000_000)), b"[/FlateDecode /FlateDecode]"),
        "refused",
    ),
    "busy.pdf": (busy_page, "refused"),
    "endless.pdf": (endless_pages, "refused"),
    "torn.pdf": (lambda: b"%PDF-1.4\n" + os.urandom(100_000), "refused"),
    "deep.html": (lambda: b"<html><body>" + b"<div>" * 400_000 + b"5 ships", "refused"),
    "empty.html": (lambda: b"<!doctype html><html><body></body></html>", "without a main text"),
    "empty.txt": (lambda: b" \n", "without text"),
    "binary.txt": (lambda: b"5 ships\0" * 100, "NUL"),
    "cp1252.txt": (lambda: b"caff\xe8 5", "byte 4 is not UTF-8"),
    "long.txt": (lambda: b"no number here. " * 400_000, "characters"),
    "numbers.txt": (lambda: b"1 2 3 4 5 6 7 8 9\n" * 100_000, "more than 20,000 numbers"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused(room: Room, name: str) -> None:
    make, reason = FILES[name]
    (room.inbox / name).write_bytes(make())
    room.refuses(room.inbox / name, reason)


def test_ten_sparse_gigabytes_are_refused(room: Room) -> None:
    with (room.inbox / "sparse.txt").open("wb") as file:
        file.truncate(10_000_000_000)
    room.refuses(room.inbox / "sparse.txt", "10,000,000,000 bytes")


def test_what_is_no_regular_file_is_refused(room: Room) -> None:
    (room.inbox / "real.txt").write_text("5 ships")
    (room.inbox / "link.txt").symlink_to(room.inbox / "real.txt")
    os.mkfifo(room.inbox / "fifo.txt")
    for path, reason in (
        (room.inbox / "link.txt", "a symbolic link"),
        (room.inbox / "fifo.txt", "a FIFO"),
        (room.inbox, "a folder"),
        (Path("/dev/zero"), "a special file"),
        (room.inbox / "nothing.txt", "no such file"),
    ):
        room.refuses(path, reason)


def test_no_path_leads_elsewhere(room: Room) -> None:
    (room.inbox / "real.txt").write_text("5 ships")
    (room.folder / "way").symlink_to(room.inbox)
    room.refuses(room.folder / "way" / "real.txt", "is a symbolic link")
    room.refuses(room.inbox / ".." / "inbox" / "real.txt", "a path with '..'")
    for document_id in ("../home/evil", "a/b", "UPPER", ".hidden", ""):
        room.refuses(room.inbox / "real.txt", "is no id", document_id=document_id)


def test_the_text_of_another_document_is_never_overwritten(room: Room) -> None:
    (room.inbox / "real.txt").write_text("5 ships")
    (room.folder / "documents" / "stranger.txt").write_text("6 ships")
    room.refuses(room.inbox / "real.txt", "there already, with another text")
    (room.folder / "documents" / "stranger.txt").unlink()
    (room.folder / "documents" / "stranger.txt").symlink_to("/etc/hostname")
    room.refuses(room.inbox / "real.txt", "a symbolic link")
