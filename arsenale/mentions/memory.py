"""What a reading keeps in mind from one chunk of a document to the next."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

#: What was counted: its unit, how many, in which paragraph.
Counted: TypeAlias = tuple[str, Decimal, int]


@dataclass(slots=True)
class Memory:
    """What has been read so far.

    Attributes:
        counted: What the text counted last, the latest at the end.
        paragraphs: How many paragraphs with numbers there have been.
        topic: What the last name of kit counts ("DDG-51": ships), and the paragraph that it stands in.
        in_notes: Whether the chunk before ended in a list of references.
        specs: What the heads and labels of tables say, by language, once read.
    """

    counted: list[Counted] = field(default_factory=list)
    paragraphs: int = 0
    topic: tuple[str, int] | None = None
    in_notes: bool = False
    specs: dict[tuple[str, str, bool], Any] = field(default_factory=dict)
