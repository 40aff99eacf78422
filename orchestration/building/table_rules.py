"""What the dbt project says that a table holds: rules in the properties of models, seeds and their columns.

dbt asks those of many tables in one test (``dbt_project/tests/rules``); the macro ``broken_rules`` lists the
kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Node = Mapping[str, Any]
"""A node of dbt's manifest."""

TABLES = ("model", "seed")
"""Resource types of dbt that are tables."""

NOT_BINDING = "named"  # asked by a test that only warns
_BESIDE = {"where", "means"}


class Rule(NamedTuple):
    """One rule of a table: of these columns, what its kind says."""

    kind: str  # unique, never_null, one_of, refers_to …
    columns: tuple[str, ...]
    codes: tuple[str, ...] = ()  # of one_of
    model: str | None = None  # of refers_to
    field: str | None = None
    where: str | None = None  # SQL: the rows that it is about; None for all


def asked_rules(manifest: Mapping[str, Any]) -> dict[str, list[Rule]]:
    """The rules that fail a run when any row breaks them, by the node of their table; all that are stated."""
    tables = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] in TABLES}
    stated = {key: [*stated_rules(table)] for key, table in tables.items()}
    return {
        key: [rule for rule in rules if rule.kind != NOT_BINDING] for key, rules in stated.items() if rules
    }


def stated_rules(table: Node) -> Iterator[Rule]:
    """Every rule in the properties of a model or seed, those of the table as a whole first."""
    for stated in table["config"].get("meta", {}).get("rules", ()):
        kind, says = _kind_and_words(stated)
        columns = says if isinstance(says, list) else (says or {}).get("within", ())
        yield Rule(kind, tuple(columns), where=stated.get("where") if isinstance(stated, dict) else None)
    for name, column in table["columns"].items():
        for stated in column.get("meta", {}).get("rules", ()):
            yield _of_column(name, *_kind_and_words(stated))


def all_of(rules: Sequence[Rule], kind: str) -> list[Rule]:
    """Rules of one kind that are about all rows."""
    return [rule for rule in rules if rule.kind == kind and rule.where is None]


def _kind_and_words(stated: str | Mapping[str, Any]) -> tuple[str, Any]:
    if isinstance(stated, str):
        return stated, None
    (kind,) = stated.keys() - _BESIDE
    return kind, stated[kind]


def _of_column(column: str, kind: str, says: Any) -> Rule:
    if kind == "one_of":
        return Rule(kind, (column,), codes=tuple(map(str, says)))
    if kind == "refers_to":
        model, field = says.split(".")
        return Rule(kind, (column,), model=model, field=field)
    return Rule(kind, (column,))
