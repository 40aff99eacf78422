"""What the warehouse holds, in words and keys, as the dbt project declares it.

dbt's properties and tests are the only place where this is written. A description is bilingual in one fixed
form, ``English. ｜ 中文名：中文说明。``, whose Chinese part, or its explanation, may be left out. A key is
what dbt tests to be one, so none is claimed that a run does not check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from orchestration.building.table_rules import Node, Rule, all_of, asked_rules

_BAR = "｜"
_NAME_ENDS = "："
_STEP = "int_"  # what the names of models begin with that are steps between others
_CHINESE_NAME = re.compile(r"[\w（）]+")
_LONGEST_NAME = 63  # bytes; PostgreSQL cuts longer ones


class DescriptionError(ValueError):
    """A description or a name that breaks the fixed form; the message names where it stands."""


@dataclass(frozen=True, slots=True)
class Description:
    """What something is, in both languages. Without a Chinese part, ``name_zh`` and ``chinese`` are None."""

    english: str
    name_zh: str | None = None
    chinese: str | None = None

    @property
    def text(self) -> str:
        """Both languages in the fixed form."""
        if self.name_zh is None:
            return self.english
        return f"{self.english} {_BAR} {self.name_zh}{_NAME_ENDS + self.chinese if self.chinese else ''}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is declared. ``is_nullable`` is false only where dbt enforces it."""

    name: str
    data_type: str
    description: Description
    is_nullable: bool = True


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values, where there are any, are primary keys of another relation, or of the same one."""

    columns: tuple[str, ...]
    schema: str
    relation: str
    referenced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view, with its columns in the order in which they are declared."""

    schema: str
    name: str
    description: Description
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    is_by_document: bool = field(default=False, compare=False)
    """Whether the rows of one document, by ``document_id``, are made anew without those of others."""
    is_internal: bool = field(default=False, compare=False)
    """Whether it is a step between tables that people read, and none of the commands reads it either."""

    @property
    def full_name(self) -> str:
        """Schema and name, as people write them."""
        return f"{self.schema}.{self.name}"

    @property
    def is_named_in_chinese(self) -> bool:
        """Whether it and each of its columns has a Chinese name."""
        described = [self.description, *(column.description for column in self.columns)]
        return all(description.name_zh is not None for description in described)


def parse_description(text: str) -> Description:
    """Take a description of the fixed form apart.

    Raises :class:`DescriptionError` when there is a bar with nothing before it, or without a name after it.
    """
    english, bar, chinese_part = (part.strip() for part in " ".join(text.split()).partition(_BAR))
    if not bar:
        return Description(english)
    name, _, chinese = (part.strip() for part in chinese_part.partition(_NAME_ENDS))
    if not english:
        raise DescriptionError(f"nothing in English stands before the bar of “{text.strip()}”")
    if not _CHINESE_NAME.fullmatch(name):
        raise DescriptionError(
            f"“{name}” cannot be a Chinese name (of “{text.strip()}”): after the bar goes a name without "
            "spaces or punctuation other than （）, then a colon “：” and the explanation"
        )
    if len(name.encode()) > _LONGEST_NAME:
        raise DescriptionError(f"the Chinese name “{name}” is longer than {_LONGEST_NAME // 3} characters")
    return Description(english, name, chinese or None)


def read_catalogue(manifest: Mapping[str, Any]) -> list[Relation]:
    """Every model and seed of a manifest that is a relation, by schema and name.

    The first column that is ``unique`` and cannot be NULL is the primary key, or else the fewest columns that
    are so ``unique_together``. A ``refers_to`` is a foreign key when it refers to a whole primary key. A rule
    that is about some of the rows makes no key.
    Raises :class:`DescriptionError` when a description breaks the fixed form, or a Chinese name stands twice.
    """
    nodes: Mapping[str, Node] = manifest["nodes"]
    rules = asked_rules(manifest)
    relations = {
        key: _relation(node, rules.get(key, []))
        for key, node in nodes.items()
        if node["resource_type"] in ("model", "seed") and node["config"]["materialized"] != "ephemeral"
    }
    by_name = {nodes[key]["name"]: relation for key, relation in relations.items()}
    found = sorted(
        (
            replace(relation, foreign_keys=tuple(_foreign_keys(relation, rules.get(key, []), by_name)))
            for key, relation in relations.items()
        ),
        key=_by_name,
    )
    _check_chinese_names(found)
    return found


