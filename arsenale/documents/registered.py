"""The text of a registered document, as it was when it was registered."""

from __future__ import annotations

from arsenale.documents.registry import Document, read_registry
from arsenale.documents.text import digest, open_text
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings


def registered_text(settings: Settings, document_id: str) -> tuple[Document, str]:
    """Return a document and its text.

    Raises:
        ArsenaleError: It is not registered, not at hand, or no longer the text that was registered.
    """
    registry = read_registry(settings)
    document = registry.get(document_id)
    if document is None:
        raise ArsenaleError(
            f"no document {document_id!r}",
            details=list(registry),
            remedy="take one of these ids, or register it: arsenale documents add PATH --id ID",
        )
    if settings.documents is None:
        raise ArsenaleError(
            f"the text of {document_id} is not at hand",
            remedy="set ARSENALE_DOCUMENTS to the folder that holds it",
        )
    text = open_text(document.path_in(settings.documents))
    if digest(text) != document.sha256:
        raise ArsenaleError(
            f"{document.file} is not the text that was registered as {document_id}",
            remedy="restore it, or register the changed one under an id of its own",
        )
    return document, text
