"""Every rule of the gate with a bad, a good and a boundary row, as the build asks for it."""

from __future__ import annotations

import pytest

from arsenale.contracts.declarations import SEED_OF
from arsenale.contracts.rules import RULES


def test_the_small_set_of_seeds_is_clean(seeds) -> None:
    assert seeds.problems() == []
    assert seeds.report().rows["figures"] == 4


def test_every_rule_has_a_sentence_of_its_own() -> None:
    sentences = [rule.sentence for rule in RULES]
    assert all(sentences)
    assert len(set(sentences)) == len(sentences)


# --- Cells: lists, references, patterns


@pytest.mark.parametrize(
    ("seed", "old", "new", "problem"),
    [
        ("figures", ",deployment,deployed", ",deploiment,deployed",
         "figures.csv:5:family: found 'deploiment', expected one of deployment, spending; write deployment?"),
        ("figures", "expenditure,ITA,,,,,budgeted", "expenditure,ITX,,,,,budgeted",
         "figures.csv:3:subject_id: found 'ITX', expected one of ITA, TUR, nato; correct it, "
         "or add a row: party_id of parties.csv"),
        ("figures", ",kfor,deal-a,", ",kfr,deal-a,",
         "figures.csv:5:operation_id: found 'kfr', expected one of kfor; write kfor?"),
        ("figures", "doc-it,10,", "doc-xx,10,",
         "figures.csv:5:document_id: found 'doc-xx', expected one of doc-en, doc-it; "
         "correct it, or add a row: document_id of documents.csv"),
        ("figures", "authorised", "authorized",
         "figures.csv:5:status: found 'authorized', expected one of authorised, budgeted, delivered, "
         "reported; write authorised?"),
        ("measures", "spending,money,", "spending,cash,",
         "measures.csv:2:unit: found 'cash', expected one of EUR, USD, counted, money, person; "
         "correct it, or add a row: unit of units.csv"),
        ("events", "ITA nato", "ITA natto",
         "events.csv:2:parties: found 'ITA natto', expected one of ITA, TUR, nato; write nato?"),
        ("documents", "doc-en.txt", "../doc-en.txt",
         "documents.csv:2:file: found '../doc-en.txt', expected a plain file name that ends in .txt, "
         "without folders; correct it"),
        ("documents", "https://example.org/a", "javascript:alert(1)",
         "documents.csv:3:url: found 'javascript:alert(1)', expected an address that begins with http:// or "
         "https://; correct it"),
        ("units", "person,count", "person,number",
         "units.csv:4:kind: found 'number', expected money or share or change or order or time or count; "
         "correct it"),
        ("deals", "A deal,", ",",
         "deals.csv:2:name: found an empty cell, expected wording without = + - @ or tab in front, which "
         "spreadsheets take for formulas, or blanks at either end; fill it in"),
    ],
)  # fmt: skip
def test_a_cell_of_no_list_or_shape_is_refused(seeds, seed: str, old: str, new: str, problem: str) -> None:
    seeds.replace(seed, old, new)
    assert problem in seeds.problems()


@pytest.mark.parametrize("parties", ["ITA  nato", " ITA", "ITA ", "ITA,nato", "ITA;nato"])
def test_parties_are_parted_by_one_blank(seeds, parties: str) -> None:
    seeds.add(
        "events", document_id="doc-en", char_start="450", char_end="453", as_reported="now", kind="law",
        parties=parties, object="A law",
    )  # fmt: skip
    assert seeds.places() == ["events.csv:4:parties"]


def test_long_lists_are_not_spelt_out(seeds) -> None:
    for number in range(12):
        seeds.add("deals", deal_id=f"d-{number}", name="N", kind="purchase", item="i", status="signed")
    seeds.replace("figures", "kfor,deal-a", "kfor,zzz")
    (problem,) = seeds.problems()
    assert problem.endswith("expected a deal_id of deals.csv; correct it, or add a row: deal_id of deals.csv")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_text_like_a_formula_is_refused_in_our_words_and_taken_as_printed(seeds, start: str) -> None:
    seeds.add_figure("-3.4 billion" if start == "-" else "+3", note=f"{start}cmd|' /C calc'!A0")
    seeds.add("operations", operation_id="x", name=f"{start}1")
    seeds.replace("events", "The same law", f"{start}law")
    assert seeds.places() == ["events.csv:3:object", "figures.csv:6:note", "operations.csv:3:name"]


def test_patterns_hold_to_the_very_end_of_a_cell(seeds) -> None:
    """Python's `$` would let a line feed follow."""
    seeds.replace("parties", "nato,NATO", '"nato\n",NATO')
    assert "parties.csv:4:party_id" in seeds.places()


