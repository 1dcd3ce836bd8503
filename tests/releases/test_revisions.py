"""What may change of what was published, and what a person is asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arsenale.errors import ArsenaleError
from arsenale.releases.comparison import preview
from arsenale.releases.manifest import Provenance
from arsenale.releases.publish import publish
from arsenale.releases.revisions import Revision, read_revisions
from arsenale.releases.store import current_release

from .conftest import TODAY, Warehouse, make_database

DAY = TODAY.date()

DERIVED = """
create table fct_spending (
    service varchar, fiscal_year bigint, document varchar, amount decimal(18, 2), growth_pct decimal(18, 2),
    is_preferred boolean, figure_id varchar references fct_figure (figure_id),
    primary key (service, fiscal_year, document)
);
create table fct_deal (deal_id varchar primary key, value decimal(18, 2));
create table bridge_deal_figure (
    deal_id varchar references fct_deal (deal_id), figure_id varchar references fct_figure (figure_id),
    primary key (deal_id, figure_id)
);
create table bridge_deal_party (
    deal_id varchar references fct_deal (deal_id), party varchar, share decimal(18, 2),
    primary key (deal_id, party)
);
insert into fct_spending values
    ('state', 2024, 'iai', 30, null, true, 'iai@100'), ('state', 2025, 'iai', 35, 16.67, true, 'iai@200'),
    ('army', 2025, 'sipri', 9, null, true, 'sipri@5');
