"""Relations as a test declares them, in one line per column."""

from __future__ import annotations

from dataclasses import replace

from orchestration.building.catalogue import Column, Relation, parse_description


def relation(full_name: str, description: str, *columns: tuple[str, str], **keys: object) -> Relation:
    """A relation whose columns are ``name!`` where they cannot be NULL, each with its description."""
    schema, name = full_name.split(".")
    declared = tuple(
        Column(column.rstrip("!"), "", parse_description(words), not column.endswith("!"))
        for column, words in columns
    )
    return Relation(schema, name, parse_description(description), declared, **keys)  # type: ignore[arg-type]


def with_types(declared: Relation, types: dict[str, str]) -> Relation:
    """The relation with the types of its columns, by their names."""
    columns = tuple(replace(column, data_type=types[column.name]) for column in declared.columns)
    return replace(declared, columns=columns)
