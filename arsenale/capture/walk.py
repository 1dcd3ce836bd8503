"""Capturing on a terminal: number by number, each in its passage, a word from a person for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import rich_click as click
from rich.console import Console
from rich.text import Text

from arsenale.capture.accept import SEED_OF_DECISION, accept
from arsenale.capture.propose import DISMISS, EVENT, FIGURE, Proposal
from arsenale.capture.sheet import COLUMNS, EVENT_COLUMNS, FOR_THE_EYE, Line
from arsenale.contracts.cells import Shape
from arsenale.contracts.choices import Choices
from arsenale.contracts.declarations import SEED_OF
from arsenale.contracts.seed_files import read_seeds
from arsenale.documents.registry import Document
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings

_KEYS = "[b]a[/]ccept  [b]e[/]dit  [b]d[/]ismiss  e[b]v[/]ent  [b]s[/]kip  [b]q[/]uit"
_HIGHLIGHT = "bold black on yellow"
_AROUND = 600
_SPAN = ("document_id", "char_start", "char_end", "as_reported")


@dataclass
class Walk:
    """One sitting over one document.

    Attributes:
        settings: Where the seeds are.
        document: The document.
        text: Its text.
        console: Where passages are shown.
        written: How many rows were written so far, by seed.
    """

    settings: Settings
    document: Document
    text: str
    console: Console
    written: Counter[str] = field(default_factory=Counter)

    def run(self, proposals: Sequence[Proposal]) -> None:
        """Ask about each number, writing after each answer, until the person quits."""
        try:
            for number, proposal in enumerate(proposals, start=1):
                self._show(proposal, f"{number} of {len(proposals)}")
                if not self._decide(proposal):
                    return
        except (click.Abort, EOFError):
            self.console.print()

    # --- Showing

    def _show(self, proposal: Proposal, counted: str) -> None:
        place, mention = proposal.place, proposal.mention
        where = [f"page {place.page}" if place.page else "", place.section, f"line {place.line}"]
        self.console.rule(
            Text(f"{counted}  {', '.join(part for part in where if part)}", "dim"), align="left"
        )
        first = max(place.start, mention.start - _AROUND)
        last = min(place.end, mention.end + _AROUND)
        self.console.print(
            Text.assemble(
                self.text[first : mention.start], (mention.text, _HIGHLIGHT), self.text[mention.end : last]
            )
        )
        self._show_cells(proposal.decision, dict(proposal.cells), proposal)

    def _show_cells(self, decision: str, cells: dict[str, str], proposal: Proposal) -> None:
        self.console.print(Text.assemble((decision, "bold"), f"  reads {proposal.reads}"))
        for name, cell in cells.items():
            if cell and name != "document_id":
                self.console.print(Text.assemble((f"  {name:<15}", "dim"), cell))
        for hint in proposal.hints:
            self.console.print(Text(f"  ! {hint}", "yellow"))

    # --- Asking

    def _decide(self, proposal: Proposal) -> bool:
        """Ask until the number is decided or skipped; returns whether to go on."""
        decision, cells = proposal.decision, dict(proposal.cells)
        while True:
            self.console.print(_KEYS)
            match click.prompt("", default="s", prompt_suffix="> ", show_default=False).strip().lower()[:1]:
                case "q":
                    return False
                case "s":
                    return True
                case "a" if decision in SEED_OF_DECISION:
                    if self._write(decision, cells):
                        return True
                case "e":
                    decision = decision if decision in (FIGURE, EVENT) else FIGURE
                    self._edit(cells, SEED_OF_DECISION[decision])
                    self._show_cells(decision, cells, proposal)
                case "d":
                    reason = self._choice("dismissed", "reason", cells.get("reason", ""))
                    if self._write(DISMISS, {name: cells[name] for name in _SPAN} | {"reason": reason}):
                        return True
                case "v":
                    decision = EVENT
                    self._ask_event(cells)
                    self._show_cells(decision, cells, proposal)
                case _:
                    self.console.print("answer with a, e, d, v, s or q; `a` wants a figure or an event")

    def _edit(self, cells: dict[str, str], seed: str) -> None:
        """Take `column=value` lines; `column=?` lists what may stand there, an empty line ends."""
        self.console.print(
            "column=value, column= to empty, column=? for what may stand there; empty line: done"
        )
        while line := click.prompt("", default="", prompt_suffix="= ", show_default=False).strip():
            name, mark, cell = (part.strip() for part in line.partition("="))
            if name not in COLUMNS or name in FOR_THE_EYE or not mark:
                known = [column for column in COLUMNS if column not in FOR_THE_EYE]
                self.console.print(f"columns: {', '.join(known)}")
            elif cell == "?":
                self.console.print(Text(self._allowed(seed, name)))
            else:
                cells[name] = cell

    def _ask_event(self, cells: dict[str, str]) -> None:
        cells["event_kind"] = self._choice("events", "kind", cells.get("event_kind", ""))
        for name, question in (
            ("object", "object: what happened to what, in a few words of your own"),
            ("parties", "parties: ids parted by blanks, who act first"),
            ("period", "period: only where the span is not a whole date"),
        ):
            # The period that was guessed for a figure is no guess for an event.
            before = cells.get(name, "") if name in EVENT_COLUMNS else ""
            cells[name] = click.prompt(question, default=before).strip()
        cells.pop("reason", None)

    def _choice(self, seed: str, column: str, proposed: str) -> str:
        self.console.print(Text(f"  {column}: {self._allowed(seed, column)}", "dim"))
        answer: str = click.prompt(column, default=proposed or None)
        return answer.strip()

    def _allowed(self, seed: str, name: str) -> str:
        """Return what may stand in a column, in words, or the whole list where it is a list."""
        form = next((column.format for column in SEED_OF[seed].columns if column.name == name), None)
        if form is None:
            return f"no column of {seed}.csv"
        files, _ = read_seeds(self.settings.seeds)
        choices = Choices(files)
        if isinstance(form, Shape):
            return choices.expected(form)
        return ", ".join(sorted(choices.of(form) or ()))

    # --- Writing

    def _write(self, decision: str, cells: dict[str, str]) -> bool:
        """Write one row; returns whether the gate let it through, and shows why not."""
        line = Line(0, dict.fromkeys(COLUMNS, "") | cells | {"decision": decision})
        try:
            accept(self.settings, self.document, self.text, [line], name="row")
        except ArsenaleError as error:
            self.console.print(Text(str(error), "red"))
            return False
        self.written[SEED_OF_DECISION[decision]] += 1
        return True
