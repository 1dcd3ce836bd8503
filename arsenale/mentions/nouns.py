"""What a number counts: the noun of its phrase, its attributes passed over."""

# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from typing import Final

from arsenale.mentions.passage import DASHES, HYPHENS, Passage
from arsenale.mentions.vocabulary import cues, designations, kit_named, singular

_PHRASE: Final = 8


def counted_noun(p: Passage, at: int, *, plural: bool) -> tuple[str, int, bool] | None:
    """The noun that a number counts: its unit, the index after it, and whether it is the very next word.

    Languages whose noun phrases end in the head ("six patrol aircraft") want the last noun before the
    phrase ends; others ("sei aerei da pattugliamento") the first.
    """
    vocab = p.settings.vocabulary
    if p.words[at].number is not None and _attributive(p, at) and "stop.aged" in p.words[at + 4].roles:
        return "person", at, False  # "4,000 eighteen-year-olds"
    if not vocab.head_last and p.capital(at) and p.words[at + 1].digits and p.glued(at + 1):
        model = kit_named(p.low[at], p.low[at + 1])  # "1.000 K2 coreani": the name comes before its attribute
        if model is not None:
            return model, at, False
    best: tuple[str, int, bool] | None = None
    here, name = at, ""
    for _ in range(_PHRASE):
        if not p.near(here) or (p.capital(here) and "\n" in p.gap(here) and _labels(p, here)):
            break
        low, word = p.low[here], p.words[here]
        skipped = _attribute(p, here, at)
        if skipped:
            if not name and low.isalpha() and p.capital(here):
                name = low
            here += skipped
            continue
        if word.digits or not (low.isalpha() or word.unit is not None):
            if not _within_name(p, here):
                break
            here += 1
            continue
        if len(low) == 1 and p.text[here + 1] in ("'", "’"):
            break  # "nel 2024 l'Italia": an elided article, not litres.
        marked = p.words[here + 1].digits or p.words[here + 2].digits
        lettered = len(low) <= 2 and p.capital(here) and p.glued(here + 1) and marked
        if here > at and _joins_attributes(p, here):
            here += 1
            continue
        hyphened = p.text[here + 1] in HYPHENS and p.glued(here + 1)  # "1 long-endurance drone"
        if (
            ("stop.words" in word.roles and not (lettered or hyphened))
            or word.number is not None
            or word.scale is not None
        ):
            break
        if not name and p.capital(here):
            name = low
        last = vocab.units.after(p.low, here)
        if last:
            # A unit of several words is a noun and its attributes: "two aircraft carriers" leaves the span
            # at "two".
            whole = here == at and not vocab.head_last and word.unit is not None
            best = (vocab.phrase_units[tuple(p.low[here:last])], here + 1, whole)
            here = last - 1
        elif word.unit is not None and (word.plural or not plural or not vocab.english_plurals):
            flown = low in _FLOWN and any(w.digits for w in p.words[at:here])
            best = ("aircraft" if flown else word.unit, here + 1, here == at)
        elif best is not None:
            break
        if best is not None and (
            not vocab.head_last
            or p.words[here + 1].unit is None
            or "stop.words" in p.words[here + 1].roles
            or ("\n" in p.gap(here + 1) and p.capital(here + 1))
        ):
            break
        here += 1
    if best is None and p.low[at] in ("x", "×") and _calibred(p, at + 1):
        return "gun", at, False
    if best is not None and best[0] == "piece" and not _CALIBRE_MARKS.isdisjoint(p.low[at : best[1]]):
        return "gun", best[1], best[2]  # "twelve 90 mm pieces"
    if best is None:
        return _named(p, at, name) or _unlisted(p, at, plural=plural)
    return best


def _within_name(p: Passage, at: int) -> bool:
    """Whether digits or a mark can stand between a number and its noun: "six AH-64 helicopters"."""
    low = p.low[at]
    if p.words[at].digits:
        calibre = "mm" in (low, p.low[at + 1])
        return (p.glued(at) or calibre or p.capital(at - 1)) and p.words[at + 1].scale is None
    if low in DASHES or low == "/":
        return p.glued(at) and p.glued(at + 1)
    return low in "'’\"“”«»°"


def _joins_attributes(p: Passage, at: int) -> bool:
    """Whether "and" joins two attributes of one noun: "1,240 tracked and wheeled vehicles"."""
    after = p.words[at + 2]
    return (
        "links.and" in p.words[at].roles
        and p.settings.vocabulary.head_last
        and not p.words[at - 1].plural
        and not p.words[at + 1].plural
        and not p.words[at + 1].trigger
        and p.capital(at + 1) == p.capital(at - 1)
        and "stop.words" not in p.words[at + 1].roles
        and after.unit is not None
        and after.plural
        and p.near(at + 1)
        and p.near(at + 2)
    )


def _labels(p: Passage, at: int) -> bool:
    """Whether a word that opens a line labels it: a wide gap or a colon parts it from what the line says."""
    return any("  " in p.gap(k) or "\t" in p.gap(k) or p.text[k] == ":" for k in range(at + 1, at + 4))


def _calibred(p: Passage, at: int) -> bool:
    return p.words[at].digits and (p.low[at + 1] == "mm" or (p.text[at + 1] == "/" and p.glued(at + 1)))


_CALIBRE_MARKS: Final = frozenset({"mm", "inch", "cm"})
_SERVING: Final = cues("serving")
_FLOWN: Final = cues("flown")


