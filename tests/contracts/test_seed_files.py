"""FAILURES.md, "What a seed file may look like", row by row: each input, its verdict and its message."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arsenale.contracts import strict_csv
from arsenale.contracts.strict_csv import Table, UnreadableError, read_table
from arsenale.files import MAX_BYTES, RefusedFileError, read_bytes

HEADER = "a,b\n"


def read(content: str | bytes) -> Table:
    return read_table("f.csv", content.encode() if isinstance(content, str) else content)


def cells(content: str | bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(content).rows]


def refusals(content: str | bytes) -> list[str]:
    with pytest.raises(UnreadableError) as caught:
        read(content)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "content",
    [
        "a,b\nè,2\n".encode(),
        b"\xef\xbb\xbf" + "a,b\nè,2\n".encode(),
        "a,b\r\nè,2\r\n".encode(),
        b"\xef\xbb\xbf" + "a,b\r\nè,2".encode(),
    ],
    ids=["plain", "byte order mark", "CRLF", "both, last line end missing"],
)
def test_utf8_is_read_alike_with_or_without_mark_and_with_either_line_end(content: bytes) -> None:
    assert read(content).header == ("a", "b")
    assert cells(content) == [("è", "2")]


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        ("a,b\nè,2\n".encode("cp1252"), "f.csv:2:byte 4", "the byte 0xe8, not UTF-8"),
        (b"\xef\xbb\xbfa,b\n\x80,2\n", "f.csv:2:byte 7", "the byte 0x80, not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "f.csv:byte 0", "UTF-16"),
        ("a,b\n1,2\n".encode("utf-16-le"), "f.csv:byte 0", "UTF-16"),
        (b"a,b\r1,2\r", "f.csv:1:offset 3", "a carriage return without a line feed"),
        (b"a,b\r\n1,2\r\n3,4\n", "f.csv:3:offset 13", "mixed line ends (2 CRLF, 1 LF)"),
        (b"a,b\n1,2\r\n3,4\n", "f.csv:2:offset 7", "mixed line ends (1 CRLF, 2 LF)"),
    ],
)
def test_other_encodings_and_line_ends_are_refused_with_their_offset(
    content: bytes, place: str, found: str
) -> None:
    (refusal,) = refusals(content)
    assert refusal.startswith(f"{place}: found {found}")


@pytest.mark.parametrize(
    "character",
    [
        "\0",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\u200b",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u202e",
        "\u2066",
        "\u2028",
    ],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_characters_that_cannot_be_seen_are_refused_with_line_and_column(character: str) -> None:
    (refusal,) = refusals(f"{HEADER}1,2\nab{character},4\n")
    assert refusal.startswith(f"f.csv:3:character 3: found U+{ord(character):04X}")


def test_every_unseen_character_is_named_up_to_twenty() -> None:
    assert len(refusals(HEADER + "\u200b" * 3 + ",\n")) == 3
    assert len(refusals(HEADER + "\0" * 1000 + ",\n")) == 20


def test_tabs_and_no_break_blanks_are_text() -> None:
    assert cells(f"{HEADER}a\tb,1\u202f000\n") == [("a\tb", "1\u202f000")]


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        ('a,b\n1,2\n"3,4\n5,6\n', "f.csv:3:character 1", "a quote that is never closed"),
        ('a,b\n"""1,2\n', "f.csv:2:character 1", "a quote that is never closed"),
        ('a,b\n"1"x,2\n', "f.csv:2:character 4", "'x' after a closing quote"),
        ('a,b\n"1" ,2\n', "f.csv:2:character 4", "' ' after a closing quote"),
        ('a,b\n1"x",2\n', "f.csv:2:character 2", "a quote inside an unquoted cell"),
        ('a,b\n"x\ny"z,2\n', "f.csv:3:character 3", "'z' after a closing quote"),
    ],
)
def test_stray_quotes_are_refused_with_line_and_character(content: str, place: str, found: str) -> None:
    (refusal,) = refusals(content)
    assert refusal.startswith(f"{place}: found {found}")


def test_a_stray_line_break_makes_short_rows_and_both_are_named() -> None:
    assert refusals("a,b,c\n1,2,3\n4,\n5,6\n") == [
        "f.csv:3:c: found 2 of 3 cells, expected all of them; "
        "add the missing cells, or mend a line break in the row",
        "f.csv:4:c: found 2 of 3 cells, expected all of them; "
        "add the missing cells, or mend a line break in the row",
    ]


def test_quoted_commas_quotes_and_line_breaks_are_text_and_lines_are_counted_through_them() -> None:
    table = read('a,b\n"1,5","say ""so"""\n"two\nlines",\n3,4\n')
    assert [row.cells for row in table.rows] == [("1,5", 'say "so"'), ("two\nlines", ""), ("3", "4")]
    assert [row.line for row in table.rows] == [2, 3, 5]


