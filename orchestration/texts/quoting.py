"""Names and texts as SQL, the same for DuckDB and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable


def identifier(*parts: str) -> str:
    """A name, or the parts of one: ``"marts"."dim_form"``."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def identifiers(names: Iterable[str]) -> str:
    """A list of names, for a key or a select."""
    return ", ".join(identifier(name) for name in names)


def literal(text: str) -> str:
    """A text between quotation marks."""
    return "'" + text.replace("'", "''") + "'"
