"""The least that must be done to make these tables: the bare statements, each once, straight to DuckDB.

    .venv/bin/python benchmarks/limit.py FIGURES DATABASE

Reads the seeds and the Parquet, takes every printed text apart with the project's own macros, and writes
every mart. No dbt, no gate, no keys, no tests, nothing described: plain tables in a new file. Jinja renders
the models as dbt would; the few functions of dbt that they call stand below.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from graphlib import TopologicalSorter
from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2
import yaml

from arsenale.engine import memory_limit
from arsenale.reference.exchange_rates import write_exchange_rates

ROOT = Path(__file__).parent.parent
WITHOUT_STATEMENTS = ("seeds.sql", "generate_schema_name.sql")
"""Macros that only dbt can render, and that no model calls."""


def main() -> None:
    """Write every mart into a new database."""
    figures, database = sys.argv[1:]
    run(figures, Path(database))


def run(figures: str, database: Path) -> None:
    """Write the seeds and every model of the project, parents first."""
    rates = database.with_suffix(".rates.parquet")
    write_exchange_rates(rates)
    models = Models({"ARSENALE_FIGURES": figures, "ARSENALE_EXCHANGE_RATES": str(rates)})
    with duckdb.connect() as connection:
        limit = memory_limit()
        connection.execute(
            f"set memory_limit = '{limit}'; set threads = 2; set temp_directory = '{database}.tmp'"
        )
        connection.execute(f"attach '{database}' as made (storage_version 'v1.2.0'); use made")
        for seed in sorted((ROOT / "seeds").glob("*.csv")):
            connection.execute(
                f"create table {seed.stem} as"
                f" from read_csv('{seed}', all_varchar = true, header = true, delim = ',')"
            )
        for name in models.in_order():
            sql, kind = models.rendered[name]
            connection.execute(f"create {kind} {name} as {sql}")


class _Returned(Exception):  # noqa: N818 - no error: what a macro returns
    """What a macro returns, other than its text."""


def _return(value: object) -> None:
    raise _Returned(value)


def _returning(macro: Callable[..., object]) -> Callable[..., object]:
    def call(*words: object, **named: object) -> object:
        try:
            return macro(*words, **named)
        except _Returned as returned:
            return returned.args[0]

    return call


class Models:
    """The project's models, rendered: a name's statement, and whether it becomes a table or a view."""

    def __init__(self, environment: dict[str, str]) -> None:
        """Render them all; parents are what each asks for by `ref`."""
        self._parents: dict[str, set[str]] = {}
        self.rendered: dict[str, tuple[str, str]] = {}
        self._environment = environment
        loader = jinja2.FileSystemLoader([ROOT / "models", ROOT / "macros"])
        self._jinja = jinja2.Environment(loader=loader, extensions=["jinja2.ext.do"], autoescape=False)
        variables = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
        self._jinja.globals |= {
            "var": lambda name, default=None: variables.get(name, default),
            "env_var": lambda name, default="": environment.get(name, default),
            "source": lambda *_: f"read_parquet('{environment['ARSENALE_EXCHANGE_RATES']}')",
            "adapter": SimpleNamespace(dispatch=lambda name: self._jinja.globals[f"default__{name}"]),
            "modules": SimpleNamespace(re=re),
            "return": _return,
            "zip": zip,
            "dbt": SimpleNamespace(
                listagg=lambda text, separator, order: f"listagg({text}, {separator} {order})",
                last_day=lambda day, part: (
                    f"cast(date_trunc('{part}', {day}) + interval 1 {part} - interval 1 day as date)"
                ),
                datediff=lambda first, last, part: f"date_diff('{part}', {first}, {last})",
            ),
        }
        # As one template, so that each macro finds the others.
        macros = "\n".join(
            file.read_text(encoding="utf-8")
            for file in sorted((ROOT / "macros").glob("*.sql"))
            if file.name not in WITHOUT_STATEMENTS
        )
        module = self._jinja.from_string(macros).make_module()
        self._jinja.globals |= {
            name: _returning(macro) for name, macro in vars(module).items() if name[0] != "_"
        }
        for model in sorted((ROOT / "models").rglob("*.sql")):
            self._render(model)

    def in_order(self) -> list[str]:
        """Return the names of the models, parents first."""
        return [name for name in TopologicalSorter(self._parents).static_order() if name in self.rendered]

    def _render(self, model: Path) -> None:
        parents = self._parents.setdefault(model.stem, set())
        kinds = ["view" if model.parent.name == "staging" else "table"]

        def ref(name: str) -> str:
            parents.add(name)
            return name

        def config(materialized: str) -> str:
            kinds.append(materialized)
            return ""

        template = self._jinja.get_template(
            str(model.relative_to(ROOT / "models")), globals={"ref": ref, "config": config}
        )
        self.rendered[model.stem] = template.render(), kinds[-1]


if __name__ == "__main__":
    main()
