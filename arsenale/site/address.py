"""Where things stand on the site: the page and anchor of a figure, a fact, a table.

Figures and events of one document share pages, some hundred on each: a page per figure would be ten thousand
files at ten documents, each of which a release makes durable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from arsenale.trace.lookup import Fact

Row = Mapping[str, Any]

ON_A_PAGE = 200
FOLDER = "figures"


class Addresses:
    """The addresses of a release's figures and events, relative to the folder of a language."""

    def __init__(self, identities: Iterable[str]) -> None:
        """Take ids in the order of documents and offsets."""
        self.pages: dict[str, list[str]] = {}
        self._page_of: dict[str, str] = {}
        count: dict[str, int] = {}
        for identity in identities:
            document = identity.rpartition("@")[0]
            number = count.get(document, 0) // ON_A_PAGE
            count[document] = count.get(document, 0) + 1
            page = f"{FOLDER}/{document}{f'-{number + 1}' if number else ''}.html"
            self.pages.setdefault(page, []).append(identity)
            self._page_of[identity] = page

    def evidence(self, identity: str) -> str:
        """Return the address of a figure or event."""
        return f"{self._page_of[identity]}#{anchor(identity)}"

    def document(self, document_id: str) -> str:
        """Return the address of a document."""
        return f"documents.html#{document_id}"


def anchor(identity: str) -> str:
    """Return the anchor of a figure or event in its page: its offset, behind a letter."""
    return f"c{identity.rpartition('@')[2]}"


PLACES = {
    "fct_spending": ("index.html", "spending"),
    "fct_spending_bridge": ("index.html", "why"),
    "fct_deal": ("deals.html", None),
    "fct_deployment": ("deployments.html", None),
    "fct_commitment": ("pledges.html", None),
    "fct_claim": ("disagreements.html", None),
    "fct_disagreement": ("disagreements.html", None),
}
"""The page of a fact table, and the anchor that its rows share; None where each row has its own."""


def of_fact(fact: Fact) -> str:
    """Return the address of a fact; empty for a table that no page shows."""
    page, shared = PLACES.get(fact.table, ("", None))
    if not page:
        return f"data.html#{fact.table}"
    return f"{page}#{shared or of_row(fact.table, fact.key)}"


def of_row(table: str, key: Row) -> str:
    """Return the anchor of a row in its page."""
    text = "-".join(str(value) for value in key.values())
    # An id of HTML may hold anything but blanks; an address is easier to read without these.
    return f"{table.removeprefix('fct_')}-{text.replace('@', '-').replace('|', '--')}"
