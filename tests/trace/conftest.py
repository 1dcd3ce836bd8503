"""A small release with the tables that a trace reads, and the documents behind it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result
from shelved import PAPER, at

from arsenale.settings import Settings
from orchestration.command_line import arsenale

TABLES = """
create schema raw;
create table dim_release (release_id varchar primary key);
create table dim_document (
    document_id varchar primary key, title varchar, authors varchar, publisher varchar, published_on date,
    published_precision varchar, url varchar, language varchar, licence varchar, sha256 varchar
);
create table dim_party (party_id varchar primary key, name varchar);
create table dim_definition (definition_id varchar primary key, name varchar);
create table fct_figure (
    figure_id varchar primary key, document_id varchar references dim_document (document_id),
    char_start integer, char_end integer, as_reported varchar,
    subject_id varchar references dim_party (party_id), measure varchar,
    value decimal(28, 6), value_low decimal(28, 6), value_high decimal(28, 6),
    rounding_low decimal(28, 6), rounding_high decimal(28, 6), unit varchar, unit_alternative varchar,
    modality varchar, status varchar, definition varchar references dim_definition (definition_id),
    period_start date, period_end date, period_precision varchar, attributed_to varchar,
    same_fact_as varchar, subset_of varchar, note varchar
);
create table fct_event (
    event_id varchar primary key, document_id varchar, char_start integer, char_end integer,
    as_reported varchar, kind varchar, object varchar, note varchar, started_on date, ended_on date,
    date_precision varchar, same_event_as varchar
);
create table fct_spending (
    definition varchar, fiscal_year integer, figure_id varchar, share_figure_id varchar,
    amount decimal(28, 6),
    primary key (definition, fiscal_year)
);
create table fct_deal (deal_id varchar primary key, name varchar);
create table bridge_deal_figure (
    deal_id varchar, figure_id varchar, measure varchar, primary key (deal_id, figure_id)
);
create table bridge_deal_event (deal_id varchar, event_id varchar, primary key (deal_id, event_id));
-- A fact that nobody had thought of: its columns are found by their names.
create table fct_quarrel (
    quarrel_id varchar primary key, figure_id_a varchar, figure_id_b varchar
);
-- A claim stands on what is captured, and on what is only printed.
create table fct_claim (claim_id varchar primary key, verdict varchar);
create table bridge_claim_figure (
    claim_id varchar, position integer, operand varchar, figure_id varchar, event_id varchar,
    document_id varchar, char_start integer, char_end integer, as_reported varchar,
    primary key (claim_id, position)
);
create table raw.measures (measure varchar, meaning varchar);
create table raw.documents (
    document_id varchar, title varchar, language varchar, published varchar, url varchar, sha256 varchar,
    characters varchar, decimal_mark varchar, file varchar
);
create table raw.figures (
    document_id varchar, char_start varchar, scale_printed varchar, scale_start varchar,
    unit_printed varchar, unit_start varchar, hedge_printed varchar, hedge_start varchar
);
create table raw.events (document_id varchar, char_start varchar);
insert into dim_release values ('2026-01-01-abcdef12');
insert into dim_party values ('ITA', 'Italy');
insert into dim_definition values ('integrated', 'Integrated budget');
insert into raw.measures values ('expenditure', 'money spent');
insert into fct_deal values ('missiles', '100 missiles');
"""


@dataclass(frozen=True)
class Shelf:
    """A release, and the folder of its documents."""

    settings: Settings

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(arsenale, ["trace", *arguments])

    def done(self, *arguments: str) -> str:
        result = self.run(*arguments)
        assert result.exit_code == 0, f"{result.output}\n{result.exception}"
        return result.stdout

    def refused(self, *arguments: str) -> str:
        return str(self.run(*arguments).exception)


def figure(connection: duckdb.DuckDBPyConnection, printed: str, value: str, unit: str, **more: str) -> str:
    start = at(printed)
    cells = {
        "figure_id": f"paper@{start}",
        "document_id": "paper",
        "char_start": start,
        "char_end": start + len(printed),
        "as_reported": printed,
        "measure": "expenditure",
        "value": value,
        "rounding_low": value,
        "rounding_high": value,
        "unit": unit,
        "modality": "exact",
        "status": "reported",
        **more,
    }
    marks = ", ".join("?" * len(cells))
    connection.execute(f"insert into fct_figure ({', '.join(cells)}) values ({marks})", list(cells.values()))
    return f"paper@{start}"


def fill(connection: duckdb.DuckDBPyConnection, digest: str) -> None:
    connection.execute(TABLES)
    connection.execute(
        "insert into dim_document values ('paper', 'An invented paper & more', 'Ada Writer; Bo Author', "
        "'The Press', '2025-03-01', 'month', 'https://example.org/a_b', 'en', 'none stated', ?)",
        [digest],
    )
    connection.execute(
        "insert into raw.documents values ('paper', 'An invented paper & more', 'en', 'March 2025', null, "
        "?, ?, '.', 'paper.txt')",
        [digest, str(len(PAPER))],
    )
    year = {"period_start": "2024-01-01", "period_end": "2024-12-31", "period_precision": "year"}
    budget = figure(
        connection,
        "32,3",
        "32300000000",
        "EUR",
        rounding_low="32250000000",
        rounding_high="32350000000",
        subject_id="ITA",
        definition="integrated",
        attributed_to="Ministry",
        **year,
    )
    before = figure(connection, "30,8", "30800000000", "EUR", subset_of=budget)
    missiles = figure(connection, "100", "100", "missile")
    worth = figure(connection, "$301 million", "301000000", "USD", same_fact_as=missiles)
    figure(connection, "5 ships", "5", "ship")
    connection.execute(
        "insert into raw.figures values ('paper', ?, 'billions', ?, 'euros', ?, null, null)",
        [str(at("32,3")), str(at("billions")), str(at("euros"))],
    )
    signed = at("2025")
    connection.execute(
        "insert into fct_event values (?, 'paper', ?, ?, '2025', 'agreement', 'missiles signed for', null, "
        "'2025-01-01', '2025-12-31', 'year', null)",
        [f"paper@{signed}", signed, signed + 4],
    )
    connection.execute("insert into fct_spending values ('integrated', 2024, ?, null, 32300000000)", [budget])
    connection.execute("insert into fct_spending values ('integrated', 2023, ?, null, 30800000000)", [before])
    for member, measure in ((missiles, "quantity"), (worth, "value")):
        connection.execute("insert into bridge_deal_figure values ('missiles', ?, ?)", [member, measure])
    connection.execute("insert into bridge_deal_event values ('missiles', ?)", [f"paper@{signed}"])
    printed = [
        ("rise", 1, "result", before, "30,8"),
        ("rise", 2, "year", None, "2023"),
        ("dates", 1, "same", None, "2024"),
    ]
    for claim, position, operand, member, text in printed:
        connection.execute(
            "insert into bridge_claim_figure values (?, ?, ?, ?, null, 'paper', ?, ?, ?)",
            [claim, position, operand, member, at(text), at(text) + len(text), text],
        )
    connection.execute("insert into fct_claim values ('rise', 'holds'), ('dates', 'holds')")
    connection.execute("insert into fct_quarrel values ('first', ?, ?)", [budget, before])


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    release = tmp_path / "warehouse" / "releases" / "2026-01-01-abcdef12"
    release.mkdir(parents=True)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "paper.txt").write_text(PAPER, encoding="utf-8", newline="")
    with duckdb.connect(str(release / "arsenale.duckdb")) as connection:
        fill(connection, hashlib.sha256(PAPER.encode()).hexdigest())
    (tmp_path / "warehouse" / "current").symlink_to("releases/2026-01-01-abcdef12")
    monkeypatch.setenv("ARSENALE_HOME", str(tmp_path))
    monkeypatch.delenv("ARSENALE_WAREHOUSE", raising=False)
    monkeypatch.setenv("ARSENALE_DOCUMENTS", str(tmp_path / "documents"))
    return Shelf(Settings(tmp_path, tmp_path / "warehouse", tmp_path / "documents"))
