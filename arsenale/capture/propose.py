"""A row for each number that nothing accounts for, guessed from its sentence.

What the document prints (span, scale, unit, hedge, each with its offset) is found in the text. What the
figure means (measure, status, whose it is, period) is guessed from the words around it, and every guess
that is doubtful says so in `hint`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from arsenale.capture.coverage import UNACCOUNTED, accounts
from arsenale.capture.lexicon import Found, Lexicon, find_all, nearest
from arsenale.contracts.periods import PeriodError, parse_period
from arsenale.documents.inventory import InventoryRow
from arsenale.documents.places import Place, place_of
from arsenale.documents.registry import Document
from arsenale.errors import ArsenaleError
from arsenale.mentions import Mention, find, read
from arsenale.mentions.model import DATE, EXACT, MAXIMUM, MINIMUM, MONEY, PERCENT, QUANTITY, RANGE
from arsenale.mentions.output import number_text
from arsenale.settings import Settings

FIGURE, EVENT, DISMISS, SKIP = "figure", "event", "dismiss", "skip"
DECISIONS = (FIGURE, EVENT, DISMISS, SKIP)

_DONE = frozenset({"reported", "delivered", "signed", "budgeted", "estimated"})
_REACH = 40
"""So far behind a number its noun is looked for, in characters."""

_COUNTRY = re.compile(r"[A-Z]{3}")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one number.

    Attributes:
        mention: The number, as the finder reads it in its document.
        place: Where it stands.
        decision: `figure`, `event`, `dismiss` or `skip`.
        cells: Columns of `figures.csv`, and `reason` for a dismissal; empty cells are left out.
        hints: What a person should look at.
    """

    mention: Mention
    place: Place
    decision: str
    cells: Mapping[str, str]
    hints: Sequence[str] = field(default_factory=tuple)

    @property
    def reads(self) -> str:
        """What the finder reads there, as one line."""
        return reading_of(self.mention)


def reading_of(mention: Mention) -> str:
    """Return value, unit and modality of a mention as one line."""
    low, high = (
        number_text(value) if isinstance(value, Decimal) else value or ""
        for value in (mention.value_low, mention.value_high)
    )
    value = low if low == high else f"{low} to {high}"
    modality = mention.modality if mention.modality not in (None, EXACT, RANGE) else ""
    return ", ".join(
        part for part in (f"{value} {mention.unit or ''}".strip(), modality, mention.kind) if part
    )


def propose(settings: Settings, document: Document, text: str) -> list[Proposal]:
    """Return a proposal for each number of a document that nothing accounts for, in text order.

    Raises:
        ArsenaleError: The inventory is not what the finder sees in this text.
    """
    mentions = list(find(text))
    waiting = _waiting(settings, document, mentions)
    proposer = _Proposer(Lexicon.of(settings), document, text, mentions)
    return [proposer.propose(mention) for mention in mentions if (mention.start, mention.end) in waiting]


def _waiting(settings: Settings, document: Document, mentions: Sequence[Mention]) -> set[tuple[int, int]]:
    """Return the spans of the inventory that nothing accounts for."""
    found = accounts(settings).get(document.document_id, [])
    seen = {InventoryRow(document.document_id, one.start, one.end, one.kind) for one in mentions}
    differing = len(seen ^ {one.mention for one in found})
    if differing:
        raise ArsenaleError(
            f"{document.document_id}: the inventory of its numbers differs from what the finder sees in "
            f"{differing} places",
            remedy="run `arsenale coverage --rescan`, then call again",
        )
    return {(one.mention.char_start, one.mention.char_end) for one in found if one.outcome == UNACCOUNTED}


