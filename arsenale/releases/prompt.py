"""Asking one question after another on a terminal, with names completed."""

from __future__ import annotations

from collections.abc import Iterator

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from rich.console import Console

from arsenale.errors import ArsenaleError
from arsenale.releases.names import Names, last_word, read_names
from arsenale.releases.query import run_query
from arsenale.releases.reader import connect
from arsenale.releases.store import Release, require_current
from arsenale.settings import Settings

GREETING = "{release}: end a question with ; and Enter. Tab completes names, Ctrl-D leaves."


class NameCompleter(Completer):
    """Offers the tables and columns that fit what stands before the cursor."""

    def __init__(self, names: Names) -> None:
        """Complete these names."""
        self.names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield each name, to replace the word that the cursor is at the end of."""
        before = document.text_before_cursor
        for name in self.names.completions(before):
            yield Completion(name, start_position=-len(last_word(before)))


def prompt(settings: Settings | None = None, release: Release | None = None) -> None:
    """Ask for SQL and answer it until the person leaves.

    Every question is asked of the release that was current at the start, even if another is published.

    Raises:
        ArsenaleError: There is no release.
    """
    release = release or require_current(settings or Settings.from_environment())
    with connect(release=release) as connection:
        names = read_names(connection)
    console = Console(stderr=True, highlight=False)
    console.print(GREETING.format(release=release.release_id), style="dim")
    session: PromptSession[str] = PromptSession("arsenale> ", completer=NameCompleter(names), multiline=True)
    while True:
        try:
            sql = session.prompt(key_bindings=_keys(session), prompt_continuation="      ... ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if sql.strip():
            _answer(sql, release, console)


def _answer(sql: str, release: Release, console: Console) -> None:
    try:
        run_query(sql, release=release)
    except ArsenaleError as error:
        console.print(str(error), markup=False)


def _keys(session: PromptSession[str]) -> KeyBindings:
    keys = KeyBindings()

    @Condition
    def is_complete() -> bool:
        text = session.default_buffer.text.rstrip()
        return not text or text.endswith(";")

    @keys.add("enter", filter=is_complete)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    return keys
