"""The documents: what each is, and what was taken from it."""

from __future__ import annotations

from typing import Any

from arsenale.site.chart import Drawings
from arsenale.site.content import Content, by
from arsenale.site.language import Language

DISMISSED = "dismissed_"


def page(content: Content, _language: Language, _drawings: Drawings) -> dict[str, Any]:
    """Return what the template of the page needs."""
    coverage = by("document_id", content.rows["rpt_coverage"])
    freshness = by("document_id", content.rows["rpt_freshness"])
    events: dict[str, int] = {}
    for row in content.rows["fct_event"]:
        events[row["document_id"]] = events.get(row["document_id"], 0) + 1
    reasons = [name for row in content.rows["rpt_coverage"][:1] for name in row if name.startswith(DISMISSED)]
    return {
        "documents": [
            row
            | {
                "coverage": coverage[row["document_id"]],
                "freshness": freshness[row["document_id"]],
                "events": events.get(row["document_id"], 0),
                "reasons": [
                    (name.removeprefix(DISMISSED), coverage[row["document_id"]][name])
                    for name in reasons
                    if coverage[row["document_id"]][name]
                ],
            }
            for row in content.rows["dim_document"]
        ],
    }
