"""The Dagster UI in a browser: the lineage, runs started there, their checks, and the history of releases.

Screenshots go to `ARSENALE_SCREENSHOTS`, or to pytest's temporary folder.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.building import BIN, PATIENCE, Project, new_project, with_cell

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
GROUPS = ("documents", "capture", "staging", "intermediate", "marts", "release")
"""The rooms of the lineage, in the order of a figure's way."""

BUILD_MS = PATIENCE * 1000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return new_project(tmp_path_factory.mktemp("ui"))


@pytest.fixture(scope="module")
def address(project: Project) -> Iterator[str]:
    """Start `arsenale ui` on a free port, and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (project.home / "ui.log").open("w")
    server = subprocess.Popen(
        [str(BIN / "arsenale"), "ui", "--port", str(port)],
        cwd=project.home,
        env=project.environment(),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/server_info", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        # Asked, it ends the processes behind it; killed, it would leave them.
        server.terminate()
        server.wait(PATIENCE)


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, TimeoutError):
            assert server.poll() is None, "arsenale ui ended"
            assert time.monotonic() < deadline, "arsenale ui does not answer"
            time.sleep(0.2)
        else:
            return


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            str(tmp_path_factory.mktemp("chromium")),
            executable_path=CHROMIUM,
            headless=True,
            args=list(ARGUMENTS),
            viewport={"width": 1700, "height": 1000},
        )
        page = browser.new_page()
        page.set_default_timeout(60_000)
        yield page
        browser.close()


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("ARSENALE_SCREENSHOTS")
    return Path(named) if named else tmp_path_factory.mktemp("screenshots")


def test_the_lineage_shows_every_room_from_documents_to_release(
    page: Page, address: str, screenshots: Path
) -> None:
    page.goto(f"{address}/asset-groups")
    for group in GROUPS:
        expect(page.get_by_text(group, exact=True).first).to_be_visible()
    page.screenshot(path=screenshots / "lineage.png")


def build_all(page: Page, address: str, runs: int) -> str:
    """Press the button, wait for the run's end, and return how it ended.

    Args:
        page: The browser's.
        address: The UI's.
        runs: How many runs there are then.
    """
    page.goto(f"{address}/locations/arsenale/jobs/build")
    page.get_by_role("button", name="Materialize all").click()
    page.get_by_text("Launched run").first.wait_for()
    return ended(page, address, runs)


def ended(page: Page, address: str, runs: int) -> str:
    page.goto(f"{address}/runs")
    ends = page.get_by_text(re.compile("^(Success|Failure)$"))
    expect(ends).to_have_count(runs, timeout=BUILD_MS)
    return ends.first.inner_text()


def test_a_run_that_is_started_in_the_browser_publishes(
    page: Page, address: str, screenshots: Path, project: Project
) -> None:
    assert project.release_id() is None
    assert build_all(page, address, 1) == "Success"
    page.screenshot(path=screenshots / "runs.png")
    assert project.release_id() is not None
    page.goto(f"{address}/assets/release")
    expect(page.get_by_text(str(project.release_id()), exact=True).first).to_be_visible()
    page.screenshot(path=screenshots / "release.png")


def test_the_checks_are_green(page: Page, address: str, screenshots: Path) -> None:
    for asset in ("documents", "captured_seeds", "main/fct_figure", "main/dim_release"):
        page.goto(f"{address}/assets/{asset}?view=checks")
        expect(page.get_by_text("Passed", exact=True).first).to_be_visible()
        expect(page.get_by_text("Succeeded", exact=True).first).to_be_visible()
        assert page.get_by_text("Failed", exact=True).count() == 0
        page.screenshot(path=screenshots / f"checks-{asset.replace('/', '-')}.png")


def test_a_model_shows_what_its_rows_and_columns_are(page: Page, address: str, screenshots: Path) -> None:
    page.goto(f"{address}/assets/main/fct_figure")
    expect(page.get_by_text("One row per figure").first).to_be_visible()
    expect(page.get_by_text("Document that prints it.").first).to_be_visible()
    page.screenshot(path=screenshots / "model.png")


def test_a_model_shows_its_row_count_and_the_lineage_of_its_columns(
    page: Page, address: str, screenshots: Path
) -> None:
    page.goto(f"{address}/assets/main/fct_spending")
    expect(page.get_by_text("Row count").first).to_be_visible()
    page.screenshot(path=screenshots / "row-count.png")
    page.goto(f"{address}/assets/main/fct_spending?view=events")
    # The count is an event of its own, after the one that dbt tells.
    page.locator('[data-index="1"]').click()
    expect(page.get_by_text("int_amounts_converted.amount_eur", exact=True).first).to_be_visible()
    page.screenshot(path=screenshots / "column-lineage.png")


def test_a_part_that_is_chosen_in_the_browser_is_built_and_not_published(
    page: Page, address: str, screenshots: Path, project: Project
) -> None:
    published = project.release_id()
    page.goto(f"{address}/assets/release")
    page.get_by_role("button", name="Materialize").first.click()
    page.get_by_text("Launched run").first.wait_for()
    assert ended(page, address, 2) == "Failure"
    # The newest run stands first.
    newest = page.locator("a[href*='/runs/']").first.get_attribute("href")
    page.goto(f"{address}{newest}")
    expect(page.get_by_text("dbt has not run in this build").first).to_be_visible()
    page.screenshot(path=screenshots / "partial-run.png")
    assert project.release_id() == published


def test_a_failing_check_shows_its_row(page: Page, address: str, screenshots: Path, project: Project) -> None:
    published = project.release_id()
    with project.edited("party_aliases.csv", with_cell("party_id", lambda _: "ATLANTIS")):
        assert build_all(page, address, 3) == "Failure"
    page.goto(f"{address}/assets/captured_seeds?view=checks&checkDetail=contracts")
    expect(page.get_by_text("Failed", exact=True).first).to_be_visible()
    expect(page.get_by_text("party_aliases.csv:2:party_id").first).to_be_visible()
    # The row, as a table of the check's metadata.
    expect(page.get_by_text("'ATLANTIS'", exact=True).first).to_be_visible()
    page.screenshot(path=screenshots / "failing-check.png")
    assert project.release_id() == published


def test_the_history_of_the_release_asset_is_that_of_the_releases(
    page: Page, address: str, screenshots: Path, project: Project
) -> None:
    first = str(project.release_id())
    # Nothing has changed: a build that publishes nothing is no new entry.
    assert build_all(page, address, 4) == "Success"
    with (project.home / "seeds" / "party_aliases.csv").open("a", encoding="utf-8") as seed:
        seed.write("la Penisola,ITA\n")
    assert build_all(page, address, 5) == "Success"
    second = str(project.release_id())
    assert first != second
    page.goto(f"{address}/assets/release?view=events")
    for entry, kind, release in (
        (0, "Materialized in run", second),
        # It came to the same: no release, and told apart.
        (1, "Observed in run", first),
        (2, "Materialized in run", first),
    ):
        page.locator(f'[data-index="{entry}"]').click()
        expect(page.get_by_text(kind).first).to_be_visible()
        expect(page.get_by_text(release, exact=True).first).to_be_visible()
    expect(page.locator("[data-index]")).to_have_count(3)
    page.locator('[data-index="0"]').click()
    # What changed, as Markdown.
    expect(page.get_by_text("1 table differs: 1 rows added").first).to_be_visible()
    page.screenshot(path=screenshots / "release-history.png")


def test_the_release_shows_that_it_is_fresh(page: Page, address: str, screenshots: Path) -> None:
    page.goto(f"{address}/assets/release?view=checks&checkDetail=is_fresh")
    expect(page.get_by_text("confirmed").first).to_be_visible()
    expect(page.get_by_text("Passed", exact=True).first).to_be_visible()
    page.screenshot(path=screenshots / "fresh.png")
    page.goto(f"{address}/automation")
    for name in ("daily_build", "edited_inputs", "alerts", "exchange_rates_age", "retention"):
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
    page.screenshot(path=screenshots / "automation.png")
