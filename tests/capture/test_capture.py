"""Capture and coverage: every number gets its row, all of them pass the gate, nothing is overwritten."""

from __future__ import annotations

import csv
import io
import json

import pytest

TEXT = (
    "# An invented note\n\n"
    "In 2025 the Ministry of Defence of Italy holds a budget of about 33.7 billion euros.\n\n"
    "The mission in Lebanon counted up to 1,200 personnel, 40 vehicles and 2 helicopters in 2024.\n\n"
    "The Army takes 5.9, the Navy 2.3 and the Air Force 2.8 billion euros.\n\n"
    "Two main points stand out.\n"
)


@pytest.fixture
def noted(desk):
    desk.register("note", TEXT, published="2025", language="en")
    return desk


def proposals(desk) -> dict[str, dict[str, str]]:
    """The proposals by what they print; of several alike, the first."""
    sheet = desk.done("capture", "note", "--propose", "-")
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(sheet)):
        found.setdefault(row["as_reported"], row)
    return found


def complete(desk, **changes: dict[str, str]) -> str:
    """Write a sheet, change rows by what they print (blanks as underscores), and return its path."""
    path = desk.folder / "inbox" / "sheet.csv"
    path.unlink(missing_ok=True)
    desk.done("capture", "note", "--propose", path)
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    for row in rows:
        row.update(changes.get(row["as_reported"].replace(" ", "_"), {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


# --- Proposals


def test_a_proposal_holds_what_is_printed_and_where(noted) -> None:
    found = proposals(noted)
    budget = found["33.7 billion euros"]
    assert TEXT[int(budget["hedge_start"]) :].startswith(budget["hedge_printed"] + " 33.7")
    assert budget["hedge_printed"] == "about"
    assert (budget["family"], budget["measure"]) == ("spending", "expenditure")
    assert (budget["status"], budget["period"], budget["price_basis"]) == ("budgeted", "2025", "unstated")
    assert (budget["subject_id"], budget["service_id"]) == ("ITA", "ita-ministry-of-defence")
    assert budget["reads"] == "33700000000 EUR, approximate, money"


def test_a_shared_hedge_scale_and_unit_are_cited_with_their_offsets(noted) -> None:
    found = proposals(noted)
    hedge = TEXT.index("up to")
    for printed in ("1,200 personnel", "40 vehicles", "2 helicopters"):
        assert (found[printed]["hedge_printed"], found[printed]["hedge_start"]) == ("up to", str(hedge))
    army = found["5.9"]
    assert (army["scale_printed"], army["unit_printed"]) == ("billion", "euros")
    assert TEXT[int(army["scale_start"]) :].startswith("billion")
    assert TEXT[int(army["unit_start"]) :].startswith("euros")


def test_a_date_beside_a_figure_is_its_period(noted) -> None:
    found = proposals(noted)
    assert (found["2024"]["decision"], found["2024"]["reason"]) == ("dismiss", "period")


def test_a_sheet_inside_the_project_carries_no_passage(noted) -> None:
    inside = noted.settings.home / "sheet.csv"
    assert "carries no passages" in noted.done("capture", "note", "--propose", inside)
    assert "holds a budget" not in inside.read_text()
    assert "holds a budget" in noted.done("capture", "note", "--propose", "-")
    assert "there already" in noted.refused("capture", "note", "--propose", inside)


# --- Accepting


def test_a_completed_sheet_becomes_seeds_that_pass_the_gate(noted) -> None:
    figures, minimum = len(noted.rows("figures")), noted.minimum("figures")
    sheet = complete(noted, Two={"decision": "dismiss", "reason": "rhetoric"})
    assert "none left" in noted.done("capture", "note", "--accept", sheet)
    added = noted.rows("figures", "note")
    assert len(noted.rows("figures")) == figures + len(added)
    assert noted.minimum("figures") == minimum + len(added)
    assert all(TEXT[int(row["char_start"]) : int(row["char_end"])] == row["as_reported"] for row in added)
    assert [int(row["char_start"]) for row in added] == sorted(int(row["char_start"]) for row in added)
    noted.gate()


def test_rows_of_other_documents_are_untouched(noted) -> None:
    before = {seed: noted.rows(seed) for seed in ("figures", "events", "dismissed")}
    noted.done("capture", "note", "--accept", complete(noted))
    for seed, rows in before.items():
        assert [row for row in noted.rows(seed) if row["document_id"] != "note"] == rows


def test_everything_wrong_is_named_at_once_by_line_and_nothing_is_written(noted) -> None:
    before = noted.seeds()
    sheet = complete(
        noted,
        **{
            "33.7_billion_euros": {"measure": "nonsense", "hedge_printed": "around"},
            "40_vehicles": {"char_start": "0"},
            "2_helicopters": {"decision": "perhaps"},
            "2024": {"reason": "none"},
        },
    )
    error = noted.refused("capture", "note", "--accept", sheet)
    for part in ("measure: found 'nonsense'", "hedge_printed: found 'about", "as_reported: found '# An"):
        assert f"sheet.csv:{part}" in error.replace("sheet.csv:3:", "sheet.csv:").replace(
            "sheet.csv:5:", "sheet.csv:"
        )
    assert "decision: found 'perhaps'" in error
    assert "reason: found 'none'" in error
    assert noted.seeds() == before


def test_what_is_accounted_for_is_never_overwritten(noted) -> None:
    sheet = complete(noted)
    noted.done("capture", "note", "--accept", sheet)
    before = noted.seeds()
    assert "accounts for, expected one that nothing accounts for" in noted.refused(
        "capture", "note", "--accept", sheet
    )
    assert noted.seeds() == before


def test_skipped_numbers_are_left_for_the_next_time(noted) -> None:
    sheet = complete(noted, **{"33.7_billion_euros": {"decision": "skip"}})
    said = noted.done("capture", "note", "--accept", sheet)
    assert "left: arsenale capture note" in said
    assert "33.7 billion euros" in proposals(noted)


def test_an_event_is_written_as_one(noted) -> None:
    event = {"decision": "event", "reason": "", "event_kind": "mission_start", "parties": "ITA"}
    noted.done("capture", "note", "--accept", complete(noted, **{"2024": event | {"object": "a mission"}}))
    (row,) = noted.rows("events", "note")
    assert (row["as_reported"], row["kind"], row["object"]) == ("2024", "mission_start", "a mission")


def test_a_sheet_of_another_form_is_refused(noted) -> None:
    path = noted.write("sheet.csv", "decision,nonsense\nskip,1\n")
    error = noted.refused("capture", "note", "--accept", path)
    assert "no such column" in error
    assert "nonsense" in error
    assert "two steps" in noted.run("capture", "note", "--accept", path, "--propose", path).output


def test_a_changed_document_is_not_captured(noted) -> None:
    (noted.folder / "documents" / "note.txt").write_text(TEXT + "7 ships")
    assert "is not the text that was registered" in noted.refused("capture", "note", "--propose", "-")


# --- On a terminal


def test_answers_are_written_one_by_one_and_it_goes_on_later(noted) -> None:
    # 2025 dismissed as proposed, the budget accepted, then quit.
    said = noted.done("capture", "note", answers="d\n\na\nq\n")
    assert "written: 1 dismissed, 1 figures" in said
    assert [row["as_reported"] for row in noted.rows("figures", "note")] == ["33.7 billion euros"]
    noted.gate()
    said = noted.done("capture", "note", answers="a\nq\n")
    assert "1,200 personnel" in said
    assert len(noted.rows("figures", "note")) == 2


def test_a_row_can_be_edited_and_what_the_gate_refuses_is_asked_again(noted) -> None:
    answers = "s\ne\nmeasure=?\nmeasure=nonsense\n\na\ne\nmeasure=expenditure\nnote=our words\n\na\nq\n"
    said = noted.done("capture", "note", answers=answers)
    assert "deal_value" in said
    assert "measure: found 'nonsense'" in said
    (row,) = noted.rows("figures", "note")
    assert (row["measure"], row["note"]) == ("expenditure", "our words")


def test_a_date_can_be_made_an_event(noted) -> None:
    answers = "v\nother\nan invented fact\nITA\n\na\nq\n"
    noted.done("capture", "note", answers=answers)
    (row,) = noted.rows("events", "note")
    assert (row["kind"], row["object"], row["parties"]) == ("other", "an invented fact", "ITA")


def test_the_end_of_input_is_a_way_to_stop(noted) -> None:
    assert "written: nothing" in noted.done("capture", "note", answers="")


def test_the_span_is_shown_in_its_passage(noted) -> None:
    said = noted.done("capture", "note", answers="s\nq\n")
    assert "holds a budget of about 33.7 billion euros." in " ".join(said.split())


# --- Coverage


def test_coverage_fails_while_a_number_is_unaccounted_for(noted) -> None:
    result = noted.run("coverage")
    assert result.exit_code == 1
    assert "1,200 personnel" in result.stdout
    found = {one["document_id"]: one for one in json.loads(noted.run("coverage", "--json").stdout)}
    assert found["note"]["unaccounted"]
    noted.done(
        "capture", "note", "--accept", complete(noted, Two={"decision": "dismiss", "reason": "rhetoric"})
    )
    result = noted.run("coverage", "--json")
    found = {one["document_id"]: one for one in json.loads(result.stdout)}
    assert found["note"]["unaccounted"] == []
    assert found["note"]["dismissed"]["rhetoric"] == 1
    assert found["note"]["mentions"] == found["note"]["captured"] + sum(found["note"]["dismissed"].values())


def test_deleting_a_row_leaves_its_number_unaccounted(noted) -> None:
    noted.done("capture", "note", "--accept", complete(noted))
    path = noted.settings.seeds / "figures.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "33.7 billion" not in line))
    assert "33.7 billion euros" in noted.run("coverage").stdout


def test_a_rescan_writes_what_the_finder_sees(noted) -> None:
    path = noted.settings.seeds / "mentions.csv"
    kept = [line for line in path.read_text().splitlines(keepends=True) if line.startswith(("doc", "note,"))]
    registered = noted.settings.seeds / "documents.csv"
    lines = registered.read_text().splitlines(keepends=True)
    registered.write_text(lines[0] + lines[-1])
    path.write_text("".join(kept[:-1]))
    assert "differs from what the finder sees in 1 places" in noted.refused(
        "capture", "note", "--propose", "-"
    )
    assert noted.run("coverage", "--rescan", "--json").exit_code == 1
    assert path.read_text() == "".join(kept)
    assert noted.minimum("mentions") == len(kept) - 1
