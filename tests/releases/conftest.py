"""A small private database, named as in PUBLIC_SCHEMA.md, and a warehouse to publish it in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from arsenale.releases.manifest import Provenance
from arsenale.releases.publish import Publication, publish
from arsenale.settings import Settings

RUN = Provenance(git_commit="0" * 40, checks=("unique_fct_figure_figure_id",))
TODAY = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)

PRIVATE_DATABASE = """
create schema raw;
create schema staging;
create schema intermediate;
create table dim_release (
    release_id varchar primary key, schema_version varchar not null, built_at timestamp not null,
    git_commit varchar, duckdb_version varchar, documents bigint, figures bigint
);
create table dim_document (
    document_id varchar primary key, title varchar, publisher varchar, authors varchar, url varchar,
    licence varchar, sha256 varchar not null, published_on date, check (length(sha256) = 64)
);
comment on table dim_document is 'one row per source document: it''s where figures stand';
comment on column dim_document.sha256 is 'digest of the text';
-- Its name sorts before that of the table its foreign key names.
create table bridge_claim_figure (
    claim_id varchar, figure_id varchar, role varchar not null, primary key (claim_id, figure_id)
);
create table fct_figure (
    figure_id varchar primary key,
    document_id varchar not null references dim_document (document_id),
    as_reported varchar not null, value decimal(38, 4), unit varchar, fiscal_year bigint,
    is_preferred boolean, note varchar, check (value >= 0)
);
comment on column fct_figure.value is 'in base units';
create table bridge_deployment_figure (figure_id varchar references fct_figure (figure_id));
create table rpt_freshness (document_id varchar, age_days bigint);
create table raw.figures (document_id varchar, printed varchar);
create table staging.stg_figures (figure_id varchar);
create view intermediate.int_figures as select * from fct_figure;
create view main.a_view as select 1 as one;
create macro main.a_macro(x) as x + 1;
insert into dim_release values ('unpublished', '1.0', '1970-01-01', null, null, null, null);
insert into dim_document values
    ('iai', 'L''Italia', 'IAI', null, 'https://example.org/a', 'none stated', repeat('a', 64), '2025-03-01'),
    ('sipri', 'Trends', 'SIPRI', 'A; B', null, 'none stated', repeat('b', 64), null);
insert into fct_figure values
    ('iai@100', 'iai', '35,5 billion euro', 35500000000, 'EUR', 2025, true, null),
    ('iai@200', 'iai', '+7.2%', 7.2, 'percent', 2025, false, ''),
    ('sipri@5', 'sipri', '852', 852, 'person', null, null, E'tab\\there, back\\\\slash, line\\nbreak');
insert into bridge_claim_figure values ('growth', 'iai@200', 'stated'), ('growth', 'iai@100', 'input');
insert into bridge_deployment_figure values ('sipri@5');
insert into rpt_freshness values ('iai', 12);
insert into raw.figures values ('iai', '35,5 billion euro');
insert into staging.stg_figures values ('iai@100');
"""


def make_database(path: Path, *changes: str) -> Path:
    """Make the private database, then run the statements that change it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(path) as connection:
        for statement in (PRIVATE_DATABASE, *changes):
            connection.execute(statement)
    return path


class Warehouse:
    """A warehouse, and what a test does with it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder, warehouse=folder / "warehouse", documents=None)
        self.private = folder / "private" / "arsenale.duckdb"

    def publish(self, *changes: str, now: datetime = TODAY) -> Publication:
        return publish(make_database(self.private, *changes), self.settings, RUN, now=now)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path)
