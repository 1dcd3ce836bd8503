from __future__ import annotations

import re
from pathlib import Path

import pytest

from arsenale.releases.builds import FAILED_BUILDS_KEPT, Build, private_build, start_build
from arsenale.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, warehouse=tmp_path / "warehouse", documents=None)


def failed(settings: Settings) -> Build:
    builds = []

    def build_and_fail() -> None:
        with private_build(settings) as build:
            builds.append(build)
            build.database.touch()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        build_and_fail()
    return builds[0]


def test_a_build_gets_an_empty_folder_of_its_own(settings: Settings) -> None:
    with private_build(settings) as build:
        assert re.fullmatch(r"\d{8}T\d{6}\.\d{6}Z-\d+", build.build_id)
        assert build.folder == settings.warehouse / "builds" / build.build_id
        assert not build.database.exists()
        assert build.logs.is_dir()
        assert list(build.pages.iterdir()) == []


def test_a_build_that_succeeds_leaves_nothing(settings: Settings) -> None:
    with private_build(settings) as build:
        build.database.touch()
    assert list((settings.warehouse / "builds").iterdir()) == []


def test_the_last_failed_builds_stay_for_inspection(settings: Settings) -> None:
    dead = [failed(settings) for _ in range(5)]
    assert all(build.database.exists() for build in dead[-FAILED_BUILDS_KEPT:])
    fresh = start_build(settings)
    left = sorted(path.name for path in (settings.warehouse / "builds").iterdir())
    assert left == [*(build.build_id for build in dead[-FAILED_BUILDS_KEPT:]), fresh.build_id]