def of_schemas(
    catalogue: Iterable[Relation], schemas: Sequence[str], *, internal: bool = True
) -> list[Relation]:
    """The relations of some schemas, in the order of these; without foreign keys that lead out of them.

    ``internal`` says whether relations that are internal are among them.
    """
    chosen = [
        relation
        for relation in catalogue
        if relation.schema in schemas and (internal or not relation.is_internal)
    ]
    names = {(relation.schema, relation.name) for relation in chosen}
    return [
        replace(
            relation,
            foreign_keys=tuple(key for key in relation.foreign_keys if (key.schema, key.relation) in names),
        )
        for relation in sorted(chosen, key=lambda relation: schemas.index(relation.schema))
    ]


def _relation(node: Node, rules: Sequence[Rule]) -> Relation:
    where = f"{node['schema']}.{node['alias']}"
    not_null = {rule.columns[0] for rule in all_of(rules, "never_null")}
    columns = tuple(
        _column(column, node, where, tested_not_null=name in not_null)
        for name, column in node["columns"].items()
    )
    return Relation(
        schema=node["schema"],
        name=node["alias"],
        description=_description(node["description"], where),
        columns=columns,
        primary_key=_primary_key(columns, rules),
        is_by_document=node["config"].get("incremental_strategy") == "by_document"
        and node["config"]["materialized"] == "incremental",
        is_internal=node["alias"].startswith(_STEP)
        and not (node["config"].get("meta") or {}).get("published"),
    )


def _column(column: Node, node: Node, where: str, *, tested_not_null: bool) -> Column:
    name = column["name"]
    constraints = {constraint["type"] for constraint in column.get("constraints") or ()}
    return Column(
        name=name,
        data_type=column.get("data_type") or (node["config"].get("column_types") or {}).get(name, ""),
        description=_description(column["description"], f"{where}.{name}"),
        is_nullable=not (tested_not_null or constraints & {"not_null", "primary_key"}),
    )


def _description(text: str, where: str) -> Description:
    try:
        return parse_description(text)
    except DescriptionError as error:
        raise DescriptionError(f"the description of {where}: {error}") from error


def _primary_key(columns: Sequence[Column], rules: Sequence[Rule]) -> tuple[str, ...]:
    place = {column.name: number for number, column in enumerate(columns) if not column.is_nullable}
    keys = [rule.columns for kind in ("unique", "unique_together") for rule in all_of(rules, kind)]
    candidates = [key for key in keys if all(column in place for column in key)]
    return min(candidates, key=lambda key: (len(key), [place[column] for column in key]), default=())


def _foreign_keys(
    relation: Relation, rules: Sequence[Rule], by_name: Mapping[str, Relation]
) -> Iterator[ForeignKey]:
    """In the order of the columns."""
    for rule in all_of(rules, "refers_to"):
        target = by_name.get(rule.model or "")
        if target is not None and (rule.field,) == target.primary_key:
            yield ForeignKey(rule.columns, target.schema, target.name, target.primary_key)


def _by_name(relation: Relation) -> tuple[str, str]:
    return relation.schema, relation.name


def _check_chinese_names(relations: Sequence[Relation]) -> None:
    for relation in relations:
        where = f"columns of {relation.full_name}"
        _check_distinct([(column.name, column.description) for column in relation.columns], where)
    for schema in {relation.schema for relation in relations}:
        named = [(relation.name, relation.description) for relation in relations if relation.schema == schema]
        _check_distinct(named, f"relations of schema {schema}")


def _check_distinct(named: Iterable[tuple[str, Description]], where: str) -> None:
    seen: dict[str, str] = {}
    for name, name_zh in _names(named):
        if name_zh in seen:
            raise DescriptionError(
                f"the {where} {seen[name_zh]} and {name} have the same Chinese name {name_zh}; "
                "rename one in its description"
            )
        seen[name_zh] = name


def _names(named: Iterable[tuple[str, Description]]) -> Iterator[tuple[str, str]]:
    return ((name, description.name_zh) for name, description in named if description.name_zh is not None)
