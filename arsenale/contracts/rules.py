"""The rules that span rows and files, each with the seeds that it needs; its docstring is its sentence.

What one cell must look like stands in `declarations`; what needs a second cell, row or file is here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from arsenale.contracts import claim_rules, date_rules, relation_rules, span_rules, wording_rules
from arsenale.contracts.context import Context
from arsenale.contracts.problems import Problem
from arsenale.contracts.seed_files import SeedFile


@dataclass(frozen=True)
class Rule:
    """A rule and what it looks at.

    Attributes:
        check: Yields the problems of a context that holds the seeds.
        seeds: Names of the seeds that it needs; where one could not be read, the rule waits until it can.
    """

    check: Callable[[Context], Iterator[Problem]]
    seeds: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What the rule demands, for people."""
        return (self.check.__doc__ or "").strip()


RULES = (
    Rule(span_rules.spans_fit, ("figures", "events", "dismissed", "claim_spans", "documents")),
    Rule(span_rules.printed_texts_have_offsets, ("figures", "documents")),
    Rule(span_rules.figures_do_not_overlap, ("figures",)),
    Rule(wording_rules.numbers_can_be_read, ("figures", "documents", "words", "units")),
    Rule(wording_rules.currency_conflicts_are_declared, ("figures", "words")),
    Rule(date_rules.dates_can_be_read, ("words",)),
    Rule(date_rules.days_exist, ("macro_editions", "revisions")),
    Rule(date_rules.revisions_are_not_dated_ahead, ("revisions",)),
    Rule(date_rules.nothing_is_done_in_the_future, ("figures", "documents", "words")),
    Rule(relation_rules.measures_fit_families, ("figures", "measures")),
    Rule(relation_rules.repeats_name_the_first, ("figures", "events")),
    Rule(relation_rules.parts_have_a_whole, ("figures",)),
    Rule(relation_rules.services_form_a_tree, ("services",)),
    Rule(relation_rules.deals_form_a_tree, ("deals",)),
    Rule(relation_rules.commitments_are_figures, ("commitments", "figures")),
    Rule(relation_rules.revisions_name_their_edition, ("macro_editions",)),
    Rule(claim_rules.claims_name_what_exists, ("claim_figures", "figures", "events")),
    Rule(claim_rules.claims_state_and_check, ("claims", "claim_figures", "claim_spans")),
    Rule(relation_rules.countries_have_codes, ("parties",)),
    Rule(relation_rules.words_have_meanings, ("words", "units", "terms")),
    Rule(relation_rules.minimums_are_stated, ("minimum_rows",)),
)


def check_rules(files: Mapping[str, SeedFile], today: datetime.date) -> Iterator[Problem]:
    """Yield what is wrong between rows and files.

    Args:
        files: The seeds that could be read, by name; their cells may be of any shape.
        today: Bounds what a document of unknown date can report as done.
    """
    context = Context(files, today)
    for rule in RULES:
        if all(seed in files for seed in rule.seeds):
            yield from rule.check(context)
