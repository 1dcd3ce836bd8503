"""The contract of every seed, in one place: its columns in order, what each may hold, and its key.

This is the page to read, and to change, when a seed changes. `schemas` turns it into Pandera schemas, `rules`
adds what spans rows and files, and `seeds/minimum_rows.csv` says how many rows there must be at least.
"""

from __future__ import annotations

from dataclasses import dataclass

from arsenale.contracts.cells import (
    COLUMN,
    COUNT,
    DAY,
    FILE,
    ISO3,
    LANGUAGE,
    NAME,
    NUMBER,
    PARTY_ID,
    PLACE,
    PRINTED,
    SHA256,
    SLUG,
    TABLE,
    UNIT,
    URL,
    WHOLE,
    WORDING,
    YEAR,
    Format,
    Reference,
    Term,
    one_of,
)


@dataclass(frozen=True)
class Column:
    """A column of a seed.

    Attributes:
        name: As in the header.
        format: What a cell may hold.
        required: Whether no cell may be empty.
    """

    name: str
    format: Format
    required: bool


@dataclass(frozen=True)
class Seed:
    """A seed file.

    Attributes:
        name: As in the database; the file is `<name>.csv`.
        key: Columns that tell its rows apart.
        columns: In canonical order, in which dbt is handed them.
        may_be_empty: Whether it may hold no row; every other seed has at least one.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    may_be_empty: bool = False

    @property
    def file(self) -> str:
        """Name of the file."""
        return f"{self.name}.csv"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in canonical order."""
        return tuple(column.name for column in self.columns)


def needs(name: str, form: Format) -> Column:
    """Return a column whose cells are all filled."""
    return Column(name, form, required=True)


def may(name: str, form: Format) -> Column:
    """Return a column whose cells may be empty, which says that no source tells."""
    return Column(name, form, required=False)


DOCUMENT = Reference("documents", "document_id")
PARTY = Reference("parties", "party_id")
SERVICE = Reference("services", "service_id")
OPERATION = Reference("operations", "operation_id")
DEAL = Reference("deals", "deal_id")
CLAIM = Reference("claims", "claim_id")