@pytest.mark.parametrize("cell", ["1.9", "1e3", "\u0661", "007", "-1", "1 000", "9999999999"])
def test_whole_numbers_are_plain_digits(seeds, cell: str) -> None:
    seeds.replace(
        "documents", f"{'0123456789abcdef' * 4},5000,none stated,no,.", f"{'0' * 64},{cell},none,no,."
    )
    assert seeds.places() == ["documents.csv:2:characters"]


# --- Keys, minimum rows


def test_the_same_key_twice_is_refused_and_both_lines_are_shown(seeds) -> None:
    seeds.add("parties", party_id="TUR", name="Turkey", kind="country", iso3="TUR")
    seeds.add_figure("5", start=100)
    assert seeds.problems() == [
        "figures.csv:6:char_start: found 'doc-en', '100' again, as on line 2, "
        "expected each document_id, char_start once; delete one row",
        "parties.csv:5:party_id: found 'TUR' again, as on line 3, expected each party_id once; "
        "delete one row",
    ]


def test_fewer_rows_than_the_minimum_are_refused_and_as_many_pass(seeds) -> None:
    seeds.replace("minimum_rows", "\nfigures,1\n", "\nfigures,4\n")
    assert seeds.problems() == []
    seeds.replace("minimum_rows", "\nfigures,4\n", "\nfigures,5\n")
    assert seeds.problems() == [
        "figures.csv: found 4 rows, expected at least 5; "
        "restore the lost rows, or lower the number in minimum_rows.csv in the same change"
    ]


def test_every_seed_has_its_minimum_and_no_other_has(seeds) -> None:
    seeds.replace("minimum_rows", "deals,1\n", "deels,1\n")
    line = 2 + list(SEED_OF).index("deals")
    assert seeds.problems() == [
        "minimum_rows.csv:seed: found no row for deals, expected a row per seed; add deals,<rows>",
        f"minimum_rows.csv:{line}:seed: found 'deels', expected the name of a seed; "
        "correct it, or delete the row",
    ]  # fmt: skip


def test_only_the_reasons_for_changes_may_be_none(seeds) -> None:
    assert [seed.name for seed in SEED_OF.values() if seed.may_be_empty] == ["revisions"]
    assert seeds.report().rows["revisions"] == 0
    seeds.replace("minimum_rows", "\nfigures,1\n", "\nfigures,1\nrevisions,1\n")
    assert seeds.problems() == [
        "revisions.csv: found 0 rows, expected at least 1; "
        "restore the lost rows, or lower the number in minimum_rows.csv in the same change"
    ]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({}, None),
        ({"row_key": "*", "column_name": ""}, None),
        ({"column_name": "*"}, None),
        ({"table_name": "figures"}, "table_name"),
        ({"row_key": ""}, "row_key"),
        ({"column_name": "Value"}, "column_name"),
        ({"reason": ""}, "reason"),
        ({"decided_on": "22/11/2026"}, "decided_on"),
        ({"decided_on": "2026-02-30"}, "decided_on"),
        ({"decided_on": "2026-11-23"}, "decided_on"),
    ],
)
def test_a_reason_names_a_value_and_the_day_it_was_decided(
    seeds, cells: dict[str, str], column: str | None
) -> None:
    good = {
        "table_name": "fct_figure",
        "row_key": "doc-en@100",
        "column_name": "value",
        "decided_on": "2026-11-22",
        "reason": "misread",
    }
    seeds.add("revisions", **(good | cells))
    assert seeds.places() == ([f"revisions.csv:2:{column}"] if column else [])


# --- Spans


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ({"char_start": "4990", "char_end": "5000", "as_reported": "1234567890"}, []),
        ({"char_start": "4991", "char_end": "5001", "as_reported": "1234567890"}, ["figures.csv:6:char_end"]),
        ({"char_start": "1000", "char_end": "1000", "as_reported": "5"}, ["figures.csv:6:char_end"]),
        ({"char_start": "1000", "char_end": "999", "as_reported": "5"}, ["figures.csv:6:char_end"]),
        ({"char_start": "1000", "char_end": "1003", "as_reported": "55"}, ["figures.csv:6:as_reported"]),
        ({"char_start": "1000", "char_end": "1001", "as_reported": "55"}, ["figures.csv:6:as_reported"]),
        ({"char_start": "117", "char_end": "118", "as_reported": "5"}, []),
        ({"char_start": "116", "char_end": "117", "as_reported": "5"}, ["figures.csv:6:char_start"]),
        ({"char_start": "90", "char_end": "101", "as_reported": "12345678901"}, ["figures.csv:2:char_start"]),
    ],
)
def test_spans_fit_their_text_and_document_and_do_not_overlap(seeds, cells, places) -> None:
    seeds.add_figure(**cells)
    assert seeds.places() == places


