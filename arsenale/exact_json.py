"""JSON whose numbers have all the digits that they have, whatever asked: one number, one spelling.

Python's encoder knows no decimal: it would take one through a float, and 0.1 would gain digits. It also
writes NaN and Infinity, which are no JSON. Read it with `json.load(file, parse_float=Decimal)`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from decimal import Decimal


def exact_json(value: object, indent: int | None = None, *, depth: int = 0) -> str:
    """Return a value as JSON.

    Args:
        value: Decimals become numbers with all their digits, floats that are no number null, dictionaries and
            lists what they are, and what JSON has no type for, such as dates, the text that it prints as.
        indent: Blanks for each level; all in one line without it.
        depth: How many levels it stands in.
    """
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else "null"
    if isinstance(value, float):
        return json.dumps(value) if math.isfinite(value) else "null"
    if isinstance(value, dict):
        members = (
            f"{json.dumps(str(name), ensure_ascii=False)}: {exact_json(one, indent, depth=depth + 1)}"
            for name, one in value.items()
        )
        return _enclosed("{}", members, indent, depth)
    if isinstance(value, list | tuple):
        return _enclosed("[]", (exact_json(one, indent, depth=depth + 1) for one in value), indent, depth)
    return json.dumps(value, ensure_ascii=False, default=str)


def _enclosed(brackets: str, members: Iterable[str], indent: int | None, depth: int) -> str:
    first, last = brackets[0], brackets[1]
    inside = list(members)
    if indent is None or not inside:
        return f"{first}{', '.join(inside)}{last}"
    line = "\n" + " " * indent * (depth + 1)
    return f"{first}{line}{f',{line}'.join(inside)}\n{' ' * indent * depth}{last}"