insert into fct_deal values ('frigates', 5), ('tanks', 7);
insert into bridge_deal_figure values ('frigates', 'iai@100'), ('frigates', 'iai@200'), ('tanks', 'sipri@5');
insert into bridge_deal_party values ('frigates', 'ITA', 100), ('tanks', 'ITA', 100);
"""
"""Facts that were worked out from figures, in the ways that PUBLIC_SCHEMA has them."""

DOUBLED = "update fct_figure set value = value * 2 where figure_id = 'iai@100'"
FIGURE_REVISED = Revision("fct_figure", "iai@100", "*", DAY, "misread")


def lacking(warehouse: Warehouse, *changes: str, revisions: tuple[Revision, ...] = ()) -> list[str]:
    """Publish a database, then return what lacks a reason when the changes are made to it."""
    if current_release(warehouse.settings) is None:
        warehouse.publish(DERIVED)
    make_database(warehouse.private, DERIVED, *changes)
    shown = preview(warehouse.private, warehouse.settings, revisions)
    return [f"{one.table} {one.key}{'.' if one.column else ''}{one.column}" for one in shown.unexplained]


@pytest.mark.parametrize(
    "change",
    [
        "insert into dim_document (document_id, sha256) values ('nato', repeat('c', 64))",
        "insert into fct_figure (figure_id, document_id, as_reported) values ('iai@300', 'iai', '7')",
        "update rpt_freshness set age_days = 13",
        "comment on column fct_figure.value is 'said otherwise'",
        "alter table rpt_freshness add column newest date",
    ],
    ids=["row", "figure", "report", "comment", "column"],
)
def test_what_is_new_and_what_a_report_says_need_no_reason(warehouse: Warehouse, change: str) -> None:
    assert lacking(warehouse, change) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (DOUBLED, ("fct_figure", "iai@100", "value")),
        ("update dim_document set title = 'x' where document_id = 'iai'", ("dim_document", "iai", "title")),
        ("delete from bridge_claim_figure where figure_id = 'iai@100'",
         ("bridge_claim_figure", "growth|iai@100", "")),
        ("alter table bridge_claim_figure drop column role", ("bridge_claim_figure", "*", "role")),
        ("drop table bridge_claim_figure", ("bridge_claim_figure", "*", "")),
        ("drop table rpt_freshness", ("rpt_freshness", "*", "")),
        ("delete from rpt_freshness", ("rpt_freshness", "*", "")),
        ("delete from bridge_deployment_figure", ("bridge_deployment_figure", "sipri@5", "")),
    ],
    ids=["value", "dimension", "row", "column", "table", "report", "shrunken report", "row without a key"],
)  # fmt: skip
@pytest.mark.failure(16)
def test_a_change_of_what_was_published_needs_a_reason_that_names_it(
    warehouse: Warehouse, change: str, named: tuple[str, str, str]
) -> None:
    table, key, column = named
    found = f"{table} {key}{'.' if column else ''}{column}"
    assert lacking(warehouse, change) == [found]
    for revision in (Revision(*named, DAY, "because"), Revision(table, "*", "*", DAY, "because")):
        assert lacking(warehouse, change, revisions=(revision,)) == []
    for revision in (
        Revision(*named, DAY, " "),
        Revision("fct_event", key, column, DAY, "another table"),
        Revision(table, "elsewhere", column, DAY, "another row"),
        Revision(table, key, "elsewhere", DAY, "another column"),
    ):
        assert lacking(warehouse, change, revisions=(revision,)) == [found]


def test_a_report_may_shrink_with_what_it_reports_on(warehouse: Warehouse) -> None:
    gone = ("delete from bridge_claim_figure", "delete from rpt_freshness")
    revision = Revision("bridge_claim_figure", "*", "", DAY, "claims are drawn otherwise")
    assert lacking(warehouse, *gone, revisions=(revision,)) == []


# --- A reason is for one change, and not for ever


@pytest.mark.parametrize(("decided", "excused"), [(0, True), (5, True), (-1, False)])
def test_a_reason_excuses_releases_of_its_day_or_before(
    warehouse: Warehouse, decided: int, excused: bool
) -> None:
    revision = Revision("fct_figure", "*", "*", DAY + timedelta(days=decided), "misread")
    assert (lacking(warehouse, DOUBLED, revisions=(revision,)) == []) == excused


def test_a_reason_that_is_over_is_pointed_out(warehouse: Warehouse) -> None:
    warehouse.publish()
    make_database(warehouse.private, DOUBLED)
    over = Revision("fct_figure", "*", "value", DAY - timedelta(days=3), "misread")
    with pytest.raises(ArsenaleError) as caught:
        publish(warehouse.private, warehouse.settings, Provenance("c", revisions=[over]), now=TODAY)
    assert caught.value.details == [
        "fct_figure iai@100.value: 35500000000.0000 → 71000000000.0000 (iai); "
        "its reason of 2026-11-19 is over: date it anew"
    ]


# --- One reason is enough for a figure and what follows from it

CONSEQUENCES = {
    "a row that names it": "update fct_spending set amount = 60 where fiscal_year = 2024",
    "the same series in another year": "update fct_spending set growth_pct = -41 where fiscal_year = 2025 "
    "and service = 'state'",
    "a fact that a bridge joins to it": "update fct_deal set value = 10 where deal_id = 'frigates'",
    "what hangs on that fact": "update bridge_deal_party set share = 50 where deal_id = 'frigates'",
    "a row of the bridge": "delete from bridge_deal_figure where figure_id = 'iai@100'",
}
UNRELATED = {
    "a row that names another": ("update fct_spending set amount = 1 where service = 'army'",
                                 "fct_spending army|2025|sipri.amount"),
    "a fact that no bridge joins to it": ("update fct_deal set value = 1 where deal_id = 'tanks'",
                                          "fct_deal tanks.value"),
    "another figure": ("update fct_figure set value = 1 where figure_id = 'sipri@5'",
                       "fct_figure sipri@5.value"),
    "its document": ("update dim_document set title = 'x' where document_id = 'iai'",
                     "dim_document iai.title"),
}  # fmt: skip


@pytest.mark.parametrize("change", CONSEQUENCES.values(), ids=CONSEQUENCES.keys())
def test_the_reason_of_a_figure_covers_what_was_worked_out_from_it(warehouse: Warehouse, change: str) -> None:
    assert lacking(warehouse, DOUBLED, change, revisions=(FIGURE_REVISED,)) == []
    assert len(lacking(warehouse, change)) == 1


def test_nobody_is_asked_for_more_than_the_reason_of_the_figure(warehouse: Warehouse) -> None:
    assert lacking(warehouse, DOUBLED, *CONSEQUENCES.values()) == ["fct_figure iai@100.value"]


@pytest.mark.failure(16)
@pytest.mark.parametrize(("change", "found"), UNRELATED.values(), ids=UNRELATED.keys())
def test_and_nothing_else(warehouse: Warehouse, change: str, found: str) -> None:
    assert lacking(warehouse, DOUBLED, change, revisions=(FIGURE_REVISED,)) == [found]


def test_what_a_new_figure_moves_needs_no_reason(warehouse: Warehouse) -> None:
    assert (
        lacking(
            warehouse,
            "insert into fct_figure (figure_id, document_id, as_reported) values ('sipri@9', 'sipri', '36')",
            "insert into fct_spending values ('state', 2025, 'sipri', 36, null, true, 'sipri@9')",
            "update fct_spending set is_preferred = false where fiscal_year = 2025 and document = 'iai'",
        )
        == []
    )


def test_a_span_that_moves_needs_one_reason_for_the_row_that_goes(warehouse: Warehouse) -> None:
    """DuckDB updates no key that another table names, so the new figure comes before the old one goes."""
    changes = (
        "insert into fct_figure select 'iai@99', * exclude (figure_id) from fct_figure "
        "where figure_id = 'iai@100'",
        "update fct_spending set figure_id = 'iai@99' where figure_id = 'iai@100'",
        "delete from bridge_deal_figure where figure_id = 'iai@100'",
        "insert into bridge_deal_figure values ('frigates', 'iai@99')",
        "delete from fct_figure where figure_id = 'iai@100'",
    )
    revision = Revision("fct_figure", "iai@100", "", DAY, "span tightened")
    assert lacking(warehouse, *changes, revisions=(revision,)) == []
    assert lacking(warehouse, *changes) == ["fct_figure iai@100"]


@pytest.mark.failure(16)
def test_a_mistake_in_a_model_is_not_excused_by_new_figures_elsewhere(warehouse: Warehouse) -> None:
    assert lacking(
        warehouse,
        "insert into fct_figure (figure_id, document_id, as_reported) values ('iai@300', 'iai', '7')",
        "update fct_spending set amount = amount * 1000",
    ) == [
        "fct_spending army|2025|sipri.amount",
        "fct_spending state|2024|iai.amount",
        "fct_spending state|2025|iai.amount",
    ]


# --- What a person sees


@pytest.mark.failure(16)
def test_an_unexplained_change_is_not_published_and_an_explained_one_is_with_its_reason(
    warehouse: Warehouse,
) -> None:
    first = warehouse.publish(DERIVED).release
    changes = (DERIVED, DOUBLED, CONSEQUENCES["a row that names it"])
    make_database(warehouse.private, *changes)
    with pytest.raises(ArsenaleError, match="without a reason: 1"):
        publish(warehouse.private, warehouse.settings, Provenance("c", revisions=[]), now=TODAY)
    assert current_release(warehouse.settings) == first
    revision = Revision("fct_figure", "iai@100", "value", DAY, "the paper | was corrected")
    run = Provenance("c", revisions=[revision])
    release = publish(warehouse.private, warehouse.settings, run, now=TODAY).release
    text = (release.folder / "CHANGES.md").read_text(encoding="utf-8")
    assert f"# {release.release_id}, since {first.release_id}" in text
    assert "2 tables differ: 0 rows added, 0 removed, 2 values changed." in text
    assert (
        "| iai@100 | value | 35500000000.0000 | 71000000000.0000 | iai | the paper \\| was corrected |"
        in text
    )
    assert "| state\\|2024\\|iai | amount | 30.00 | 60.00 |  | follows from fct_figure iai@100 |" in text


@pytest.mark.failure(16)
def test_a_change_of_everything_is_refused_in_a_few_lines(warehouse: Warehouse) -> None:
    many = "insert into fct_deal select 'd' || lpad(range::varchar, 4, '0'), range from range(1000)"
    warehouse.publish(DERIVED, many)
    make_database(warehouse.private, DERIVED, many, "update fct_deal set value = value + 1")
    with pytest.raises(ArsenaleError, match="without a reason: 1,002") as caught:
        publish(warehouse.private, warehouse.settings, Provenance("c", revisions=[]), now=TODAY)
    assert len(caught.value.details) == 6
    assert caught.value.details[-1] == "… and 997 more fct_deal.value"


def test_a_preview_shows_what_would_stop_the_release_and_publishes_nothing(warehouse: Warehouse) -> None:
    first = warehouse.publish(DERIVED).release
    make_database(warehouse.private, DERIVED, DOUBLED)
    shown = preview(warehouse.private, warehouse.settings, [])
    assert shown.markdown.startswith(f"# Not published, since {first.release_id}\n")
    assert shown.markdown.endswith(
        "## Needs a reason: 1\n\n"
        "Each of these stops the release until `seeds/revisions.csv` names it:\n\n"
        "| table_name | row_key | column_name | what happens |\n"
        "| --- | --- | --- | --- |\n"
        "| fct_figure | iai@100 | value | 35500000000.0000 → 71000000000.0000 (iai) |\n"
    )
    assert current_release(warehouse.settings) == first


def test_a_preview_of_the_first_release_has_nothing_to_compare_with(warehouse: Warehouse) -> None:
    make_database(warehouse.private)
    shown = preview(warehouse.private, warehouse.settings, [])
    assert shown.markdown == "# Not published, the first release\n\nNo difference.\n"


def test_rows_of_the_seed_become_revisions() -> None:
    row = {
        "table_name": "fct_figure",
        "row_key": "*",
        "column_name": "",
        "decided_on": "2026-11-22",
        "reason": "a b",
    }
    assert read_revisions([row]) == [Revision("fct_figure", "*", "", date(2026, 11, 22), "a b")]
