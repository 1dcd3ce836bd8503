"""The command: formats, folders, streams, and files that cannot be read."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from arsenale.errors import ArsenaleError
from arsenale.mentions.command import scan

FIELDS = ["start", "end", "text", "kind", "value_low", "value_high", "unit", "modality", "language"]


def test_one_file_gives_the_fields_of_the_convention_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It costs €4.5 million.", encoding="utf-8")
    result = CliRunner().invoke(scan, [str(path)])
    assert result.exit_code == 0
    row = json.loads(result.stdout)
    assert list(row) == FIELDS
    assert row["value_low"] == 4500000
    assert '"value_low": 4500000,' in result.stdout


def test_several_files_carry_the_name_of_their_document(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("In 2024.", encoding="utf-8")
    result = CliRunner().invoke(scan, [str(tmp_path)])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(r["document"]).name for r in rows] == ["a.txt", "b.txt"]
    assert list(rows[0]) == ["document", *FIELDS]


def test_an_output_folder_gets_one_file_a_document(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Four frigates.\r\nIn 2024.", encoding="utf-8", newline="")
    result = CliRunner().invoke(scan, [str(tmp_path / "in"), "--output-dir", str(tmp_path / "out")])
    assert result.exit_code == 0
    rows = [
        json.loads(line) for line in (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [(r["start"], r["text"]) for r in rows] == [(0, "Four frigates"), (19, "2024")]


def test_a_file_that_is_not_utf8_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"Spesa: 5 \x80 in tutto")
    (tmp_path / "good.txt").write_text("In 2024.", encoding="utf-8")
    result = CliRunner().invoke(scan, [str(tmp_path)])
    assert isinstance(result.exception, ArsenaleError)
    assert result.exception.message == "1 of 2 texts were not scanned"
    assert result.exception.details == [f"{tmp_path / 'bad.txt'}: byte 9 (0x80) is not UTF-8"]
    assert "iconv" in result.exception.remedy
    assert "good.txt" in result.stdout


def test_a_file_that_is_not_there_is_the_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(scan, [str(tmp_path / "none.txt")])
    assert isinstance(result.exception, ArsenaleError)
    assert result.exception.message == f"{tmp_path / 'none.txt'}: No such file or directory"


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_folder_of_one_file_names_it_as_a_folder_of_two_does(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.txt").write_text("In 2024.", encoding="utf-8")
    result = CliRunner().invoke(scan, [str(tmp_path), "--format", form])
    rows = (
        csv.DictReader(result.stdout.splitlines())
        if form == "csv"
        else map(json.loads, result.stdout.splitlines())
    )
    (row,) = rows
    assert list(row) == ["document", *FIELDS]
    assert row["document"] == str(tmp_path / "a.txt")


def test_standard_input_stands_beside_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In 2024.", encoding="utf-8")
    result = CliRunner().invoke(scan, [str(tmp_path / "a.txt"), "-"], input="In 2025.")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(Path(row["document"]).name, row["text"]) for row in rows] == [("a.txt", "2024"), ("-", "2025")]


def test_standard_input_that_is_not_utf8_is_placed_and_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    text = b"word\n\n" * 250_000 + b"\x80"
    result = CliRunner().invoke(scan, ["-", "--output-dir", str(out)], input=text)
    assert isinstance(result.exception, ArsenaleError)
    assert result.exception.message == "-: byte 1500000 (0x80) is not UTF-8"
    assert list(out.iterdir()) == []


def test_a_table_goes_into_no_folder(tmp_path: Path) -> None:
    result = CliRunner().invoke(scan, ["-", "--format", "table", "--output-dir", str(tmp_path)], input="5")
    assert result.exit_code == 2
    assert "--output-dir takes --format jsonl or csv" in " ".join(result.output.split())


def test_standard_input_is_read(tmp_path: Path) -> None:
    result = CliRunner().invoke(scan, ["-", "--format", "csv"], input="It costs $5.")
    assert result.stdout.splitlines() == [",".join(FIELDS), "9,11,$5,money,5,5,USD,exact,en"]


def test_a_table_shows_the_passage(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It costs $5.", encoding="utf-8")
    result = CliRunner().invoke(scan, [str(path), "--format", "table"])
    assert "It costs $5." in result.stdout
