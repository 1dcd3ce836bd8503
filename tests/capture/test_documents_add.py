"""Registering a document: its text outside the project, its row and its numbers in the seeds."""

from __future__ import annotations

import hashlib
import json

import pytest
from paper import FIGURES, PAGES, pdf

from arsenale.documents.extract import Limits, extract
from arsenale.errors import ArsenaleError
from arsenale.mentions import find

HTML = """<!doctype html><html><head><title>An invented page</title></head><body> <nav><a href="/">Home
99</a></nav><article><h1>An invented page</h1> <p>The fleet of this invented page counts 12 frigates, and
its upkeep takes 3.5 billion euros a year, as a long enough paragraph says so that it is taken for the main
text of the page by whatever reads it.</p> <h2>Money</h2><p>In 2025 it rose by 4 per cent, which is again a
sentence of some length, written for a test.</p>
<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2024</td><td>11</td></tr></table> </article><footer>Phone
555-1234</footer></body></html>"""


def test_a_pdf_keeps_its_pages(desk) -> None:
    found = extract(desk.write("paper.pdf", pdf(PAGES)))
    assert (found.kind, found.pages, found.said["title"]) == ("PDF", 2, "Notes on an invented budget")
    assert [page.splitlines() for page in found.text.split("\f")] == [list(page) for page in PAGES]


def test_html_is_its_main_text_with_headings_and_tables(desk) -> None:
    found = extract(desk.write("page.html", HTML))
    assert found.said["title"] == "An invented page"
    assert "12 frigates" in found.text
    assert "## Money" in found.text
    assert "| 2024 | 11 |" in found.text
    assert "99" not in found.text
    assert "555" not in found.text


def test_a_text_is_taken_as_it_is(desk) -> None:
    text = "# Title\r\n\ufeff5 ships\n"
    assert extract(desk.write("a.md", text)).text == text


def test_a_document_is_registered_with_its_numbers(desk) -> None:
    before = desk.minimum("mentions")
    path = desk.write("paper.pdf", pdf(PAGES))
    said = desk.done("documents", "add", path, "--id", "paper", "-y", "--published", "July 2025")
    assert said.startswith("registered paper: 2 pages, ")
    (row,) = desk.rows("documents", "paper")
    content = (desk.folder / "documents" / "paper.txt").read_bytes()
    assert row["sha256"] == hashlib.sha256(content).hexdigest()
    assert row["characters"] == str(len(content.decode()))
    assert (row["published"], row["licence"], row["redistributable"]) == ("July 2025", "none stated", "no")
    assert row["title"] == "Notes on an invented budget"
    mentions = desk.rows("mentions", "paper")
    assert desk.minimum("mentions") == before + len(mentions)
    assert desk.minimum("documents") == len(desk.rows("documents"))
    desk.gate()


def test_no_text_comes_into_the_project(desk) -> None:
    desk.done("documents", "add", desk.write("paper.pdf", pdf(PAGES)), "--id", "paper", "-y")
    everything = b"".join(path.read_bytes() for path in desk.settings.home.rglob("*") if path.is_file())
    assert b"Lebanon counted" not in everything


def test_both_languages_of_a_page_are_read() -> None:
    mixed = ("\n".join(line for pair in zip(*(page[1:4] for page in PAGES), strict=True) for line in pair),)
    for pages in (["\n".join(page) for page in PAGES], [*mixed, "The end of it."]):
        text = "\f".join(pages)
        found = {mention.text for mention in find(text)}
        assert {figure for figure in FIGURES if figure in text} <= found


def test_offsets_count_in_the_whole_text() -> None:
    text = "\f".join("\n".join(page) for page in PAGES)
    assert all(text[mention.start : mention.end] == mention.text for mention in find(text))


def test_an_id_is_never_taken_twice(desk) -> None:
    desk.register("twice", "5 ships sail.")
    before = desk.seeds()
    assert "registered already" in desk.refused(
        "documents", "add", desk.write("other.txt", "6 ships"), "--id", "twice", "-y"
    )
    assert desk.seeds() == before


def test_an_answer_that_the_gate_refuses_writes_nothing(desk) -> None:
    before = desk.seeds()
    path = desk.write("a.txt", "5 ships sail.")
    error = desk.refused("documents", "add", path, "--id", "a", "-y", "--published", "03/04/2025")
    assert "documents.csv" in error
    assert "published" in error
    assert desk.seeds() == before
    assert list((desk.folder / "documents").iterdir()) == []


def test_a_text_that_lies_in_the_folder_already_stays(desk) -> None:
    path = desk.folder / "documents" / "there.txt"
    path.write_text("5 ships sail.")
    desk.done("documents", "add", path, "--id", "there", "-y")
    assert path.read_text() == "5 ships sail."


def test_the_folder_of_documents_lies_outside_of_the_project(desk, monkeypatch) -> None:
    inside = desk.settings.home / "texts"
    inside.mkdir()
    path = desk.write("a.txt", "5 ships")
    monkeypatch.setenv("ARSENALE_DOCUMENTS", str(inside))
    assert "lies inside the project" in desk.refused("documents", "add", path, "--id", "a", "-y")
    monkeypatch.delenv("ARSENALE_DOCUMENTS")
    assert "no folder" in desk.refused("documents", "add", path, "--id", "a", "-y")


def test_on_a_terminal_it_asks_what_is_not_given(desk, monkeypatch) -> None:
    monkeypatch.setattr("arsenale.documents.command._on_a_terminal", lambda: True)
    answers = "\nThe Publisher\nA. Writer\n2024\n\nen\n\n\n\n"
    path = desk.write("a.txt", "A title\n\nThe fleet of the navy has 5 ships.")
    desk.done("documents", "add", path, "--id", "asked", answers=answers)
    (row,) = desk.rows("documents", "asked")
    assert (row["title"], row["publisher"], row["authors"]) == ("A title", "The Publisher", "A. Writer")
    assert (row["published"], row["url"], row["language"]) == ("2024", "", "en")


def test_list_and_show_tell_what_is_at_hand(desk) -> None:
    desk.register("seen", "The fleet of the navy has 5 ships.")
    found = {one["document_id"]: one for one in json.loads(desk.done("documents", "list", "--json"))}
    assert found["seen"]["text"] == "at hand"
    assert found["iai-italy-turkey-defence"]["text"] == "missing"
    (desk.folder / "documents" / "seen.txt").write_text("changed")
    assert json.loads(desk.done("documents", "show", "seen", "--json"))["text"] == "changed"
    listed = desk.done("documents", "list")
    assert "seen" in listed
    # Fewer than `coverage` counts as dismissed, which takes what is no figure by its kind along.
    assert "dismissed by hand" in listed
    assert "sha256" in desk.done("documents", "show", "seen")
    assert "no document 'none'" in desk.refused("documents", "show", "none")


def test_limits_of_pages_and_characters_are_named(desk) -> None:
    path = desk.write("paper.pdf", pdf(PAGES))
    with pytest.raises(ArsenaleError, match="2 pages, and 1 is the most"):
        extract(path, Limits(pages=1))
    with pytest.raises(ArsenaleError, match="characters, and 10 is the most"):
        extract(path, Limits(characters=10))
    with pytest.raises(ArsenaleError, match=r"expected at most 10"):
        extract(path, Limits(size=10))
