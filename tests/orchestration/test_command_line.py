"""The command line: what it teaches, what it prints, and what it does not import."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from arsenale.errors import ArsenaleError
from orchestration import command_line
from tests.building import ROOT, built_project, with_cell


def test_help_names_every_command_and_the_first_two_to_type() -> None:
    shown = CliRunner().invoke(command_line.arsenale, ["--help"])
    assert shown.exit_code == 0
    for command in command_line.COMMANDS:
        assert command in shown.output
    assert "arsenale build" in shown.output
    assert 'arsenale query "from ' in shown.output


def test_help_of_build_says_what_it_does_and_where_documents_come_from() -> None:
    shown = CliRunner().invoke(command_line.arsenale, ["build", "--help"])
    assert shown.exit_code == 0
    for taught in (
        "--quiet",
        "--json",
        "--wait",
        "ARSENALE_DOCUMENTS",
        "readers see the complete new release",
    ):
        assert taught in " ".join(shown.output.split())


def all_commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command and of every group."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, *rest) for rest in all_commands(command, context))


def test_every_help_shows_each_example_on_a_line_of_its_own() -> None:
    group = command_line.arsenale
    found = 0
    for words in [(), *all_commands(group, click.Context(group))]:
        shown = CliRunner(env={"COLUMNS": "200"}).invoke(group, [*words, "--help"])
        assert shown.exit_code == 0, words
        assert not {"\b", "\\b"} & set(shown.output.split()), words
        lines = [line.strip() for line in shown.output.splitlines()]
        examples = [line for line in lines if line.startswith("arsenale ")]
        assert not [line for line in examples if line.count("arsenale ") > 1], words
        found += len(examples)
    assert found >= 20


def test_an_unknown_command_is_refused_with_a_hint() -> None:
    shown = CliRunner().invoke(command_line.arsenale, ["biuld"])
    assert shown.exit_code == 2
    assert "biuld" in shown.output


def test_gate_counts_what_it_let_through() -> None:
    done = built_project().arsenale("gate")
    assert done.returncode == 0
    assert "rows in" in done.stderr


def test_gate_prints_every_problem_with_its_place_and_remedy() -> None:
    project = built_project()
    with project.edited("figures.csv", with_cell("char_start", lambda _: "07")):
        done = project.arsenale("gate")
        listed = project.arsenale("gate", "--json")
    assert done.returncode == 1
    assert "figures.csv:2:char_start: found '07', expected" in done.stderr
    assert "Traceback" not in done.stderr
    assert listed.returncode == 1
    found = json.loads(listed.stdout)
    assert found["rows"]["figures"] > 100
    assert ("figures.csv", 2, "char_start", "07") in [
        (one["file"], one["line"], one["column"], one["found"].strip("'")) for one in found["problems"]
    ]


@pytest.mark.parametrize("module", ["orchestration.command_line", "orchestration.commands"])
def test_asking_for_help_imports_neither_dagster_nor_dbt_nor_pandera(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('dagster', 'dbt.cli', 'pandera') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_error_is_a_line_its_details_and_its_remedy_and_sets_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise ArsenaleError("it broke [here]", details=["row 7"], remedy="mend it", exit_code=75)

    monkeypatch.setattr(command_line, "arsenale", fail)
    with pytest.raises(SystemExit) as stopped:
        command_line.main()
    assert stopped.value.code == 75
    assert capsys.readouterr().err == "✗ it broke [here]\n  row 7\n  → mend it\n"


@pytest.mark.parametrize("port", ["-1", "0", "65536", "99999"])
@pytest.mark.parametrize("command", [["ui"], ["serve", "web"]])
def test_a_port_that_no_machine_has_is_refused(command: list[str], port: str) -> None:
    shown = CliRunner().invoke(command_line.arsenale, [*command, "--port", port])
    assert shown.exit_code == 2
    assert f"{port} is not in the range" in " ".join(shown.output.split())


@pytest.mark.parametrize(
    "arguments", [["docs", "--out", "/proc/none/x"], ["scan", str(ROOT), "--output-dir", "/proc/none/x"]]
)
def test_a_folder_that_cannot_be_made_is_one_line_at_once(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["arsenale", *arguments])
    with pytest.raises(SystemExit) as stopped:
        command_line.main()
    assert stopped.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("✗ /proc/none")
    assert "No such file or directory" in line


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "--as-of", "2025-06-30"],
        ["gate"],
        ["docs"],
        ["documents", "list"],
        ["coverage"],
        ["capture", "x"],
    ],
    ids=" ".join,
)
def test_a_home_that_is_no_project_is_named_and_left_alone(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARSENALE_HOME", str(tmp_path))
    monkeypatch.delenv("ARSENALE_WAREHOUSE", raising=False)
    done = CliRunner().invoke(command_line.arsenale, arguments)
    assert isinstance(done.exception, ArsenaleError)
    assert done.exception.message == f"no project at {tmp_path} (no dbt_project.yml)"
    assert "ARSENALE_HOME" in done.exception.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["query", "select 1"], ["build"], ["releases", "list"]], ids=" ".join)
def test_a_warehouse_that_is_a_file_is_named_with_the_variable_that_says_so(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(file))
    done = CliRunner().invoke(command_line.arsenale, arguments)
    assert isinstance(done.exception, ArsenaleError)
    assert done.exception.message == f"{file} is no folder"
    assert "ARSENALE_WAREHOUSE" in done.exception.remedy
