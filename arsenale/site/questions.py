"""The questions of `analyses/`, each with its statement and its answer."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from arsenale.site.content import Content
from arsenale.site.language import Language

KEYWORDS = re.compile(
    r"(--[^\n]*|'(?:[^']|'')*')|\b(select|from|where|group by|order by|inner join|left join|join|on|with|as|and|or|not|in"
    r"|is|null|case|when|then|else|end|union all|union|having|limit|distinct|filter|over|partition by|using|exists"
    r"|between|desc|asc|nulls last|nulls first|exclude|qualify|lateral|values|like)\b",
    re.IGNORECASE,
)


def page(content: Content, language: Language) -> dict[str, Any]:
    """Return what the template of the page needs."""
    return {
        "questions": [
            {
                "question": one,
                "asks": language.name("question", one.name, None),
                "reading": language.name("reading", one.name, None),
                "sql": highlighted(one.sql),
                "evidence": next((place for place, name in enumerate(one.columns) if name == "figure_id"), None),
            }
            for one in content.questions
        ],
    }


def highlighted(sql: str) -> Markup:
    """Return a statement with its keywords, texts and comments marked."""
    parts = []
    end = 0
    for match in KEYWORDS.finditer(sql):
        parts.append(escape(sql[end : match.start()]))
        kind = "k" if match[2] else ("c" if match[0].startswith("--") else "s")
        parts.append(Markup('<span class="{}">{}</span>').format(kind, match[0]))  # noqa: S704 - ours
        end = match.end()
    return Markup("").join([*parts, escape(sql[end:])])
