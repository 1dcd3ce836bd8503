"""`arsenale build --dry-run`: what a release would change, with the reasons that stand in the seeds."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.building import built_project

MISREAD = ',58616,58633,"35,5 billion euro",'


def test_a_dry_run_shows_each_change_with_its_reason_and_publishes_nothing() -> None:
    project = built_project()
    release, content = project.release_id(), project.content()
    reason = f"fct_figure,iai-italy-turkey-defence@58616,*,{datetime.now(UTC):%Y-%m-%d},misread\n"
    with (
        project.edited("figures.csv", lambda text: text.replace(MISREAD, MISREAD.replace("35,5", "36,5"))),
        project.edited("operations.csv", lambda text: text.replace(",KFOR,", ",Kosovo Force,")),
        project.edited("revisions.csv", lambda text: text + reason),
    ):
        done = project.arsenale("build", "--dry-run")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(f"# Not published, since {release}\n")
    assert "| 35500000000.000000 | 36500000000.000000 | iai-italy-turkey-defence | misread |" in done.stdout
    assert "follows from fct_figure iai-italy-turkey-defence@58616" in done.stdout
    needed = done.stdout.partition("## Needs a reason: ")[2]
    assert needed.startswith("1\n"), needed
    assert "| dim_operation | kfor | name | KFOR → Kosovo Force |" in needed
    assert (project.release_id(), project.content()) == (release, content)
