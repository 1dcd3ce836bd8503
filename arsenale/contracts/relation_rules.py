"""Rules between rows: repeats, parts, families, and what one list promises another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from arsenale.contracts.context import Context, place_id
from arsenale.contracts.declarations import SEED_OF
from arsenale.contracts.problems import Problem
from arsenale.contracts.seed_files import Record, SeedFile

_DECIMAL = r"[0-9]+(?:\.[0-9]+)?"


def measures_fit_families(context: Context) -> Iterator[Problem]:
    """A figure's measure belongs to its family."""
    file = context["figures"]
    family_of = {row["measure"]: row["family"] for row in context["measures"].records}
    for row in file.records:
        family = family_of.get(row["measure"])
        if family and family != row["family"]:
            expected = f"{family}, the family of {row['measure']}"
            yield file.problem(row, "family", expected, f"write {family}, or take another measure")


def repeats_name_the_first(context: Context) -> Iterator[Problem]:
    """A repeat names an earlier row of its document, and that row is no repeat itself."""
    for name, column in (("figures", "same_fact_as"), ("events", "same_event_as")):
        file = context[name]
        by_id = {place_id(row): row for row in file.records}
        for row in file.records:
            if row[column]:
                yield from _wrong_repeat(file, row, column, by_id.get(row[column]))


def _wrong_repeat(file: SeedFile, row: Record, column: str, first: Record | None) -> Iterator[Problem]:
    start = row.whole("char_start")
    if first is None:
        yield _no_such_row(file, row, column)
        return
    first_start = first.whole("char_start")
    if first["document_id"] != row["document_id"]:
        expected, remedy = "a row of the same document", "empty it: across documents, models tell repeats"
        yield file.problem(row, column, expected, remedy)
    elif start is not None and first_start is not None and first_start >= start:
        yield file.problem(row, column, "an earlier row", "let the later row name the first")
    if first[column]:
        found = f"'{row[column]}' (line {first.line}), itself a repeat"
        yield file.problem(row, column, "the first row of the fact", f"write {first[column]}", found)


def parts_have_a_whole(context: Context) -> Iterator[Problem]:
    """A part names a figure that exists; the whole may be printed later, but no row is part of itself."""
    file = context["figures"]
    by_id = {place_id(row): row for row in file.records}
    for row in file.records:
        if row["subset_of"] and row["subset_of"] not in by_id:
            yield _no_such_row(file, row, "subset_of")
    yield from _circles(file, by_id, "subset_of")


def services_form_a_tree(context: Context) -> Iterator[Problem]:
    """No service is above itself."""
    file = context["services"]
    yield from _circles(file, {row["service_id"]: row for row in file.records}, "parent_service_id")


def deals_form_a_tree(context: Context) -> Iterator[Problem]:
    """No deal is part of itself."""
    file = context["deals"]
    yield from _circles(file, {row["deal_id"]: row for row in file.records}, "part_of_deal_id")


def commitments_are_figures(context: Context) -> Iterator[Problem]:
    """A commitment points at a figure."""
    file = context["commitments"]
    figures = {place_id(row) for row in context["figures"].records}
    for row in file.records:
        if place_id(row) not in figures:
            yield file.problem(row, "char_start", "char_start of a row of figures.csv", "correct it")


def revisions_name_their_edition(context: Context) -> Iterator[Problem]:
    """A revision names the earlier edition that it revises, and nothing else does."""
    file = context["macro_editions"]
    for row in file.records:
        is_revision = row["indicator"].endswith("_revision")
        if is_revision and not "" < row["revises"] < row["published"]:
            expected = f"the day of the edition that is revised, before {row['published']}"
            yield file.problem(row, "revises", expected, "correct it, or fill it in")
        elif row["revises"] and not is_revision:
            yield file.problem(row, "revises", "an empty cell: only a revision has one", "empty it")


def countries_have_codes(context: Context) -> Iterator[Problem]:
    """A country has its ISO code, and nothing else has one."""
    file = context["parties"]
    for row in file.records:
        if row["kind"] == "country" and not row["iso3"]:
            yield file.problem(row, "iso3", "the country's code", "fill it in")
        elif row["kind"] != "country" and row["iso3"]:
            yield file.problem(row, "iso3", "an empty cell: only a country has a code", "empty it")


def words_have_meanings(context: Context) -> Iterator[Problem]:
    """A word's meaning is of its role: a number, a currency, a unit, a modality, a month."""
    file = context["words"]
    modalities = {row["term"] for row in context["terms"].records if row["list"] == "modality"}
    units = context.units()
    money = context.units("money")
    for row in file.records:
        meaning = row["meaning"]
        match row["role"]:
            case "scale" | "number":
                right, expected = (
                    bool(re.fullmatch(_DECIMAL, meaning)),
                    "a plain number, such as 1000000 or 0.5",
                )
            case "currency":
                right, expected = meaning in money, "a unit of kind money in units.csv"
            case "unit":
                right, expected = meaning in units, "a unit of units.csv"
            case "hedge":
                right, expected = meaning in modalities, "a term of the list modality in terms.csv"
            case "month":
                right, expected = bool(re.fullmatch(r"0?[1-9]|1[0-2]", meaning)), "a month from 01 to 12"
            case _:  # A role that the contract does not know is refused there.
                continue
        if not right:
            yield file.problem(row, "meaning", expected, "correct it")


def minimums_are_stated(context: Context) -> Iterator[Problem]:
    """Every seed that may not be empty has its minimum of rows, and no other file has one."""
    file = context["minimum_rows"]
    stated = {row["seed"] for row in file.records}
    for row in file.records:
        if row["seed"] not in SEED_OF:
            yield file.problem(row, "seed", "the name of a seed", "correct it, or delete the row")
    for name, seed in SEED_OF.items():
        if name not in stated and not seed.may_be_empty:
            yield Problem(
                file.seed.file, 0, "seed", f"no row for {name}", "a row per seed", f"add {name},<rows>"
            )


def _circles(file: SeedFile, by_id: Mapping[str, Record], column: str) -> Iterator[Problem]:
    """Yield each row from which `column`, followed up, leads back to the row."""
    for identity, row in by_id.items():
        seen: list[str] = []
        above = row[column]
        while above in by_id and above not in seen:
            seen.append(above)
            above = by_id[above][column]
        if identity in seen:
            found = f"{row[column]!r}, which leads back to {identity!r}"
            yield file.problem(row, column, "no circle", "correct or empty it", found)


def _no_such_row(file: SeedFile, row: Record, column: str) -> Problem:
    return file.problem(row, column, f"<document_id>@<char_start> of a row of {file.seed.file}", "correct it")
