"""A project with two invented documents and the seeds that point into them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from invented import ENGLISH, ITALIAN, span

from arsenale.contracts.declarations import SEED_OF
from arsenale.settings import Settings


@dataclass(frozen=True)
class Project:
    """A project folder; `settings` has the documents at hand."""

    settings: Settings
    folder: Path

    @property
    def without_documents(self) -> Settings:
        return Settings(self.settings.home, self.settings.warehouse, None)

    def write_seed(self, name: str, *rows: dict[str, str]) -> None:
        columns = SEED_OF[name].column_names
        lines = [
            ",".join(columns),
            *(",".join(f'"{row.get(column, "")}"' for column in columns) for row in rows),
        ]
        self.settings.seeds.mkdir(exist_ok=True)
        (self.settings.seeds / f"{name}.csv").write_text(
            "\n".join(lines) + "\n", encoding="utf-8", newline=""
        )

    def register(self, **texts: str) -> None:
        """Register documents and write their texts."""
        rows = []
        for name, text in texts.items():
            (self.folder / f"{name}.txt").write_bytes(text.encode())
            rows.append(
                {
                    "document_id": name,
                    "title": name,
                    "decimal_mark": ".",
                    "sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "characters": str(len(text)),
                    "file": f"{name}.txt",
                }
            )
        self.write_seed("documents", *rows)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "home").mkdir()
    made = Project(Settings(tmp_path / "home", tmp_path / "warehouse", folder), folder)
    made.register(english=ENGLISH, italian=ITALIAN)
    hedge = {"hedge_printed": "up to", "hedge_start": str(ENGLISH.index("up to"))}
    made.write_seed(
        "figures",
        span("english", ENGLISH, "35,5 billion euro", **hedge),
        span("english", ENGLISH, "Ten frigates"),
        span("italian", ITALIAN, "2,4 miliardi"),
    )
    made.write_seed("events", span("italian", ITALIAN, "marzo 2024"))
    made.write_seed("claim_spans", span("italian", ITALIAN, "marzo 2024"))
    made.write_seed("dismissed", span("english", ENGLISH, "2025"))
    return made
