"""The whole build, as somebody who types `arsenale build` sees it."""

from __future__ import annotations

import filecmp
import json
import subprocess
from pathlib import Path

import duckdb
import pytest

from arsenale.capture.coverage import coverage
from arsenale.contracts.audit import RULES
from arsenale.inputs import inputs_digest
from arsenale.releases.last_build import last_report
from arsenale.releases.reader import connect
from arsenale.settings import Settings
from tests.building import BIN, Project


def settings_of(project: Project) -> Settings:
    return Settings(home=project.home, warehouse=project.warehouse, documents=None)


def test_a_build_publishes_a_release_that_can_be_read(project: Project) -> None:
    with connect(settings_of(project)) as reader:
        (release_id,) = reader.sql("select release_id from dim_release").fetchall()[0]
        (figures,) = reader.sql("select count(*) from fct_figure").fetchall()[0]
        (captured,) = reader.sql("select count(*) from raw.figures").fetchall()[0]
    assert release_id == project.release_id()
    assert figures == captured > 100


def test_the_account_of_the_seeds_is_that_of_the_warehouse(project: Project) -> None:
    with connect(settings_of(project)) as reader:
        answer = reader.sql("select * from rpt_coverage")
        published = {
            row[0]: {name: count for name, count in zip(answer.columns[1:], row[1:], strict=True) if count}
            for row in answer.fetchall()
        }
    assert published
    assert published == {
        one.document_id: {
            name: count
            for name, count in (
                ("mentions", one.mentions),
                ("captured", one.captured),
                ("dismissed", sum(one.dismissed.values())),
                *((f"dismissed_{reason}", count) for reason, count in one.dismissed.items()),
                ("unaccounted", len(one.unaccounted)),
            )
            if count
        }
        for one in coverage(settings_of(project))
    }


def test_a_release_holds_its_site_and_one_that_stands_alone_is_the_same(
    project: Project, tmp_path: Path
) -> None:
    release = project.warehouse / "current"
    report = json.loads((project.home / "report.json").read_text(encoding="utf-8"))
    assert report["site"]["figures and events"] > 200
    manifest = json.loads((release / "MANIFEST.json").read_text(encoding="utf-8"))
    assert {"site/index.html", "site/en/index.html", "site/it/index.html"} <= manifest["files"].keys()
    first = (release / "site/en/index.html").read_text(encoding="utf-8")
    assert f"<code>{project.release_id()}</code>" in first
    done = project.arsenale("site", "--out", str(tmp_path / "alone"))
    assert (done.returncode, done.stderr) == (0, "")
    assert str(tmp_path / "alone" / "index.html") in done.stdout
    # The page of data leads to downloads elsewhere; every other page is the same, byte by byte.
    names = [path.relative_to(release / "site") for path in (release / "site").rglob("*.*") if path.is_file()]
    same, different, _ = filecmp.cmpfiles(release / "site", tmp_path / "alone", names, shallow=False)
    assert sorted(map(str, different)) == ["en/data.html", "it/data.html"]
    assert len(same) > 30


def test_a_manifest_vouches_for_no_passage_that_nobody_re_read(project: Project) -> None:
    manifest = json.loads(project.database.with_name("MANIFEST.json").read_text(encoding="utf-8"))
    passed = manifest["checks_passed"]
    # The shared project has no documents at hand.
    assert "passages" not in passed
    assert manifest["passages"] == {"reread": [], "not_reread": sorted(manifest["documents"]), "compared": 0}
    assert {f"audit.{rule.name}" for rule in RULES} | {"contracts"} < set(passed)
    assert any(name.startswith("test.") for name in passed)


def test_json_is_one_object_that_says_what_was_built(project: Project) -> None:
    report = json.loads((project.home / "report.json").read_text(encoding="utf-8"))
    assert report["release"]["release"] == project.release_id()
    assert report["release"]["new"] is True
    seeds = {row["seed"]: row["rows"] for row in report["captured_seeds"]["rows by seed"]}
    with duckdb.connect(str(project.database), read_only=True) as reader:
        assert seeds == {
            name: reader.sql(f"select count(*) from raw.{name}").fetchall()[0][0] for name in seeds
        }


