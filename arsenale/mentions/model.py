"""What the finder hands out: one `Mention` for every number of a text."""

from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

#: An exact number, an ISO date ("2025", "2025-03", "2025-03-05"), or nothing.
Value: TypeAlias = Decimal | str | None

MONEY: Final = "money"
PERCENT: Final = "percent"
QUANTITY: Final = "quantity"
DATE: Final = "date"
RANK: Final = "rank"
RATIO: Final = "ratio"
DESIGNATION: Final = "designation"
REFERENCE: Final = "reference"
OTHER: Final = "other_number"

#: Kinds that state a figure; the others are numbers that a reader must not take for one.
FIGURES: Final = frozenset({MONEY, PERCENT, QUANTITY, DATE, RANK, RATIO})

EXACT: Final = "exact"
APPROXIMATE: Final = "approximate"
MINIMUM: Final = "minimum"
MAXIMUM: Final = "maximum"
RANGE: Final = "range"


class Mention(NamedTuple):
    """One number of a text: where it stands, what it says, and how firmly.

    Attributes:
        start: Offset of the first character, in code points of the text.
        end: Offset after the last character; `text == document[start:end]`.
        text: The span as printed, line breaks and all.
        kind: `money`, `percent`, `quantity`, `date`, `rank`, `ratio`, `designation`, `reference`
            or `other_number`.
        value_low: Lower end in base units ("35,5 miliardi" is 35500000000); an ISO string for dates;
            None where the number is no figure.
        value_high: Upper end; equal to `value_low` except for ranges and calendar periods.
        unit: ISO 4217 code, `percent`, `percent_of_gdp`, `percentage_points`, or a singular English noun.
        modality: `exact`, `approximate`, `minimum`, `maximum` or `range`; None where there is no figure.
        language: Language of the text, `en` or `it`.
    """

    start: int
    end: int
    text: str
    kind: str
    value_low: Value
    value_high: Value
    unit: str | None
    modality: str | None
    language: str