SEEDS = (
    Seed(
        "documents",
        key=("document_id",),
        columns=(
            needs("document_id", SLUG),
            needs("title", WORDING),
            needs("language", LANGUAGE),
            may("publisher", WORDING),
            may("authors", WORDING),
            may("published", PRINTED),
            may("url", URL),
            needs("sha256", SHA256),
            needs("characters", COUNT),
            needs("licence", WORDING),
            needs("redistributable", one_of("yes", "no")),
            needs("decimal_mark", one_of(".", ",")),
            needs("file", FILE),
        ),
    ),
    Seed(
        "figures",
        key=("document_id", "char_start"),
        columns=(
            needs("document_id", DOCUMENT),
            needs("char_start", WHOLE),
            needs("char_end", WHOLE),
            needs("as_reported", PRINTED),
            may("scale_printed", PRINTED),
            may("scale_start", WHOLE),
            may("unit_printed", PRINTED),
            may("unit_start", WHOLE),
            may("hedge_printed", PRINTED),
            may("hedge_start", WHOLE),
            needs("family", Term("family")),
            needs("measure", Reference("measures", "measure")),
            may("subject_id", PARTY),
            may("counterpart_id", PARTY),
            may("service_id", SERVICE),
            may("operation_id", OPERATION),
            may("deal_id", DEAL),
            needs("status", Term("status")),
            may("price_basis", Term("price_basis")),
            may("definition", Reference("definitions", "definition_id")),
            may("period", PRINTED),
            may("attributed_to", WORDING),
            may("same_fact_as", PLACE),
            may("subset_of", PLACE),
            may("note", WORDING),
        ),
    ),
    Seed(
        "events",
        key=("document_id", "char_start"),
        columns=(
            needs("document_id", DOCUMENT),
            needs("char_start", WHOLE),
            needs("char_end", WHOLE),
            needs("as_reported", PRINTED),
            may("period", PRINTED),
            needs("kind", Term("event_kind")),
            may("parties", Reference("parties", "party_id", several=True)),
            needs("object", WORDING),
            may("operation_id", OPERATION),
            may("deal_id", DEAL),
            may("same_event_as", PLACE),
            may("note", WORDING),
        ),
    ),
    Seed(
        "commitments",
        key=("document_id", "char_start"),
        columns=(
            needs("document_id", DOCUMENT),
            needs("char_start", WHOLE),
            may("due", PRINTED),
            needs("status", Term("commitment_status")),
            may("note", WORDING),
        ),
    ),
    # Published by statistical offices, edition by edition: no document prints them, so they have no offsets.
    Seed(
        "macro_editions",
        key=("country_id", "indicator", "period", "published"),
        columns=(
            needs("country_id", PARTY),
            needs("indicator", Term("macro_indicator")),
            needs("period", YEAR),
            needs("as_reported", NUMBER),
            needs("unit_printed", one_of("EUR million", "percent")),
            needs("publisher", WORDING),
            needs("published", DAY),
            may("revises", DAY),
            may("note", WORDING),
        ),
    ),
    Seed(
        "mentions",
        key=("document_id", "char_start"),
        columns=(
            needs("document_id", DOCUMENT),
            needs("char_start", WHOLE),
            needs("char_end", WHOLE),
            needs("kind", Term("mention_kind")),
        ),
    ),
    Seed(
        "dismissed",
        key=("document_id", "char_start"),
        columns=(
            needs("document_id", DOCUMENT),
            needs("char_start", WHOLE),
            needs("char_end", WHOLE),
            needs("as_reported", PRINTED),
            needs("reason", Term("dismissal")),
        ),
    ),
    Seed(
        "claims",
        key=("claim_id",),
        columns=(
            needs("claim_id", SLUG),
            needs("document_id", DOCUMENT),
            needs("kind", Term("claim_kind")),
            needs("compares", one_of("value", "date", "year")),
            needs("relation", one_of("equal", "at_most")),
            may("across", one_of("yes")),
            may("price_basis", Term("price_basis")),
            may("note", WORDING),
        ),
    ),
    Seed(
        "claim_figures",
        key=("claim_id", "operand", "figure_id", "event_id", "indicator"),
        columns=(
            needs("claim_id", CLAIM),
            needs("role", one_of("stated", "input")),
            needs("operand", Term("claim_operand")),
            may("figure_id", PLACE),
            may("event_id", PLACE),
            may("indicator", Term("macro_indicator")),
        ),
    ),
    Seed(
        "claim_spans",
        key=("claim_id", "document_id", "char_start"),
        columns=(
            needs("claim_id", CLAIM),
            needs("role", one_of("stated", "input")),
            needs("operand", Term("claim_operand")),
            needs("document_id", DOCUMENT),
            needs("char_start", WHOLE),
            needs("char_end", WHOLE),
            needs("as_reported", PRINTED),
        ),
    ),
    Seed(
        "deals",
        key=("deal_id",),
        columns=(
            needs("deal_id", SLUG),
            needs("name", WORDING),
            needs("kind", Term("deal_kind")),
            may("buyer_id", PARTY),
            may("seller_id", PARTY),
            needs("item", WORDING),
            needs("status", Term("deal_status")),
            may("part_of_deal_id", DEAL),
            may("note", WORDING),
        ),
    ),
    Seed(
        "deal_parties",
        key=("deal_id", "party_id", "role"),
        columns=(
            needs("deal_id", DEAL),
            needs("party_id", PARTY),
            needs("role", Term("party_role")),
        ),
    ),
    Seed(
        "parties",
        key=("party_id",),
        columns=(
            needs("party_id", PARTY_ID),
            needs("name", WORDING),
            needs("kind", Term("party_kind")),
            may("iso3", ISO3),
            may("country_id", PARTY),
        ),
    ),
    Seed(
        "party_aliases",
        key=("alias",),
        columns=(
            needs("alias", WORDING),
            needs("party_id", PARTY),
        ),
    ),
    Seed(
        "services",
        key=("service_id",),
        columns=(
            needs("service_id", SLUG),
            needs("name", WORDING),
            needs("country_id", PARTY),
            needs("kind", Term("service_kind")),
            may("parent_service_id", SERVICE),
            may("definition", WORDING),
        ),
    ),
    Seed(
        "operations",
        key=("operation_id",),
        columns=(
            needs("operation_id", SLUG),
            needs("name", WORDING),
            may("lead_organisation_id", PARTY),
            may("area", WORDING),
            may("note", WORDING),
        ),
    ),
    Seed(
        "definitions",
        key=("definition_id",),
        columns=(
            needs("definition_id", NAME),
            needs("name", WORDING),
            may("used_by", WORDING),
            may("includes", WORDING),
            may("excludes", WORDING),
            may("comparable_group", NAME),
        ),
    ),
    Seed(
        "measures",
        key=("measure",),
        columns=(
            needs("measure", NAME),
            needs("family", Term("family")),
            # Any currency, and any thing counted: there the figure's own words say which.
            needs("unit", Reference("units", "unit", besides=("money", "counted"))),
            needs("meaning", WORDING),
        ),
    ),
    Seed(
        "terms",
        key=("list", "term"),
        columns=(
            needs("list", NAME),
            needs("term", NAME),
            needs("meaning", WORDING),
        ),
    ),
    Seed(
        "units",
        key=("unit",),
        columns=(
            needs("unit", UNIT),
            needs("kind", one_of("money", "share", "change", "order", "time", "count")),
            needs("meaning", WORDING),
        ),
    ),
    Seed(
        "words",
        key=("word", "language", "role"),
        columns=(
            needs("word", PRINTED),
            needs("language", LANGUAGE),
            needs("role", one_of("scale", "number", "currency", "unit", "hedge", "month")),
            needs("meaning", WORDING),
        ),
    ),
    # Why published values change (arsenale/releases/revisions.py). As long as none has, there is none.
    Seed(
        "revisions",
        key=("table_name", "row_key", "column_name", "decided_on"),
        columns=(
            needs("table_name", TABLE),
            needs("row_key", WORDING),
            may("column_name", COLUMN),
            needs("decided_on", DAY),
            needs("reason", WORDING),
        ),
        may_be_empty=True,
    ),
    Seed(
        "minimum_rows",
        key=("seed",),
        columns=(
            needs("seed", NAME),
            needs("rows", COUNT),
        ),
    ),
)
"""Every seed, the captured ones first."""

SEED_OF = {seed.name: seed for seed in SEEDS}
"""Every seed by its name."""
