"""A project with the seeds of this one, an empty folder of documents, and the command line."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from arsenale.contracts import check_seeds
from arsenale.settings import PROJECT_FILE, Settings
from orchestration.command_line import arsenale

HOME = Path(__file__).parents[2]


@dataclass(frozen=True)
class Desk:
    """Where a person captures."""

    settings: Settings
    folder: Path

    def run(self, *arguments: str | Path, answers: str = "") -> Result:
        """Call `arsenale`; an error of ours comes out as `exception`."""
        return CliRunner().invoke(arsenale, [str(argument) for argument in arguments], input=answers)

    def done(self, *arguments: str | Path, answers: str = "") -> str:
        result = self.run(*arguments, answers=answers)
        assert result.exit_code == 0, f"{result.output}\n{result.exception}"
        return result.stdout

    def refused(self, *arguments: str | Path) -> str:
        result = self.run(*arguments)
        assert result.exception is not None, result.output
        return str(result.exception)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / "inbox" / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def register(self, name: str, text: str, **options: str) -> None:
        given = [part for option, value in options.items() for part in (f"--{option}", value)]
        self.done("documents", "add", self.write(f"{name}.txt", text), "--id", name, "-y", *given)

    def rows(self, seed: str, document_id: str = "") -> list[dict[str, str]]:
        with (self.settings.seeds / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [row for row in rows if not document_id or row["document_id"] == document_id]

    def seeds(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.settings.seeds.iterdir()}

    def minimum(self, seed: str) -> int:
        return next(int(row["rows"]) for row in self.rows("minimum_rows") if row["seed"] == seed)

    def gate(self) -> None:
        assert check_seeds(self.settings.seeds).problems == ()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("home", "documents", "inbox"):
        (tmp_path / name).mkdir()
    shutil.copytree(HOME / "seeds", tmp_path / "home" / "seeds")
    shutil.copyfile(HOME / PROJECT_FILE, tmp_path / "home" / PROJECT_FILE)
    settings = Settings(tmp_path / "home", tmp_path / "home" / "warehouse", tmp_path / "documents")
    monkeypatch.setenv("ARSENALE_HOME", str(settings.home))
    monkeypatch.setenv("ARSENALE_DOCUMENTS", str(settings.documents))
    monkeypatch.delenv("ARSENALE_WAREHOUSE", raising=False)
    return Desk(settings, tmp_path)
