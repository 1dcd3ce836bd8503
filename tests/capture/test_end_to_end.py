"""A new PDF, from the file to the published figures and back to its pages."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
from paper import FIGURES, PAGES, pdf

HOME = Path(__file__).parents[2]
PROJECT = ("models", "macros", "analyses", "dbt_project.yml", "profiles.yml", "requirements.lock")

# What a person adds who has read the paper: each figure by what it prints.
COMPLETED: dict[str, dict[str, str]] = {
    "6.4 per cent": {
        "subject_id": "ITA",
        "service_id": "ita-ministry-of-defence",
        "definition": "ministry_budget",
    },
    "1,200 personnel": {"subject_id": "ITA", "operation_id": "unifil"},
    "30,8 miliardi di euro": {"definition": "integrated_budget", "status": "reported"},
    "250 militari": {"subject_id": "ITA", "operation_id": "mibil"},
    "40 mezzi": {"subject_id": "ITA", "operation_id": "mibil"},
    "2 per cento del PIL": {"status": "target"},
}
PUBLISHED = {
    "33.7 billion euros": ("33700000000", "EUR", "exact"),
    "6.4 per cent": ("6.4", "percent_change", "exact"),
    "1.6 per cent of GDP": ("1.6", "percent_of_gdp", "exact"),
    "$450 million": ("450000000", "USD", "exact"),
    "12 helicopters": ("12", "aircraft", "exact"),
    "1,200 personnel": ("1200", "person", "maximum"),
    "30,8 miliardi di euro": ("30800000000", "EUR", "exact"),
    "250 militari": ("250", "person", "approximate"),
    "40 mezzi": ("40", "vehicle", "approximate"),
    "2 per cento del PIL": ("2", "percent_of_gdp", "exact"),
}


def project_of(folder: Path) -> Path:
    """Copy what a build needs, seeds first."""
    home = folder / "home"
    for name in PROJECT:
        if (HOME / name).is_dir():
            shutil.copytree(HOME / name, home / name, dirs_exist_ok=True)
        elif (HOME / name).exists():
            shutil.copyfile(HOME / name, home / name)
    shutil.copytree(HOME / "tests" / "dbt", home / "tests" / "dbt")
    return home


def completed(sheet: Path) -> None:
    """Complete the proposals as a person would."""
    rows = list(csv.DictReader(sheet.open(encoding="utf-8", newline="")))
    for row in rows:
        row.update(COMPLETED.get(row["as_reported"], {}))
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_ten_figures_of_a_pdf_are_published_and_lead_back_to_their_page(desk) -> None:
    home = project_of(desk.folder)
    desk.done(
        "documents", "add", desk.write("paper.pdf", pdf(PAGES)), "--id", "paper", "-y", "--published", "2025"
    )
    sheet = desk.folder / "inbox" / "sheet.csv"
    desk.done("capture", "paper", "--propose", sheet)
    completed(sheet)
    assert "10 figures; none left" in desk.done("capture", "paper", "--accept", sheet)

    # The other documents are not at hand here, so nothing is re-read; accept has compared every span.
    environment = {name: value for name, value in os.environ.items() if name != "ARSENALE_DOCUMENTS"}
    environment |= {"ARSENALE_HOME": str(home), "PYTHONPATH": str(HOME), "DO_NOT_TRACK": "1"}
    main = "from orchestration.command_line import main; main()"
    built = subprocess.run(
        [sys.executable, "-c", main, "build"], env=environment, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr

    with duckdb.connect(str(desk.settings.current_database), read_only=True) as connection:
        rows = connection.execute(
            "select as_reported, value, unit, modality from fct_figure where document_id = 'paper'"
        ).fetchall()
        counted = connection.execute(
            "select mentions, captured, unaccounted from rpt_coverage where document_id = 'paper'"
        ).fetchone()
    assert {row[0]: row[1:] for row in rows} == {
        printed: (Decimal(value), unit, modality) for printed, (value, unit, modality) in PUBLISHED.items()
    }
    assert set(PUBLISHED) == set(FIGURES)
    assert counted is not None
    assert counted[1:] == (10, 0)

    text = (desk.folder / "documents" / "paper.txt").read_text()
    traced = json.loads(desk.done("trace", f"paper@{text.index('30,8')}", "--format", "json"))
    assert traced["passage"]["page"] == 2
    assert "l'Italia ha speso 30,8 miliardi di euro" in traced["passage"]["sentence"]
    assert traced["citation"]["csl"][0]["note"].startswith("p. 2")
