"""The questions of `analyses/`, each with its statement and its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from arsenale.site.address import PLACES, of_row
from arsenale.site.chart import Drawings
from arsenale.site.content import Content
from arsenale.site.language import Language

FACTS = {
    "deal_id": "fct_deal",
    "deployment_id": "fct_deployment",
    "claim_id": "fct_claim",
    "disagreement_id": "fct_disagreement",
}
"""Columns that name a fact."""

AMOUNTS = ("amount", "amount_eur", "amount_usd", "amount_eur_constant")

KEYWORDS = (
    "select|from|where|group by|order by|inner join|left join|join|on|with|as|and|or|not|in|is|null|case|when"
    "|then|else|end|union all|union|having|limit|distinct|filter|over|partition by|using|exists|between|desc"
    "|asc|nulls last|nulls first|exclude|qualify|lateral|values|like"
)
MARKED = re.compile(rf"(--[^\n]*|'(?:[^']|'')*')|\b({KEYWORDS})\b", re.IGNORECASE)


def page(content: Content, language: Language, _drawings: Drawings) -> dict[str, Any]:
    """Return what the template of the page needs."""
    standing = _standing(content)
    return {
        "questions": [
            {
                "question": one,
                "asks": language.name("question", one.name, None),
                "reading": language.name("reading", one.name, None),
                "sql": highlighted(one.sql),
                "decimals": _decimals(one.rows),
                "places": [_places(one.columns, row, content, standing) for row in one.rows],
            }
            for one in content.questions
        ],
    }


def _decimals(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return how many decimals the numbers of each column need, so that they stand below each other."""
    return [max((_needed(cell) for cell in column), default=0) for column in zip(*rows, strict=True)]


def _needed(cell: Any) -> int:
    if not isinstance(cell, Decimal | float):
        return 0
    exact = Decimal(repr(cell)) if isinstance(cell, float) else cell
    return max(0, -int(exact.normalize().as_tuple().exponent))


def _standing(content: Content) -> dict[Decimal, str]:
    """Return the figure that an amount of a spending row stands on, by the amount; none where two have it."""
    found: dict[Decimal, set[str]] = {}
    for row in content.rows["fct_spending"]:
        for column in AMOUNTS:
            if row[column] is not None:
                found.setdefault(row[column], set()).add(row["figure_id"])
    return {amount: min(figures) for amount, figures in found.items() if len(figures) == 1}


def _places(
    columns: Sequence[str], row: Sequence[Any], content: Content, standing: Mapping[Decimal, str]
) -> list[str]:
    """Return what each cell of a row leads to: its own figure, or else what the row is about."""
    own = [standing.get(cell, "") if isinstance(cell, Decimal) else "" for cell in row]
    place = _place(columns, row, content) or next((content.addresses.evidence(one) for one in own if one), "")
    return [content.addresses.evidence(one) if one else place for one in own]


def _place(columns: Sequence[str], row: Sequence[Any], content: Content) -> str:
    """Return what a row is about: the figure, fact or document that it names; empty without one."""
    for cell in row:
        if isinstance(cell, str) and cell in content.evidence:
            return content.addresses.evidence(cell)
    for column, cell in zip(columns, row, strict=True):
        if column in FACTS and cell:
            table = FACTS[column]
            return f"{PLACES[table][0]}#{of_row(table, {column: cell})}"
        if column == "document_id" and cell in content.documents:
            return content.addresses.document(cell)
    return ""


def highlighted(sql: str) -> Markup:
    """Return a statement with its keywords, texts and comments marked."""
    parts = []
    end = 0
    for match in MARKED.finditer(sql):
        parts.append(escape(sql[end : match.start()]))
        kind = "k" if match[2] else ("c" if match[0].startswith("--") else "s")
        parts.append(Markup('<span class="{}">{}</span>').format(kind, match[0]))
        end = match.end()
    return Markup("").join([*parts, escape(sql[end:])])
