"""A real Superset: what the bundle brings into an empty instance, and what its readers may do.

The first run installs Superset into an environment of its own, which takes minutes; each run sets up an
empty instance, which takes two more. The screenshot goes to `ARSENALE_SCREENSHOTS`, or to pytest's folder.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Page, Response, sync_playwright

from arsenale.bi.superset import write_bundle
from arsenale.releases.manifest import Provenance
from arsenale.releases.publish import publish
from arsenale.releases.reader import connect
from arsenale.settings import DATABASE_NAME, Settings
from tests.building import ROOT, built_project

from .charts import CHARTS
from .instance import PASSWORD, USER, Superset, running

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
RUN = Provenance(git_commit="0" * 40, checks=())
TODAY = datetime.datetime(2026, 11, 22, 10, 30, tzinfo=datetime.UTC)

Row = tuple[str, ...]


class Warehouse:
    """A warehouse of the test's own, with what the project's build holds."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=ROOT, warehouse=folder / "warehouse", documents=None)
        self.private = folder / "private" / DATABASE_NAME
        self.private.parent.mkdir()
        shutil.copyfile(built_project().database, self.private)
        self.day = TODAY

    def publish(self, *changes: str) -> None:
        with duckdb.connect(str(self.private)) as connection:
            for change in changes:
                connection.execute(change)
        publish(self.private, self.settings, RUN, now=self.day)
        self.day += datetime.timedelta(days=1)

    def rows(self, sql: str) -> list[Row]:
        with connect(self.settings) as connection:
            answer = connection.execute(sql)
            names = [column[0] for column in answer.description]
            return canonical(dict(zip(names, row, strict=True)) for row in answer.fetchall())


@dataclass(frozen=True)
class Shown:
    """The dashboard, as a browser saw it.

    Attributes:
        data: What the chart data API answered, by the chart's title.
        elsewhere: What the page asked of other hosts; none of it was answered.
    """

    data: dict[str, list[dict[str, Any]]]
    elsewhere: list[str]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("bi"))
    warehouse.publish()
    return warehouse


@pytest.fixture(scope="module")
def superset(warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    home = tmp_path_factory.mktemp("superset")
    with connect(warehouse.settings) as connection:
        write_bundle(
            ROOT / "bi" / "superset", connection, warehouse.settings.current_database, home / "dashboard.zip"
        )
    with running(home, home / "dashboard.zip") as superset:
        yield superset


@pytest.fixture(scope="module")
def token(superset: Superset) -> str:
    return superset.token()


@pytest.fixture(scope="module")
def shown(superset: Superset) -> Shown:
    """Open the dashboard as a person does, and listen to what its charts are told."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        # As high as the dashboard: charts out of sight are not asked for.
        page = browser.new_page(viewport={"width": 1440, "height": 6000})
        elsewhere: list[str] = []

        def keep_to(address: str) -> None:
            page.route(
                lambda url: not url.startswith((address, "data:", "blob:")),
                lambda route: (elsewhere.append(route.request.url), route.abort()),
            )

        keep_to(superset.address)
        answers = charts_of(page, superset)
        browser.close()
    return Shown(answers, elsewhere)


def charts_of(page: Page, superset: Superset) -> dict[str, list[dict[str, Any]]]:
    page.goto(f"{superset.address}/login/")
    page.fill("#username", USER)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one) if "/api/v1/chart/data" in one.url else None)
    page.goto(f"{superset.address}/superset/dashboard/arsenale/")
    for _ in range(120):
        if len(answers) >= len(CHARTS):
            break
        page.wait_for_timeout(1000)
    page.wait_for_timeout(5000)
    folder = Path(os.environ.get("ARSENALE_SCREENSHOTS") or superset.home)
    page.screenshot(path=folder / "superset.png", full_page=True)
    titles = {
        header.get_attribute("data-test-chart-id"): header.get_attribute("data-test-chart-name")
        for header in page.locator("[data-test-chart-name]").all()
    }
    assert page.get_by_text("Data error").count() == 0
    data = {}
    for answer in answers:
        assert answer.ok, answer.text()
        (result,) = answer.json()["result"]
        chart = str(answer.request.post_data_json["form_data"]["slice_id"])
        data[titles[chart]] = result["data"]
    return data


def canonical(rows: Any) -> list[Row]:
    return sorted(tuple(text(row[name]) for name in sorted(row)) for row in rows)


def text(value: Any) -> str:
    """A value as both sides tell it: JSON has no decimals, and dates are milliseconds there."""
    match value:
        case None:
            return "∅"
        case bool():
            return str(value)
        case datetime.date():
            midnight = datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC)
            return f"{midnight.timestamp() * 1000:.0f}"
        case int() | float() | Decimal():
            return f"{float(value):.15g}"
    return str(value)


def test_every_chart_has_a_question_in_sql(shown: Shown) -> None:
    assert set(shown.data) == set(CHARTS)


@pytest.mark.parametrize("title", CHARTS)
def test_a_chart_shows_what_sql_answers(title: str, shown: Shown, warehouse: Warehouse) -> None:
    expected = warehouse.rows(CHARTS[title])
    assert expected
    assert canonical(shown.data[title]) == expected


def test_sql_lab_reads_the_release(superset: Superset, token: str, warehouse: Warehouse) -> None:
    status, answer = superset.ask("select count(*) as figures from fct_figure", token)
    assert status == 200
    assert canonical(answer["data"]) == warehouse.rows("select count(*) as figures from fct_figure")


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('{secret}')",
        "select * from read_csv('{secret}')",
        "select * from read_blob('{secret}')",
        "select * from glob('{folder}/*')",
        "copy (select 1) to '{folder}/written.csv'",
        "copy fct_figure from '{secret}'",
        "attach '{folder}/other.duckdb' as other",
        "export database '{folder}/export'",
        "install httpfs",
        "set enable_external_access = true",
        "create table mine as select 1",
        "delete from fct_figure",
    ],
)
def test_sql_lab_reads_no_file_and_changes_nothing(
    sql: str, superset: Superset, token: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nxyzzy\n")
    status, answer = superset.ask(sql.format(secret=secret, folder=tmp_path), token)
    assert status >= 400, answer
    assert "xyzzy" not in str(answer)
    assert list(tmp_path.iterdir()) == [secret]


def test_datasets_carry_the_descriptions_of_dbt(superset: Superset, warehouse: Warehouse) -> None:
    with closing(sqlite3.connect(superset.home / "superset.db")) as state:
        found = state.execute(
            "select table_name, column_name, c.description from table_columns as c "
            "inner join tables as t on c.table_id = t.id where t.sql is null"
        ).fetchall()
    with connect(warehouse.settings) as release:
        expected = release.execute(
            "select table_name, column_name, comment from duckdb_columns() where schema_name = 'main' "
            "and not internal"
        ).fetchall()
    assert set(expected) == set(found)


def test_a_new_release_shows_at_the_next_query(superset: Superset, token: str, warehouse: Warehouse) -> None:
    sql = "select name from dim_operation where operation_id = 'kfor'"
    _, before = superset.ask(sql, token)
    warehouse.publish("update dim_operation set name = 'Kosovo Force' where operation_id = 'kfor'")
    _, after = superset.ask(sql, token)
    assert (before["data"], after["data"]) == ([{"name": "KFOR"}], [{"name": "Kosovo Force"}])
