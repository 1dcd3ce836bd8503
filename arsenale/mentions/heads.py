"""What the heads, labels and captions of tables say about the numbers under them."""

# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from arsenale.mentions.model import DATE, DESIGNATION, MONEY, OTHER, PERCENT, QUANTITY, RANK, REFERENCE
from arsenale.mentions.passage import Passage
from arsenale.mentions.vocabulary import TOKEN, Word, cues, currencies, word_set

_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Spec:
    """What the numbers of a column, a row or a table are.

    Attributes:
        kind: Kind of mention; empty if nothing tells.
        unit: Unit of quantities and percents, currency of money.
        scale: Factor to base units.
        counts: Whether the head only says that it counts ("No. ordered"); the row says what.
        weak: Whether it counts by a word that sums of money have, too ("Total", "Planned").
        units: Whether it counts "units", which the text before the table may tell.
        manned: Whether it names an armed service, whose thousands are people.
        start: Offset of the cell, once the spec belongs to one.
        end: Offset after the cell.
    """

    kind: str = ""
    unit: str | None = None
    scale: Decimal = _ONE
    counts: bool = False
    weak: bool = False
    units: bool = False
    manned: bool = False
    start: int = 0
    end: int = 0


NOTHING: Final = Spec()
#: What heads can count or measure although they also say how: "tanks on order", "tonnes requested".
_COUNTABLE: Final = word_set(
    """ship submarine aircraft helicopter drone vehicle missile gun system munition person company country
    year month week day hour km nautical_mile metre tonne litre knot vote unit"""
)


def spec_of(p: Passage, text: str, *, head: bool = False) -> Spec:
    """What a head, a label or a caption says about the numbers under it; each is read once a document."""
    known = p.memory.specs
    key = (p.settings.vocabulary.code, text, head)
    spec: Spec | None = known.get(key)
    if spec is None:
        if len(known) > _REMEMBERED:
            known.clear()
        spec = known[key] = _read_spec(p, text, head=head)
    return spec


_REMEMBERED: Final = 4096


def _read_spec(p: Passage, text: str, *, head: bool = False) -> Spec:
    """What a head, a label or a caption says about numbers under it."""
    tokens = [t for t in TOKEN.findall(text) if not t.isspace() and t != "_"]
    if not tokens:
        return NOTHING
    low = [*(t.lower() for t in tokens), "", "", "", ""]
    vocab, table = p.settings.vocabulary, currencies()
    phrases = vocab.phrases
    words = [vocab[w] for w in low[:-4]]
    gdp = any(phrases["percent.gdp"].after(low, k) for k in range(len(words)))
    gdp = gdp and cues("gdp_growth").isdisjoint(low)  # "GDP growth (%)"
    if any(phrases["percent.points"].after(low, k) and w != "points" for k, w in enumerate(low[:-4])):
        return Spec(PERCENT, "percentage_points")
    if "%" in low or any(phrases["percent.signs"].after(low, k) for k in range(len(words))):
        return Spec(PERCENT, "percent_of_gdp" if gdp else "percent")
    scale = next((w.scale or _thousands(w) for w in words if w.scale or _thousands(w)), None) or next(
        (vocab.short_any[w] for w in low if w in vocab.short_any), None
    )
    code = _currency_in(p, tokens, low)
    if scale is None and any(w in ("musd", "meur", "mgbp") for w in low):
        scale = Decimal(1_000_000)
    if code is not None:
        if scale is None:
            scale = next(
                (
                    vocab.short_money[w]
                    for k, w in enumerate(low)
                    if w in vocab.short_money
                    and any(t in table["symbols"] or t.upper() in table["codes"] for t in _beside(tokens, k))
                ),
                None,
            )
        if scale is None and "000" in low:
            scale = Decimal(1000)
        return Spec(MONEY, code, scale or _ONE)
    roles = [w.roles for w in words]
    if gdp:
        return Spec(PERCENT, "percent_of_gdp")
    if head or any("tables.percent" in r for r in roles):
        for name, kind in (("percent", PERCENT), ("rank", RANK), ("other", OTHER)):
            if kind == OTHER and _unit_in(p, words, low) is not None:
                continue  # "staff (full-time persons)"
            if any(f"tables.{name}" in r for r in roles):
                return Spec(kind, "percent" if kind == PERCENT else None)
    if not head and any("tables.people" in r or "tables.staff" in r for r in roles):
        return Spec(QUANTITY, "person", scale or _ONE, counts=any("tables.staff" in r for r in roles))
    unit = _unit_in(p, words, low)
    if head:
        said, unit = _by_noun(p, low, words, unit)
        if said is not None:
            short = next((vocab.short_money[w] for w in low if len(w) > 1 and w in vocab.short_money), _ONE)
            return replace(said, scale=scale or short) if said.kind == MONEY else said
    if (
        head
        and (unit == "year" or (unit in (None, "contract") and any("tables.date" in r for r in roles)))
        and "(" not in low
    ):
        return Spec(DATE)
    if unit is not None:
        counts = any("tables.count" in r for r in roles)
        return Spec(QUANTITY, unit, scale or (Decimal(1000) if "000" in low else _ONE), counts)
    if head:
        if any("tables.date" in r for r in roles):
            return Spec(DATE)
        if any(phrases["tables.count"].after(low, k) for k in range(len(words))):
            weak = not any(
                phrases["tables.count"].after(low, k) and "tables.sums" not in words[k].roles
                for k in range(len(words))
            )
            units = any(w.unit == "unit" for w in words)
            manned = any("tables.people" in r for r in roles) or "000" in low  # "active (000)"
            scale = scale or (Decimal(1000) if "000" in low else _ONE)
            return Spec("", None, scale, counts=True, weak=weak, units=units, manned=manned)
        if any("tables.reference" in r for r in roles):
            return Spec(REFERENCE)
        if any("tables.designation" in r for r in roles):
            return Spec(DESIGNATION)
    measured = next((vocab.dimensions[w] for w in low if w in vocab.dimensions), None)
    if measured is not None:
        return Spec(QUANTITY, measured)
    if any("tables.money" in r for r in roles):
        return Spec(MONEY, None, scale or _ONE)
    if scale is not None and scale >= 1_000_000:
        return Spec(MONEY, p.settings.currency, scale)
    if scale is not None:
        return Spec(QUANTITY, None, scale)
    if any("tables.services" in r for r in roles):
        return Spec(QUANTITY, "person", Decimal(1000)) if head and "000" in low else Spec(manned=True)
    return NOTHING


