"""The mention finder: every number of a text, found and classified, in English and Italian.

    >>> [m.text for m in find("Spending rose to 35,5 miliardi, or 1.6 per cent of GDP.")]
    ['35,5 miliardi', '1.6 per cent of GDP']

A number is read in steps, one module each:

    language     which language, and where it changes
    document     decimal mark and currency of the whole text; `declared` reads what it says of its money
    memory       what is kept in mind from chunk to chunk
    passage      tokens of a chunk, words mended across line ends
    layout       what the lines of a page are for
    grid, heads, tables
                 rows and cells, what their heads say, what each cell is
    marks, contacts, references, clock, names, ordinals, dates, ratios, amounts
                 the rules, tried in the order of precedence that `finder` gives; they rest on `numbers`
                 (digits and number words), `money` (currencies), `nouns` (what is counted), `ranges` and
                 `extent` (how far a range or a reference goes)
    sharing      what a number takes from its list
    context      what a bare number says: its clause (`clauses`), its sentence, the text before;
                 what a noun of two meanings means (`meanings`)
    people, subjects, parts, changes, counted
                 the rules for bare numbers, tried in the order of precedence that `context` gives; they rest
                 on `place` (where the number stands) and `taking` (what one number gives another)
    hedges       how firmly it is stated

The words all stand in `data/*.toml`: a new language is one such file and its test cases. It may leave out
what it has not; `ARSENALE_LANGUAGES` names a folder of further ones.
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
