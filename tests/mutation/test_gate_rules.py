"""Every rule of the gate that spans rows and files, and an edit of the seeds that it alone catches."""

from __future__ import annotations

from pathlib import Path

import pytest

from arsenale.contracts.context import Context
from arsenale.contracts.rules import RULES, Rule
from arsenale.contracts.seed_files import read_seeds
from tests.contracts.conftest import SEEDS, TODAY, SeedFolder

pytestmark = pytest.mark.failure(2)

REVISION = "table_name,row_key,column_name,decided_on,reason\nfct_figure,*,value,{day},misread\n"

MUTATIONS: dict[str, tuple[str, str, str]] = {
    "spans_fit": ("figures", "doc-en,300,303", "doc-en,300,304"),
    "printed_texts_have_offsets": ("figures", "billion,310", "billion,"),
    "figures_do_not_overlap": ("figures", "doc-en,300,303", "doc-en,110,113"),
    "numbers_can_be_read": ("figures", '"2,3",billion', '"2,,",billion'),
    "currency_conflicts_are_declared": ("figures", '300,303,"2,3",billion,310,euro', "300,303,$23,,,euro"),
    "dates_can_be_read": ("documents", "March 2025", "Marzo 2025"),
    "days_exist": ("macro_editions", "Istat,2025-09-22", "Istat,2025-09-31"),
    "revisions_are_not_dated_ahead": ("revisions", SEEDS["revisions"], REVISION.format(day="2026-11-23")),
    "nothing_is_done_in_the_future": (
        "figures",
        "reported,unstated,nato,2024",
        "reported,unstated,nato,2026",
    ),
    "measures_fit_families": ("figures", "deployment,deployed_personnel", "deployment,expenditure"),
    "repeats_name_the_first": ("events", "deal-a,doc-en@400", "deal-a,doc-en@401"),
    "parts_have_a_whole": ("figures", "nato,2024,,,doc-en@100,", "nato,2024,,,doc-en@101,"),
    "services_form_a_tree": ("services", "ministry,,", "ministry,army,"),
    "deals_form_a_tree": ("deals", "signed,deal-a", "signed,deal-b"),
    "commitments_are_figures": ("commitments", "doc-en,100", "doc-en,101"),
    "revisions_name_their_edition": ("macro_editions", "22,2025-03-03", "22,"),
    "claims_name_what_exists": ("claim_figures", "doc-en@200", "doc-en@201"),
    "claims_state_and_check": ("claim_figures", "again,input", "again,stated"),
    "countries_have_codes": ("parties", "country,TUR", "country,"),
    "words_have_meanings": ("words", "month,06", "month,13"),
    "minimums_are_stated": ("minimum_rows", "\ndeals,1\n", "\ndeels,1\n"),
}
"""By the rule's name: the seed, what stands there, and what is written instead."""


def _name(rule: Rule) -> str:
    return rule.check.__name__


def _broken(folder: Path) -> list[str]:
    files, problems = read_seeds(folder)
    assert problems == []
    context = Context(files, TODAY)
    return [_name(rule) for rule in RULES if any(rule.check(context))]


@pytest.fixture
def seeds(tmp_path: Path) -> SeedFolder:
    folder = SeedFolder(tmp_path)
    for name, text in SEEDS.items():
        folder.write(name, text)
    return folder


def test_every_rule_has_a_mutation_and_no_mutation_is_left_over() -> None:
    assert {_name(rule) for rule in RULES} == set(MUTATIONS)


def test_every_rule_holds_before(seeds: SeedFolder) -> None:
    assert _broken(seeds.path) == []


@pytest.mark.parametrize("rule", MUTATIONS)
def test_every_rule_alone_catches_its_mutation(seeds: SeedFolder, rule: str) -> None:
    seeds.replace(*MUTATIONS[rule])
    assert _broken(seeds.path) == [rule]
