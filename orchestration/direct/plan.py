"""What the direct path runs: every table in the order of its needs, its SQL, and what it must hold.

dbt writes it (:mod:`orchestration.direct.compiling`); nothing of dbt is needed to run it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

COMPILED = Path(__file__).with_name("compiled")
"""Where ``make setup`` and the build of the wheel put the compiled project; never committed."""

LAKE_SCHEMA = "lake"
"""The schema in which compiled SQL expects the staged frames, the manifest and the landings."""


class PlanError(RuntimeError):
    """The compiled project is not there or cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """Columns whose values are unique; of a reference, also where they must be found."""

    columns: tuple[str, ...]
    references: str | None = None  # name of a table
    referenced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A model: its SQL, the tables that it reads, and its contract."""

    name: str  # dbt's name of the model
    schema: str
    alias: str  # the table's own name
    sql: str
    needs: tuple[str, ...]
    types: tuple[tuple[str, str], ...]  # column and type, in order, as DuckDB writes the type
    never_null: tuple[str, ...]
    keys: tuple[Key, ...]
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()  # column, and the values that it may have

    @property
    def relation(self) -> str:
        """The table as SQL names it."""
        return f'"{self.schema}"."{self.alias}"'


@dataclass(frozen=True, slots=True)
class Seed:
    """A table of the vocabulary or of decisions, as typed Parquet."""

    name: str
    schema: str
    alias: str
    file: str

    @property
    def relation(self) -> str:
        """The table as SQL names it."""
        return f'"{self.schema}"."{self.alias}"'


@dataclass(frozen=True, slots=True)
class Assertion:
    """A query that gives the rows which must not be."""

    name: str
    sql: str
    needs: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The compiled project."""

    folder: Path
    fingerprint: str  # of the dbt project that it was compiled from
    seeds: tuple[Seed, ...]
    tables: tuple[Table, ...]
    assertions: tuple[Assertion, ...]

    def for_targets(self, targets: Iterable[str]) -> Plan:
        """The plan of some tables, with all that they rest on and the assertions that can be asked then.

        Raises :class:`KeyError` for a name that is no table.
        """
        by_name = {table.name: table for table in self.tables}
        wanted: set[str] = set()
        waiting = list(targets)
        while waiting:
            name = waiting.pop()
            if name in wanted or name in {seed.name for seed in self.seeds}:
                continue
            wanted.add(name)
            waiting += by_name[name].needs
        built = wanted | {seed.name for seed in self.seeds}
        return Plan(
            self.folder,
            self.fingerprint,
            self.seeds,
            tuple(table for table in self.tables if table.name in wanted),
            tuple(assertion for assertion in self.assertions if set(assertion.needs) <= built),
        )

    def order(self) -> TopologicalSorter[str]:
        """The tables by name, each after those that it reads."""
        names = {table.name for table in self.tables}
        return TopologicalSorter({table.name: names.intersection(table.needs) for table in self.tables})


def load_plan(folder: Path = COMPILED) -> Plan:
    """Read the compiled project. Raises :class:`PlanError`."""
    try:
        written = json.loads((folder / "plan.json").read_bytes())
        return Plan(
            folder,
            written["fingerprint"],
            tuple(Seed(**seed) for seed in written["seeds"]),
            tuple(_table(table) for table in written["tables"]),
            tuple(
                Assertion(**{**assertion, "needs": tuple(assertion["needs"])})
                for assertion in written["assertions"]
            ),
        )
    except FileNotFoundError as error:
        raise PlanError("the SQL was not compiled yet; `make setup` in the checkout does it") from error
    except (ValueError, KeyError, TypeError) as error:  # cut off, or written by another version
        raise PlanError(f"{folder} is damaged; `make setup` in the checkout writes it anew") from error


def plan_as_json(plan: Plan) -> str:
    """What :func:`load_plan` reads."""
    written = asdict(plan)
    del written["folder"]
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def _table(written: dict[str, Any]) -> Table:
    keys = tuple(
        Key(tuple(key["columns"]), key["references"], tuple(key["referenced"])) for key in written["keys"]
    )
    types = tuple((name, data_type) for name, data_type in written["types"])
    return Table(
        **{
            **written,
            "needs": tuple(written["needs"]),
            "types": types,
            "never_null": tuple(written["never_null"]),
            "keys": keys,
            "codes": tuple((column, tuple(codes)) for column, codes in written["codes"]),
        }
    )
