"""Dates: days, months, years, quarters and halves, fiscal years, decades, and the ranges between them."""

# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001, RUF002, RUF003 (the dashes and quotes of other people's texts are what this reads)

from calendar import monthrange
from typing import Final

from arsenale.mentions.model import DATE, OTHER, PERCENT, RANGE
from arsenale.mentions.passage import DASHES, HYPHENS, PAD, Draft, Passage
from arsenale.mentions.ranges import linked
from arsenale.mentions.vocabulary import cues

#: What may stand between the parts of a date, before the year of a period, before the end of a range.
_DATE_LINKS: Final = cues("date_links") | {",", ".", "'", "’"}
_PERIOD_LINKS: Final = cues("date_links") | cues("fiscal") | {"/", "'", "’", "-"}
_YEAR_LINKS: Final = cues("date_links") | cues("fiscal") | cues("year_nouns") | {"'", "’"}
_BEFORE_END: Final = cues("before_end") | {"'", "’", "-"}

_DECADES_OF: Final = cues("decades_of")
_ELIDED_YEARS: Final = cues("elided_years")
_OF: Final = cues("of")

_MONTHS: Final = 12
_YEAR_DIGITS: Final = 4
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_OLD_YEAR: Final = 1400
_APOSTROPHES: Final = frozenset("'’‘")
_PERIOD_LETTERS: Final = {"q": 4, "h": 2, "t": 4, "s": 2}
_ORDINAL_SUFFIX: Final = cues("ordinal_suffixes") | {"°", "º", "ª"}


def iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """ISO string of a year, a month or a day."""
    text = f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
    if day is not None:
        text += f"-{day:02d}"
    return text


def is_year(text: str) -> int | None:
    """The year that four plain digits name."""
    if len(text) == _YEAR_DIGITS and text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return int(text)
    return None


def date(p: Passage, at: int) -> Draft | None:
    """The date that begins at a token of digits, joined with the end of its range."""
    if (
        p.glued(at)
        and p.glued(at - 1)
        and p.text[at - 1] in HYPHENS
        and p.text[at - 1]
        and p.text[at - 2].isupper()
    ):
        return None  # "F-2000", "COP-2015"
    if p.glued(at) and _names_glued(p, at - 1):
        return None  # "S2024-1187", "#DFP2025"
    found = _single(p, at)
    if found is None or found.kind != DATE:
        return found
    if found.modality == RANGE:
        return _fiscal_range(p, found) or found
    return _range(p, found) or found


def _fiscal_range(p: Passage, low_end: Draft) -> Draft | None:
    """Reads "2025/26 to 2028/29": from one fiscal year to another, each of two calendar years."""
    link, at = low_end.last, low_end.last + 1
    joins = "links.range" in p.words[link].roles or p.low[link] in DASHES
    if not (joins and p.near(link) and p.words[at].digits and p.text[at + 1] == p.text[at - 3]):
        return None
    high_end = _single(p, at)
    if high_end is None or high_end.kind != DATE or high_end.modality != RANGE:
        return None
    if not str(low_end.high) < str(high_end.high):
        return None
    return Draft(low_end.first, high_end.last, DATE, low_end.low, high_end.high, modality=RANGE)


def _names_glued(p: Passage, at: int) -> bool:
    """Whether letters right before digits begin a name, and no period ("Q3", "FY26") or month."""
    period = p.low[at] in _PERIOD_LETTERS and len(p.text[at + 1]) < _YEAR_DIGITS
    known = period or p.low[at] in _FISCAL or p.words[at].month is not None
    return p.capital(at) and p.text[at].isalpha() and not known


def _single(p: Passage, at: int) -> Draft | None:
    text = p.text[at]
    if not text.isdecimal():
        return _dotted(p, at)
    if len(text) == _YEAR_DIGITS:
        return _numeric(p, at) or _month_year(p, at) or _year_period(p, at) or _fiscal(p, at) or _years(p, at)
    if len(text) <= 2:
        return (
            _numeric(p, at)
            or _day_month(p, at)
            or _period(p, at)
            or _fiscal(p, at)
            or _short_year(p, at)
            or _short_years(p, at)
        )
    return None


