"""The mention finder: every number of a text, found and classified, in English and Italian.

    >>> [m.text for m in find("Spending rose to 35,5 miliardi, or 1.6 per cent of GDP.")]
    ['35,5 miliardi', '1.6 per cent of GDP']

A number is read in steps, one module each:

    document     language, decimal mark and currency of the whole text
    passage      tokens of a chunk, words mended across line ends
    layout       page numbers, running heads, notes
    tables       cells by their column, row and caption
    references, names, ordinals, dates, ratios, amounts
                 the rules, tried in that order of precedence (`finder`)
    sharing      what a number takes from its list, its sentence, its page
    hedges       how firmly it is stated

The words all stand in `data/*.toml`: a new language is one such file and its test cases.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from arsenale.mentions.finder import chunks_of, find, find_in
    from arsenale.mentions.model import FIGURES, Mention
    from arsenale.mentions.reading import Reading, read

__all__ = ["FIGURES", "Mention", "Reading", "chunks_of", "find", "find_in", "read"]

_HOMES: Final = {
    "FIGURES": "model",
    "Mention": "model",
    "Reading": "reading",
    "chunks_of": "finder",
    "find": "finder",
    "find_in": "finder",
    "read": "reading",
}


def __getattr__(name: str) -> Any:
    """Loads the finder and its vocabularies at first use; the command line imports this package for help."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
