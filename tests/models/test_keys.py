"""Keys held by DuckDB's indexes, or checked as sets: a row that breaks one fails its model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.building import BIN, Project, new_project, with_cell


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return new_project(tmp_path_factory.mktemp("keys"))


def build_aliases(project: Project, keys: str) -> str:
    """Build what the aliases stand on, without dbt's tests; return what dbt says."""
    without_tests = ["--exclude-resource-type", "test", "unit_test"]
    done = project.run(
        [str(BIN / "dbt"), "--quiet", "build", "--select", "+dim_party_alias", *without_tests],
        ARSENALE_KEYS=keys,
        ARSENALE_BUILD_DATABASE=str(project.home / f"{keys}.duckdb"),
    )
    return "" if done.returncode == 0 else done.stdout


BROKEN: tuple[tuple[str, Callable[[str], str], tuple[str, ...]], ...] = (
    ("parties.csv", with_cell("party_id", lambda _: "TUR"), ("dim_party", "primary key (party_id)", "TUR")),
    (
        "party_aliases.csv",
        with_cell("party_id", lambda _: "NONE"),
        ("dim_party_alias", "foreign key (party_id)", "dim_party", "NONE"),
    ),
)


@pytest.mark.parametrize(("seed", "edit", "named"), BROKEN, ids=["primary", "foreign"])
def test_a_checked_key_that_is_broken_fails_its_model_by_name(
    project: Project, seed: str, edit: Callable[[str], str], named: tuple[str, ...]
) -> None:
    with project.edited(seed, edit):
        said = build_aliases(project, "checked")
    for word in named:
        assert word in said


def test_a_way_that_is_none_is_refused(project: Project) -> None:
    assert "ARSENALE_KEYS is 'none', expected 'indexed' or 'checked'" in build_aliases(project, "none")


def test_keys_that_hold_pass_either_way(project: Project) -> None:
    assert build_aliases(project, "checked") == ""
    assert build_aliases(project, "indexed") == ""
