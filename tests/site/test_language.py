"""Texts, names and numbers in both languages."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import duckdb
import pytest

from arsenale.site import language as module
from arsenale.site.disagreements import sentence
from arsenale.site.language import CODES, Language, catalogue, phrases

SITE = Path(module.__file__).parent
SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in sorted([*SITE.rglob("*.py"), *SITE.rglob("*.j2")])
)
LISTS = (
    "modality",
    "status",
    "price_basis",
    "family",
    "claim_kind",
    "claim_operand",
    "deal_kind",
    "deal_status",
    "commitment_status",
    "party_role",
    "event_kind",
    "dismissal",
)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_catalogues_have_the_same_keys_and_fill_in_the_same() -> None:
    english, italian = (catalogue(code) for code in CODES)
    assert english.keys() == italian.keys()
    assert len(english) > 400
    for key in english:
        assert places(english[key]) == places(italian[key]), key
        assert english[key].strip()
        assert italian[key].strip()


def test_no_text_is_without_use() -> None:
    # A key is written out, or put together of a written beginning and a value: say(f"scale.{word}").
    beginnings = set(re.findall(r"""["']([a-z_.]+[._])(?:" ~|\{)""", SOURCES))
    unused = [
        key
        for key in catalogue("en")
        if f'"{key}"' not in SOURCES and not any(key.startswith(beginning) for beginning in beginnings)
    ]
    assert unused == []


def test_no_text_is_asked_for_that_is_not_there() -> None:
    asked = set(re.findall(r'say\(\s*"([a-z_.A-Z]+)"[,)]', SOURCES))
    assert len(asked) > 150
    assert asked <= catalogue("en").keys()


def test_every_value_of_a_list_has_its_word(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("select list, term from raw.terms").fetchall()
    wanted = [f"term.{name}.{term}" for name, term in rows if name in LISTS]
    wanted += [
        f"term.measure.{one}" for (one,) in connection.execute("select measure from raw.measures").fetchall()
    ]
    wanted += [f"term.unit.{one}" for (one,) in connection.execute("select unit from raw.units").fetchall()]
    wanted += [
        f"term.verdict.{one}"
        for (one,) in connection.execute("select distinct verdict from fct_claim").fetchall()
    ]
    assert len(wanted) > 150
    assert [key for key in wanted if key not in catalogue("en")] == []


@pytest.mark.parametrize(
    ("kind", "sql"),
    [
        ("party", "select party_id from dim_party where kind = 'country'"),
        ("service", "select service_id from dim_service"),
        ("definition", "select definition_id from dim_definition"),
        ("deal", "select deal_id from fct_deal"),
    ],
)
def test_what_the_warehouse_names_in_english_has_an_italian_name(
    connection: duckdb.DuckDBPyConnection, kind: str, sql: str
) -> None:
    ids = [one for (one,) in connection.execute(sql).fetchall()]
    assert ids
    italian = Language("it")
    assert [one for one in ids if not italian.has_name(kind, one)] == []


NOTES = (
    ("fct_event", "object"),
    ("fct_deal", "item"),
    ("fct_deal", "conversion_gap"),
    *(("dim_definition", column) for column in ("includes", "excludes", "used_by")),
    *(
        (table, "note")
        for table in ("fct_event", "fct_figure", "fct_claim", "fct_deal", "fct_commitment", "dim_operation")
    ),
)


def test_no_italian_stays_of_a_note_that_is_gone(connection: duckdb.DuckDBPyConnection) -> None:
    texts = {
        text
        for table, column in NOTES
        for (text,) in connection.execute(
            f"select {column} from {table} where {column} is not null"
        ).fetchall()
    }
    italian = phrases("it")
    assert len(italian) > 200
    assert sorted(italian.keys() - texts) == []
    # A new note may wait for its Italian, marked as English meanwhile; most have theirs.
    assert len(texts - italian.keys()) <= len(texts) / 10


def test_a_note_without_italian_says_that_it_is_english() -> None:
    assert Language("it").note("a <b>new</b> note") == '<span lang="en">a &lt;b&gt;new&lt;/b&gt; note</span>'
    assert Language("en").note("a <b>new</b> note") == "a &lt;b&gt;new&lt;/b&gt; note"
    assert Language("it").note("Planned") == "Previsto"
    assert Language("it").note(None) == ""


def test_a_small_number_is_a_word() -> None:
    assert [Language(code).in_words(3) for code in CODES] == ["three", "tre"]
    assert Language("it").in_words(1200) == "1.200"


@pytest.mark.parametrize(
    ("value", "english", "italian"),
    [
        ("1234.5", "1,234.5", "1.234,5"),
        ("35500000000", "35,500,000,000", "35.500.000.000"),
        ("-0.10", "\N{MINUS SIGN}0.1", "\N{MINUS SIGN}0,1"),
        ("100", "100", "100"),
        ("0", "0", "0"),
    ],
)
def test_numbers_are_written_as_in_the_language(value: str, english: str, italian: str) -> None:
    assert Language("en").number(Decimal(value)) == english
    assert Language("it").number(Decimal(value)) == italian


@pytest.mark.parametrize(
    ("value", "unit", "english", "italian"),
    [
        ("35500000000", "EUR", "€35.5 billion", "35,5 miliardi di €"),
        ("2270000000", "USD", "$2.27 billion", "2,27 miliardi di $"),
        ("160000000", "CHF", "160 million CHF", "160 milioni di CHF"),
        ("2258049000000", "EUR", "€2.258049 trillion", "2.258,049 miliardi di €"),
        ("7.2", "percent", "7.2%", "7,2%"),
        ("1650", "person", "1,650 people", "1.650 persone"),
        ("1", "ship", "1 ship", "1 unità navale"),
        ("17", "rank", "no. 17", "17º posto"),
        ("2", "ratio", "2 times", "2 volte"),
    ],
)
def test_quantities_have_their_unit(value: str, unit: str, english: str, italian: str) -> None:
    assert Language("en").quantity(Decimal(value), unit).replace("\xa0", " ") == english
    assert Language("it").quantity(Decimal(value), unit).replace("\xa0", " ") == italian


@pytest.mark.parametrize(
    ("first", "last", "english", "italian"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "2025", "2025"),
        (date(2022, 1, 1), date(2025, 12, 31), "2022\N{EN DASH}2025", "2022\N{EN DASH}2025"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024", "febbraio 2024"),
        (date(2025, 3, 5), date(2025, 3, 5), "5 March 2025", "5 marzo 2025"),
        (date(2003, 1, 1), None, "from 2003", "dal 2003"),
        (None, date(2035, 12, 31), "until 2035", "fino al 2035"),
        (None, None, "", ""),
    ],
)
def test_periods_are_written_as_precisely_as_they_are_known(
    first: date | None, last: date | None, english: str, italian: str
) -> None:
    assert Language("en").period(first, last).replace("\xa0", " ") == english
    assert Language("it").period(first, last).replace("\xa0", " ") == italian


def test_what_a_text_is_filled_with_is_escaped() -> None:
    assert str(Language("en").say("data.changes.none", release="<b>")) == "No difference to &lt;b&gt;."


@pytest.mark.parametrize(
    ("low", "high", "verdict", "says"),
    [
        (None, None, "ambiguous", "anything at all between the two"),
        (None, Decimal(3), "ambiguous", "at most 3 people between the two"),
        (None, Decimal(-3), "inconsistent", "the opposite of the stated one, by at least 3 people"),
        (Decimal(-5), Decimal(-3), "inconsistent", "by 3 people to 5 people"),
        (Decimal(3), None, "consistent", "at least 3 people between the two"),
    ],
)
def test_an_open_end_of_a_recomputed_order_is_told(
    low: Decimal | None, high: Decimal | None, verdict: str, says: str
) -> None:
    ends = {"stated_low": Decimal(0), "stated_high": None, "computed_low": low, "computed_high": high}
    row = {"kind": "order", "unit": "person", "verdict": verdict, "reason": "", **ends}
    assert says in sentence(row, Language("en")).replace(module.GAP, " ")