def _by_noun(
    p: Passage, low: list[str], words: list[Word], unit: str | None
) -> tuple[Spec | None, str | None]:
    """What the noun that a head turns on says; else its unit, unless that belongs to a word of counting."""
    vocab = p.settings.vocabulary
    named = _numbered_name(p, low)
    if named:
        return Spec(named), unit  # "hull number", "n. contratto": what the number stands in, not how many
    noun = _noun_of(p, low, words)
    if noun >= 0 and unit != "person" and "tables.money" in words[noun].roles:
        return Spec(MONEY), unit  # "contract value", "costo totale"
    if noun >= 0 and unit not in _COUNTABLE and "tables.reference" in words[noun].roles:
        return Spec(REFERENCE), unit  # "contract ref"
    measured = next((vocab.dimensions[w] for w in low if w in vocab.dimensions), None)
    if measured is not None and unit is None:
        return Spec(QUANTITY, measured), unit  # "average age"
    phrases = vocab.phrases["tables.count"]
    counting = {n for k in range(len(words)) for n in range(k, phrases.after(low, k))}
    own = any(word.unit == unit for k, word in enumerate(words) if k not in counting)
    return None, unit if own or unit in _COUNTABLE else None  # "in service", "in servizio"


def _numbered_name(p: Passage, low: list[str]) -> str:
    """Whether a head is the number of a name or of a document: "hull number", "contract no.", "n. atto"."""
    vocab = p.settings.vocabulary
    numbers = [k for k, word in enumerate(low) if word in _NUMBER_WORDS]
    for k in numbers:
        named = k - 1 if vocab.head_last else k + 1
        while 0 <= named < len(low) and low[named] in _SKIPPED:
            named += 1
        roles = vocab[low[named]].roles if 0 <= named < len(low) and low[named] else frozenset()
        if "tables.designation" in roles:
            return DESIGNATION
        if "tables.reference" in roles or "places.laws" in roles:
            return REFERENCE
    return ""


_NUMBER_WORDS: Final = cues("number_words")
_SKIPPED: Final = frozenset({".", "di", "del", "della"})


def _noun_of(p: Passage, low: list[str], words: list[Word]) -> int:
    """The noun that a head ends in before its first link or bracket, in Italian the one it begins with."""
    stop = next((k for k, word in enumerate(words) if low[k] in _CLOSING or "stop.words" in word.roles), None)
    plain = [k for k in range(stop if stop is not None else len(words)) if low[k].isalpha()]
    return plain[-1 if p.settings.vocabulary.head_last else 0] if len(plain) > 1 else -1


_CLOSING: Final = frozenset("([/,:")


def _beside(tokens: list[str], k: int) -> list[str]:
    """The tokens before and after one: the currency of "€m" and of "M€"."""
    return tokens[max(0, k - 1) : k] + tokens[k + 1 : k + 2]


def _thousands(word: Word) -> Decimal | None:
    """The scale that a plural noun of number gives to a column: "migliaia di euro"."""
    if word.collective is None or not word.collective[1] or word.collective[0] != 1000:
        return None
    return Decimal(word.collective[0])


def _currency_in(p: Passage, tokens: list[str], low: list[str]) -> str | None:
    vocab, table = p.settings.vocabulary, currencies()
    for k, sign in enumerate(tokens):
        if sign in table["symbols"]:
            if sign == "$":
                return str(table["dollar"].get(low[k - 1] if k else "", p.settings.dollar))
            return p.settings.settle(sign, []) if sign in "¥￥" else table["symbols"][sign]
        if sign in table["codes"]:
            return sign
        last = vocab.currencies.after(low, k)
        if last:
            code = vocab.phrase_currencies[tuple(low[k:last])]
            return p.settings.dollar if code == "USD" and last == k + 1 else p.settings.settle(code, low)
        # Heads of data files: "spending_eur_m", "value_musd".
        for name in ("usd", "eur", "gbp"):
            if low[k] in (name, "m" + name):
                return name.upper()
    return None


def _unit_in(p: Passage, words: list[Word], low: list[str]) -> str | None:
    vocab = p.settings.vocabulary
    found = None
    for k, word in enumerate(words):
        last = vocab.units.after(low, k)
        if last:
            found = vocab.phrase_units[tuple(low[k:last])]
        elif word.unit is not None and k and low[k - 1] in ("(", "[") and low[k + 1] in (")", "]"):
            return word.unit  # "Displ. (t)", "Length (m)": the brackets say what it is measured in
        elif word.unit is not None and len(low[k]) > 1 and low[k] not in _NO_UNITS:
            found = word.unit
        elif found is not None and "stop.words" in word.roles:
            break
        if found is not None and not vocab.head_last:
            break
    return found


#: Nouns of units that in heads mean something else: "Order", "Type", "Delivery".
_NO_UNITS: Final = cues("head_nouns")