def test_another_time_zone_and_language_build_the_same_and_quiet_is_quiet(
    project: Project,
) -> None:
    runs = project.runs()
    done = project.arsenale(
        "build",
        "--rebuild",
        "--quiet",
        TZ="Pacific/Chatham",
        LANG="tr_TR.UTF-8",
        LC_ALL="C",
        PYTHONHASHSEED="7",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    # It was built again, and the release, which is named by its content, stayed.
    assert len(project.runs() - runs) == 1


def test_a_second_build_says_that_nothing_changed_and_what_nobody_re_read(project: Project) -> None:
    runs = project.runs()
    done = project.arsenale("build")
    assert done.returncode == 0
    assert done.stdout == ""
    assert f"nothing changed: current is still {project.release_id()}" in done.stderr
    not_reread = done.stderr.partition("not re-read:")[2]
    with duckdb.connect(str(project.database), read_only=True) as reader:
        documents = reader.sql("select document_id from dim_document").fetchall()
    assert documents
    for (document,) in documents:
        assert document in not_reread
    assert project.runs() == runs


def test_a_rebuild_parses_nothing_anew_and_leaves_nothing_private_behind(project: Project) -> None:
    parsed = (project.warehouse / "dbt" / "manifest.json").stat().st_mtime_ns
    private = set((project.warehouse / "builds").iterdir())
    done = project.arsenale("build", "--rebuild", "--json", TZ=None, LANG=None)
    assert json.loads(done.stdout)["release"]["new"] is False
    assert (project.warehouse / "dbt" / "manifest.json").stat().st_mtime_ns == parsed
    assert set((project.warehouse / "builds").iterdir()) <= private


@pytest.mark.parametrize("variable", ["PANDERA_VALIDATION_ENABLED", "PANDERA_VALIDATION_DEPTH"])
def test_nothing_is_built_where_validation_is_switched_off(project: Project, variable: str) -> None:
    runs = project.runs()
    done = project.arsenale("build", **{variable: "False"})
    assert done.returncode == 1
    assert f"{variable}='False'" in done.stderr
    assert f"unset {variable}" in done.stderr
    assert "Traceback" not in done.stderr
    assert project.runs() == runs


@pytest.mark.failure(2)
def test_a_part_run_checks_but_never_publishes(project: Project) -> None:
    with project.edited("documents.csv", lambda seed: seed.replace("NextFin", "NextFin News")):
        done = materialize(project, 'key:"captured_seeds" or key:"raw/*" or key:"release"')
    assert done.returncode != 0
    assert "a part of the project is never published" in done.stdout + done.stderr


@pytest.mark.failure(2)
def test_the_release_alone_is_never_published(project: Project) -> None:
    done = materialize(project, 'key:"release"')
    assert done.returncode != 0
    assert "dbt has not run in this build" in done.stdout + done.stderr


def materialize(project: Project, selection: str) -> subprocess.CompletedProcess[str]:
    """Choose assets, as one may in the UI."""
    home = project.warehouse / "dagster"
    command = ["dagster", "asset", "materialize", "-m", "orchestration.definitions", "--select", selection]
    return project.run([str(BIN / command[0]), *command[1:]], DAGSTER_HOME=str(home))


def test_a_release_that_was_damaged_is_no_reason_not_to_build(project: Project) -> None:
    settings = settings_of(project)
    inputs = inputs_digest(settings)
    assert last_report(settings, inputs) is not None
    manifest = project.database.with_name("MANIFEST.json")
    content, mode = manifest.read_bytes(), manifest.stat().st_mode
    manifest.chmod(0o644)
    try:
        manifest.write_bytes(content + b"\n")
        assert last_report(settings, inputs) is None
    finally:
        manifest.write_bytes(content)
        manifest.chmod(mode)


@pytest.mark.parametrize("file", ["seeds/parties.csv", "models/new.sql", "requirements.lock"])
def test_a_changed_file_is_a_reason_to_build(project: Project, file: str) -> None:
    settings = settings_of(project)
    inputs, changed = inputs_digest(settings), project.home / file
    before = changed.read_bytes() if changed.exists() else None
    try:
        changed.write_bytes((before or b"") + b"\n")
        assert inputs_digest(settings) != inputs
    finally:
        changed.unlink() if before is None else changed.write_bytes(before)
    assert inputs_digest(settings) == inputs