class _Proposer:
    """Guesses over one document."""

    def __init__(self, lexicon: Lexicon, document: Document, text: str, mentions: Sequence[Mention]) -> None:
        self.lexicon = lexicon
        self.document = document
        self.text = text
        self.mentions = mentions
        self.months = {
            word: int(number) for word, number in lexicon.words.get("month", {}).items() if number.isdecimal()
        }

    def propose(self, mention: Mention) -> Proposal:
        place = place_of(self.text, mention.start, mention.end)
        if mention.kind == DATE:
            return self._date(mention, place, self._span(mention.start, mention.end))
        return self._figure(mention, place)

    def _span(self, start: int, end: int) -> dict[str, str]:
        return {
            "document_id": self.document.document_id,
            "char_start": str(start),
            "char_end": str(end),
            "as_reported": self.text[start:end],
        }

    # --- Dates

    def _date(self, mention: Mention, place: Place, span: dict[str, str]) -> Proposal:
        """A date that nobody captured dates a figure, the document, or a scene."""
        if place.footnote:
            reason = "publication"
        elif any(self._is_figure(other) for other in self._within(place)):
            reason = "period"
        elif mention.text == self.document.published:
            reason = "publication"
        else:
            reason = "scene"
        hints = ["or an event: decision event, with event_kind and object"] if reason == "scene" else []
        return Proposal(mention, place, DISMISS, span | {"reason": reason}, hints)

    def _within(self, place: Place) -> list[Mention]:
        return [one for one in self.mentions if place.start <= one.start and one.end <= place.end]

    @staticmethod
    def _is_figure(mention: Mention) -> bool:
        return mention.kind in (MONEY, PERCENT, QUANTITY, "rank", "ratio")

    # --- Figures

    def _figure(self, mention: Mention, place: Place) -> Proposal:
        hints: list[str] = []
        sentence = self.text[place.start : place.end]
        noun = self._noun(mention, place) if mention.kind == QUANTITY else None
        unit = self._unit_named(mention, noun)
        span = self._span(mention.start, mention.end)
        if noun and noun.start == mention.end + 1:
            # A noun that is the very next word belongs into the span.
            span, noun = self._span(mention.start, noun.end), None
        measure = self.lexicon.measure(unit, sentence) if unit else ""
        if not measure:
            hints.append(f"no measure counts {mention.unit or mention.kind}: choose one, or dismiss")
        family, measured = self.lexicon.measures.get(measure, ("", ""))
        cells = span | self._printed(mention, place, noun, hints)
        if measured == "counted" and not (noun or self._known(span["as_reported"], "unit")):
            hints.append(f"words.csv knows no noun for {mention.unit} here: add it there, role unit")
        cells |= {"family": family, "measure": measure}
        cells |= self._holder(mention, place, family, measured)
        cells["period"] = self._period(mention, place, hints)
        cells["status"] = self._status(sentence, cells["period"])
        if measured in ("money", "percent_change"):
            cells["price_basis"] = "unstated"
        self._check(mention, cells, hints)
        filled = {name: cell for name, cell in cells.items() if cell}
        return Proposal(mention, place, FIGURE if measure else SKIP, filled, hints)

    def _unit_named(self, mention: Mention, noun: Found | None) -> str:
        """Return the unit of a figure: of the noun that words.csv knows, else as the finder names it."""
        if noun:
            return self.lexicon.words["unit"][noun.printed.lower()]
        if mention.unit == "percentage_points":
            return mention.unit
        return self.lexicon.unit_of(mention.unit or mention.kind)

    def _noun(self, mention: Mention, place: Place) -> Found | None:
        """Return the counted noun that stands outside the span, in a word that words.csv has."""
        if self._known(mention.text, "unit"):
            return None
        shares = self.lexicon.meaning("unit", "percent", "percent_of_gdp")
        nouns = [word for word in self.lexicon.words["unit"] if word not in shares]
        behind = find_all(self.text, nouns, mention.end, min(place.end, mention.end + _REACH))
        if behind and behind[0].start == mention.end + 1:
            return behind[0]
        if named := self.lexicon.unit_of(mention.unit or ""):
            # "From 5,000 troops to 1,000": what is counted, wherever the sentence prints it.
            found = find_all(self.text, self.lexicon.meaning("unit", named), place.start, place.end)
            return nearest(found, mention.start, mention.end)
        return behind[0] if behind else None

    def _printed(
        self, mention: Mention, place: Place, noun: Found | None, hints: list[str]
    ) -> dict[str, str]:
        """Return scale, unit and hedge where the document prints them outside the span."""
        found = {
            "scale": self._scale(mention, place, hints),
            "unit": noun or self._unit(mention, place, hints),
            "hedge": self._hedge(mention, place, hints),
        }
        cells: dict[str, str] = {}
        for name, word in found.items():
            if word:
                cells |= {f"{name}_printed": word.printed, f"{name}_start": str(word.start)}
        return cells

    def _scale(self, mention: Mention, place: Place, hints: list[str]) -> Found | None:
        """The factor between the number in the span and its value is a word that stands elsewhere."""
        alone = read(mention.text, language=mention.language, decimal_mark=self.document.decimal_mark)
        low = mention.value_low
        if mention.kind not in (MONEY, QUANTITY) or not alone or not isinstance(low, Decimal):
            return None
        if not isinstance(alone.value_low, Decimal) or not alone.value_low or alone.value_low == low:
            return None
        factor = low / alone.value_low
        words = [
            word
            for word, meaning in self.lexicon.words.get("scale", {}).items()
            if Decimal(meaning) == factor
        ]
        return self._nearest(mention, place, words, f"the scale ({number_text(factor)})", hints)

    def _unit(self, mention: Mention, place: Place, hints: list[str]) -> Found | None:
        if mention.kind == MONEY:
            if self._known(mention.text, "currency"):
                return None
            signs = self.lexicon.meaning("currency", mention.unit or "")
            return self._nearest(mention, place, signs, f"the currency ({mention.unit})", hints)
        if mention.kind == PERCENT:
            return self._share(mention, place, hints)
        return None

    def _share(self, mention: Mention, place: Place, hints: list[str]) -> Found | None:
        percent = self.lexicon.meaning("unit", "percent")
        gdp = self.lexicon.meaning("unit", "percent_of_gdp")
        lacks_percent = not find_all(mention.text, percent, 0, len(mention.text))
        if mention.unit == "percent_of_gdp" and not find_all(mention.text, gdp, 0, len(mention.text)):
            # A list shares the whole phrase, "per cent of GDP"; a lone share only lacks its base.
            links = ("of", "of the", "del")
            both = [f"{share} {link} {base}" for share in percent for link in links for base in gdp]
            return self._nearest(mention, place, both if lacks_percent else gdp, "GDP", hints)
        return self._nearest(mention, place, percent, "per cent", hints) if lacks_percent else None

    def _known(self, text: str, role: str) -> bool:
        """Return whether a text holds a word of a role."""
        return bool(find_all(text, self.lexicon.words.get(role, {}), 0, len(text)))

    def _nearest(
        self, mention: Mention, place: Place, words: Sequence[str], what: str, hints: list[str]
    ) -> Found | None:
        """Return the nearest of the words: in the sentence, else anywhere."""
        for start, end in ((place.start, place.end), (0, len(self.text))):
            found = nearest(find_all(self.text, words, start, end), mention.start, mention.end)
            if found:
                if start == 0:
                    hints.append(f"{what} stands in another sentence: look at {found.start}")
                return found
        hints.append(f"{what} is not printed in a word of words.csv: add the word there")
        return None

    def _hedge(self, mention: Mention, place: Place, hints: list[str]) -> Found | None:
        if mention.modality in (None, EXACT, RANGE):
            return None
        words = self.lexicon.meaning("hedge", mention.modality or "")
        before = find_all(self.text, words, place.start, mention.start)
        if before:
            return before[-1]
        after = find_all(self.text, words, mention.end, min(place.end, mention.end + 20))
        if after:
            return after[0]
        hints.append(f"it is read as {mention.modality}, and words.csv knows no such hedge here")
        return None

    def _holder(self, mention: Mention, place: Place, family: str, measured: str) -> dict[str, str]:
        """Return whose figure it is."""
        sentence = self.text[place.start : place.end]
        named = find_all(self.text, self.lexicon.parties, place.start, place.end)
        # A country is whose figure it is more often than a body or firm that is named beside it.
        countries = [one for one in named if _COUNTRY.fullmatch(self.lexicon.parties[one.printed.lower()])]
        named = countries or named
        before = [one for one in named if one.end <= mention.start]
        party = before[-1] if before else nearest(named, mention.start, mention.end)
        subject = self.lexicon.parties[party.printed.lower()] if party else ""
        cells = {"subject_id": subject}
        if family == "spending" and measured in ("money", "percent_of_gdp", "percent_change"):
            if measured != "percent_change":
                cells["definition"] = self.lexicon.cued("definition", sentence)
            service = self.lexicon.cued("service", sentence)
            cells["service_id"] = service if subject == "ITA" else ""
        return cells

    def _period(self, mention: Mention, place: Place, hints: list[str]) -> str:
        """Return the nearest date of the sentence as a date expression of the capture guide."""
        dates = [one for one in self._within(place) if one.kind == DATE]
        found = nearest([Found(one.text, one.start) for one in dates], mention.start, mention.end)
        if found is None:
            hints.append("no date in the sentence: what is it about?")
            return ""
        date = next(one for one in dates if one.start == found.start)
        for text in (date.text, _iso(date)):
            bounded = {MAXIMUM: f"../{text}", MINIMUM: f"{text}/.."}.get(date.modality or "", text)
            if self._is_period(bounded):
                return bounded
        return ""

    def _is_period(self, text: str) -> bool:
        try:
            parse_period(text, self.months)
        except PeriodError:
            return False
        # A line end inside a date is a blank to a reader, and no date to a rule.
        return text == " ".join(text.split())

    def _status(self, sentence: str, period: str) -> str:
        status = self.lexicon.cued("status", sentence) or "reported"
        start = parse_period(period, self.months).start if period else None
        published = re.search(r"(?:18|19|20)\d\d", self.document.published)
        if start and published and start.year > int(published[0]) and status in _DONE - {"budgeted"}:
            return "planned"
        return status

    def _check(self, mention: Mention, cells: Mapping[str, str], hints: list[str]) -> None:
        """Read the row on its own, as the audit will, and say where it reads otherwise than in the text."""
        hedged = " ".join(part for part in (cells.get("hedge_printed"), cells["as_reported"]) if part)
        readings = [
            read(hedged, scale=cells.get("scale_printed"), unit=cells.get("unit_printed"), language=language)
            for language in ("en", "it")
        ]
        values = [(one.value_low, one.value_high) for one in readings if one]
        if (mention.value_low, mention.value_high) not in values:
            hints.append("on its own the span reads otherwise: look at scale, unit and decimal mark")
        known = {word for words in self.lexicon.words.values() for each in words for word in each.split()}
        known |= {"of", "di", "del", "a", "un", "per", "to", "and", "e", "al", "th", "st", "nd", "rd"}
        strange = [
            word
            for word in _LETTERS.findall(mention.text)
            if word.lower() not in known and mention.kind in (MONEY, PERCENT)
        ]
        if strange:
            hints.append(
                f"words.csv does not know {', '.join(strange)}: add it, or the build refuses the row"
            )


def _iso(date: Mention) -> str:
    """Return a date mention in ISO form, an interval with a stroke."""
    low, high = str(date.value_low or ".."), str(date.value_high or "..")
    return low if low == high else f"{low}/{high}"