def test_an_overlap_names_the_other_line(seeds) -> None:
    seeds.add_figure("5", start=116)
    (problem,) = seeds.problems()
    assert "found 116, inside the figure of line 2 (100 to 117)" in problem


def test_events_may_overlap_each_other(seeds) -> None:
    seeds.add(
        "events", document_id="doc-en", char_start="397", char_end="408", as_reported="on 18 March",
        period="2025-03-18", kind="law", object="Another law",
    )  # fmt: skip
    assert seeds.problems() == []


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ({"scale_printed": "billion", "scale_start": "4993"}, []),
        ({"scale_printed": "billion", "scale_start": "4994"}, ["figures.csv:6:scale_start"]),
        ({"hedge_printed": "over"}, ["figures.csv:6:hedge_start"]),
        ({"unit_start": "12"}, ["figures.csv:6:unit_printed"]),
        ({"scale_printed": "billion", "scale_start": "x"}, ["figures.csv:6:scale_start"]),
    ],
)
def test_printed_texts_have_offsets_within_the_document(seeds, cells, places) -> None:
    seeds.add_figure("5", **cells)
    assert seeds.places() == places


# --- Numbers and currencies


@pytest.mark.parametrize(
    ("document", "printed", "name"),
    [
        ("doc-en", "35,5 billion", None),
        ("doc-en", "1,390.2", None),
        ("doc-en", "1.390", "ambiguous mark"),
        ("doc-it", "1.390", None),
        ("doc-it", "1,390", "ambiguous mark"),
        ("doc-en", "1_000", "underscore"),
        ("doc-en", "nine", None),
        ("doc-en", "several", "no number"),
    ],
)
def test_a_printed_number_has_one_reading_in_the_marks_of_its_document(
    seeds, document, printed, name
) -> None:
    seeds.add_figure(printed, document_id=document)
    problems = seeds.problems()
    if name is None:
        assert problems == []
    else:
        (problem,) = problems
        assert problem.startswith(f"figures.csv:6:as_reported: found {printed!r} ({name}: ")


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ({"as_reported": "$2.27 billion euros"}, ["figures.csv:6:note"]),
        ({"as_reported": "$2.27 billion euros", "note": "Called dollars and euros at once"}, []),
        ({"as_reported": "$2.27 billion"}, []),
        ({"as_reported": "US$2.27 billion dollars"}, []),
        ({"as_reported": "€5", "unit_printed": "dollars", "unit_start": "7"}, ["figures.csv:6:note"]),
    ],
)
def test_two_currencies_at_once_are_taken_only_as_a_declared_conflict(seeds, cells, places) -> None:
    seeds.add_figure(**cells)
    assert seeds.places() == places


# --- Dates


@pytest.mark.parametrize("period", ["2022-02-30", "03/04/2022", "1860", "2101", "spring 2025", "2025/2024"])
def test_impossible_dates_are_refused(seeds, period: str) -> None:
    seeds.add_figure("5", period=period)
    (problem,) = seeds.problems()
    assert problem.startswith(f"figures.csv:6:period: found {period!r}, ")


@pytest.mark.parametrize(
    ("seed", "old", "new"),
    [
        ("documents", "March 2025", "Marzo 2025"),
        ("commitments", "2035", "2135"),
        ("macro_editions", "Istat,2025-03-03", "Istat,2025-02-30"),
        ("events", "18 March,18 March 2025,law,ITA,", "18 March,18 March 20255,law,ITA,"),
    ],
)
def test_every_column_of_dates_is_checked(seeds, seed: str, old: str, new: str) -> None:
    seeds.replace(seed, old, new)
    (place,) = seeds.places()
    assert place.startswith(f"{seed}.csv")


@pytest.mark.parametrize(
    ("document", "status", "period", "refused"),
    [
        ("doc-en", "reported", "2026", True),
        ("doc-en", "delivered", "2026", True),
        ("doc-en", "reported", "2025", False),
        ("doc-en", "reported", "2025/2026", False),
        ("doc-en", "reported", "../2026", False),
        ("doc-en", "budgeted", "2026", False),
        ("doc-it", "reported", "2026", False),
        ("doc-it", "reported", "2027", True),
    ],
)
def test_nothing_is_reported_for_a_period_wholly_after_the_document_or_today(
    seeds, document, status, period, refused
) -> None:
    seeds.add_figure("5", document_id=document, status=status, period=period)
    assert seeds.places() == (["figures.csv:6:status"] if refused else [])


