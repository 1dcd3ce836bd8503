"""What stops a build, and what it says: the check, the row, and no line of Python. Nothing is published."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.building import Project, dbt_processes_of, kill_group, wait_for_step, with_cell


@pytest.mark.failure(2)
def test_a_broken_seed_stops_before_dbt_with_file_line_and_column(project: Project) -> None:
    with project.edited("figures.csv", with_cell("as_reported", lambda _: "1_000", row=2)):
        done = project.arsenale("build")
    assert done.returncode == 1
    assert "figures.csv:4:as_reported: found" in done.stderr
    assert "'1_000'" in done.stderr
    assert "nothing was published" in done.stderr
    assert "Traceback" not in done.stderr
    assert "models" not in project.steps_started()


@pytest.mark.parametrize("flag", ["--quiet", "--json"])
def test_quiet_and_json_still_print_errors_and_nothing_else(project: Project, flag: str) -> None:
    with project.edited("units.csv", lambda seed: seed.replace("unit,", "unit ,", 1)):
        done = project.arsenale("build", flag)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("✗ build: ")
    assert "units.csv:1:unit: found 'unit '" in done.stderr


@pytest.mark.failure(2)
def test_a_failing_dbt_test_names_itself_and_its_row(project: Project) -> None:
    new = "agreed_plan,Agreed plan,,,,agreed_plan\n"
    with (
        project.edited("definitions.csv", lambda seed: seed + new),
        project.edited("figures.csv", lambda seed: seed.replace(",integrated_budget,", ",agreed_plan,")),
    ):
        assert project.arsenale("gate").returncode == 0
        done = project.arsenale("build")
    assert done.returncode == 1
    assert "has_a_column_per_definition" in done.stderr
    assert "agreed_plan" in done.stderr
    assert "nothing was published" in done.stderr
    assert "Traceback" not in done.stderr
    assert "release" not in project.steps_started()


@pytest.mark.failure(2)
def test_a_failing_audit_rule_names_itself_and_its_row(project: Project) -> None:
    wrong = lambda seed: seed.replace("billion,en,scale,1000000000", "billion,en,scale,100000000")  # noqa: E731
    with project.edited("words.csv", wrong):
        assert project.arsenale("gate").returncode == 0
        done = project.arsenale("build")
    assert done.returncode == 1
    assert "1 of " in done.stderr
    assert "two_readings_agree" in done.stderr
    assert "billion" in done.stderr
    assert "Traceback" not in done.stderr
    assert "release" not in project.steps_started()


@pytest.mark.failure(2)
@pytest.mark.slow
def test_a_site_that_cannot_be_rendered_stops_the_release_and_says_why(project: Project) -> None:
    before = project.release_id()
    question = project.home / "analyses" / "who_is_credited.sql"
    text = question.read_text(encoding="utf-8")
    question.write_text(text.replace("fct_figure", "fct_figuro"), encoding="utf-8")
    try:
        # A release that says the same would not need a site.
        with project.edited("parties.csv", lambda seed: f"{seed}body,Some body,organisation,,\n"):
            done = project.arsenale("build")
    finally:
        question.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert "the site could not be rendered; nothing was published" in done.stderr
    assert "analyses/who_is_credited.sql" in done.stderr
    assert project.release_id() == before


def test_a_seed_that_is_edited_during_the_build_stops_it(project: Project) -> None:
    before = project.runs()
    build = project.start("build", "--rebuild")
    try:
        wait_for_step(project, build, "models", before)
        # The dbt that was started first, and no second one.
        assert len(dbt_processes_of(build.pid)) == 1
        with project.edited("documents.csv", with_cell("title", lambda title: f"{title}, edited")):
            _, errors = build.communicate()
    finally:
        if build.poll() is None:
            kill_group(build)
    assert build.returncode == 1
    assert "documents.csv" in errors
    assert "finish the edit, then build again" in errors
    assert "Traceback" not in errors


def test_a_project_that_dbt_cannot_parse_is_refused_with_what_dbt_says(project: Project) -> None:
    model = project.home / "models" / "broken.sql"
    model.write_text("select * from {{ ref('nowhere') }}", encoding="utf-8")
    try:
        done = project.arsenale("build")
    finally:
        model.unlink()
    assert done.returncode == 1
    assert "dbt parse stopped" in done.stderr
    assert "nowhere" in done.stderr
    # Neither dbt's colours nor its clock.
    assert "\n  Encountered an error:\n" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = os.environ.get("ARSENALE_DOCUMENTS")
    if not folder:
        pytest.skip("ARSENALE_DOCUMENTS does not name the folder of the source documents")
    return Path(shutil.copytree(folder, tmp_path / "documents"))


@pytest.mark.documents
def test_with_the_documents_every_passage_is_re_read(project: Project, documents: Path) -> None:
    done = project.arsenale("build", ARSENALE_DOCUMENTS=str(documents))
    assert done.returncode == 0
    assert "not re-read: none" in done.stderr


@pytest.mark.documents
def test_a_document_of_which_one_byte_changed_is_named(project: Project, documents: Path) -> None:
    changed = documents / "nextfin-italy-us-arms-purchase.txt"
    content = bytearray(changed.read_bytes())
    content[1000:1001] = b"x" if content[1000:1001] != b"x" else b"y"
    changed.write_bytes(content)
    done = project.arsenale("build", ARSENALE_DOCUMENTS=str(documents))
    assert done.returncode == 1
    assert "documents.csv:2:sha256: found nextfin-italy-us-arms-purchase changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert "models" not in project.steps_started()


@pytest.mark.documents
def test_a_document_that_is_missing_is_named(project: Project, documents: Path) -> None:
    (documents / "nextfin-italy-us-arms-purchase.txt").unlink()
    done = project.arsenale("build", ARSENALE_DOCUMENTS=str(documents))
    assert done.returncode == 1
    assert "nextfin-italy-us-arms-purchase cannot be read" in done.stderr
    assert "models" not in project.steps_started()
