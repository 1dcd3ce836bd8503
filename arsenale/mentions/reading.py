"""The reading of one printed span on its own, to be compared with that of another reader.

A span such as "32,3" says less than its document: scale, unit and decimal mark can be given beside it.
"""

# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from dataclasses import dataclass, replace
from decimal import Decimal

from arsenale.mentions.document import Settings, settings_of
from arsenale.mentions.finder import find_in
from arsenale.mentions.model import DATE, EXACT, MONEY, PERCENT, QUANTITY, Mention, Value


@dataclass(frozen=True, slots=True)
class Reading:
    """What one printed span says.

    Attributes:
        kind: Kind of mention.
        value_low: Lower value in base units, exact; an ISO string for dates.
        value_high: Upper value.
        unit: Unit, as in `Mention`.
        scale: Factor between the printed number and the value.
        modality: As in `Mention`, from words inside the span only.
        rounded_low: Lower end of what the printed precision allows: "6 billion" is 5.5 to 6.5 billion.
        rounded_high: Upper end.
    """

    kind: str
    value_low: Value
    value_high: Value
    unit: str | None
    scale: Decimal
    modality: str | None
    rounded_low: Decimal | None
    rounded_high: Decimal | None


def read(
    span: str,
    *,
    scale: str | None = None,
    unit: str | None = None,
    language: str | None = None,
    decimal_mark: str | None = None,
) -> Reading | None:
    """Reads one printed span.

    Args:
        span: The text as printed: "35,5 billion euro", "32,3", "between 3 and 4 per cent".
        scale: Scale word that stands elsewhere in the document: "billion".
        unit: Unit word that stands elsewhere: "euro", "per cent", "frigates".
        language: Code of the language; found in the span if not given.
        decimal_mark: "." or ","; by default the mark of the language, or what the span itself proves.

    Returns:
        The reading, or None if the span holds no number, or more than one mention.
    """
    for code in (language,) if language else ("en", "it"):
        # A span alone does not say whose dollars it means, nor what a bare sum is in.
        settings = replace(settings_of(span, code, decimal_mark), dollar="USD", currency=None)
        extended = " ".join(part for part in (span, scale, unit) if part)
        found = list(find_in([extended], settings))
        if len(found) == 1 and (found[0].value_low is not None or code == "it" or language):
            return _reading(found[0], settings)
    return None


def _reading(mention: Mention, settings: Settings) -> Reading:
    low, high = mention.value_low, mention.value_high
    scale, rounded_low, rounded_high = Decimal(1), None, None
    if mention.kind in (MONEY, PERCENT, QUANTITY) and isinstance(low, Decimal) and isinstance(high, Decimal):
        printed = _printed(mention.text, settings)
        if printed:
            value, half = printed[-1]
            scale = abs(high / value) if value else Decimal(1)
            first_half = printed[0][1] if len(printed) > 1 else half
            rounded_low, rounded_high = low - first_half * scale, high + half * scale
    return Reading(
        mention.kind,
        low,
        high,
        mention.unit,
        scale,
        mention.modality if mention.kind != DATE else mention.modality or EXACT,
        rounded_low,
        rounded_high,
    )


def _printed(text: str, settings: Settings) -> list[tuple[Decimal, Decimal]]:
    """Each printed number of a span with half a unit of its last digit."""
    out = []
    at = 0
    while at < len(text):
        if not text[at].isdecimal():
            at += 1
            continue
        stop = at
        while stop < len(text) and (
            text[stop].isdecimal()
            or (text[stop] in ".,'’\u2009\u00a0\u202f" and text[stop + 1 : stop + 2].isdecimal())
        ):
            stop += 1
        value = settings.decimal(text[at:stop])
        if value is not None:
            exponent = value.as_tuple().exponent
            out.append((value, Decimal(5).scaleb(int(exponent) - 1)))
        at = stop
    return out
