"""The values that a cell may choose from, as the reference seeds list them."""

from __future__ import annotations

from collections.abc import Mapping

from arsenale.contracts.cells import Format, Reference, Shape, Term
from arsenale.contracts.seed_files import SeedFile

_LISTED = 12
"""So many values are spelt out in a message; of longer lists the file is named."""


class Choices:
    """The lists of the reference seeds, as far as those seeds could be read."""

    def __init__(self, files: Mapping[str, SeedFile]) -> None:
        self._files = files

    def of(self, form: Term | Reference) -> frozenset[str] | None:
        """Return the allowed values, or None where their seed could not be read (which was said already)."""
        file = self._files.get("terms" if isinstance(form, Term) else form.seed)
        if file is None:
            return None
        if isinstance(form, Term):
            return frozenset(row["term"] for row in file.records if row["list"] == form.list_name)
        return frozenset(row[form.column] for row in file.records) | frozenset(form.besides)

    def expected(self, form: Format) -> str:
        """Return what a cell should hold, in words."""
        if isinstance(form, Shape):
            return form.expected
        values = self.of(form) or frozenset()
        if len(values) <= _LISTED:
            return f"one of {', '.join(sorted(values))}"
        return f"a {home(form)}"


def home(form: Term | Reference) -> str:
    """Return where a list lives, in words."""
    if isinstance(form, Term):
        return f"term of the list {form.list_name} in terms.csv"
    ids = f"{form.column} of {form.seed}.csv"
    return f"{ids} (several: parted by one blank)" if form.several else ids
