"""Which codes a column can hold, and what people call them.

dbt's ``accepted_values`` tests say which; the seeds of :data:`NAMES` say how they are called.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.building.catalogue import Column, Relation
from orchestration.building.table_rules import all_of, asked_rules

NAMES = {"value_names": None, "measures": "measure", "forms": "form_key"}
"""Seeds that name codes, and the column whose codes they name; None where each row says of which column."""


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a column. A value that needs no name, such as 万元, has none."""

    value: str
    name_zh: str | None = None
    name_en: str | None = None


Place = tuple[str, str, str]
"""Schema, relation and column."""


def codes_by_column(
    catalogue: Sequence[Relation], manifest: Mapping[str, Any], project: Path
) -> dict[Place, tuple[Code, ...]]:
    """Every column of codes with its codes, in the order in which they are declared.

    A column has the values that its own test accepts; else all that are accepted where a column of its name
    is described in the same words; else every code that its name has. A foreign key has none: what it refers
    to says more. ``project`` is the folder of the dbt project, where the seeds are.
    """
    named = _named_codes(manifest, project)
    accepted = _accepted_values(manifest)
    columns = list(_columns(catalogue))
    described: dict[tuple[str, str], dict[str, None]] = {}
    for place, column in columns:
        same_words = described.setdefault((column.name, column.description.english), {})
        same_words.update(dict.fromkeys(accepted.get(place, ())))
    found = {}
    for place, column in columns:
        names = named.get(column.name, {})
        same_words = described[column.name, column.description.english]
        values = accepted.get(place) or tuple(same_words) or tuple(names)
        if values:
            found[place] = tuple(names.get(value, Code(value)) for value in values)
    return found


def _columns(catalogue: Sequence[Relation]) -> Iterator[tuple[Place, Column]]:
    """Every column but foreign keys."""
    for relation in catalogue:
        foreign = {name for key in relation.foreign_keys for name in key.columns}
        for column in relation.columns:
            if column.name not in foreign:
                yield (relation.schema, relation.name, column.name), column


def _accepted_values(manifest: Mapping[str, Any]) -> dict[Place, tuple[str, ...]]:
    nodes = manifest["nodes"]
    return {
        (nodes[table]["schema"], nodes[table]["alias"], rule.columns[0]): rule.codes
        for table, rules in asked_rules(manifest).items()
        for rule in all_of(rules, "one_of")
    }


def _named_codes(manifest: Mapping[str, Any], project: Path) -> dict[str, dict[str, Code]]:
    named: dict[str, dict[str, Code]] = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "seed" and node["name"] in NAMES:
            own = NAMES[node["name"]]
            with (project / node["original_file_path"]).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    column, value = (own, row[own]) if own else (row["column_name"], row["value"])
                    named.setdefault(column, {})[value] = Code(value, row["name_zh"], row["name_en"])
    return named
