"""The folder: whole, small, the same each time, and true to the tables. No browser is needed to see it."""

from __future__ import annotations

import filecmp
import random
import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

import duckdb
import pytest

from arsenale.errors import ArsenaleError
from arsenale.releases.store import Release
from arsenale.releases.verify import verify
from arsenale.settings import Settings
from arsenale.site.address import anchor
from arsenale.site.chart import COLOURS
from arsenale.site.language import CODES
from arsenale.site.render import render, render_alone
from arsenale.site.write import PAGES

from .conftest import Page, Site
from .numbers import agrees, values_in_sql

MEGABYTE = 10**6
SEED = 20261122


def files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def test_the_site_is_a_part_of_a_release_that_verifies(site: Site) -> None:
    assert (site.folder / "index.html").is_file()
    assert verify(site.release) == []


def test_it_is_small(site: Site) -> None:
    assert sum(path.stat().st_size for path in site.folder.rglob("*")) < 6 * MEGABYTE
    for code in CODES:
        first = [site.folder / code / "index.html", *site.folder.glob("assets/*")]
        assert sum(path.stat().st_size for path in first) < 1.5 * MEGABYTE


def test_every_page_is_there_in_every_language(site: Site) -> None:
    for code in CODES:
        assert {f"{name}.html" for name in PAGES} == {
            path.name for path in (site.folder / code).glob("*.html")
        }
    assert files(site.folder / "en") == files(site.folder / "it")


def test_no_link_is_dead_and_no_address_is_a_hosts(site: Site) -> None:
    for path, page in site.pages.items():
        for address in page.addresses:
            if address.startswith("mailto:"):
                continue
            target, fragment = urldefrag(address)
            documents = {row.href for row in page.links if row.href.startswith("http")}
            assert not target.startswith(("http:", "//")), f"{path}: {address}"
            if address in documents:
                # The address of a document, to be followed by a reader who wants to.
                continue
            other = (path.parent / unquote(target)).resolve() if target else path
            assert other.is_file(), f"{path}: {address}"
            if fragment:
                assert unquote(fragment) in site.pages[other].anchors, f"{path}: {address}"


def test_every_figure_and_event_has_its_place(site: Site, connection: duckdb.DuckDBPyConnection) -> None:
    ids = connection.execute(
        "select figure_id from fct_figure union all select event_id from fct_event order by 1"
    ).fetchall()
    assert len(ids) > 200
    for code in CODES:
        anchors = {
            (page.path.stem.partition("-2")[0], one)
            for page in site.pages.values()
            if page.path.parent == site.folder / code / "figures"
            for one in page.anchors
        }
        assert not [one for (one,) in ids if not any(anchor(one) == name for _, name in anchors)]


def numbers(page: Page) -> list[tuple[str, str, str]]:
    """Return the numbers of a page that lead to a figure: text, source, id of the figure."""
    found = []
    for link in page.links:
        match = re.search(r"(?:figures/)?([^/]*)\.html#c(\d+)$", link.href)
        if (
            match
            and link.source
            and not link.source.endswith(("as_reported", "started_on", "date_a", "date_b"))
        ):
            found.append((link.text, link.source, f"{re.sub(r'-[2-9]$', '', match[1])}@{match[2]}"))
    return found


@pytest.mark.parametrize("code", CODES)
def test_numbers_are_those_of_the_tables(
    site: Site, connection: duckdb.DuckDBPyConnection, code: str
) -> None:
    found = [
        one
        for path, page in site.pages.items()
        if path.is_relative_to(site.folder / code)
        for one in numbers(page)
    ]
    # All of the pages of the menu, and as many again of the places of figures.
    assert len(found) > 500
    wrong = [
        (text, source, identity)
        for text, source, identity in random.Random(SEED).sample(found, 400)
        if not agrees(text, code, values_in_sql(connection, source, identity))
    ]
    assert wrong == []


