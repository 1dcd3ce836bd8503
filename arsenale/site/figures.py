"""Every figure and event: what it says, where it stands, what it was compared with, how to cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from markupsafe import Markup, escape

from arsenale.site.address import of_fact
from arsenale.site.content import Content, Row, by
from arsenale.site.disagreements import sentence
from arsenale.site.language import Language
from arsenale.trace.citation import Citation, bibtex, cite, plain
from arsenale.trace.evidence import Traced
from arsenale.trace.lookup import FIGURE, SPAN, Evidence, Fact, Member

ORDER = (
    "fct_spending",
    "fct_deal",
    "fct_deployment",
    "fct_commitment",
    "fct_disagreement",
    "fct_claim",
    "fct_spending_bridge",
)


class Figures:
    """The figures and events of a release in one language."""

    def __init__(self, content: Content, language: Language, report_to: str) -> None:
        """Take what they are told from and with.

        Args:
            content: The release.
            language: The reader's.
            report_to: Who wants to hear of errors: an address of mail or of a page; may be empty.
        """
        self.content = content
        self.language = language
        self.addresses = content.addresses
        self.report_to = report_to
        self.parties = by("party_id", content.rows["dim_party"])
        self.services = by("service_id", content.rows["dim_service"])
        self.operations = by("operation_id", content.rows["dim_operation"])
        self.deals = by("deal_id", content.rows["fct_deal"])
        self.parties_of_events: dict[str, list[str]] = {}
        for row in content.rows["bridge_event_party"]:
            self.parties_of_events.setdefault(row["event_id"], []).append(row["party_id"])

    def rows(self) -> Iterator[Row]:
        """Yield a row of the list of all figures and events."""
        for identity, (kind, row) in self.content.evidence.items():
            is_figure = kind is FIGURE
            yield {
                "id": identity,
                "is_figure": is_figure,
                "row": row,
                "shown": self.shown(kind, row),
                "what": self.what(kind, row),
                "who": self.who(kind, row),
                "period": self.period(kind, row),
                "status": self.language.term("status", row["status"]) if is_figure else "",
                "definition": self.definition(row),
                "document": self.content.documents[row["document_id"]],
            }

    def one(self, identity: str) -> Row:
        """Return all that a page tells of a figure or event."""
        kind, row = self.content.evidence[identity]
        citation = self.citation(kind, row)
        return {
            "id": identity,
            "is_figure": kind is FIGURE,
            "row": row,
            "shown": self.shown(kind, row),
            "what": self.what(kind, row),
            "who": self.who(kind, row),
            "period": self.period(kind, row),
            "definition": self.definition(row),
            "document": self.content.documents[row["document_id"]],
            "service": self._named(self.services, "service", row.get("service_id")),
            "operation": self._named(self.operations, "operation", row.get("operation_id")),
            "prints": [self.mentioned(other) for other in self.content.prints[identity]],
            "whole": self.mentioned(row["subset_of"]) if row.get("subset_of") else None,
            "parts": [self.mentioned(other) for other in self.content.parts.get(identity, ())],
            "facts": list(self.facts(identity)),
            "worked_out": list(self.worked_out(identity)),
            "citation": plain(citation),
            "bibtex": bibtex(citation),
            "report": self.report(identity),
            "traced": self.content.passages.get(identity),
        }

    def shown(self, kind: Evidence, row: Row) -> str:
        """Return the value with its unit and modality, or the date of an event."""
        language = self.language
        if kind is not FIGURE:
            return language.period(row["started_on"], row["ended_on"]) or str(language.say("period.unknown"))
        if row["modality"] == "range":
            return language.between(row["value_low"], row["value_high"], row["unit"])
        text = language.quantity(row["value"], row["unit"])
        mark = {"maximum": "≤ ", "minimum": "≥ ", "approximate": "≈ "}.get(row["modality"], "")
        return f"{mark}{text}"

    def what(self, kind: Evidence, row: Row) -> Markup:
        """Return what is counted, or what happened."""
        if kind is FIGURE:
            return Markup(escape(self.language.term("measure", row["measure"])))  # noqa: S704 - escaped
        return self.language.note(row["object"])

    def who(self, kind: Evidence, row: Row) -> str:
        """Return whom it is about."""
        if kind is FIGURE:
            ids = [row["subject_id"], row["counterpart_id"]]
        else:
            ids = list(self.parties_of_events.get(row["event_id"], ()))
        return ", ".join(self._named(self.parties, "party", one) for one in ids if one)

    def period(self, kind: Evidence, row: Row) -> str:
        """Return what period it is about."""
        first, last = ("period_start", "period_end") if kind is FIGURE else ("started_on", "ended_on")
        return self.language.period(row[first], row[last])

    def definition(self, row: Row) -> str:
        """Return the way of counting, by its name."""
        return self._named(self.content.definitions, "definition", row.get("definition"))

    def mentioned(self, identity: str) -> Row:
        """Return what a list of other figures says of one."""
        kind, row = self.content.evidence[identity]
        return {
            "id": identity,
            "shown": self.shown(kind, row),
            "from": "fct_figure.value" if kind is FIGURE else "fct_event.started_on",
            "printed": " ".join(row["as_reported"].split()),
            "what": self.what(kind, row),
            "period": self.period(kind, row),
            "definition": self.definition(row),
            "role": "",
        }

    def facts(self, identity: str) -> Iterator[Row]:
        """Yield the facts that stand on a figure, each with the others that it stands on."""
        found = sorted(
            self.content.facts_of.get(identity, ()),
            key=lambda fact: (ORDER.index(fact.table) if fact.table in ORDER else len(ORDER), str(fact.key)),
        )
        for fact in found:
            others = [
                member
                for member in fact.members
                # A bare span has no page to lead to.
                if member.id != identity and member.kind != SPAN.kind
            ]
            yield {
                "table": fact.table,
                "title": self.title(fact),
                "address": of_fact(fact),
                "says": sentence(fact.row, self.language) if fact.table == "fct_claim" else None,
                "verdict": fact.row.get("verdict"),
                "others": [self._other(member) for member in others],
            }

    def _other(self, member: Member) -> Row:
        return self.mentioned(member.id) | {"role": self._role(member.role)}

    def _role(self, role: str) -> str:
        parts = [
            self.language.term("claim_operand", part)
            for part in role.split(", ")
            if part not in ("stated", "input")
        ]
        return ", ".join(parts) if role.startswith(("stated", "input")) else ""

    def title(self, fact: Fact) -> str:  # noqa: PLR0911 - one for each table
        """Return what a fact is called."""
        row, language = fact.row, self.language
        match fact.table:
            case "fct_spending":
                return ", ".join(
                    (
                        self._named(self.services, "service", row["service_id"]),
                        self._named(self.content.definitions, "definition", row["definition"]),
                        str(row["fiscal_year"]),
                    )
                )
            case "fct_deal":
                return language.name("deal", row["deal_id"], row["name"])
            case "fct_deployment":
                period = language.period(row["period_start"], row["period_end"])
                operation = self._named(self.operations, "operation", row["operation_id"])
                return ", ".join(part for part in (operation, period) if part)
            case "fct_commitment":
                who = self._named(self.parties, "party", row["party_id"])
                return ", ".join(part for part in (who, language.term("measure", row["measure"])) if part)
            case "fct_claim":
                return str(language.term("claim_kind", row["kind"]))
            case "fct_disagreement":
                return str(language.term("disagreement_kind", row["kind"]))
            case "fct_spending_bridge":
                ends = (
                    self._named(self.content.definitions, "definition", row[f"definition_{side}"])
                    for side in "ab"
                )
                return f"{' ↔ '.join(ends)}, {row['fiscal_year']}"
        return " ".join(str(value) for value in fact.key.values())

    def worked_out(self, identity: str) -> Iterator[Markup]:
        """Yield how what was computed from a figure was computed, a sentence each."""
        for fact in self.content.facts_of.get(identity, ()):
            row = fact.row
            if fact.table == "fct_spending" and row["figure_id"] == identity:
                yield from self._worked_out_spending(row)
            elif fact.table == "fct_deal" and row["value"] == self.content.evidence[identity][1].get("value"):
                yield from self._worked_out_deal(row)
            elif (
                fact.table == "fct_commitment"
                and row["figure_id"] == identity
                and row["distance"] is not None
            ):
                yield self.language.say(
                    "figure.worked.distance",
                    latest=self.language.quantity(row["latest_reported"], row["unit"]),
                    year=row["latest_period"].year,
                    distance=self.language.number(row["distance"]),
                    interval=self.language.between(row["distance_low"], row["distance_high"], None),
                )

    def _worked_out_spending(self, row: Row) -> Iterator[Markup]:
        language = self.language
        if row["amount_eur"] is None:
            return
        amount = language.money(row["amount"], row["currency"])
        other = ("USD", row["amount_usd"]) if row["currency"] == "EUR" else ("EUR", row["amount_eur"])
        yield language.say(
            "figure.worked.rate",
            amount=amount,
            rate=language.number(row["usd_per_eur"]),
            period=language.period(row["rate_start"], row["rate_date"]),
            source=language.note(row["rate_source"]),
            result=language.money(other[1], other[0], 2),
        )
        if row["amount_eur_constant"] is not None and row["deflator_editions"] != "base year":
            yield language.say(
                "figure.worked.constant",
                editions=language.note(row["deflator_editions"]),
                result=language.money(row["amount_eur_constant"], "EUR", 2),
            )
        if row["share_of_gdp_computed_pct"] is not None:
            yield language.say(
                "figure.worked.share",
                amount=language.money(row["amount_eur"], "EUR"),
                gdp=language.money(row["gdp_eur"], "EUR"),
                publisher=row["gdp_publisher"],
                published=language.date(row["gdp_published_on"]),
                result=language.quantity(row["share_of_gdp_computed_pct"], "percent", 2),
            )
        if row["growth_computed_pct"] is not None:
            yield language.say(
                "figure.worked.growth", result=language.quantity(row["growth_computed_pct"], "percent", 1)
            )

    def _worked_out_deal(self, row: Row) -> Iterator[Markup]:
        language = self.language
        if row["units_per_eur"] is None:
            return
        other = ("USD", "value_usd") if row["currency"] == "EUR" else ("EUR", "value_eur")
        yield language.say(
            "figure.worked.rate_between",
            amount=language.money(row["value"], row["currency"]),
            rate=language.number(row["usd_per_eur"]),
            period=language.period(row["rate_start"], row["rate_date"]),
            source=language.note(row["rate_source"]),
            result=language.money(row[other[1]], other[0], 1),
            interval=language.between(row[f"{other[1]}_low"], row[f"{other[1]}_high"], other[0], 1),
        )

    def citation(self, kind: Evidence, row: Row) -> Citation:
        """Return the citation of a figure; its place is known where its passage was read."""
        traced = self.content.passages.get(row[kind.key])
        document = self.content.documents[row["document_id"]]
        published = self.language.dated(document["published_on"], document["published_precision"])
        return cite(
            traced or Traced(kind, row, document, published, [], None, None, "not read for the site"),
            self.content.release_id,
        )

    def report(self, identity: str) -> str:
        """Return the address at which an error in a figure is reported."""
        subject = f"Arsenale {self.content.release_id}: {identity}"
        if self.report_to.startswith(("https://", "http://")):
            joint = "&" if "?" in self.report_to else "?"
            return f"{self.report_to}{joint}title={quote(subject)}"
        body = self.language.say("report.body", id=identity, release=self.content.release_id)
        return f"mailto:{quote(self.report_to, safe='@')}?subject={quote(subject)}&body={quote(str(body))}"

    def _named(self, rows: Mapping[str, Row], kind: str, identity: str | None) -> str:
        if identity is None or identity not in rows:
            return ""
        return self.language.name(kind, identity, rows[identity]["name"])


def neighbours(pages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pages of evidence with the name that a list of them shows."""
    for page in pages:
        yield page, page.rpartition("/")[2].removesuffix(".html")
