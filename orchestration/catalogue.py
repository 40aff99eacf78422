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

_BAR = "｜"
_NAME_ENDS = "："
_CHINESE_NAME = re.compile(r"[\w（）]+")
_LONGEST_NAME = 63  # bytes; PostgreSQL cuts longer ones

Node = Mapping[str, Any]
"""A node of dbt's manifest."""


class CatalogueError(ValueError):
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

    Raises :class:`CatalogueError` when there is a bar with nothing before it, or without a name after it.
    """
    english, bar, chinese_part = (part.strip() for part in " ".join(text.split()).partition(_BAR))
    if not bar:
        return Description(english)
    name, _, chinese = (part.strip() for part in chinese_part.partition(_NAME_ENDS))
    if not english:
        raise CatalogueError(f"nothing in English stands before the bar of “{text.strip()}”")
    if not _CHINESE_NAME.fullmatch(name):
        raise CatalogueError(
            f"“{name}” cannot be a Chinese name (of “{text.strip()}”): after the bar goes a name without "
            "spaces or punctuation other than （）, then a colon “：” and the explanation"
        )
    if len(name.encode()) > _LONGEST_NAME:
        raise CatalogueError(f"the Chinese name “{name}” is longer than {_LONGEST_NAME // 3} characters")
    return Description(english, name, chinese or None)


def read_catalogue(manifest: Mapping[str, Any]) -> list[Relation]:
    """Every model and seed of a manifest that is a relation, by schema and name.

    The first column that is tested to be ``unique`` and cannot be NULL is the primary key, or else the fewest
    columns that are so under ``is_unique_together``. A ``relationships`` test is a foreign key when it
    refers to a whole primary key. A test that only warns, or is about some of the rows, makes no key.
    Raises :class:`CatalogueError` when a description breaks the fixed form, or a Chinese name stands twice.
    """
    nodes: Mapping[str, Node] = manifest["nodes"]
    binding = binding_tests(manifest)
    relations = {
        key: _relation(node, [test for test in binding if test.get("attached_node") == key])
        for key, node in nodes.items()
        if node["resource_type"] in ("model", "seed") and node["config"]["materialized"] != "ephemeral"
    }
    for test in binding:
        key, target = test.get("attached_node"), referred_node(test)
        if key in relations and target in relations:
            foreign = _foreign_key(test, relations[target])
            if foreign is not None:
                earlier = relations[key]
                relations[key] = replace(earlier, foreign_keys=(*earlier.foreign_keys, foreign))
    found = sorted((_ordered(relation) for relation in relations.values()), key=_by_name)
    _check_chinese_names(found)
    return found


def binding_tests(manifest: Mapping[str, Any]) -> list[Node]:
    """The generic tests that fail a run for any row: only these make keys."""
    return [node for node in manifest["nodes"].values() if _binds_every_row(node)]


def kind_of_test(test: Node) -> str:
    """The name of a generic test, such as ``unique`` or ``relationships``."""
    return str(test["test_metadata"]["name"])


def referred_node(test: Node) -> str | None:
    """The node that a ``relationships`` test refers to: the other one it depends on, or its own."""
    if kind_of_test(test) != "relationships":
        return None
    own: str = test["attached_node"]
    return next((node for node in test["depends_on"]["nodes"] if node != own), own)


def of_schemas(catalogue: Iterable[Relation], schemas: Sequence[str]) -> list[Relation]:
    """The relations of some schemas, in the order of these; without foreign keys that lead out of them."""
    chosen = [
        replace(relation, foreign_keys=tuple(key for key in relation.foreign_keys if key.schema in schemas))
        for relation in catalogue
        if relation.schema in schemas
    ]
    return sorted(chosen, key=lambda relation: schemas.index(relation.schema))


def _relation(node: Node, tests: Sequence[Node]) -> Relation:
    where = f"{node['schema']}.{node['alias']}"
    not_null = {test["column_name"] for test in tests if kind_of_test(test) == "not_null"}
    columns = tuple(
        _column(column, node, where, tested_not_null=name in not_null)
        for name, column in node["columns"].items()
    )
    return Relation(
        schema=node["schema"],
        name=node["alias"],
        description=_description(node["description"], where),
        columns=columns,
        primary_key=_primary_key(columns, tests),
        is_by_document=node["config"].get("incremental_strategy") == "by_document"
        and node["config"]["materialized"] == "incremental",
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
    except CatalogueError as error:
        raise CatalogueError(f"the description of {where}: {error}") from error


def _binds_every_row(node: Node) -> bool:
    """Whether a node is a generic test that fails a run for any row."""
    config = node["config"]
    return (
        node["resource_type"] == "test"
        and bool(node.get("test_metadata"))
        and config.get("severity", "ERROR").upper() == "ERROR"
        and not config.get("where")
    )


def _primary_key(columns: Sequence[Column], tests: Sequence[Node]) -> tuple[str, ...]:
    place = {column.name: number for number, column in enumerate(columns) if not column.is_nullable}
    keys = [(test["column_name"],) for test in tests if kind_of_test(test) == "unique"]
    keys += [
        tuple(test["test_metadata"]["kwargs"]["columns"])
        for test in tests
        if kind_of_test(test) == "is_unique_together"
    ]
    candidates = [key for key in keys if all(column in place for column in key)]
    return min(candidates, key=lambda key: (len(key), [place[column] for column in key]), default=())


def _foreign_key(test: Node, target: Relation) -> ForeignKey | None:
    referenced = (test["test_metadata"]["kwargs"]["field"],)
    if referenced != target.primary_key:
        return None
    return ForeignKey((test["column_name"],), target.schema, target.name, referenced)


def _ordered(relation: Relation) -> Relation:
    """Foreign keys in the order of the columns, which dbt's manifest does not keep."""
    names = [column.name for column in relation.columns]
    keys = sorted(relation.foreign_keys, key=lambda key: [names.index(column) for column in key.columns])
    return replace(relation, foreign_keys=tuple(keys))


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
            raise CatalogueError(
                f"the {where} {seen[name_zh]} and {name} have the same Chinese name {name_zh}; "
                "rename one in its description"
            )
        seen[name_zh] = name


def _names(named: Iterable[tuple[str, Description]]) -> Iterator[tuple[str, str]]:
    return ((name, description.name_zh) for name, description in named if description.name_zh is not None)
