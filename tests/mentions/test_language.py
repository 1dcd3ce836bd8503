"""A language is a data file: the finder reads Spanish once it has a dozen lines of it; no code changes."""

import json
import os
import subprocess
import sys
from pathlib import Path

SPANISH = """
code = "es"
decimal_mark = ","
default_currency = "EUR"
common = "el, los, las, de, que, y, en, por, con, una, unos, del, para, al, es, fue, han, su"
numbers = { uno = 1, dos = 2, tres = 3, cuatro = 4, cinco = 5 }
scales = { mil = "1e3", "millón" = "1e6", millones = "1e6" }
months = { enero = 1, febrero = 2, marzo = 3, abril = 4, mayo = 5, julio = 7 }
units = { ship = "fragata, fragatas, buque, buques", person = "soldado, soldados", year = "año, años" }
currencies = { EUR = "euro, euros" }
percent = { signs = "por ciento" }
hedges = { approximate = "unos, casi", minimum = "más de, al menos", maximum = "hasta" }
links = { of = "de", and = "y", list = "y" }
cues = { date_links = "de", of = "de" }
stop = { words = "de, en, por, con, el, la, los, las, y" }
"""
TEXT = (
    "El ministerio compró tres fragatas por 1.200 millones de euros en marzo de 2024, un 12,5 por ciento más "
    "que el año anterior. Los buques llevarán unos dos mil soldados, y fue en Ferrol el 7 de julio de 2023 "
    "que se firmó el contrato, de cinco años, para las dos primeras."
)
FOUND = [
    ("tres fragatas", "quantity", "3", "ship", "exact"),
    ("1.200 millones de euros", "money", "1200000000", "EUR", "exact"),
    ("marzo de 2024", "date", "2024-03", None, "exact"),
    ("12,5 por ciento", "percent", "12.5", "percent", "exact"),
    ("dos mil soldados", "quantity", "2000", "person", "approximate"),
    ("7 de julio de 2023", "date", "2023-07-07", None, "exact"),
    ("cinco años", "quantity", "5", "year", "exact"),
]
SCRIPT = """
import json, sys
from arsenale.mentions import find
found = find(sys.argv[1])
print(json.dumps([(m.text, m.kind, str(m.value_low), m.unit, m.modality, m.language) for m in found]))
"""


def _found(text: str, languages: Path) -> list[list[str | None]]:
    """What a fresh interpreter finds that has the data files of a folder, too."""
    environment = {**os.environ, "ARSENALE_LANGUAGES": str(languages)}
    command = [sys.executable, "-c", SCRIPT, text]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def test_a_data_file_is_a_language(tmp_path: Path) -> None:
    (tmp_path / "es.toml").write_text(SPANISH, encoding="utf-8")
    found = _found(TEXT, tmp_path)
    assert {mention[-1] for mention in found} == {"es"}
    assert [mention[:-1] for mention in found if mention[:-1] in map(list, FOUND)] == list(map(list, FOUND))


def test_the_languages_of_the_package_are_as_before(tmp_path: Path) -> None:
    (tmp_path / "es.toml").write_text(SPANISH, encoding="utf-8")
    (empty := tmp_path / "none").mkdir()
    text = "La Marina ha comprato tre fregate per 1.200 milioni di euro, il 12,5 per cento in più del 2023."
    assert _found(text, tmp_path) == _found(text, empty)
