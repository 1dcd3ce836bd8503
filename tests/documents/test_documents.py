"""Documents: read as they are, registered once, and every passage read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from invented import ENGLISH, ITALIAN, span

from arsenale.documents import Passage, digest, open_text, passage, read_registry, registered_text, reread
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings

needs_documents = pytest.mark.skipif(
    not os.environ.get("ARSENALE_DOCUMENTS"),
    reason="ARSENALE_DOCUMENTS is unset: the source documents are not at hand",
)


def differences(project) -> list[str]:
    return [str(difference) for difference in reread(project.settings).differences]


# --- Text


def test_a_text_keeps_its_line_ends_marks_and_digest(project) -> None:
    text = open_text(project.folder / "italian.txt")
    assert text == ITALIAN
    assert digest(text) == read_registry(project.settings)["italian"].sha256


def test_a_byte_order_mark_counts_as_a_character(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfab")
    assert open_text(tmp_path / "a.txt") == "\ufeffab"


def test_what_is_no_regular_utf8_file_of_bounded_size_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("abc")
    (tmp_path / "link").symlink_to(tmp_path / "text")
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "cp1252").write_bytes(b"caff\xe8")
    for name, found in (
        ("link", "found a symbolic link"),
        ("fifo", "found a FIFO"),
        (".", "found a folder"),
        ("nothing", "found no such file"),
        ("cp1252", "byte 4 is not UTF-8"),
    ):
        with pytest.raises(ArsenaleError, match=found):
            open_text(tmp_path / name)
    assert open_text(tmp_path / "text", max_bytes=3) == "abc"
    with pytest.raises(ArsenaleError, match="found 3 bytes, expected at most 2"):
        open_text(tmp_path / "text", max_bytes=2)


# --- Registry


def test_the_register_is_read_in_its_order(project) -> None:
    registry = read_registry(project.settings)
    assert list(registry) == ["english", "italian"]
    assert (registry["italian"].characters, registry["italian"].line) == (len(ITALIAN), 3)


def test_a_register_that_cannot_be_read_says_where(project) -> None:
    (project.settings.seeds / "documents.csv").write_text("document_id\n")
    with pytest.raises(
        ArsenaleError, match=r"documents: 1 problem in 1 seed file\n  documents\.csv:1: found a header"
    ):
        read_registry(project.settings)


def test_a_file_name_that_leads_out_of_the_folder_is_refused(project) -> None:
    project.write_seed("documents", {"document_id": "x", "file": "../x.txt"})
    assert differences(project)[0].startswith(
        "documents.csv:2:file: found x cannot be read (documents.csv:2:file: found '../x.txt'"
    )


# --- Passages


def test_a_passage_is_the_span_between_its_context(project) -> None:
    start = ENGLISH.index("35,5")
    found = passage(ENGLISH, start, start + 17, width=6)
    assert found == Passage(before="up to ", span="35,5 billion euro", after=" in 20", line=2)
    assert passage(ENGLISH, 0, 5, width=9).before == ""


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 4), (0, len(ENGLISH) + 1)])
def test_a_span_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ArsenaleError, match="no span"):
        passage(ENGLISH, start, end)


def test_a_text_is_given_out_where_it_is_registered_at_hand_and_unchanged(project) -> None:
    document, text = registered_text(project.settings, "english")
    assert (document.document_id, text) == ("english", ENGLISH)
    with pytest.raises(ArsenaleError, match="no document 'french'"):
        registered_text(project.settings, "french")
    with pytest.raises(ArsenaleError, match="ARSENALE_DOCUMENTS"):
        registered_text(project.without_documents, "english")
    (project.folder / "english.txt").write_text(f"{ENGLISH}!")
    with pytest.raises(ArsenaleError, match=r"english\.txt is not the text that was registered"):
        registered_text(project.settings, "english")


# --- Re-reading


def test_every_printed_text_is_compared(project) -> None:
    report = reread(project.settings)
    assert (report.reread, report.not_reread, report.differences) == (("english", "italian"), (), ())
    assert str(report) == "7 passages of 2 documents re-read"


def test_without_documents_the_report_says_what_was_not_reread(project) -> None:
    report = reread(project.without_documents)
    assert report.differences == ()
    assert str(report) == "0 passages of 0 documents re-read; not re-read: english, italian"


def test_a_missing_document_is_named_and_the_others_are_read(project) -> None:
    (project.folder / "italian.txt").unlink()
    report = reread(project.settings)
    assert (report.reread, report.not_reread, report.passages) == (("english",), ("italian",), 4)
    (difference,) = report.differences
    assert str(difference).startswith("documents.csv:3:file: found italian cannot be read")


def test_one_changed_byte_is_named_though_every_passage_stands(project) -> None:
    (project.folder / "english.txt").write_text(ENGLISH.replace("Naval", "Navel"))
    (difference,) = differences(project)
    assert difference.startswith("documents.csv:2:sha256: found english changed, its digest is ")


def test_a_moved_passage_is_found_again_where_that_is_certain(project) -> None:
    (project.folder / "english.txt").write_text("!" + ENGLISH.replace("Ten frigates", "Ten corvettes"))
    found = differences(project)
    assert [difference.split(": found")[0] for difference in found] == [
        "dismissed.csv:2:as_reported",
        "documents.csv:2:characters",
        "documents.csv:2:sha256",
        "figures.csv:2:as_reported",
        "figures.csv:2:hedge_printed",
        "figures.csv:3:as_reported",
    ]
    start = ENGLISH.index("35,5") + 1
    assert found[3].endswith(f"expected '35,5 billion euro'; it stands at {start} now: correct char_start")
    assert found[4].endswith("correct hedge_start")
    assert found[5].endswith("it stands nowhere any more")


def test_a_moved_passage_that_stands_twice_is_left_to_the_reader(project) -> None:
    row = span("italian", ITALIAN, "2,4")
    project.write_seed("figures", row | {"char_start": "0", "char_end": "3"})
    (difference,) = differences(project)
    assert difference == (
        "figures.csv:2:as_reported: found 'Not' at 0 of italian, expected '2,4'; "
        "look for it: it stands in 2 places"
    )


@pytest.mark.documents
@needs_documents
def test_every_passage_of_the_project_stands_in_its_document() -> None:
    report = reread(Settings.from_environment())
    assert report.differences == ()
    assert report.not_reread == ()


@pytest.mark.documents
@needs_documents
def test_the_registered_documents_have_their_pinned_digests() -> None:
    settings = Settings.from_environment()
    assert settings.documents is not None
    for document in read_registry(settings).values():
        text = open_text(document.path_in(settings.documents))
        assert (digest(text), len(text)) == (document.sha256, document.characters)