def test_every_column_of_numbers_is_looked_at(site: Site, connection: duckdb.DuckDBPyConnection) -> None:
    by_source: dict[str, tuple[str, str]] = {}
    for page in site.pages.values():
        if page.path.parent == site.folder / "en":
            for text, source, identity in numbers(page):
                by_source.setdefault(source, (text, identity))
    assert len(by_source) > 15
    wrong = {
        source: text
        for source, (text, identity) in by_source.items()
        if not agrees(text, "en", values_in_sql(connection, source, identity))
    }
    assert wrong == {}


def test_the_same_release_gives_the_same_bytes(site: Site, private_build: Release, tmp_path: Path) -> None:
    render(
        private_build,
        tmp_path / "again",
        settings=site.settings,
        release_id=site.release.release_id,
        previous=None,
    )
    names = files(site.folder)
    assert files(tmp_path / "again") == names
    _, different, unreadable = filecmp.cmpfiles(site.folder, tmp_path / "again", names, shallow=False)
    assert (different, unreadable) == ([], [])


def test_drawings_speak_the_language_of_their_page(site: Site) -> None:
    english = (site.folder / "en" / "index.html").read_text(encoding="utf-8")
    italian = (site.folder / "it" / "index.html").read_text(encoding="utf-8")
    drawn = [re.findall(r"<text[^>]*>([^<]+)</text>", text) for text in (english, italian)]
    assert len(drawn[0]) == len(drawn[1]) > 50
    assert "billion €" in drawn[0]
    assert "miliardi di €" in drawn[1]
    assert "35.5" in drawn[0]
    assert "35,5" in drawn[1]
    # What both say is years, whole numbers and names.
    assert not [text for text in set(drawn[0]) & set(drawn[1]) if re.search(r"[a-z]{4}|\d\.\d", text)]


def test_a_drawing_has_marks_and_takes_its_colours_from_the_page(site: Site) -> None:
    count = 0
    for path, page in site.pages.items():
        for svg in re.findall(r'<div class="drawing.*?</div>', path.read_text(encoding="utf-8"), re.DOTALL):
            count += 1
            assert len(re.findall(r"<(?:path|line|rect|text)\b", svg)) > 5, page.path
            assert not re.search(r'(?:fill|stroke)="#', svg), page.path
            assert "NaN" not in svg
            assert "undefined" not in svg
    assert count >= 2 * 2 * 7


def test_what_is_drawn_leads_to_its_figure_and_says_what_it_is(site: Site) -> None:
    count = 0
    for path in site.pages:
        text = path.read_text(encoding="utf-8")
        # Those of the verdicts count statements, which are no figures.
        if "chart-verdicts" in text:
            continue
        for svg in re.findall(r'<div class="drawing.*?</svg>', text, re.DOTALL):
            count += 1
            assert re.search(r'<a tabindex="-1" href="(?:figures/[^"]*)?#', svg), path
            assert re.search(r"<title>[^<]+: [^<]+</title>", svg), path
            assert "vega" not in svg
    assert count > 25
    assert "<title>Definizione NATO, 2025: 45,2 miliardi di €</title>" in (
        site.folder / "it/index.html"
    ).read_text(encoding="utf-8").replace("\xa0", " ")


def test_each_colour_stands_once(site: Site) -> None:
    style = (site.folder / "assets" / "site.css").read_text(encoding="utf-8").partition("@media print")[0]
    names = re.findall(r"(?<=\s)--([a-z0-9]+): light-dark\(", style)
    assert {*COLOURS} <= {*names}
    assert len(names) == len(set(names))
    assert not re.findall(r"(?<=\s)--(?:c\d|ink|soft|paper|raised): #", style)


def test_a_release_with_docs_leads_to_them(site: Site, private_build: Release, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "dbt.html").write_text("docs of the project", encoding="utf-8")
    render(
        private_build,
        tmp_path / "site",
        settings=site.settings,
        release_id=site.release.release_id,
        previous=None,
    )
    for code in CODES:
        addresses = {one for one in Page(tmp_path / f"site/{code}/data.html").addresses if "docs/" in one}
        assert addresses == {"../../docs/dbt.html"}
        assert not [one for one in site.page(f"{code}/data.html").addresses if "docs/" in one]


