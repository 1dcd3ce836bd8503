"""Files are replaced whole or not at all, whoever else writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from arsenale.errors import ArsenaleError
from arsenale.files import replaced


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_replaced_and_nothing_stays_beside_it(tmp_path: Path, *, durable: bool) -> None:
    file = tmp_path / "state.json"
    for text in ("one", "two"):
        with replaced(file, durable=durable) as draft:
            draft.write_text(text)
            assert file.exists() == (text == "two")
        assert file.read_text() == text
    assert list(tmp_path.iterdir()) == [file]


def half(file: Path) -> None:
    with replaced(file) as draft:
        draft.write_text("half of the n")
        raise ZeroDivisionError


def write(file: Path) -> None:
    with replaced(file) as draft:
        draft.write_text("new")


def test_a_block_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text("old")
    with pytest.raises(ZeroDivisionError):
        half(file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArsenaleError, match=r"cannot write .*nowhere/x: No such file") as caught:
        write(tmp_path / "nowhere" / "x")
    assert caught.value.remedy
