"""The source documents: where they are, what their text is, and whether the seeds still say what they print.

The texts are other people's and never in the repository; `ARSENALE_DOCUMENTS` names the folder they are in.
Without it, re-reading says so instead of failing.
"""

from arsenale.documents.passages import Passage, passage
from arsenale.documents.registry import Document, read_registry, registered_text
from arsenale.documents.reread import RereadReport, reread
from arsenale.documents.text import digest, open_text

__all__ = [
    "Document",
    "Passage",
    "RereadReport",
    "digest",
    "open_text",
    "passage",
    "read_registry",
    "registered_text",
    "reread",
]