@pytest.mark.parametrize(
    ("header", "refusal"),
    [
        ("a,b,a", "f.csv:1:a: found 'a' twice, expected each column once; delete one of them"),
        ("a, b,c", "f.csv:1:b: found ' b', expected 'b'; delete the blanks"),
        ("a,b,", "f.csv:1: found no name for column 3, expected a name; "
                 "delete the trailing comma, or name the column"),
        ("a;b;c", "f.csv:1: found semicolons, expected commas between cells; save the file comma separated"),
    ],
)  # fmt: skip
def test_a_damaged_header_is_refused(header: str, refusal: str) -> None:
    assert refusals(f"{header}\n1,2,3\n") == [refusal]


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ("1", "f.csv:3:b: found 1 of 2 cells, expected all of them"),
        ("1,2,3", "f.csv:3:b: found 3 cells, expected 2"),
        ("1,2,", "f.csv:3:b: found 3 cells, expected 2; delete the trailing comma"),
        ("", "f.csv:3: found a blank row, expected 2 cells; delete the line"),
        ("1;2", "f.csv:3:b: found 1 of 2 cells"),
    ],
    ids=["short", "long", "trailing comma", "blank", "semicolons"],
)
def test_a_row_of_another_width_is_refused(row: str, refusal: str) -> None:
    (found,) = refusals(f"{HEADER}1,2\n{row}\n3,4\n")
    assert found.startswith(refusal)


def test_a_blank_line_at_the_end_is_refused_and_a_quoted_nothing_is_no_blank_row() -> None:
    assert refusals("a\n1\n\n") == ["f.csv:3: found a blank row, expected 1 cells; delete the line"]
    assert cells('a\n""\n') == [("",)]


def test_an_empty_file_and_a_header_alone_are_refused() -> None:
    assert refusals("") == ["f.csv: found an empty file, expected a header and rows; restore the file"]
    assert refusals("a,b\n") == [
        "f.csv:1: found a header and no rows, expected rows below the header; restore the rows"
    ]


def test_a_cell_of_a_million_characters_is_read_and_one_more_is_refused() -> None:
    longest = "x" * strict_csv.MAX_CELL
    assert cells(f"{HEADER}1,{longest}\n") == [("1", longest)]
    (refusal,) = refusals(f'{HEADER}1,"{longest}x"\n')
    assert refusal.startswith("f.csv:2:character 3: found a cell of 1,000,001 characters")


def test_a_file_of_a_hundred_million_bytes_is_read_and_a_sparse_larger_one_is_refused_unread(
    tmp_path: Path,
) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * 11)
    assert read_bytes(path, max_bytes=11) == b"x" * 11
    with pytest.raises(RefusedFileError, match="found 11 bytes, expected at most 10"):
        read_bytes(path, max_bytes=10)
    os.truncate(path, 10_000_000_000)
    with pytest.raises(RefusedFileError, match="found 10,000,000,000 bytes, expected at most 100,000,000"):
        read_bytes(path)
    assert MAX_BYTES == 100_000_000


def test_a_link_a_fifo_a_folder_and_nothing_are_refused_at_once(seeds) -> None:
    seeds.file("deals").rename(seeds.path / "elsewhere")
    seeds.file("deals").symlink_to(seeds.path / "elsewhere")
    seeds.file("units").unlink()
    os.mkfifo(seeds.file("units"))
    seeds.file("words").unlink()
    seeds.file("words").mkdir()
    seeds.file("terms").unlink()
    assert seeds.problems()[:4] == [
        "deals.csv: found a symbolic link, expected a regular file; put the file itself in its place",
        "terms.csv: found no such file, expected a regular file; restore it, or correct the path",
        "units.csv: found a FIFO, expected a regular file; put the file itself in its place",
        "words.csv: found a folder, expected a regular file; put the file itself in its place",
    ]


@pytest.mark.parametrize("name", ["o'brien.csv", "..figures.csv", "figure.csv", "Extra.CSV", 'a"b.csv'])
def test_a_file_of_another_name_is_refused(seeds, name: str) -> None:
    (seeds.path / name).write_text("a\n1\n")
    (problem,) = seeds.problems()
    assert problem.startswith(f"{name!r}: found a file without a contract, expected a declared seed")


def test_a_seed_in_a_folder_below_is_refused_since_dbt_would_load_it(seeds) -> None:
    (seeds.path / "more").mkdir()
    (seeds.path / "more" / "figures.csv").write_text("a\n1\n")
    (problem,) = seeds.problems()
    assert problem.startswith("'more/figures.csv': found a file without a contract")


def test_reordered_columns_are_taken_by_name(seeds) -> None:
    seeds.write("party_aliases", "party_id,alias\nTUR,Turkey\n")
    (row,) = seeds.report().files["party_aliases"].records
    assert row.cells == {"alias": "Turkey", "party_id": "TUR"}


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        (
            "alias,party",
            ["party_aliases.csv:1:party: found the column 'party', expected the column party_id; "
             "write party_id"],
        ),
        (
            "alias",
            ["party_aliases.csv:1:party_id: found no such column, expected the column party_id; "
             "add it to the header"],
        ),
        (
            "alias,party_id,colour",
            ["party_aliases.csv:1:colour: found the column 'colour', expected only the columns alias, "
             "party_id; delete the column, or declare it in arsenale/contracts"],
        ),
    ],
    ids=["misspelt", "missing", "extra"],
)  # fmt: skip
def test_another_header_is_refused_with_found_and_expected(seeds, header: str, problems: list[str]) -> None:
    seeds.write("party_aliases", f"{header}\n{','.join('x' for _ in header.split(','))}\n")
    assert seeds.problems() == problems
