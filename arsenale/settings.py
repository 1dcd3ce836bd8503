"""Where things are: the project, the warehouse, the documents. Read from the environment, once, here.

| variable | what it names | without it |
| --- | --- | --- |
| `ARSENALE_HOME` | the project: seeds, models, profiles | the folder above this package |
| `ARSENALE_WAREHOUSE` | where releases are written and read | `warehouse/` in the project |
| `ARSENALE_DOCUMENTS` | the folder of the source documents | passages are not re-read |
| `ARSENALE_FIGURES` | a folder or glob of captured figures in Parquet, beside the seeds | the seeds are all |

`ARSENALE_LANGUAGES` names a folder of further language files for the mention finder, which reads it itself
(`arsenale/mentions/vocabulary.py`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from arsenale.errors import ArsenaleError

DATABASE_NAME = "arsenale.duckdb"
"""The file's name never changes: on DuckDB 1.x a view stores it as the catalogue's name."""

PUBLIC_SCHEMA = "main"
"""Of the file: the tables for readers."""

CAPTURED_SCHEMA = "raw"
"""Of the file: the seeds as captured."""

PROJECT_FILE = "dbt_project.yml"
"""Whatever folder holds it is a project."""

REPORT_TO_VARIABLE = "ARSENALE_REPORT_TO"
"""Names who wants to hear of errors: an address of mail, or of a page that takes reports."""

LANGUAGES_VARIABLE = "ARSENALE_LANGUAGES"

DOCUMENTS_LISTED_AT_MOST = 100
"""What a person leafs through. A release of more has no site, where each document has a page, and its papers
name none: `dim_document` does. A corpus is asked in SQL."""

FIGURES_VARIABLE = "ARSENALE_FIGURES"
"""Read by macros/batches.sql too."""


@dataclass(frozen=True)
class Settings:
    """The folders that everything else is found in.

    Attributes:
        home: The project's root, holding `dbt_project.yml`.
        warehouse: Releases, the link to the current one, and private build folders.
        documents: The folder of the source texts, or None where they are not at hand.
        figures: A folder or glob of batches (`arsenale.contracts.batches`), or None where there are none.
    """

    home: Path
    warehouse: Path
    documents: Path | None
    figures: str | None = None

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the four variables of the module's table.

        Raises:
            ArsenaleError: The warehouse is something else than a folder.
        """
        home = Path(os.environ.get("ARSENALE_HOME") or Path(__file__).parent.parent).resolve()
        warehouse = Path(os.environ.get("ARSENALE_WAREHOUSE") or home / "warehouse").absolute()
        if warehouse.exists() and not warehouse.is_dir():
            raise ArsenaleError(
                f"{warehouse} is no folder", remedy="ARSENALE_WAREHOUSE names the folder of the releases"
            )
        documents = os.environ.get("ARSENALE_DOCUMENTS")
        figures = os.environ.get(FIGURES_VARIABLE)
        return cls(
            home=home,
            warehouse=warehouse,
            documents=Path(documents).absolute() if documents else None,
            figures=str(Path(figures).absolute()) if figures else None,
        )

    @classmethod
    def of_project(cls) -> Settings:
        """Read them for what works on the project itself, not on its releases alone.

        Raises:
            ArsenaleError: There is no project where `ARSENALE_HOME` says.
        """
        settings = cls.from_environment()
        if not (settings.home / PROJECT_FILE).is_file():
            raise ArsenaleError(
                f"no project at {settings.home} (no {PROJECT_FILE})",
                remedy="ARSENALE_HOME names the project's folder",
            )
        return settings

    @property
    def seeds(self) -> Path:
        """The folder of the captured figures and reference lists."""
        return self.home / "seeds"

    @property
    def current_database(self) -> Path:
        """The published file that every reader opens."""
        return self.warehouse / "current" / DATABASE_NAME