def _letters_of_a_name(p: Passage, at: int) -> bool:
    """Whether capitals go on in digits, so that they begin a name and are no symbol of a measure."""
    if not p.capital(at) or len(p.low[at]) > 3 or not p.glued(at + 1):
        return False
    return p.words[at + 1].digits or (p.text[at + 1] in HYPHENS and p.words[at + 2].digits)


def _first_of_a_name(p: Passage, at: int) -> bool:
    """Whether capitals go on after a hyphen in a capital word: "eight SSN-AUKUS submarines"."""
    hyphened = p.text[at + 1] in HYPHENS and p.glued(at + 1) and p.glued(at + 2)
    return hyphened and p.text[at].isupper() and p.capital(at + 2) and p.text[at + 2].isalpha()


def _attribute(p: Passage, here: int, at: int) -> int:
    """How many tokens of names and measures to pass over on the way from a number to its noun."""
    low, word = p.low[here], p.words[here]
    if word.unit is not None and _first_of_a_name(p, here):
        return 3
    if word.digits:
        return 3 if _attributive(p, here) else 0  # "six 3,600-tonne submarines"
    if here > at and p.glued(here) and p.words[here - 1].digits and low.isalnum():
        return 1
    if low == "." and len(p.text[here - 1]) == 1 and p.capital(here - 1):
        return 1  # "12,000 U.S. troops"
    if not low.isalpha() or (len(low) == 1 and p.text[here + 1] in ("'", "’")):
        return 0
    if here == at and low in _SERVING and p.words[at + 1].unit is not None:
        return 1  # "6.6 lakh serving troops"
    after = p.words[at + 1]
    noun = p.near(at + 1) and (
        after.unit is not None or (p.low[at + 1].isalpha() and not after.roles & _STOP)
    )
    if here == at and "stop.more" in word.roles and noun:
        return 1  # "two more frigates", "two more anti-submarine frigates"
    if p.words[here + 1].digits and "names.designators" in word.roles and p.near(here + 1):
        return 1
    if here == at and "stop.nonhead" in word.roles and p.capital(at + 1) and p.same_line(at + 1):
        return 1  # "44 new Leopard 2A8"
    # "two T129", "2 MQ-9A": no tonnes, no square metres
    return 1 if word.unit is not None and _letters_of_a_name(p, here) else 0


def _attributive(p: Passage, at: int) -> bool:
    """Whether digits begin a measure that describes the noun to come: "3,600-tonne", "63-metre"."""
    return (
        p.low[at + 1] in HYPHENS
        and p.glued(at + 1)
        and p.glued(at + 2)
        and p.words[at + 2].unit is not None
        and not p.words[at + 2].plural
    )


def foreign_plural(p: Passage, at: int) -> bool:
    """Whether the next word can only be a plural noun, in a language whose plurals are listed one by one."""
    low = p.low[at]
    return (
        not p.settings.vocabulary.english_plurals
        and p.near(at)
        and len(low) > 4
        and low.endswith("i")
        and low.isalpha()
        and not low.endswith(p.settings.vocabulary.verbal)
        and not p.capital(at)
        and not p.words[at].roles
        and not p.words[at].trigger
        and p.words[at].currency is None
        and p.words[at].month is None
        and p.words[at].multiple is None
        and p.words[at].ordinal is None
    )


def _named(p: Passage, at: int, name: str) -> tuple[str, int, bool] | None:
    """What a bare designation counts: "40 F-104S followed" are aircraft."""
    if p.words[at].roles & _NONHEAD:
        at += 1
    if not name or not p.capital(at):
        return None
    number = next((p.low[k] for k in range(at + 1, at + 4) if p.words[k].digits and p.near(k)), "")
    unit = kit_named(name, number) or (designations().get(singular(name)) if len(name) > 3 else None)
    marked = any(p.words[k].digits and p.near(k) for k in range(at + 1, at + 4))
    if unit is not None and (marked or len(name) > 3):
        return unit, at, False
    return None


_NONHEAD: Final = frozenset({"stop.nonhead"})
_STOP: Final = frozenset({"stop.words"})


def _unlisted(p: Passage, at: int, *, plural: bool) -> tuple[str, int, bool] | None:
    """A plural that no list holds is a unit of its own: "seven sponsors"."""
    word, low = p.words[at], p.low[at]
    if (
        not p.near(at)
        or not low.isalpha()
        or len(low) < 4
        or word is None
        or "stop.words" in word.roles
        or p.capital(at)
    ):
        return None
    english = p.settings.vocabulary.english_plurals
    if english and plural and low.endswith("s") and not low.endswith("ss"):
        return singular(low), at + 1, True
    noun = p.low[at + 1]
    if (
        english
        and plural
        and p.near(at + 1)
        and noun.isalpha()
        and len(noun) > 4
        and noun.endswith("s")
        and not noun.endswith(("ss", "us"))
        and (low.endswith(_ATTRIBUTES) or "stop.nonhead" in word.roles)
        and not p.capital(at + 1)
        and "stop.words" not in p.words[at + 1].roles
    ):
        return singular(noun), at + 2, False  # "five successive decrees"
    return None


_ATTRIBUTES: Final = ("ive", "al", "ic", "ous", "ful", "able", "ible", "ary", "ent", "est", "ing", "ed")
