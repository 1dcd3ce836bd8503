"""Sentences, pages, headings and footnotes, found in the text alone."""

from __future__ import annotations

import pytest

from arsenale.documents.places import footnote_of, heading_above, notes_carried, page_of, place_of


def sentence(text: str, span: str) -> str:
    start = text.index(span)
    place = place_of(text, start, start + len(span))
    return text[place.start : place.end]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("One is here. Two has 5 ships. Three ends.", "5", "Two has 5 ships."),
        ("The U.S. paid $2.27 billion. It ended.", "$2.27 billion", "The U.S. paid $2.27 billion."),
        ("See p. 3 and vol. 4 of it. Next.", "4", "See p. 3 and vol. 4 of it."),
        ("He said “5 ships.” They left.", "5", "He said “5 ships.”"),
        ("A note.<sup>3</sup> Then 5 ships.", "5", "Then 5 ships."),
        ("It ends here.\n\nThen 5 ships\n\nand more.", "5", "Then 5 ships"),
        ("It ends here.\fThen 5\nships sail.", "5\nships", "Then 5\nships sail."),
        (
            "Nel 2023 l'Italia ha speso 30,8 miliardi. È molto.",
            "30,8",
            "Nel 2023 l'Italia ha speso 30,8 miliardi.",
        ),
        ("5", "5", "5"),
    ],
)
def test_the_sentence_around_a_span(text: str, span: str, expected: str) -> None:
    assert sentence(text, span) == expected


def test_a_text_without_stops_is_cut() -> None:
    text = "word " * 5_000 + "5 ships " + "word " * 5_000
    assert len(sentence(text, "5 ships")) < 2_000


def test_pages_are_parted_by_form_feeds() -> None:
    assert [page_of("a\fb\fc", offset) for offset in (0, 2, 4)] == [1, 2, 3]
    assert page_of("abc", 1) is None


def test_the_nearest_heading_above() -> None:
    text = "intro 1\n# First **one**\n2\n### 3.2 Second\n3\n#4 is no heading\n5"
    assert [heading_above(text, text.index(mark)) for mark in ("1", "2\n", "\n3\n", "5")] == [
        "",
        "First **one",
        "3.2 Second",
        "3.2 Second",
    ]


def test_a_footnote_is_a_paragraph_that_begins_with_its_mark() -> None:
    text = "Body 5.<sup>12</sup>\n\n<sup>12</sup> Note of 6.\n\n[^13]: Note of 7.\n\nBody 8."
    found = [footnote_of(text, text.index(mark)) for mark in ("5", "6", "7", "8")]
    assert found == ["", "12", "13", ""]
    (note,) = notes_carried(text, 0, text.index("\n"))
    assert (note.number, note.text) == ("12", "Note of 6.")