def _day(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31 else None


def _month_at(p: Passage, at: int) -> int | None:
    month = p.words[at].month
    if month is None or (p.settings.vocabulary.head_last and not p.capital(at)):
        return None  # English months are capitals: "may", "march" and "sept" are not.
    return month


def _year_after(p: Passage, at: int) -> tuple[int, int] | None:
    """A year after a month, maybe after a stop, a comma or "of": its value and the index after it."""
    for _ in range(3):
        year = is_year(p.text[at])
        if year is not None and p.near(at):
            return year, at + 1
        if p.low[at] not in _DATE_LINKS or not p.near(at):
            return None
        at += 1
    return None


# ------------------------------------------------------------------ days and months


def _day_month(p: Passage, at: int) -> Draft | None:
    """Reads "5 March 2025", "24 e 25 giugno 2025", "March 5, 2025"; without a year it is no figure."""
    day = _day(p.text[at])
    if day is None:
        return None
    here = at + 1
    if p.low[here] in _ORDINAL_SUFFIX and p.glued(here):
        here += 1
    month = _month_at(p, at - 1) if not p.drafts or p.drafts[-1].last < at else None
    if month is None and p.low[at - 1] == "." and p.glued(at - 1):
        month = _month_at(p, at - 2)
    if month is not None and p.near(at) and p.drafts_end <= at - 1:
        return _month_first(p, at, here, month, day)
    second, joined = day, False
    if (
        p.low[here] in DASHES
        or "links.list" in p.words[here].roles
        or "links.range" in p.words[here].roles
        or p.low[here] == "/"
    ):
        skipped = here + (p.low[here + 1] in _ARTICLES)  # "tra il 3 e il 7 novembre"
        other = _day(p.text[skipped + 1])
        after = skipped + 2
        if other is not None and p.low[after] in _ORDINAL_SUFFIX and p.glued(after):
            after += 1
        if other is not None and other > day and _month_at(p, after) is not None:
            second, here, joined = other, after, True
    if p.low[here] in _OF and _month_at(p, here + 1) is not None:
        here += 1
    month = _month_at(p, here)
    if month is None or not p.near(here):
        return None
    if p.low[here + 1] == "." and p.glued(here + 1) and is_year(p.text[here + 2]):
        here += 1
    dated = _year_after(p, here + 1)
    if dated is None:
        return _borrowed_year(p, at, here + 1, day, month) or Draft(at, here + 1, OTHER, modality=None)
    year, last = dated
    if second > monthrange(year, month)[1]:
        return None
    draft = Draft(at, last, DATE, iso(year, month, day), iso(year, month, second))
    if joined:
        draft.modality = RANGE
    return draft


_ARTICLES: Final = cues("day_articles")


def _month_first(p: Passage, at: int, here: int, month: int, day: int) -> Draft:
    first = at - 1 if p.words[at - 1].month is not None else at - 2
    second = day
    if p.low[here] in DASHES and _day(p.text[here + 1]) is not None:
        second, here = int(p.text[here + 1]), here + 2
    dated = _year_after(p, here)
    if dated is None:
        return Draft(first, here, OTHER, modality=None)
    year, last = dated
    if second > monthrange(year, month)[1] or second < day:
        second = day = min(day, monthrange(year, month)[1])
    return Draft(
        first,
        last,
        DATE,
        iso(year, month, day),
        iso(year, month, second),
        modality=RANGE if second != day else "exact",
    )


def _borrowed_year(p: Passage, first: int, at: int, day: int, month: int) -> Draft | None:
    """Reads "from 3 March to 5 April 2024": the first day takes the year of the second."""
    roles = p.words[at].roles
    if not (
        p.low[at] in DASHES
        or "links.range" in roles
        or ("links.between_link" in roles and linked(p, first, "links.between"))
    ):
        return None
    start = at + 2 if p.low[at + 1] in "'’" else at + 1
    end = _day_month(p, start) if p.words[start].digits else None
    if end is None or end.kind != DATE or not isinstance(end.high, str):
        return None
    year = int(end.high[:4])
    if day > monthrange(year, month)[1]:
        return None
    low = iso(year, month, day)
    return Draft(first, end.last, DATE, low, end.high, modality=RANGE) if low < end.high else None


def _month_year(p: Passage, at: int) -> Draft | None:
    """Reads "March 2025", "giugno 2017", "March-May 2024", "between March and May 2024"."""
    before = at - 1
    year = is_year(p.text[at])
    if year is None or not p.near(at):
        return None
    while p.low[before] in _DATE_LINKS and before > at - 3:
        before -= 1
    month = _month_at(p, before)
    if month is None or p.drafts_end > before:
        return None
    last = at + 1
    earlier = None
    link = before - 1
    if (
        p.low[link] in DASHES
        or p.low[link] == "/"
        or "links.range" in p.words[link].roles
        or ("links.between_link" in p.words[link].roles and linked(p, link - 1, "links.between"))
    ):
        earlier = _month_at(p, link - 1)
    if earlier is not None and earlier < month and p.drafts_end <= link - 1:
        return Draft(link - 1, last, DATE, iso(year, earlier), iso(year, month), modality=RANGE)
    return Draft(before, last, DATE, iso(year, month), iso(year, month))


def _numeric(p: Passage, at: int) -> Draft | None:
    """Reads "11/02/2025", "2025-02-11", "11-02-25"."""
    mark = p.text[at + 1]
    if mark not in ("/", "-") or p.text[at + 3] != mark or not all(p.glued(at + k) for k in (1, 2, 3, 4)):
        return None
    a, b, c = p.text[at], p.text[at + 2], p.text[at + 4]
    if not (a.isdecimal() and b.isdecimal() and c.isdecimal()):
        return None
    if len(a) == _YEAR_DIGITS:
        return _calendar(at, at + 5, int(a), int(b), int(c))
    if len(c) == _YEAR_DIGITS or (len(c) == 2 and mark == "/"):
        year = int(c) if len(c) == _YEAR_DIGITS else _century(int(c))
        day, month = (int(b), int(a)) if p.settings.month_first else (int(a), int(b))
        return _calendar(at, at + 5, year, month, day)
    return None


def _dotted(p: Passage, at: int) -> Draft | None:
    """Reads "11.02.2025"."""
    parts = p.text[at].split(".")
    if (
        len(parts) == 3
        and len(parts[2]) == _YEAR_DIGITS
        and all(x.isdecimal() for x in parts)
        and len(parts[0]) <= 2
        and len(parts[1]) <= 2
    ):
        return _calendar(at, at + 1, int(parts[2]), int(parts[1]), int(parts[0]))
    # "in 2004.12 The": a year, and the note marker glued to its stop.
    if (
        len(parts) == 2
        and is_year(parts[0])
        and len(parts[1]) <= 2
        and p.settings.decimal_mark == "."
        and linked(p, at, "links.from")
    ):
        return Draft(at, at + 1, DATE, parts[0], parts[0])
    return None


def _calendar(first: int, last: int, year: int, month: int, day: int) -> Draft | None:
    if month > _MONTHS and day <= _MONTHS:
        month, day = day, month
    if not (
        1 <= month <= _MONTHS and _OLD_YEAR <= year <= _LAST_YEAR and 1 <= day <= monthrange(year, month)[1]
    ):
        return None
    return Draft(first, last, DATE, iso(year, month, day), iso(year, month, day))


# ------------------------------------------------------------------ years


def _century(two_digits: int) -> int:
    return 2000 + two_digits if two_digits <= 49 else 1900 + two_digits


def _years(p: Passage, at: int) -> Draft | None:
    """A year, "1974-76", "2023/24", "2025-2027", "1990s"."""
    text = p.text[at]
    year = int(text)
    if not _OLD_YEAR <= year <= _LAST_YEAR:
        return None
    after = p.low[at + 1]
    if after == "s" and p.glued(at + 1):
        return _decade(p, at, at + 2, year)
    if (
        after in _APOSTROPHES
        and p.glued(at + 1)
        and p.low[at + 2] == "s"
        and p.glued(at + 2)
        and year % 10 == 0
        and not p.capital(at + 3)
    ):
        return _decade(p, at, at + 3, year)
    end = _second_year(p, at, year)
    if end is not None:
        last, high = end
        return Draft(at, last, DATE, iso(year), iso(high), modality=RANGE)
    return Draft(at, at + 1, DATE, text, text) if _reads_as_year(p, at, year) else None


def _decade(p: Passage, first: int, last: int, year: int) -> Draft | None:
    return Draft(first, last, DATE, iso(year), iso(year + 9)) if year % 10 == 0 else None


def _second_year(p: Passage, at: int, year: int) -> tuple[int, int] | None:
    """Second year of "2010–2014", "1974-76", "2023/24": index after it, and the year."""
    mark = p.text[at + 1]
    if mark not in DASHES and mark != "/":
        return None
    tight = p.glued(at + 1) and p.glued(at + 2)
    spaced = p.same_line(at + 1) and p.same_line(at + 2) and mark in "–—-" and not p.glued(at + 1)
    broken = p.glued(at + 1) and p.near(at + 2)  # at the line end: "2010–⏎2014"
    if not (tight or spaced or broken):
        return None
    text = p.text[at + 2]
    if text in _APOSTROPHES and p.glued(at + 3):
        text, at = p.text[at + 3], at + 1
    if not text.isdecimal() or (
        p.glued(at + 3)
        and (
            p.text[at + 3].isalnum()
            or (p.text[at + 3] in "-/" and p.words[at + 4].digits and p.glued(at + 4))
        )
    ):
        return None
    if len(text) == _YEAR_DIGITS and is_year(text):
        second = int(text)
    elif len(text) == 2 and tight:
        second = year - year % 100 + int(text)
        if second <= year and year % 100 == 99:
            second += 100
    else:
        return None
    if mark == "/" and second - year not in range(1, 4):
        return None
    return (at + 3, second) if second > year else None


def _reads_as_year(p: Passage, at: int, year: int) -> bool:
    """Whether four digits are a year and not a count."""
    after, following = p.words[at + 1], p.low[at + 1]
    near = p.near(at + 1)
    if near and (
        after.scale is not None
        or following in p.settings.vocabulary.short_any
        or (following in "%€$£" and following)
    ):
        return False
    if near and year >= _FIRST_YEAR and p.low[at - 1] in _PRICE_BASES and p.near(at):
        return True  # "in 2024 dollars"
    if near and (
        p.settings.vocabulary.currencies.after(p.low, at + 1)
        or p.settings.vocabulary.phrases["percent.signs"].after(p.low, at + 1)
    ):
        return False
    if p.text[at - 1] in "€$£" and p.text[at - 1] and p.near(at):
        return False
    before = p.words[at - 1].roles if p.near(at) else frozenset[str]()
    timed = (
        bool(before & {"stop.words", "hedges.minimum", "hedges.maximum", "links.from", "links.between"})
        and "links.of" not in before
    )
    if near and len(following) == 1 and p.text[at + 2] in _APOSTROPHES:
        near = False
    if near and after.unit is not None and after.plural and following.isalpha() and not p.capital(at + 1):
        return (
            timed
            and year >= _FIRST_YEAR
            and not before & {"hedges.approximate"}
            and p.low[at - 1] in _TIME_PREPOSITIONS
            and after.unit not in _MEASURES
        )
    if (
        p.low[at + 1] in DASHES
        and p.glued(at + 1)
        and p.glued(at + 2)
        and (p.words[at + 2].unit is not None or "stop.strong" in p.words[at + 2].roles)
    ):
        return False
    if year >= _FIRST_YEAR:
        return True
    return (
        p.low[at - 1] in _TIME_PREPOSITIONS
        or p.text[at - 1] == "("
        or linked(p, at, "links.from")
        or linked(p, at, "links.between")
    )


_PRICE_BASES: Final = cues("price_bases")
_MEASURES: Final = frozenset(
    {"km", "metre", "tonne", "hour", "nautical_mile", "kilogram", "litre", "knot", "minute", "horsepower"}
)
_TIME_PREPOSITIONS: Final = cues("time_prepositions")


def _short_year(p: Passage, at: int) -> Draft | None:
    """Reads "'80s", "anni '80", "anni 80", "del '92"."""
    if len(p.text[at]) != 2 or (p.glued(at + 1) and p.text[at + 1] in ("°", "º", "ª")):
        return None  # "l'82° reggimento"
    two = int(p.text[at])
    if "names.designators" in p.words[at - 1].roles and p.capital(at - 1) and p.near(at):
        return None  # "24 F-16 Block 70s"
    if p.text[at - 1] not in _APOSTROPHES or not p.glued(at):
        if p.low[at - 1] in _DECADES_OF and two % 10 == 0 and p.near(at) and p.words[at + 1].unit is None:
            return Draft(at, at + 1, DATE, iso(1900 + two), iso(1909 + two))
        if p.low[at + 1] == "s" and p.glued(at + 1) and not p.glued(at) and two % 10 == 0:
            return Draft(at, at + 2, DATE, iso(1900 + two), iso(1909 + two))
        return None
    if p.low[at + 1] == "s" and p.glued(at + 1):
        return Draft(at - 1, at + 2, DATE, iso(1900 + two), iso(1909 + two))
    if p.glued(at - 1) and p.text[at - 2].isalpha() and p.low[at - 2] not in _ELIDED_YEARS:
        return None
    shared = p.glued(at - 1) and p.drafts and p.drafts[-1].kind == PERCENT
    if shared and at - p.drafts[-1].last < _SHARE_REACH:
        return None  # "pieni al 93%, erano all'81"
    if p.low[at - 2] == "l" and p.words[at - 3].roles & _STATING and p.near(at - 2):
        return None  # "l'obiettivo è l'80": an article that a verb states, no apostrophe of a year
    if p.glued(at - 1) and p.text[at - 2].isalpha() and (two == _ELEVEN or _measured(p, at)):
        return None  # "l'11 e il 12", "dall'82 per cento": the vowel of the numeral takes the apostrophe
    if p.low[at - 2] in _TO_YEAR:
        year = _near_century(p, at, two)  # "dal '35 al '40"
        return Draft(at - 1, at + 1, DATE, iso(year), iso(year))
    single = p.low[at - 2] in _IN_YEAR  # "nel '60" is a year, "negli anni '60" a decade
    decade = p.low[at - 2] in _DECADES_OF or (p.settings.vocabulary.glued_numerals and not single)
    end = _short_end(p, at, two)
    if end:
        year = _near_century(p, at, two) if two != _GREAT_WAR or end != _GREAT_WAR_END else 1900 + two
        return Draft(at - 1, at + 4, DATE, iso(year), iso(year - two + end), modality=RANGE)
    if two % 10 == 0 and decade and two >= 20:
        return Draft(at - 1, at + 1, DATE, iso(1900 + two), iso(1909 + two))
    year = _near_century(p, at, two)
    return Draft(at - 1, at + 1, DATE, iso(year), iso(year))


def _short_end(p: Passage, at: int, two: int) -> int:
    """The second year of "'15-'18"; 0 if there is none."""
    text = p.text[at + 3]
    marks = (
        p.text[at + 1] in DASHES and p.text[at + 2] in _APOSTROPHES and p.glued(at + 2) and p.glued(at + 3)
    )
    return int(text) if marks and len(text) == 2 and text.isdecimal() and int(text) > two else 0


#: The years by which a war of the last century is known: "la guerra del '15-'18".
_GREAT_WAR, _GREAT_WAR_END = 15, 18


def _short_years(p: Passage, at: int) -> Draft | None:
    """Reads "25/26": one year and the next."""
    one, mark, other = p.text[at : at + 3]
    tight = p.glued(at + 1) and p.glued(at + 2) and not p.glued(at) and not p.glued(at + 3)
    if mark != "/" or not tight or not other.isdecimal() or len(one) != 2 or len(other) != 2:
        return None
    if int(other) != int(one) + 1:
        return None
    year = _century(int(one))
    return Draft(at, at + 3, DATE, iso(year), iso(year + 1), modality=RANGE)


_STATING: Final = frozenset({"ordinal_roles.rank_verbs", "links.passing", "links.change"})
_IN_YEAR: Final = cues("in_year")
_TO_YEAR: Final = cues("to_year")
_AROUND: Final = 60


def _near_century(p: Passage, at: int, two: int) -> int:
    """The year that two digits name: in the century of the years around it, else in the last hundred."""
    around = range(max(PAD, at - _AROUND), min(p.size, at + _AROUND))
    years = [(abs(k - at), y) for k in around if (y := is_year(p.text[k])) is not None]
    if not years:
        return 1900 + two if two > 35 else 2000 + two
    nearest = min(years)[1]
    near = (1900 + two, 2000 + two) if two < _HALF_CENTURY else (1900 + two,)
    return min(near, key=lambda year: abs(year - nearest))


_ELEVEN: Final = 11
_HALF_CENTURY: Final = 50
_SHARE_REACH: Final = 7


def _measured(p: Passage, at: int) -> bool:
    """Whether a percent, a scale or a currency follows digits, so that they are no year."""
    after = p.words[at + 1]
    return p.near(at + 1) and (
        p.text[at + 1] == "%"
        or after.scale is not None
        or after.currency is not None
        or bool(p.settings.vocabulary.phrases["percent.signs"].after(p.low, at + 1))
    )


# ------------------------------------------------------------------ quarters, halves, fiscal years


def span_of(year: int, part: int, parts: int) -> tuple[str, str]:
    """First and last month of a part of a year."""
    months = _MONTHS // parts
    return iso(year, (part - 1) * months + 1), iso(year, part * months)


def _period(p: Passage, at: int) -> Draft | None:
    """Reads "Q3 2024", "H1 2024", "1H 2025", "T2 2024", "Q1-Q3 2024"."""
    part = int(p.text[at])
    before, after = p.low[at - 1], p.low[at + 1]
    if (
        before in _PERIOD_LETTERS
        and p.glued(at)
        and p.capital(at - 1)
        and not (p.glued(at - 1) and p.text[at - 2].isalnum())
    ):
        parts, first, last = _PERIOD_LETTERS[before], at - 1, at + 1
    elif after in _PERIOD_LETTERS and p.glued(at + 1) and p.capital(at + 1):
        parts, first, last = _PERIOD_LETTERS[after], at, at + 2
    else:
        return None
    if not 1 <= part <= parts:
        return None
    end = part
    if (
        p.low[last] in DASHES
        and p.glued(last)
        and p.low[last + 1] == before
        and p.words[last + 2].digits
        and p.glued(last + 2)
    ):
        end, last = int(p.text[last + 2][:1]), last + 3
    while p.low[last] in _PERIOD_LINKS:
        last += 1
    year = is_year(p.text[last])
    if (
        year is None
        and len(p.text[last]) == 2
        and p.text[last].isdecimal()
        and p.near(last)
        and (p.glued(last))
    ):
        year = _century(int(p.text[last]))
    if year is None or not p.near(last) or not part <= end <= parts:
        return None
    return Draft(first, last + 1, DATE, span_of(year, part, parts)[0], span_of(year, end, parts)[1])


def _year_period(p: Passage, at: int) -> Draft | None:
    """Reads "2024 Q3", "2024Q3", "2024-Q3"."""
    year = is_year(p.text[at])
    here = at + 1
    if p.low[here] in DASHES and p.glued(here):
        here += 1
    if (
        year is None
        or p.low[here] not in _PERIOD_LETTERS
        or not p.capital(here)
        or not p.same_line(here)
        or not p.glued(here + 1)
    ):
        return None
    parts = _PERIOD_LETTERS[p.low[here]]
    text = p.text[here + 1]
    if not text.isdecimal() or not 1 <= int(text) <= parts or len(text) > 1:
        return None
    low, high = span_of(year, int(text), parts)
    return Draft(at, here + 2, DATE, low, high)


def _fiscal(p: Passage, at: int) -> Draft | None:
    """Reads "FY2026", "FY26", "FY2024-25", "FY 2024/25"; "FY" with a space stays outside."""
    if p.low[at - 1] not in _FISCAL or not p.near(at):
        return None
    first = at - 1 if p.glued(at) else at
    text = p.text[at]
    if len(text) not in (2, 4):
        return None
    year = int(text) if len(text) == _YEAR_DIGITS else _century(int(text))
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if p.text[at + 1] in DASHES or p.text[at + 1] == "/":
        second = p.text[at + 2]
        if second.isdecimal() and p.glued(at + 2) and len(second) in (2, 4):
            other = int(second) if len(second) == _YEAR_DIGITS else year - year % 100 + int(second)
            if year < other <= year + 30:
                return Draft(first, at + 3, DATE, iso(year), iso(other), modality=RANGE)
    return Draft(first, at + 1, DATE, iso(year), iso(year))


def named_period(p: Passage, at: int, part: int, last: int) -> Draft | None:
    """Reads "first half of 2025", "terzo trimestre 2024": an ordinal, a part of the year, and a year."""
    parts = p.words[last].period
    if parts is None or not 1 <= part <= parts or not p.near(last):
        return None
    here = last + 1
    for _ in range(4):
        year = is_year(p.text[here])
        if year is not None and p.near(here):
            low, high = span_of(year, part, parts)
            return Draft(at, here + 1, DATE, low, high)
        if p.low[here] not in _YEAR_LINKS:
            return None
        here += 1
    return None


# ------------------------------------------------------------------ ranges


_FISCAL: Final = cues("fiscal")


def _postponed(p: Passage, at: int) -> bool:
    """Whether a verb that moves a date governs "from A to B": then these are two dates."""
    for k in range(at - 1, at - _GOVERNED, -1):
        if "links.postponing" in p.words[k].roles:
            return True
        if not p.near(k) or p.ends_sentence(k) or p.words[k].trigger:
            return False
    return False


#: Tokens between a verb and the date that it moves: "slipped by two quarters, from".
_GOVERNED: Final = 8


def _range(p: Passage, low_end: Draft) -> Draft | None:
    """Reads "from 1998 to 2004", "between May 2024 and June 2025", "dal 2019 al 2024", "2010 – 2014"."""
    at = low_end.last
    roles = p.words[at].roles
    if not p.near(at):
        return None
    if "links.range" in roles or "links.between_link" in roles:
        ranged = "links.range" in roles and (
            linked(p, low_end.first, "links.from") or not p.settings.vocabulary.glued_numerals
        )
        if ranged and _postponed(p, low_end.first):
            return None  # "slipped from 2028 to 2030"
        if not ranged and not ("links.between_link" in roles and linked(p, low_end.first, "links.between")):
            return None
    elif not (
        p.low[at] in DASHES
        and isinstance(low_end.low, str)
        and (len(low_end.low) > _YEAR_DIGITS or p.low[at + 1] in _FISCAL)  # "FY2015-FY2024"
    ):
        return None
    start = at + 1
    while p.low[start] in _BEFORE_END:
        start += 1
    digit = next((k for k in (start, start + 1) if p.words[k].digits and p.near(k)), 0)
    if not digit:
        return None
    end = _single(p, digit)
    if (
        end is None
        or end.kind != DATE
        or end.first < low_end.last
        or not isinstance(end.high, str)
        or not isinstance(low_end.low, str)
    ):
        return None
    if not low_end.low[: len(end.high)] <= end.high:
        return None
    return Draft(low_end.first, end.last, DATE, low_end.low, end.high, modality=RANGE)
