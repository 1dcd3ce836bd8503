from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from arsenale.errors import ArsenaleError
from arsenale.releases.command import FORMATS, query, releases
from arsenale.releases.query import WRITERS

from .conftest import TODAY, Warehouse

FIGURES = "select figure_id, value, fiscal_year, is_preferred, note from fct_figure order by 1"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("query"))
    warehouse.publish()
    warehouse.publish("update fct_figure set value = value * 2 where figure_id = 'iai@100'")
    return warehouse


@pytest.fixture(autouse=True)
def _environment(published: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(published.settings.warehouse))


def ask(*arguments: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(query, arguments, input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def manage(*arguments: str) -> Result:
    return CliRunner().invoke(releases, arguments, catch_exceptions=False)


def test_the_command_offers_what_can_be_written() -> None:
    assert (*WRITERS, "parquet") == FORMATS


def test_a_table_groups_decimals_and_shows_null() -> None:
    lines = ask("select value, fiscal_year, note from fct_figure where note is null").splitlines()
    assert [cell.strip() for cell in lines[3].strip("│").split("│")] == ["71,000,000,000", "2025", "∅"]
    assert lines[-1] == "1 row"


def test_numbers_are_right_aligned() -> None:
    lines = ask("select * from (values (1, 'a'), (1000, 'bcd')) t (number, text)").splitlines()
    assert lines[3].startswith("│      1 │ a ")


def test_a_table_in_a_pipe_is_never_wrapped() -> None:
    assert "x" * 500 in ask("select repeat('x', 500) as long, 1 as one")


def test_brackets_in_a_value_are_no_markup() -> None:
    assert "[red]x[/red]" in ask("select '[red]x[/red]' as text")


def test_a_long_table_is_cut_and_says_so() -> None:
    text = ask("from range(60)")
    assert "the first 50 rows; there are more" in text
    assert "│    50 │" not in text
    assert "60 rows" in ask("from range(60)", "--limit", "0")
    assert "the first 2 rows" in ask("from range(60)", "-n", "2")
    assert "50 rows" in ask("from range(50)")


def test_csv_has_all_rows_and_tells_null_from_empty() -> None:
    assert ask(FIGURES, "--format", "csv").splitlines()[:3] == [
        "figure_id,value,fiscal_year,is_preferred,note",
        "iai@100,71000000000.0000,2025,true,",
        'iai@200,7.2000,2025,false,""',
    ]
    assert len(ask("from range(60)", "--format", "csv").splitlines()) == 61


def test_csv_of_a_query_is_the_csv_of_the_release(published: Warehouse) -> None:
    exported = published.settings.warehouse / "current" / "csv" / "fct_figure.csv"
    assert ask("from fct_figure order by figure_id", "--format", "csv") == exported.read_text(
        encoding="utf-8"
    )


def test_csv_survives_a_csv_reader() -> None:
    text = 'a, "b"\nc'
    (row,) = csv.DictReader(ask(f"select '{text}' as t", "--format", "csv").splitlines(keepends=True))
    assert row == {"t": text}


def test_json_keeps_every_digit() -> None:
    text = ask(
        "select 12345678901234567890.1234::decimal(38, 4) as d, [0.1, null] as l, {'a': 0.1} as s", "--json"
    )
    assert json.loads(text, parse_float=Decimal) == [
        {"d": Decimal("12345678901234567890.1234"), "l": [Decimal("0.1"), None], "s": {"a": Decimal("0.1")}}
    ]


def no_json(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_has_null_for_what_is_no_number_and_text_for_every_name(form: str) -> None:
    sql = "select 'inf'::double as i, ['nan'::float] as l, {'x': '-inf'::double} as s, map {1: 2} as m"
    found = json.loads(ask(sql, "--format", form), parse_constant=no_json)
    row = found[0] if form == "json" else found
    assert row == {"i": None, "l": [None], "s": {"x": None}, "m": {"1": 2}}


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_refuses_two_columns_of_one_name(form: str) -> None:
    with pytest.raises(ArsenaleError, match="two columns of one name: a") as refused:
        ask("select 1 as a, 2 as a", "--format", form)
    assert "give them aliases" in refused.value.remedy
    assert ask("select 1 as a, 2 as a", "--format", "csv") == "a,a\n1,2\n"


def test_json_of_rows_of_every_type() -> None:
    assert json.loads(ask("select date '2026-01-02' as d, true as b, 'è\"' as t, null as n", "--json")) == [
        {"d": "2026-01-02", "b": True, "t": 'è"', "n": None}
    ]
    assert json.loads(ask("from fct_figure where false", "--format", "json")) == []
    assert len(json.loads(ask("from range(60)", "--format", "json"))) == 60


def test_json_lines_are_one_object_each() -> None:
    lines = ask("from range(3)", "--format", "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [{"range": 0}, {"range": 1}, {"range": 2}]


def test_markdown_is_a_table() -> None:
    assert ask("select 1.50 as n, 'a|b' as t, null::bigint as x", "--format", "markdown").splitlines() == [
        "| n | t | x |",
        "| ---: | --- | ---: |",
        "| 1.50 | a\\|b |  |",
    ]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    out = tmp_path / "figures.parquet"
    ask(FIGURES, "--out", str(out), "--limit", "2")
    table = parquet.read_table(out)
    assert str(table.schema.field("value").type) == "decimal128(38, 4)"
    assert table.num_rows == 2


def test_the_ending_of_the_file_says_the_format(tmp_path: Path) -> None:
    for ending, first in (("csv", "range"), ("md", "| range |"), ("json", "["), ("jsonl", '{"range": 0}')):
        out = tmp_path / f"answer.{ending}"
        ask("from range(2)", "--out", str(out))
        assert out.read_text().splitlines()[0] == first
    assert CliRunner().invoke(query, ["from range(2)", "--out", str(tmp_path / "a.xlsx")]).exit_code == 2


def test_a_query_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "answer.csv"
    out.write_text("before")
    with pytest.raises(ArsenaleError):
        ask(
            "select case when range = 200000 then error('late') else '1' end from range(300000)",
            "--out",
            str(out),
        )
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    for name in ("no/answer.csv", "no/answer.parquet"):
        with pytest.raises(ArsenaleError, match=f"cannot write {tmp_path / name}"):
            ask("from range(2)", "--out", str(tmp_path / name))


def test_sql_is_read_from_standard_input() -> None:
    assert ask("-", "--format", "csv", stdin="select 1 as one") == "one\n1\n"


def test_sql_may_begin_with_a_comment() -> None:
    assert ask("-- how many?\nselect 1 as one", "--format", "csv") == "one\n1\n"


def test_a_mistake_is_one_line_with_a_remedy() -> None:
    with pytest.raises(ArsenaleError, match="fct_figures does not exist") as caught:
        ask("from fct_figures")
    assert "fct_figure" in caught.value.remedy


@pytest.mark.parametrize("sql", ["", "-- nothing", ";"], ids=["empty", "a comment", "a semicolon"])
def test_sql_that_asks_for_nothing_says_so(sql: str) -> None:
    with pytest.raises(ArsenaleError, match="asks for nothing"):
        ask(sql)
    with pytest.raises(ArsenaleError):
        ask(sql, "--format", "parquet", "--out", "x.parquet")


def test_parquet_needs_a_file() -> None:
    with pytest.raises(ArsenaleError) as caught:
        ask("from range(2)", "--format", "parquet")
    assert "--out" in caught.value.remedy


def test_a_query_starts_without_the_tools_of_the_build_and_in_half_a_second() -> None:
    script = """
import sys
from arsenale.releases.command import query
query(["from fct_figure"], standalone_mode=False)
imported = {name.partition(".")[0] for name in sys.modules}
heavy = imported & {"dagster", "dbt", "pandera", "polars", "pyarrow", "pandas"}
assert not heavy, heavy
"""
    # Processor time, since other work on the machine lengthens the wall clock.
    timings = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        timings.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(timings) < 0.5


def test_list_marks_the_current_release() -> None:
    found = json.loads(manage("list", "--json").stdout)
    assert [one["current"] for one in found] in ([True, False], [False, True])
    assert {one["figures"] for one in found} == {3}
    assert found[0]["release_id"] in manage("list").stdout


def test_show_prints_the_manifest() -> None:
    assert json.loads(manage("show", "--json").stdout)["schema_version"] == "1.0"
    assert "fct_figure" in manage("show").stdout


def test_verify_exits_with_the_verdict(published: Warehouse) -> None:
    assert manage("verify").stdout.endswith(": verified\n")
    assert json.loads(manage("verify", "--json").stdout)["verified"] is True
    (one, _) = json.loads(manage("list", "--json").stdout)
    path = published.settings.warehouse / "releases" / one["release_id"] / "CHANGES.md"
    path.chmod(0o644)
    original = path.read_text()
    path.write_text("other")
    result = manage("verify", one["release_id"])
    path.write_text(original)
    assert result.exit_code == 1
    assert "changed: CHANGES.md" in result.stdout


def test_diff_shows_what_changed(published: Warehouse) -> None:
    current = json.loads(manage("show", "--json").stdout)
    before = current["previous_release"]
    text = manage("diff", before).stdout
    assert "| iai@100 | value | 35500000000.0000 | 71000000000.0000 | iai |" in text
    (table,) = json.loads(manage("diff", before, current["release_id"], "--json").stdout)["tables"]
    assert table["changed"][0]["new"] == "71000000000.0000"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    warehouse = Warehouse(tmp_path)
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(warehouse.settings.warehouse))
    ids = [warehouse.publish().release.release_id]
    return [
        *ids,
        warehouse.publish("delete from rpt_freshness", now=TODAY.replace(day=23)).release.release_id,
    ]


def test_keep_prune_and_rollback_say_what_they_did(two: list[str]) -> None:
    assert manage("keep", two[0], "--reason", "cited").stdout == f"kept: {two[0]}\n"
    assert json.loads(manage("prune", "--keep", "1", "--json").stdout) == {"removed": []}
    assert manage("prune", "--keep", "1").stdout == "nothing to remove\n"
    back = f"(was {two[1]}; back: arsenale releases rollback {two[1]})"
    assert manage("rollback").stdout == f"current: {two[0]} {back}\n"
    assert json.loads(manage("rollback", two[1], "--json").stdout) == {"current": two[1], "was": two[0]}
    assert manage("rollback", two[1]).stdout == f"current: {two[1]}\n"
    assert "cited" in manage("list").stdout


def test_prune_names_what_it_removed(two: list[str]) -> None:
    assert manage("prune", "--keep", "1").stdout == f"removed: {two[0]}\n"


def test_an_empty_warehouse_lists_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(tmp_path))
    assert "no release yet" in manage("list").stdout


@pytest.mark.parametrize(
    "command", [[], ["list"], ["show"], ["verify"], ["diff"], ["rollback"], ["prune"], ["keep"]]
)
def test_every_command_explains_itself(command: list[str]) -> None:
    result = manage(*command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