def test_english_on_an_italian_page_is_marked(site: Site, connection: duckdb.DuckDBPyConnection) -> None:
    titles = {one for (one,) in connection.execute("select title from dim_document").fetchall()}
    comments = {
        one
        for (one,) in connection.execute(
            "select comment from duckdb_tables() where comment is not null union "
            "select comment from duckdb_columns() where comment is not null and schema_name = 'main'"
        ).fetchall()
    }
    explanations = {
        one for (one,) in connection.execute("select explanation from fct_disagreement").fetchall()
    }
    found = 0
    for path, page in site.pages.items():
        if path.is_relative_to(site.folder / "it"):
            english = {" ".join(text.split()) for text in page.in_language["en"]}
            italian = {" ".join(text.split()) for text in page.in_language["it"]}
            assert not italian & (titles | comments | explanations), path
            found += len(english & (titles | comments))
    assert found > 200


def test_a_number_follows_the_language(site: Site) -> None:
    assert "€31.25 billion to €31.35 billion" in site.page("en/index.html").text.replace("\xa0", " ")
    assert "da 31,25 miliardi di € a 31,35 miliardi di €" in site.page("it/index.html").text.replace(
        "\xa0", " "
    )


def test_what_changed_since_the_release_before_is_told(
    site: Site, private_build: Release, tmp_path: Path
) -> None:
    earlier = tmp_path / "2026-11-21-00000000"
    earlier.mkdir()
    (earlier / "arsenale.duckdb").write_bytes(private_build.database.read_bytes())
    with duckdb.connect(earlier / "arsenale.duckdb") as changed:
        changed.execute(
            "delete from bridge_event_party where event_id = (select min(event_id) from bridge_event_party)"
        )
        changed.execute("update rpt_freshness set figures = figures + 1")
    render(
        private_build,
        tmp_path / "site",
        settings=site.settings,
        release_id=site.release.release_id,
        previous=Release(earlier),
    )
    text = Page(tmp_path / "site/en/data.html").text
    assert "Since 2026-11-21-00000000" in text
    assert re.search(r"bridge_event_party [1-9]", text)
    assert re.search(r"rpt_freshness 0 0 5", text)


def test_a_site_that_stands_alone_has_its_downloads(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    count = render_alone(
        site.release, folder, settings=site.settings, passages=False, report_to="us@example.org"
    )
    assert count > 200
    page = Page(folder / "en/data.html")
    for address in page.addresses:
        target = urldefrag(address).url
        assert not target or (folder / "en" / target).resolve().is_file(), address
        assert not target or (folder / "en" / target).resolve().is_relative_to(folder.resolve())
    evidence = next((folder / "en/figures").glob("*.html")).read_text(encoding="utf-8")
    assert "mailto:us@example.org?subject=Arsenale%20" in evidence
    # Written over as a whole the next time, and nothing is left beside it.
    render_alone(site.release, folder, settings=site.settings, passages=False, report_to="")
    assert [path.name for path in tmp_path.iterdir()] == ["alone"]


def test_a_folder_that_holds_something_else_is_left_alone(site: Site, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ArsenaleError, match="holds something else than a site"):
        render_alone(site.release, tmp_path, settings=site.settings, passages=False, report_to="")
    assert files(tmp_path) == [Path("letter.txt")]


def test_passages_need_the_documents(site: Site, tmp_path: Path) -> None:
    with pytest.raises(ArsenaleError, match="the documents are not at hand"):
        render_alone(site.release, tmp_path / "out", settings=site.settings, passages=True, report_to="")


def test_a_question_that_cannot_be_answered_is_named(
    site: Site, private_build: Release, tmp_path: Path
) -> None:
    (tmp_path / "analyses").mkdir()
    (tmp_path / "analyses" / "wrong.sql").write_text(
        "-- Why?\n--\n-- So.\nselect * from fct_figur\n", encoding="utf-8"
    )
    settings = Settings(home=tmp_path, warehouse=tmp_path, documents=None)
    with pytest.raises(ArsenaleError, match=r"analyses/wrong.sql: .*fct_figur"):
        render(private_build, tmp_path / "out", settings=settings, release_id="x", previous=None)
