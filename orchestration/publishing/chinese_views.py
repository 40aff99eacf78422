"""The schema ``zh``: the marts under Chinese names, for people and tools that ask in Chinese.

A view stands for a table only when all of it is named, so that no column is missing from it. Values that are
codes (stage, trust, severity …) stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orchestration.building.catalogue import Relation
from orchestration.texts.quoting import identifier, literal

SCHEMA = "zh"
SHOWN_SCHEMA = "marts"


@dataclass(frozen=True, slots=True)
class ChineseView:
    """A view of ``zh`` as statements that DuckDB and PostgreSQL both understand."""

    name: str
    create: str
    comments: tuple[str, ...]


def chinese_views(
    relations: Iterable[Relation], schema: str = SCHEMA, shown_schema: str = SHOWN_SCHEMA
) -> Iterator[ChineseView]:
    """One view for each relation of the marts that is named in Chinese.

    ``schema`` is where the views are made, and ``shown_schema`` where the marts are.
    """
    for relation in relations:
        if relation.schema == SHOWN_SCHEMA and relation.is_named_in_chinese:
            yield _view(relation, schema, shown_schema)


def _view(relation: Relation, schema: str, shown_schema: str) -> ChineseView:
    name = str(relation.description.name_zh)
    names = {column.name: str(column.description.name_zh) for column in relation.columns}
    columns = ", ".join(f"{identifier(column)} as {identifier(zh)}" for column, zh in names.items())
    view = identifier(schema, name)
    source = identifier(shown_schema, relation.name)
    comments = [
        f"comment on view {view} is {literal(_text(relation.description.chinese, relation.full_name))}"
    ]
    comments += [
        f"comment on column {view}.{identifier(names[column.name])} "
        f"is {literal(_text(column.description.chinese, column.name))}"
        for column in relation.columns
    ]
    return ChineseView(name, f"create view {view} as select {columns} from {source}", tuple(comments))


def _text(explanation: str | None, original: str) -> str:
    """The explanation, with the name under which the same is found in the marts."""
    return f"{explanation or ''}（即 {original}）"
