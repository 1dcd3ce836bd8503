"""Writing the site: a folder of plain files, the same bytes for the same release.

    index.html            goes to the reader's language
    en/, it/              the pages; en/figures/ holds figures and events by document
    assets/               style, script, and what the search looks in

No page asks any host for anything: style, script and drawings are in the folder, type is the reader's own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from arsenale.releases.licences import AUTHOR, DATA_LICENCE
from arsenale.settings import DATABASE_NAME
from arsenale.site import (
    data,
    deals,
    deployments,
    disagreements,
    documents,
    overview,
    pledges,
    questions,
    search,
)
from arsenale.site.address import Addresses, anchor, of_row
from arsenale.site.chart import COLOURS, SERIES, Drawings, colour_of, warm_up
from arsenale.site.content import Content
from arsenale.site.figures import Figures
from arsenale.site.language import CODES, Language

ASSETS = Path(__file__).parent / "assets"

IN_A_RELEASE = ".."
"""From the site's folder to the release's, which holds what is to download."""

DOCS = {"dbt.html": "dbt", "lineage.html": "lineage", "schema.md": "diagram"}
"""What may stand in `docs/` of a release, and what the page of the data calls it."""

Page = Callable[[Content, Language, Drawings], dict[str, Any]]

PAGES: Mapping[str, Page] = {
    "index": overview.page,
    "deals": deals.page,
    "deployments": deployments.page,
    "pledges": pledges.page,
    "disagreements": disagreements.page,
    "figures": lambda _content, _language, _drawings: {},
    "questions": questions.page,
    "documents": documents.page,
    "data": data.page,
}
"""Each page of the menu, in its order, and what its template is filled with."""


def write_site(
    content: Content, folder: Path, *, downloads: str = IN_A_RELEASE, report_to: str = ""
) -> dict[str, Language]:
    """Write the site.

    Args:
        content: The release.
        folder: Where to; it is made, and what it holds of these names is replaced.
        downloads: The way from the folder to the release's files.
        report_to: Who wants to hear of errors: an address of mail or of a page; empty for nobody yet.

    Returns:
        Each language, with the texts that were used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ASSETS, folder / "assets", dirs_exist_ok=True, copy_function=shutil.copyfile)
    environment = _environment()
    drawings = Drawings()
    languages = {code: Language(code) for code in CODES}
    for code, language in languages.items():
        _write_language(content, language, drawings, folder / code, environment, downloads, report_to)
    start = environment.get_template("start.html.j2").render(codes=CODES)
    (folder / "index.html").write_text(start, encoding="utf-8")
    return languages


def prepare() -> None:
    """Do what takes time and needs no release: start the drawing program, read the templates."""
    warm_up()
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("arsenale.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "anchor": anchor,
        "row_anchor": of_row,
        "colour_of": colour_of,
        "colours": COLOURS,
        "series": SERIES,
        "author": AUTHOR,
        "licence": DATA_LICENCE,
        "database": DATABASE_NAME,
        "numeric": lambda value: isinstance(value, int | float | Decimal) and not isinstance(value, bool),
    }
    environment.filters["code"] = _with_code
    environment.filters["flat"] = lambda text: " ".join(text.split())
    return environment


def _with_code(text: str) -> Markup:
    """Return a text with what stands in backticks as code."""
    parts = str(escape(text)).split("`")
    return Markup("".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)))  # noqa: S704 - escaped


def _write_language(  # noqa: PLR0913, PLR0917 - what every page is filled with
    content: Content,
    language: Language,
    drawings: Drawings,
    folder: Path,
    environment: Environment,
    downloads: str,
    report_to: str,
) -> None:
    addresses = content.addresses
    figures = Figures(content, language, report_to)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    menu = [(f"{name}.html", str(language.say(f"menu.{name}"))) for name in PAGES]
    shared = {
        "content": content,
        "language": language,
        "say": language.say,
        "term": language.term,
        "addresses": addresses,
        "figures": figures,
        "menu": menu,
        "codes": CODES,
    }

    beside = folder.parent / downloads / "docs"
    docs = [(name, kind) for name, kind in DOCS.items() if (beside / name).is_file()]

    def write(path: str, template: str, context: Mapping[str, Any]) -> None:
        root = "../" * path.count("/")
        page = environment.get_template(template).render(
            **shared,
            **context,
            path=path,
            root=root,
            downloads=f"{root}../{downloads}",
            docs=docs,
            num=_links(root, addresses),
        )
        (folder / path).write_text(page, encoding="utf-8")

    for name, page in PAGES.items():
        write(f"{name}.html", f"{name}.html.j2", page(content, language, drawings))
    for path, identities in addresses.pages.items():
        document = content.documents[identities[0].rpartition("@")[0]]
        write(path, "evidence.html.j2", {"identities": identities, "document": document})
    index = search.index(content, language, figures, menu)
    (folder.parent / "assets" / f"search-{language.code}.js").write_text(index, encoding="utf-8")


def _links(root: str, addresses: Addresses) -> Callable[..., Markup]:
    def num(text: object, identity: str | None, source: str = "") -> Markup:
        """Return a number as a link to its figure, saying which table and column it stands in, if in one."""
        if not identity or not str(text):
            return Markup(escape(text))  # noqa: S704 - escaped
        stands_in = Markup(' data-from="{}"').format(source) if source else ""
        return Markup('<a class="n" href="{}{}"{}>{}</a>').format(
            root, addresses.evidence(identity), stands_in, text
        )

    return num
