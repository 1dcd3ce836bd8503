from __future__ import annotations

import time
from datetime import timedelta

import pytest

from arsenale.errors import ArsenaleError
from arsenale.releases.history import keep, kept, overview, prune, rollback
from arsenale.releases.lock import build_lock
from arsenale.releases.reader import connect
from arsenale.releases.store import Release, current_release, find_release, list_releases, remove_tree
from arsenale.releases.verify import verify

from .conftest import TODAY, Warehouse


def publish_several(warehouse: Warehouse, count: int) -> list[Release]:
    return [
        warehouse.publish(
            f"update rpt_freshness set age_days = {100 + number}", now=TODAY + timedelta(minutes=number)
        ).release
        for number in range(count)
    ]


@pytest.mark.failure(25)
def test_rollback_goes_to_the_release_before_and_can_be_rolled_forward(warehouse: Warehouse) -> None:
    first, second = publish_several(warehouse, 2)
    assert rollback(warehouse.settings) == first
    assert current_release(warehouse.settings) == first
    assert rollback(warehouse.settings, second.release_id) == second
    assert current_release(warehouse.settings) == second


@pytest.mark.failure(25)
def test_rollback_with_five_readers_attached_takes_under_a_second_and_verifies(warehouse: Warehouse) -> None:
    first, _ = publish_several(warehouse, 2)
    readers = [connect(warehouse.settings) for _ in range(5)]
    started = time.monotonic()
    rollback(warehouse.settings)
    assert time.monotonic() - started < 1
    assert verify(first) == []
    ages = {reader.execute("select age_days from rpt_freshness").fetchone() for reader in readers}
    assert ages == {(101,)}
    with connect(warehouse.settings) as fresh:
        assert fresh.execute("select age_days from rpt_freshness").fetchone() == (100,)


def test_the_first_release_has_nothing_before_it(warehouse: Warehouse) -> None:
    warehouse.publish()
    with pytest.raises(ArsenaleError, match="nothing to go back to"):
        rollback(warehouse.settings)


@pytest.mark.failure(25)
def test_rollback_to_a_damaged_release_is_refused(warehouse: Warehouse) -> None:
    first, second = publish_several(warehouse, 2)
    first.database.chmod(0o644)
    with first.database.open("ab") as file:
        file.write(b"x")
    with pytest.raises(ArsenaleError, match="is not what was published"):
        rollback(warehouse.settings)
    assert current_release(warehouse.settings) == second


def test_nothing_is_flipped_removed_or_kept_while_a_build_runs(warehouse: Warehouse) -> None:
    publish_several(warehouse, 2)
    with build_lock(warehouse.settings, "the nightly build"):
        for act in (
            lambda: rollback(warehouse.settings),
            lambda: prune(warehouse.settings, 1),
            lambda: keep(warehouse.settings, "2026"),
        ):
            with pytest.raises(ArsenaleError, match="the nightly build"):
                act()
    assert kept(warehouse.settings) == {}


def test_prune_spares_the_newest_the_current_and_the_kept(warehouse: Warehouse) -> None:
    made = publish_several(warehouse, 6)
    rollback(warehouse.settings, made[1].release_id)
    keep(warehouse.settings, made[0].release_id, "cited in a paper")
    assert {release.release_id for release in prune(warehouse.settings, 2)} == {
        r.release_id for r in made[2:4]
    }
    assert {r.release_id for r in list_releases(warehouse.settings)} == {
        r.release_id for r in (*made[:2], *made[4:])
    }
    assert prune(warehouse.settings, 2) == []


def test_a_reader_of_a_pruned_release_reads_on(warehouse: Warehouse) -> None:
    first, *_ = publish_several(warehouse, 3)
    with connect(warehouse.settings, release=first) as reader:
        prune(warehouse.settings, 1)
        assert not first.folder.exists()
        assert reader.execute("select count(*) from fct_figure").fetchone() == (3,)


def test_the_overview_is_in_the_order_of_time_and_survives_a_damaged_release(warehouse: Warehouse) -> None:
    made = publish_several(warehouse, 3)
    keep(warehouse.settings, made[1].release_id, "cited")
    lines = overview(warehouse.settings)
    assert [line["release_id"] for line in lines] == [release.release_id for release in made]
    assert [line["current"] for line in lines] == [False, False, True]
    assert [bool(line["kept"]) for line in lines] == [False, True, False]
    assert kept(warehouse.settings)[made[1].release_id].endswith("cited")
    manifest = made[0].folder / "MANIFEST.json"
    manifest.chmod(0o644)
    manifest.write_text("{")
    assert overview(warehouse.settings)[0]["built_at"] == "damaged"


def test_a_release_that_was_deleted_by_hand_can_be_rolled_back_from(warehouse: Warehouse) -> None:
    first, second = publish_several(warehouse, 2)
    remove_tree(second.folder)
    with pytest.raises(ArsenaleError, match="does not exist"):
        connect(warehouse.settings)
    assert [line["current"] for line in overview(warehouse.settings)] == [False]
    assert prune(warehouse.settings, 1) == []
    assert rollback(warehouse.settings, first.release_id) == first


def test_an_id_may_be_cut_short_while_it_is_the_only_one(warehouse: Warehouse) -> None:
    first, second = publish_several(warehouse, 2)
    assert find_release(warehouse.settings, first.release_id[:-2]) == first
    with pytest.raises(ArsenaleError, match="2 releases of the id") as caught:
        find_release(warehouse.settings, "2026-11-22")
    assert sorted(caught.value.details) == sorted([first.release_id, second.release_id])
    with pytest.raises(ArsenaleError, match="no release of the id"):
        find_release(warehouse.settings, "2025")
