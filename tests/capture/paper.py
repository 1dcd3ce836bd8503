"""A PDF of two pages, written by hand: invented figures in English and Italian, ten of them."""

from __future__ import annotations

PAGES = (
    (
        "Notes on an invented budget",
        "In 2025 the Ministry of Defence of Italy holds a budget of 33.7 billion euros.",
        "That budget rose by 6.4 per cent in 2025.",
        "In 2024 Italy declared 1.6 per cent of GDP to NATO.",
        "In 2023 Italy signed a contract worth $450 million for 12 helicopters.",
        "The mission in Lebanon counted up to 1,200 personnel in 2024.",
    ),
    (
        "Appunti su un bilancio inventato",
        "Nel 2023 l'Italia ha speso 30,8 miliardi di euro per la difesa integrata.",
        "La missione in Libano conta nel 2023 circa 250 militari e 40 mezzi.",
        "L'Italia si impegna a spendere il 2 per cento del PIL entro il 2028.",
    ),
)

FIGURES = (
    "33.7 billion euros",
    "6.4 per cent",
    "1.6 per cent of GDP",
    "$450 million",
    "12 helicopters",
    "1,200 personnel",
    "30,8 miliardi di euro",
    "250 militari",
    "40 mezzi",
    "2 per cento del PIL",
)


def pdf(pages: tuple[tuple[str, ...], ...], title: str = "Notes on an invented budget") -> bytes:
    """Return a PDF that prints lines of text, page by page, in Helvetica."""
    font, first = 3, 4
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        stream = f"BT /F1 11 Tf 16 TL 50 780 Td {' '.join(f'({_escaped(line)}) Tj T*' for line in lines)} ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 {font} 0 R >> >> /Contents {first + 2 * n + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({_escaped(title)}) >>")
    return assemble([part.encode("cp1252") for part in objects], info=len(objects))


def assemble(objects: list[bytes], info: int = 0) -> bytes:
    """Return a PDF file of numbered objects, with its table of offsets."""
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"/Info %d 0 R " % info if info else b""
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(content))
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
