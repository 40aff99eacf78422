"""How a record declares its columns: type, words and what is tested of them, in one place beside the name.

A field is ``name: Annotated[type, Words(…), …]``. Its type says whether it can be NULL; the notes after it
say the rest, and ``dbt_project`` is generated from them (``python -m orchestration.columns``).
A column that several records have is declared once, as an alias of such a type, and a record may add notes of
its own to it::

    Fund = Annotated[str | None, Words("Which money …", "资金性质：…")]

    fund: Annotated[Fund, NAMED_VALUES]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, ClassVar, Union, get_args, get_origin, get_type_hints

import polars as pl

MONEY = pl.Decimal(20, 2)
QUANTITY = pl.Decimal(24, 6)
_MONEY_SUFFIX = "_yuan"


@dataclass(frozen=True, slots=True)
class Record:
    """Base of every staged record: a table and typed columns.

    Its docstring says in English what one row is, ``chinese`` the same as ``中文名：中文说明。``.
    """

    table: ClassVar[str]
    chinese: ClassVar[str]
    unique_together: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What a column is, for people: a sentence in English, and ``中文名：中文说明。``.

    ``block`` is the name under which dbt's models reuse the words, where the column's own name is taken.
    """

    english: str
    chinese: str
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Unique:
    """No two rows have the same value."""


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Every value is one of the column of the same name in a model or seed of dbt."""

    model: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Every value is one of these codes."""

    values: tuple[str, ...]

    def __init__(self, *values: str) -> None:
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, slots=True)
class NamedValues:
    """Every value has a row in ``value_names.csv``; one that has none warns in a run."""


@dataclass(frozen=True, slots=True)
class Published:
    """The column goes on to the facts: of an amount, of its line or of its document.

    See ``orchestration/columns/published.py`` and ``marts/int_published_amounts.sql``.
    """


UNIQUE = Unique()
NAMED_VALUES = NamedValues()
PUBLISHED = Published()

Tested = Unique | RefersTo | OneOf | NamedValues
"""A note that is a test of dbt."""


@dataclass(frozen=True, slots=True)
class DeclaredColumn:
    """All that a record says of one of its columns."""

    name: str
    dtype: pl.DataType
    is_nullable: bool
    words: Words
    tests: tuple[Tested, ...]
    is_published: bool

    @property
    def block(self) -> str:
        """Name of the column's words among those that models share."""
        return self.words.block or self.name


def schema(record: type[Record]) -> pl.Schema:
    """Polars schema of a record's staged frame, in column order.

    ``Decimal`` fields ending in ``_yuan`` become ``Decimal(20, 2)``, all other decimals ``Decimal(24, 6)``.
    """
    return pl.Schema(_dtypes(record))  # type: ignore[arg-type]  # mypy means the hash of a row


@cache
def _dtypes(record: type) -> tuple[tuple[str, pl.DataType], ...]:
    hints = get_type_hints(record)
    return tuple((field.name, _dtype(field.name, hints[field.name])) for field in fields(record))


def declared_columns(record: type[Record]) -> tuple[DeclaredColumn, ...]:
    """What a record says of its columns, in their order.

    Raises :class:`TypeError` for a column without words. Of several notes of words the last one holds: a
    record may say in its own words what a shared column is.
    """
    bare, noted = get_type_hints(record), get_type_hints(record, include_extras=True)
    return tuple(
        _declared(record, name, dtype, bare[name], tuple(_notes(noted[name])))
        for name, dtype in schema(record).items()
    )


def _declared(
    record: type[Record], name: str, dtype: pl.DataType, hint: object, notes: tuple[object, ...]
) -> DeclaredColumn:
    words = [note for note in notes if isinstance(note, Words)]
    if not words:
        raise TypeError(f"{record.__name__}.{name} says in no words what it is: add a note Words(…)")
    return DeclaredColumn(
        name=name,
        dtype=dtype,
        is_nullable=type(None) in get_args(hint),
        words=words[-1],
        tests=tuple(note for note in notes if isinstance(note, Tested)),
        is_published=PUBLISHED in notes,
    )


def _notes(hint: object) -> Iterator[object]:
    """What follows the type in ``Annotated``, also within ``… | None``."""
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        yield from _notes(inner)
        yield from notes
    elif get_origin(hint) in (Union, UnionType):
        for arg in get_args(hint):
            yield from _notes(arg)


def _dtype(name: str, hint: object) -> pl.DataType:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (arg for arg in get_args(hint) if arg is not type(None))
    if hint is Decimal:
        return MONEY if name.endswith(_MONEY_SUFFIX) else QUANTITY
    return {str: pl.String(), int: pl.Int64(), bool: pl.Boolean()}[hint]  # type: ignore[index]
