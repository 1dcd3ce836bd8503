"""What the search of a page looks in: a line for each thing that has an address, in one language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from arsenale.site.address import of_row
from arsenale.site.content import Content, by
from arsenale.site.figures import Figures
from arsenale.site.language import Language
from arsenale.trace.lookup import FIGURE

Entry = tuple[str, str, str, str]
"""Kind, title, address, and further words that it is found by."""


def index(content: Content, language: Language, figures: Figures, pages: list[tuple[str, str]]) -> str:
    """Return a script that hands the entries to the page: a page opened from a disk can fetch nothing."""
    entries = [*_pages(language, pages), *_things(content, language), *_evidence(content, language, figures)]
    return f"window.arsenaleIndex = {json.dumps(entries, ensure_ascii=False, separators=(',', ':'))};\n"


def _pages(language: Language, pages: list[tuple[str, str]]) -> Iterator[Entry]:
    for address, title in pages:
        yield language.say("search.kind.page"), title, address, ""


def _things(content: Content, language: Language) -> Iterator[Entry]:
    parties = by("party_id", content.rows["dim_party"])
    sides: dict[str, list[str]] = {}
    for row in content.rows["bridge_deal_party"]:
        party = parties[row["party_id"]]
        sides.setdefault(row["deal_id"], []).extend(
            {language.name("party", party["party_id"], party["name"]), party["name"]}
        )
    for row in content.rows["fct_deal"]:
        words = _words(
            row["name"],
            language.phrase(row["item"]),
            *sorted(sides.get(row["deal_id"], [])),
            language.phrase(row["note"]),
        )
        title = language.name("deal", row["deal_id"], row["name"])
        yield (
            language.say("search.kind.deal"),
            title,
            f"deals.html#{of_row('deal', {'id': row['deal_id']})}",
            words,
        )
    for row in content.rows["dim_operation"]:
        title = language.name("operation", row["operation_id"], row["name"])
        words = _words(row["name"], row["area"], language.phrase(row["note"]))
        yield (
            language.say("search.kind.operation"),
            title,
            f"deployments.html#operation-{row['operation_id']}",
            words,
        )
    for row in content.rows["dim_definition"]:
        title = language.name("definition", row["definition_id"], row["name"])
        words = _words(
            row["name"],
            *(language.phrase(row[kind]) for kind in ("used_by", "includes", "excludes")),
        )
        yield (
            language.say("search.kind.definition"),
            title,
            f"index.html#definition-{row['definition_id']}",
            words,
        )
    for row in content.rows["dim_document"]:
        words = _words(row["publisher"], row["authors"], row["document_id"])
        yield (
            language.say("search.kind.document"),
            row["title"],
            f"documents.html#{row['document_id']}",
            words,
        )
    for question in content.questions:
        yield (
            language.say("search.kind.question"),
            question.asks,
            f"questions.html#{question.name}",
            question.name,
        )
    for table in content.schema:
        columns = " ".join(column.name for column in table.columns)
        yield language.say("search.kind.table"), table.name, f"data.html#{table.name}", columns


def _evidence(content: Content, language: Language, figures: Figures) -> Iterator[Entry]:
    for row in figures.rows():
        evidence = row["row"]
        kind = "figure" if row["is_figure"] else "event"
        printed = " ".join(evidence["as_reported"].split())
        title = f"{row['shown']}: {row['what'].striptags()}"
        if row["is_figure"] and row["period"]:
            title += f", {row['period']}"
        words = _words(
            printed,
            row["who"],
            row["definition"],
            evidence.get("attributed_to"),
            _plain(content, evidence, language) if content.evidence[row["id"]][0] is FIGURE else None,
            language.phrase(evidence["note"]),
            row["id"],
        )
        yield language.say(f"search.kind.{kind}"), title, figures.addresses.evidence(row["id"]), words


def _plain(content: Content, row: dict[str, Any], language: Language) -> str:
    """Return the operation and deal of a figure, which its title leaves out."""
    operations = by("operation_id", content.rows["dim_operation"])
    deals = by("deal_id", content.rows["fct_deal"])
    parts = []
    if row["operation_id"]:
        parts.append(language.name("operation", row["operation_id"], operations[row["operation_id"]]["name"]))
    if row["deal_id"]:
        parts.append(deals[row["deal_id"]]["name"])
    return " ".join(parts)


def _words(*parts: str | None) -> str:
    return " · ".join(dict.fromkeys(part for part in parts if part))
