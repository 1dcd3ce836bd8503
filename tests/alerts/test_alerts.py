"""Alerts: one message when something goes wrong, one when it ends, and none that is lost."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from arsenale.alerts.channels import Channel, Email, StandardOutput, Webhook, channels_from
from arsenale.alerts.journal import LETTERS_KEPT, Journal, journal, read_journal
from arsenale.alerts.message import FINDINGS_SHOWN, Message, duration
from arsenale.alerts.watch import EndedBuild, deliver, watch, watch_health, watch_rates
from arsenale.errors import ArsenaleError
from arsenale.limits import Limits
from arsenale.releases.confirmation import confirm, confirmed_at
from arsenale.releases.store import current_release
from arsenale.settings import Settings
from tests.alerts.receivers import Receiver, mail_server, webhook
from tests.releases.conftest import TODAY, Warehouse

NOW = TODAY + timedelta(hours=1)
LIMITS = Limits()


class Heard:
    """A channel that keeps what it is told, or refuses it."""

    name = "heard"

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.broken = False

    def send(self, message: Message) -> None:
        if self.broken:
            raise ConnectionRefusedError("nobody listens")
        self.messages.append(message)

    @property
    def kinds(self) -> list[str]:
        return [f"{message.kind} {message.incident}" for message in self.messages]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, warehouse=tmp_path / "warehouse", documents=None)


@pytest.fixture
def heard() -> Heard:
    return Heard()


def ended(number: int, *, succeeded: bool, at: datetime = NOW) -> EndedBuild:
    def why() -> ArsenaleError:
        assert not succeeded, "asked why a build failed that did not"
        return ArsenaleError(f"build {number} failed", ["unique_figure: key 'a'"], "mend it")

    return EndedBuild(
        f"run-{number}", at + timedelta(minutes=number), succeeded, f"http://ui/runs/{number}", why
    )


def test_failures_in_a_row_are_one_incident_with_one_message_at_each_end(
    settings: Settings, heard: Heard
) -> None:
    fates = [True, False, False, False, True, True]
    builds = [ended(number, succeeded=fate) for number, fate in enumerate(fates)]
    for looks in range(len(builds)):
        # Every look sees all of the past again.
        watch(settings, LIMITS, builds[: looks + 1], [heard], NOW + timedelta(minutes=looks))
    assert heard.kinds == ["failure build", "recovery build"]
    failure, recovery = heard.messages
    assert failure.text == ("build 1 failed\n  unique_figure: key 'a'\nTo do: mend it\nSee: http://ui/runs/1")
    assert "It lasted 3 min, since 2026-11-22 11:31 UTC." in recovery.text


def test_a_failure_and_its_recovery_between_two_looks_are_both_told(settings: Settings, heard: Heard) -> None:
    watch(settings, LIMITS, [], [heard], NOW)
    # In whatever order they are handed over.
    watch(settings, LIMITS, [ended(2, succeeded=True), ended(1, succeeded=False)], [heard], NOW)
    assert heard.kinds == ["failure build", "recovery build"]


def test_a_watch_that_begins_tells_what_is_and_not_what_was(settings: Settings, heard: Heard) -> None:
    watch(settings, LIMITS, [ended(1, succeeded=False), ended(2, succeeded=True)], [heard], NOW)
    assert heard.kinds == []
    assert read_journal(settings).builds == ["run-1", "run-2"]


def test_an_alert_that_cannot_be_sent_is_a_failure_and_is_sent_later(
    settings: Settings, heard: Heard
) -> None:
    other = Heard()
    other.name = "other"
    heard.broken = True
    with pytest.raises(ArsenaleError, match="1 alerts could not be sent") as refused:
        watch(settings, LIMITS, [ended(1, succeeded=False)], [heard, other], NOW)
    assert "heard: 'build 1 failed'" in refused.value.details[0]
    assert "nobody listens" in refused.value.details[0]
    assert other.kinds == ["failure build"]
    # The look itself was noted: it is the channel that is broken, and not the watch.
    assert read_journal(settings).watched_at == NOW.isoformat()
    heard.broken = False
    watch(settings, LIMITS, [ended(1, succeeded=False)], [heard, other], NOW)
    assert heard.kinds == other.kinds == ["failure build"]
    assert read_journal(settings).letters == []


def test_a_channel_that_is_configured_no_longer_is_not_waited_for(settings: Settings, heard: Heard) -> None:
    heard.broken = True
    with pytest.raises(ArsenaleError):
        watch(settings, LIMITS, [ended(1, succeeded=False)], [heard], NOW)
    deliver(settings, [StandardOutput()])
    assert read_journal(settings).letters == []


def test_undelivered_messages_are_bounded(heard: Heard) -> None:
    state = Journal()
    for number in range(LETTERS_KEPT + 5):
        state.says(Message("i", "test", str(number)), NOW, [heard])
    assert [state.letters[0].message.subject, len(state.letters)] == ["5", LETTERS_KEPT]


def _open_and_close(folder: str, number: int) -> None:
    settings = Settings(home=Path(folder), warehouse=Path(folder), documents=None)
    for _ in range(20):
        with journal(settings) as state:
            state.remembers(f"{number}")


def test_two_processes_do_not_lose_what_the_other_has_written(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_open_and_close, args=(str(tmp_path), number)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    state = read_journal(Settings(home=tmp_path, warehouse=tmp_path, documents=None))
    assert sorted(state.builds) == sorted(str(number) for number in range(4) for _ in range(20))


def test_a_damaged_journal_is_named_and_left_alone(settings: Settings) -> None:
    settings.warehouse.mkdir(parents=True)
    (settings.warehouse / "alerts.json").write_text("[1, 2", encoding="utf-8")
    with pytest.raises(ArsenaleError, match=r"cannot read .*alerts\.json") as refused, journal(settings):
        pass
    assert "move it away" in refused.value.remedy


@pytest.fixture
def published(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path)
    warehouse.publish()
    return warehouse


def test_a_release_that_no_build_confirms_grows_stale_and_is_fresh_again(
    published: Warehouse, heard: Heard
) -> None:
    settings = published.settings
    late = TODAY + LIMITS.stale_after + timedelta(minutes=1)
    watch(settings, LIMITS, [], [heard], late - timedelta(minutes=2))
    assert heard.kinds == []
    for minutes in range(3):
        watch(settings, LIMITS, [], [heard], late + timedelta(minutes=minutes))
    # A build that comes to the same content publishes nothing, and confirms it.
    published.publish(now=late)
    watch(settings, LIMITS, [], [heard], late + timedelta(hours=1))
    assert heard.kinds == ["failure stale release", "recovery stale release"]
    assert "is stale: no build came to it since 2026-11-22 10:30 UTC" in heard.messages[0].subject


def test_a_confirmation_of_another_release_says_nothing_of_this_one(published: Warehouse) -> None:
    first = current_release(published.settings)
    assert first
    assert confirmed_at(published.settings, first) == TODAY
    mark = published.settings.warehouse / "confirmed.json"
    mark.write_text(mark.read_text(encoding="utf-8").replace(first.release_id, "another"), encoding="utf-8")
    assert confirmed_at(published.settings, first) == TODAY
    confirm(published.settings, first, NOW)
    assert confirmed_at(published.settings, first) == NOW


def test_a_changed_value_is_told_once_and_a_new_row_not_at_all(published: Warehouse, heard: Heard) -> None:
    settings = published.settings
    watch(settings, LIMITS, [], [heard], NOW)
    added = "insert into rpt_freshness values ('sipri', 3)"
    published.publish(added, now=NOW)
    watch(settings, LIMITS, [], [heard], NOW)
    assert heard.kinds == []
    changed = "update fct_figure set value = 36000000000 where figure_id = 'iai@100'"
    published.publish(added, changed, now=NOW)
    for _ in range(2):
        watch(settings, LIMITS, [], [heard], NOW)
    assert heard.kinds == ["change published values"]
    message = heard.messages[0]
    assert message.subject.endswith("1 published values changed, 0 rows removed")
    assert message.findings == ("fct_figure iai@100.value: 35500000000.0000 → 36000000000.0000",)
    assert "arsenale releases diff" in message.remedy


def test_a_release_that_cannot_be_read_is_told_and_the_watch_goes_on(
    published: Warehouse, heard: Heard
) -> None:
    release = current_release(published.settings)
    assert release
    release.folder.rename(release.folder.with_name("away"))
    watch(published.settings, LIMITS, [], [heard], NOW)
    assert heard.kinds == ["failure damaged release"]
    release.folder.with_name("away").rename(release.folder)
    watch(published.settings, LIMITS, [], [heard], NOW)
    assert heard.kinds == ["failure damaged release", "recovery damaged release"]


def test_exchange_rates_grow_old_and_are_renewed(settings: Settings, heard: Heard) -> None:
    newest = datetime(2026, 10, 30, tzinfo=UTC)
    assert not watch_rates(settings, LIMITS, newest, [heard], newest + timedelta(days=90))
    for day in (91, 92):
        assert watch_rates(settings, LIMITS, newest, [heard], newest + timedelta(days=day))
    assert not watch_rates(
        settings, LIMITS, newest + timedelta(days=60), [heard], newest + timedelta(days=93)
    )
    assert heard.kinds == ["failure exchange rates", "recovery exchange rates"]
    assert heard.messages[0].subject == "the exchange rates end on 2026-10-30, 91 days ago"


def test_what_the_outside_check_finds_is_one_incident(settings: Settings, heard: Heard) -> None:
    for findings in (["daemon: silent"], ["daemon: silent", "release: stale"], []):
        watch_health(settings, findings, [heard], NOW)
    assert heard.kinds == ["failure health", "recovery health"]


def test_a_long_list_of_findings_is_cut_short() -> None:
    text = Message("i", "failure", "s", tuple(map(str, range(FINDINGS_SHOWN + 7)))).text
    assert text.splitlines()[-1] == "  and 7 lines more"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7200, "2 h"), (172800, "2 days")]
)
def test_a_length_of_time_is_said_as_a_person_does(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.fixture
def mails() -> Iterator[Receiver]:
    with mail_server() as receiver:
        yield receiver


@pytest.fixture
def posts() -> Iterator[Receiver]:
    with webhook() as receiver:
        yield receiver


def environment(mails: Receiver, posts: Receiver) -> dict[str, str]:
    return {
        "ARSENALE_ALERT_SMTP": f"smtp://127.0.0.1:{mails.port}",
        "ARSENALE_ALERT_TO": "keeper@example.org, second@example.org",
        "ARSENALE_ALERT_FROM": "arsenale@example.org",
        "ARSENALE_ALERT_WEBHOOK": f"http://127.0.0.1:{posts.port}/hook",
    }


MESSAGE = Message(
    "build", "failure", "il build è fallito", ("figures.csv:3: 35,5 → 36",), "mend it", "http://ui"
)


def test_every_channel_of_the_environment_gets_the_message(
    mails: Receiver, posts: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    for channel in channels_from(environment(mails, posts)):
        channel.send(MESSAGE)
    assert capsys.readouterr().out == f"ALERT failure: {MESSAGE.text}\n"
    (mail,) = mails.got
    assert mail["To"] == "keeper@example.org, second@example.org"
    assert mail["From"] == "arsenale@example.org"
    assert mail.get_content().splitlines() == MESSAGE.text.splitlines()
    assert mails.subjects == posts.subjects == ["il build è fallito"]
    assert posts.got[0]["text"] == MESSAGE.text
    assert posts.got[0]["link"] == "http://ui"


def test_a_channel_that_says_no_raises(mails: Receiver, posts: Receiver) -> None:
    mails.refuses = posts.refuses = True
    for channel in channels_from(environment(mails, posts))[1:]:
        with pytest.raises(OSError, match=r"550|503"):
            channel.send(MESSAGE)


def test_without_names_there_is_standard_output_alone() -> None:
    assert channels_from({}) == (StandardOutput(),)


def test_a_server_with_login_is_read_with_its_password_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss\n", encoding="utf-8")
    channels = channels_from(
        {
            "ARSENALE_ALERT_SMTP": "smtp+starttls://ops%40example.org@mail.example.org",
            "ARSENALE_ALERT_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
            "ARSENALE_ALERT_TO": "keeper@example.org",
        }
    )
    email = channels[1]
    assert isinstance(email, Email)
    assert (email.host, email.port, email.user, email.password) == (
        "mail.example.org",
        587,
        "ops@example.org",
        "p@ss",
    )


@pytest.mark.parametrize(
    ("named", "complaint"),
    [
        ({"ARSENALE_ALERT_SMTP": "mail.example.org"}, "ARSENALE_ALERT_SMTP: expected"),
        ({"ARSENALE_ALERT_SMTP": "smtp://mail"}, "ARSENALE_ALERT_TO is not"),
        (
            {"ARSENALE_ALERT_SMTP": "smtp://u@mail", "ARSENALE_ALERT_TO": "k@example.org"},
            "has no encryption",
        ),
        ({"ARSENALE_ALERT_TO": "keeper@example.org"}, "ARSENALE_ALERT_SMTP is not"),
        ({"ARSENALE_ALERT_WEBHOOK": "file:///etc/passwd"}, "ARSENALE_ALERT_WEBHOOK: expected"),
        (
            {
                "ARSENALE_ALERT_SMTP": "smtps://u@mail",
                "ARSENALE_ALERT_TO": "k@example.org",
                "ARSENALE_ALERT_SMTP_PASSWORD_FILE": "/nowhere/at/all",
            },
            "cannot read /nowhere/at/all",
        ),
    ],
)
def test_a_half_configured_channel_is_refused(named: dict[str, str], complaint: str) -> None:
    with pytest.raises(ArsenaleError, match=complaint):
        channels_from(named)


def test_an_address_that_holds_a_secret_is_not_in_what_is_said_of_its_failure(settings: Settings) -> None:
    channels: list[Channel] = [Webhook("http://127.0.0.1:9/hook/s3cret")]
    with pytest.raises(ArsenaleError) as refused:
        watch_health(settings, ["daemon: silent"], channels, NOW)
    assert "s3cret" not in str(refused.value)
    assert "s3cret" not in json.dumps(read_journal(settings).undelivered())
