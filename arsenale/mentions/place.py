"""Where a bare number stands, and what a rule can say of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from arsenale.mentions.clauses import same_sentence
from arsenale.mentions.model import OTHER
from arsenale.mentions.passage import Draft, Passage


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bare number stands.

    Attributes:
        p: The passage.
        draft: The number.
        previous: The last amount before it; None if there is none.
        before: The last few drafts before it, dates and all, in text order.
        counted: What a bare number of its size most likely counts here.
    """

    p: Passage
    draft: Draft
    previous: Draft | None
    before: list[Draft]
    counted: str | None

    @property
    def together(self) -> bool:
        """Whether the last amount stands in the same sentence."""
        return self.previous is not None and same_sentence(self.p, self.previous.last, self.draft.first)

    @property
    def whole(self) -> bool:
        """Whether the number is a whole one."""
        low = self.draft.low
        return isinstance(low, Decimal) and low == low.to_integral_value()


#: What settles a bare number; None leaves it to the next rule.
Verdict = tuple[str, str | None] | Draft | None
#: The verdict on a number that states no figure.
NONE: Final = (OTHER, None)