# --- Relations


def test_a_measure_belongs_to_its_family(seeds) -> None:
    seeds.add_figure("5", family="deployment")
    assert seeds.problems() == [
        "figures.csv:6:family: found 'deployment', expected spending, the family of expenditure; "
        "write spending, or take another measure"
    ]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("doc-en@100", None),
        ("doc-en@101", "a row of figures.csv"),
        ("doc-it@10", "a row of the same document"),
        ("doc-en@1100", "an earlier row"),
        ("doc-en@1000", "an earlier row"),
        ("doc-en@200", "the first row of the fact; write doc-en@100"),
        ("100", "<document_id>@<char_start>"),
    ],
)
def test_a_repeat_names_the_first_row_of_its_fact(seeds, first: str, expected: str | None) -> None:
    seeds.add_figure("5", start=1100)
    seeds.add_figure("5", start=1000, same_fact_as=first)
    problems = seeds.problems()
    assert bool(problems) == bool(expected)
    assert all(problem.startswith("figures.csv:7:same_fact_as") for problem in problems)
    assert expected is None or any(expected in problem for problem in problems)


def test_a_repeated_event_names_the_first(seeds) -> None:
    seeds.replace("events", "doc-en@400", "doc-en@420")
    assert set(seeds.places()) == {"events.csv:3:same_event_as"}


def test_a_part_names_a_whole_that_exists_and_is_not_itself(seeds) -> None:
    seeds.add_figure("5", start=1000, subset_of="doc-en@1100")
    seeds.add_figure("9", start=1100)
    assert seeds.problems() == []
    seeds.add_figure("9", start=1200, subset_of="doc-en@1300")
    assert seeds.places() == ["figures.csv:8:subset_of"]
    seeds.add_figure("9", start=1300, subset_of="doc-en@1200")
    assert seeds.places() == ["figures.csv:8:subset_of", "figures.csv:9:subset_of"]


@pytest.mark.parametrize(
    ("seed", "old", "new", "places"),
    [
        ("services", "ministry,,", "ministry,army,",
         ["services.csv:2:parent_service_id", "services.csv:3:parent_service_id"]),
        ("deals", "signed,deal-a", "signed,deal-b", ["deals.csv:3:part_of_deal_id"]),
        ("commitments", "doc-en,100", "doc-en,101", ["commitments.csv:2:char_start"]),
        ("macro_editions", "22,2025-03-03", "22,", ["macro_editions.csv:3:revises"]),
        ("macro_editions", "22,2025-03-03", "22,2025-09-22", ["macro_editions.csv:3:revises"]),
        ("macro_editions", "03-03,,\n", "03-03,2024-03-01,\n", ["macro_editions.csv:2:revises"]),
        ("claim_figures", "doc-en@200", "doc-en@201", ["claim_figures.csv:2:figure_id"]),
        ("claim_figures", "doc-en@200,,", "doc-en@200,doc-en@400,", ["claim_figures.csv:2:figure_id"]),
        ("claim_figures", "doc-en@200,,", ",,", ["claim_figures.csv:2:figure_id"]),
        ("claim_figures", "doc-en@200,,", ",doc-en@401,", ["claim_figures.csv:2:event_id"]),
        ("claim_figures", "again,input", "again,stated", ["claims.csv:2:claim_id"]),
        ("claim_spans", "names,input", "again,input", ["claims.csv:3:claim_id"]),
        ("claim_spans", "France", "Franc", ["claim_spans.csv:2:as_reported"]),
        ("parties", "country,TUR", "country,", ["parties.csv:3:iso3"]),
        ("parties", "organisation,", "organisation,NAT", ["parties.csv:4:iso3"]),
        ("words", "scale,12\n", "scale,twelve\n", ["words.csv:6:meaning"]),
        ("words", "number,0.5", 'number,"0,5"', ["words.csv:5:meaning"]),
        ("words", "us$,en,currency,USD", "us$,en,currency,person", ["words.csv:11:meaning"]),
        ("words", "unit,person", "unit,people", ["words.csv:13:meaning"]),
        ("words", "hedge,minimum", "hedge,at_least", ["words.csv:14:meaning"]),
        ("words", "month,06", "month,13", ["words.csv:16:meaning"]),
        ("words", "hedge,minimum", "hint,minimum", ["words.csv:14:role"]),
    ],
)  # fmt: skip
def test_lists_keep_what_they_promise(seeds, seed: str, old: str, new: str, places: list[str]) -> None:
    seeds.replace(seed, old, new)
    assert seeds.places() == places
