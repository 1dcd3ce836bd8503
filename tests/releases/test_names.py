"""Names are completed, and an unknown one is answered with the nearest, from the release itself."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from arsenale.errors import ArsenaleError
from arsenale.releases.names import Names, read_names
from arsenale.releases.prompt import NameCompleter
from arsenale.releases.query import run_query
from arsenale.releases.reader import connect
from tests.building import BIN, ROOT

from .conftest import Warehouse

ARSENALE = [str(BIN / "arsenale")]
DOWN_THE_PAGER = "#!/bin/sh\nexec cat > '{file}'\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("names"))
    warehouse.publish()
    return warehouse


@pytest.fixture(scope="module")
def names(published: Warehouse) -> Names:
    with connect(published.settings) as connection:
        return read_names(connection)


@pytest.fixture
def environment(published: Warehouse) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ARSENALE_WAREHOUSE": str(published.settings.warehouse),
        "TERM": "xterm",
        "COLUMNS": "80",
        "LINES": "24",
    }


@pytest.mark.parametrize(
    ("before", "offered"),
    [
        ("from fct", ["fct_figure"]),
        ("select * from dim_document join br", ["bridge_claim_figure", "bridge_deployment_figure"]),
        ("FROM raw.", ["raw.figures"]),
        ("select * from raw.figures where pr", ["printed"]),
        ("select title, sh", ["sha256"]),
        ("select f.fis", []),
        ("from fct_figure as f where f.fis", ["f.fiscal_year"]),
        ("from fct_figure where dim_document.pub", ["dim_document.published_on", "dim_document.publisher"]),
        ("from fct_figure where is_", ["is_preferred"]),
        ("select 'no such thing as zz", []),
    ],
)
def test_a_name_is_completed_by_what_stands_before_it(before: str, offered: list[str], names: Names) -> None:
    assert sorted(names.completions(before)) == offered


def test_the_prompt_replaces_the_word_at_the_cursor(names: Names) -> None:
    (found,) = NameCompleter(names).get_completions(Document("from fct_figure where fis"), CompleteEvent())
    assert (found.text, found.start_position) == ("fiscal_year", -3)


def test_the_shell_completes_the_text_that_it_takes_for_one_word(environment: dict[str, str]) -> None:
    asked = {
        "_ARSENALE_COMPLETE": "bash_complete",
        "COMP_WORDS": 'arsenale query "select title from dim_doc',
        "COMP_CWORD": "2",
    }
    done = subprocess.run(ARSENALE, env=environment | asked, capture_output=True, text=True, check=True)
    assert done.stdout == "plain,select title from dim_document\n"


def test_the_shell_is_offered_nothing_where_nothing_is_published(
    environment: dict[str, str], tmp_path: Path
) -> None:
    asked = {
        "_ARSENALE_COMPLETE": "bash_complete",
        "COMP_WORDS": 'arsenale query "from f',
        "COMP_CWORD": "2",
        "ARSENALE_WAREHOUSE": str(tmp_path),
    }
    done = subprocess.run(ARSENALE, env=environment | asked, capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_nothing_is_written_into_the_warehouse(published: Warehouse) -> None:
    inside = published.settings.warehouse / "current" / "answer.csv"
    for form in ("csv", "parquet"):
        with pytest.raises(ArsenaleError, match="inside the warehouse"):
            run_query("select 1", format=form, out=inside, settings=published.settings)
    assert not inside.exists()


def on_a_terminal(
    command: list[str], environment: dict[str, str], conversation: Iterable[tuple[str, str]] = ()
) -> str:
    """Run a command on a pseudo-terminal to its end, and return all that it showed.

    Whenever the text that comes next in the conversation is shown, what belongs to it is typed.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment)
    shown, unread, deadline = "", "", time.monotonic() + 60
    turns = iter([*conversation, ("there is nothing more to say", "")])
    awaited, typed = next(turns)
    try:
        while time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.1)[0]:
                unread += os.read(terminal, 65536).decode(errors="replace")
            if awaited in unread:
                # What came along in one piece may hold what comes next.
                before, _, unread = unread.partition(awaited)
                shown += before + awaited
                os.write(terminal, typed.encode())
                awaited, typed = next(turns)
    except OSError:  # Linux's way of telling that the other end is closed
        pass
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    return shown + unread


def pager_of(folder: Path) -> tuple[dict[str, str], Path]:
    script, file = folder / "pager", folder / "paged.txt"
    script.write_text(DOWN_THE_PAGER.format(file=file))
    script.chmod(0o755)
    return {"PAGER": str(script)}, file


def test_a_long_table_goes_to_the_pager_and_is_not_cut_at_fifty_rows(
    environment: dict[str, str], tmp_path: Path
) -> None:
    pager, file = pager_of(tmp_path)
    query = [*ARSENALE, "query", "select range as n, repeat('x', 200) as wide from range(200)"]
    on_a_terminal(query, environment | pager)
    paged = file.read_text()
    assert "x" * 200 in paged
    assert "200 rows" in paged


def test_a_table_that_fits_stays_on_the_screen(environment: dict[str, str], tmp_path: Path) -> None:
    pager, file = pager_of(tmp_path)
    shown = on_a_terminal([*ARSENALE, "query", "select 42 as n"], environment | pager)
    assert "42" in shown
    assert not file.exists()


def test_the_prompt_answers_explains_and_goes_on(environment: dict[str, str]) -> None:
    shown = on_a_terminal(
        [*ARSENALE, "query"],
        environment | {"PROMPT_TOOLKIT_NO_CPR": "1"},
        [
            ("arsenale>", "select valu from fct_figure;\r"),
            ("did you mean value", ""),
            ("arsenale>", "select 6 * 7\r"),
            ("...", "as answer;\r"),
            ("42", ""),
            ("arsenale>", "\x04"),
        ],
    )
    assert "did you mean value" in shown
    assert "1 row" in shown
