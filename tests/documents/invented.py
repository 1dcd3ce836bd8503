"""Two invented documents, and spans of them as seeds cite them."""

from __future__ import annotations

ENGLISH = "Naval note\nThe fleet would cost up to 35,5 billion euro in 2025.\nTen frigates sail.\n"
ITALIAN = "Nota\r\n\ufeffLa flotta costò 2,4 miliardi nel marzo 2024: 2,4 in tutto.\r\n"


def span(document: str, text: str, printed: str, **cells: str) -> dict[str, str]:
    start = text.index(printed)
    place = {"document_id": document, "char_start": str(start), "char_end": str(start + len(printed))}
    return place | {"as_reported": printed} | cells
