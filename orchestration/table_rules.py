"""What the dbt project says that a table holds: rules in the properties of models, seeds and their columns.

dbt asks all rules of a table in one test, ``holds``; the macro ``broken_rules`` lists the kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Node = Mapping[str, Any]
"""A node of dbt's manifest."""

ASKING = "holds"
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
    """The rules that fail a run when any row breaks them, by the node of their table.

    Those of a table that no test asks are none.
    """
    nodes: Mapping[str, Node] = manifest["nodes"]
    asked = {
        node["attached_node"]
        for node in nodes.values()
        if node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") == ASKING
    }
    return {
        unique_id: [rule for rule in stated_rules(nodes[unique_id]) if rule.kind != NOT_BINDING]
        for unique_id in asked
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
