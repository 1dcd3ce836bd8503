"""A small complete set of seeds, and a folder of them that tests spoil one thing at a time."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from arsenale.contracts import GateReport, check_seeds
from arsenale.contracts.declarations import SEED_OF

TODAY = datetime.date(2026, 11, 22)
SHA = "0123456789abcdef" * 4


def _header(seed: str) -> str:
    return ",".join(SEED_OF[seed].column_names)


SEEDS = {
    "documents": f"""\
{_header("documents")}
doc-en,A paper,en,,,March 2025,,{SHA},5000,none stated,no,.,doc-en.txt
doc-it,Un articolo,it,,,,https://example.org/a,{SHA},5000,none stated,no,",",doc-it.txt
""",
    "figures": f"""\
{_header("figures")}
doc-en,100,117,"35,5 billion euro",,,,,over,90,spending,expenditure,ITA,,army,,,budgeted,,nato,2025,,,,
doc-en,200,217,"35,5 billion euro",,,,,,,spending,expenditure,ITA,,,,,budgeted,,nato,2025,,doc-en@100,,
doc-en,300,303,"2,3",billion,310,euro,318,,,spending,expenditure,ITA,,army,,,reported,unstated,nato,2024,,,doc-en@100,
doc-it,10,23,852 personnel,,,,,,,deployment,deployed_personnel,ITA,nato,,kfor,deal-a,authorised,,,../2026,,,,
""",
    "events": """\
document_id,char_start,char_end,as_reported,period,kind,parties,object,operation_id,deal_id,same_event_as,note
doc-en,400,408,18 March,18 March 2025,law,ITA nato,A law on missions,kfor,,,
doc-en,420,428,18 March,18 March 2025,law,ITA,The same law,,deal-a,doc-en@400,
""",
    "mentions": "document_id,char_start,char_end,kind\ndoc-en,100,117,money\ndoc-en,900,902,reference\n",
    "dismissed": "document_id,char_start,char_end,as_reported,reason\ndoc-en,900,902,12,reference\n",
    "commitments": """\
document_id,char_start,due,status,note
doc-en,100,2035,standing,
""",
    "macro_editions": f"""\
{_header("macro_editions")}
ITA,gdp_current,2024,2192182,EUR million,Istat,2025-03-03,,
ITA,gdp_current_revision,2024,7437,EUR million,Istat,2025-09-22,2025-03-03,
""",
    "claims": f"""\
{_header("claims")}
again,doc-en,sum,value,equal,,,
names,doc-en,count,value,equal,,,
""",
    "claim_figures": f"""\
{_header("claim_figures")}
again,stated,result,doc-en@200,,
again,input,term,doc-en@100,,
names,stated,result,doc-it@10,,
""",
    "claim_spans": f"{_header('claim_spans')}\nnames,input,item,doc-it,40,46,France\n",
    "deals": """\
deal_id,name,kind,buyer_id,seller_id,item,status,part_of_deal_id,note
deal-a,A deal,purchase,ITA,,frigates,signed,,
deal-b,Its second half,purchase,ITA,,frigates,signed,deal-a,
""",
    "deal_parties": "deal_id,party_id,role\ndeal-a,ITA,buyer\n",
    "parties": """\
party_id,name,kind,iso3,country_id
ITA,Italy,country,ITA,ITA
TUR,Türkiye,country,TUR,TUR
nato,NATO,organisation,,
""",
    "party_aliases": "alias,party_id\nTurkey,TUR\n",
    "services": """\
service_id,name,country_id,kind,parent_service_id,definition
state,The state,ITA,ministry,,
army,The army,ITA,armed_service,state,
""",
    "operations": "operation_id,name,lead_organisation_id,area,note\nkfor,KFOR,nato,Kosovo,\n",
    "definitions": "definition_id,name,used_by,includes,excludes,comparable_group\nnato,NATO,,,,nato\n",
    "measures": """\
measure,family,unit,meaning
expenditure,spending,money,money spent
deployed_personnel,deployment,person,people in an operation
""",
    "terms": """\
list,term,meaning
family,spending,money spent
family,deployment,people sent
status,reported,a fact
status,budgeted,appropriated
status,authorised,approved
status,delivered,handed over
price_basis,unstated,not said
modality,minimum,or more
event_kind,law,a law
commitment_status,standing,in force
deal_kind,purchase,bought
deal_status,signed,agreed
party_role,buyer,buys
party_kind,country,a state
party_kind,organisation,a body
service_kind,ministry,a ministry
service_kind,armed_service,a service
macro_indicator,gdp_current,a level
macro_indicator,gdp_current_revision,a change of a level
claim_kind,sum,terms added
claim_kind,count,things counted
claim_operand,result,what it should come to
claim_operand,term,added
claim_operand,item,counted
mention_kind,money,a sum
mention_kind,reference,a pointer
dismissal,reference,a pointer
""",
    "revisions": f"{_header('revisions')}\n",
    "units": "unit,kind,meaning\nEUR,money,euro\nUSD,money,US dollar\nperson,count,people\n",
    "words": """\
word,language,role,meaning
billion,en,scale,1000000000
mila,it,scale,1000
nine,en,number,9
half,en,number,0.5
dozen,en,scale,12
euro,en,currency,EUR
euros,en,currency,EUR
€,en,currency,EUR
$,en,currency,USD
us$,en,currency,USD
dollars,en,currency,USD
personnel,en,unit,person
over,en,hedge,minimum
march,en,month,03
june,en,month,06
february,en,month,02
""",
}
SEEDS["minimum_rows"] = "seed,rows\n" + "".join(
    f"{name},1\n" for name, seed in SEED_OF.items() if not seed.may_be_empty
)


@dataclass(frozen=True)
class SeedFolder:
    """A folder of seeds; each method changes one thing, `problems` is what the gate says of it."""

    path: Path

    def file(self, name: str) -> Path:
        return self.path / f"{name}.csv"

    def write(self, name: str, content: str | bytes) -> None:
        self.file(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.file(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def add(self, seed: str, /, **cells: str) -> None:
        """Append a row; what is not given is empty."""
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(
            cells.pop(column, "") for column in SEED_OF[seed].column_names
        )
        assert not cells, f"no such columns: {cells}"
        self.write(seed, self.file(seed).read_bytes() + line.getvalue().encode())

    def add_figure(self, as_reported: str, *, start: int = 1000, **cells: str) -> None:
        """Append a good figure, on line 6, with the given cells."""
        good = {
            "document_id": "doc-en",
            "char_start": str(start),
            "char_end": str(start + len(as_reported)),
            "family": "spending",
            "measure": "expenditure",
            "subject_id": "ITA",
            "status": "budgeted",
        }
        self.add("figures", as_reported=as_reported, **(good | cells))

    def report(self) -> GateReport:
        return check_seeds(self.path, TODAY)

    def problems(self) -> list[str]:
        return [str(problem) for problem in self.report().problems]

    def places(self) -> list[str]:
        """Return `file:line:column` of each problem."""
        return [f"{found.file}:{found.line}:{found.column}" for found in self.report().problems]


@pytest.fixture
def seeds(tmp_path: Path) -> SeedFolder:
    folder = SeedFolder(tmp_path / "seeds")
    folder.path.mkdir()
    for name, text in SEEDS.items():
        folder.write(name, text)
    return folder
