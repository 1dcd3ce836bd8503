"""From a figure back to its sentence, with everything that hangs together with it, and on to a citation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shelved import PAPER, at

from tests.building import built_project

HOME = Path(__file__).parents[2]
BUDGET = f"paper@{at('32,3')}"
SENTENCE = "The budget of 2024 (32,3) is above that of 2023 (30,8)."


# --- A figure


def test_a_figure_is_shown_with_its_sentence_value_and_source(shelf) -> None:
    said = shelf.done(BUDGET)
    for part in (
        SENTENCE,
        "32,300,000,000 EUR",
        "32,250,000,000 to 32,350,000,000 EUR",
        "expenditure: money spent",
        "Integrated budget (integrated)",
        "Italy (ITA)",
        "status          reported",
        "period          2024",
        "credits         Ministry",
        "p. 2, section “Money”",
        "The Press",
        "March 2025",
    ):
        assert part in said


def test_scale_and_unit_of_another_sentence_are_shown_where_they_stand(shelf) -> None:
    said = shelf.done(BUDGET)
    assert f"“billions” at {at('billions')}: … " in said
    assert f"“euros” at {at('euros')}: … " in said


def test_the_footnote_that_a_sentence_carries_is_shown(shelf) -> None:
    assert "its footnote 7: Ministry, *An invented plan*, 2024, with 5 ships." in shelf.done(BUDGET)


def test_a_figure_in_a_footnote_says_so(shelf) -> None:
    assert "p. 2, section “Money”, footnote 7" in shelf.done(f"paper@{at('5 ships')}")


def test_every_other_figure_of_the_same_fact_is_listed(shelf) -> None:
    said = shelf.done(f"paper@{at('100')}")
    assert "fct_deal missiles" in said
    assert f"paper@{at('$301')}  value  301,000,000 USD" in said
    assert f"paper@{at('2025')}  2025, 2025, missiles signed for" in said
    assert "printed again" in said


def test_a_fact_that_nobody_thought_of_is_found_by_its_columns(shelf) -> None:
    said = shelf.done(BUDGET)
    assert "fct_quarrel first" in said
    assert f"paper@{at('30,8')}  b  30,800,000,000 EUR" in said
    assert "its parts" in said


def test_an_event_is_traced_like_a_figure(shelf) -> None:
    said = shelf.done(f"paper@{at('2025')}")
    assert "missiles signed for" in said
    assert "The navy signed for 100 missiles, worth $301 million, in 2025." in said


# --- A fact


def test_a_fact_is_traced_by_table_and_key(shelf) -> None:
    said = shelf.done("fct_deal", "missiles")
    assert "name            100 missiles" in said
    assert said.count("The navy signed for 100 missiles") == 3
    assert SENTENCE in shelf.done("spending", "integrated", "2024")


def test_what_is_not_there_is_answered_with_what_is(shelf) -> None:
    assert f"{BUDGET}  32,3" in shelf.refused(f"paper@{at('32,3') + 1}")
    assert "integrated 2024" in shelf.refused("fct_spending", "integrated")
    assert "the key is definition fiscal_year" in shelf.refused("fct_spending", "integrated", "1999")
    assert "did you mean fct_spending?" in shelf.refused("fct_spendng")
    assert "3 values for the key" in shelf.refused("fct_spending", "a", "b", "c")


# --- Documents that are not at hand


def test_without_the_documents_it_says_that_nothing_was_reread(shelf, monkeypatch) -> None:
    monkeypatch.delenv("ARSENALE_DOCUMENTS")
    said = shelf.done(BUDGET)
    assert "not re-read: the documents are not at hand" in said
    assert "32,300,000,000 EUR" in said
    assert SENTENCE not in said


def test_a_changed_document_is_not_quoted(shelf) -> None:
    (shelf.settings.home / "documents" / "paper.txt").write_text(PAPER + "!")
    assert "not the text that this release was made from" in shelf.done(BUDGET)


# --- Citations and programs


def test_the_citation_as_plain_text(shelf) -> None:
    assert (
        "Ada Writer, Bo Author, “An invented paper & more”, The Press, March 2025, p. 2, section “Money”, "
        f"https://example.org/a_b, “32,3”, characters {at('32,3')} to {at('32,3') + 4}; "
        f"Arsenale, release 2026-01-01-abcdef12, {BUDGET}." in shelf.done(BUDGET)
    )


def test_the_citation_as_bibtex_is_escaped_and_balanced(shelf) -> None:
    entry = shelf.done(BUDGET, "--format", "bibtex")
    assert entry.startswith(f"@misc{{paper-{at('32,3')},\n")
    assert "author = {Ada Writer and Bo Author}," in entry
    assert r"title = {{An invented paper \& more}}," in entry
    assert "year = {2025}," in entry
    assert "month = mar," in entry
    assert entry.count("{") == entry.count("}")


def test_the_citation_as_csl_json(shelf) -> None:
    (item,) = json.loads(shelf.done(BUDGET, "--format", "csl"))
    assert item["author"] == [
        {"family": "Writer", "given": "Ada"},
        {"family": "Author", "given": "Bo"},
    ]
    assert item["issued"] == {"date-parts": [[2025, 3]]}
    assert item["note"].startswith("p. 2, section “Money”. “32,3”")
    assert len(json.loads(shelf.done("fct_deal", "missiles", "--format", "csl"))) == 3


def test_json_holds_all_of_it(shelf) -> None:
    text = shelf.done(BUDGET, "--json")
    assert text == shelf.done(BUDGET, "--format", "json")
    found = json.loads(text, parse_float=str)
    # As `arsenale query --json` prints it.
    assert found["figure"]["value"] == "32300000000.000000"
    assert found["passage"]["sentence"].startswith(SENTENCE)
    assert (found["passage"]["page"], found["passage"]["section"]) == (2, "Money")
    assert found["passage"]["notes"][0]["number"] == "7"
    assert {fact["table"] for fact in found["facts"]} == {"fct_spending", "fct_quarrel"}
    assert found["citation"]["plain"].startswith("Ada Writer")
    traced = json.loads(shelf.done("fct_deal", "missiles", "--format", "json"))
    assert len(traced["traced"]) == len(traced["stands_on"]) == 3


# --- A span that is neither a figure nor an event


def test_a_claim_that_rests_on_spans_alone_leads_to_its_sentences(shelf) -> None:
    said = shelf.done("claim", "dates")
    span = f"paper@{at('2024')}"
    assert f"{span}  2024  same" in said
    assert SENTENCE in said
    assert "Ada Writer" in said
    found = json.loads(shelf.done("claim", "dates", "--json"))
    assert found["stands_on"] == [{"kind": "span", "id": span, "role": "same"}]
    assert found["traced"][0]["span"]["as_reported"] == "2024"
    assert found["traced"][0]["passage"]["sentence"].startswith(SENTENCE)


def test_a_span_is_traced_by_its_place_to_every_claim_on_it(shelf) -> None:
    span = f"paper@{at('2023')}"
    said = shelf.done(span)
    assert SENTENCE in said
    assert f"{span}  year  2023  (this one)" in said
    assert f"paper@{at('30,8')}  result  30,800,000,000 EUR" in said
    members = {fact["table"]: fact["stands_on"] for fact in json.loads(shelf.done(span, "--json"))["facts"]}
    assert [(member["kind"], member["role"]) for member in members["fct_claim"]] == [
        ("figure", "result"),
        ("span", "year"),
    ]


# --- Speed


def test_a_trace_loads_neither_dagster_nor_dbt_nor_pandera_nor_the_finder(shelf) -> None:
    code = (
        "import sys; from orchestration.command_line import main\n"
        "try: main()\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'dagster', 'dbt', 'pandera', 'polars', 'pyarrow', 'arsenale.mentions', 'pypdf'}\n"
        "print(sorted(heavy & set(sys.modules)), code or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "trace", BUDGET],
        env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[] 0"


@pytest.mark.documents
@pytest.mark.skipif(
    not os.environ.get("ARSENALE_DOCUMENTS"),
    reason="ARSENALE_DOCUMENTS does not name the folder of the source documents",
)
def test_the_integrated_budget_of_2024_leads_to_its_sentence_and_unit() -> None:
    done = built_project().arsenale(
        "trace",
        "iai-italy-turkey-defence@59919",
        "--format",
        "json",
        ARSENALE_DOCUMENTS=os.environ["ARSENALE_DOCUMENTS"],
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["figure"]["value"], found["figure"]["unit"]) == (32300000000, "EUR")
    assert "than 2024 (32,3)," in found["passage"]["sentence"]
    assert "6 billion euros" in found["passage"]["sentence"]
