"""A release of the built database with its site in it, and the site as a reader without a browser sees it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from arsenale.releases.logical_hash import hash_file
from arsenale.releases.manifest import Provenance, release_of
from arsenale.releases.publish import publish
from arsenale.releases.reader import connect
from arsenale.releases.store import Release
from arsenale.settings import DATABASE_NAME, Settings
from arsenale.site.render import render

HOME = Path(__file__).parents[2]
RELEASED = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Link:
    """A link of a page: where to, its text, and the table and column that a number says it is from."""

    href: str
    source: str
    text: str = ""


class Page(HTMLParser):
    """The links, anchors and texts of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.links: list[Link] = []
        self.anchors: set[str] = set()
        self.texts: list[str] = []
        self.addresses: list[str] = []
        self.in_language: dict[str, list[str]] = {"en": [], "it": []}
        self._languages: list[tuple[str, str]] = []
        self._open: Link | None = None
        self._skipped = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag not in VOID:
            self._languages.append(
                (tag, found.get("lang") or (self._languages[-1][1] if self._languages else ""))
            )
        if "id" in found:
            assert found["id"] not in self.anchors, f"{self.path}: id {found['id']} twice"
            self.anchors.add(found["id"])
        if tag == "a" and "href" in found:
            self._open = Link(found["href"], found.get("data-from", ""))
            self.links.append(self._open)
        self.addresses += [found[name] for name in ("src", "href") if name in found]
        assert not [name for name in found if name.startswith("on")], f"{self.path}: a handler in <{tag}>"
        self._skipped = tag in ("script", "style")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            # What is closed must be what was opened last.
            assert self._languages.pop()[0] == tag, f"{self.path}: </{tag}>"
        if tag == "a":
            self._open = None
        self._skipped = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open.text += data
        if not self._skipped:
            self.texts.append(data)
            if self._languages and self._languages[-1][1]:
                self.in_language[self._languages[-1][1]].append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


@dataclass
class Site:
    """The site of a release, in it.

    Attributes:
        release: The release.
        settings: What it was made with.
    """

    release: Release
    settings: Settings
    _pages: dict[Path, Page] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.release.folder / "site"

    @cached_property
    def pages(self) -> dict[Path, Page]:
        return {path: Page(path) for path in sorted(self.folder.rglob("*.html"))}

    def page(self, name: str) -> Page:
        return self.pages[self.folder / name]


@pytest.fixture(scope="session")
def private_build(built_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """What a build has when dbt is done: a folder with the database."""
    folder = tmp_path_factory.mktemp("build")
    shutil.copyfile(built_database, folder / DATABASE_NAME)
    return Release(folder)


@pytest.fixture(scope="session")
def site(private_build: Release, tmp_path_factory: pytest.TempPathFactory) -> Site:
    settings = Settings(home=HOME, warehouse=tmp_path_factory.mktemp("warehouse"), documents=None)
    pages = private_build.folder / "pages"
    release_id = release_of(settings, RELEASED, hash_file(private_build.database), None).release_id
    render(private_build, pages / "site", settings=settings, release_id=release_id, previous=None)
    run = Provenance(git_commit="0" * 40, pages=pages)
    return Site(publish(private_build.database, settings, run, now=RELEASED).release, settings)


@pytest.fixture(scope="session")
def connection(site: Site) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(site.settings) as opened:
        yield opened
