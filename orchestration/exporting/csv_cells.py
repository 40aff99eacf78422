"""What a cell of a CSV file says, so that a spreadsheet program can open it without harm.

A text that such a program would run as a formula, because it begins with ``=``, ``+``, ``-``, ``@``, a tab or
a line break, gets an apostrophe before it. So does a text that already has apostrophes before one of these,
which makes the rule reversible: whoever reads the file back takes one apostrophe off every text that matches
:data:`DEFUSED`. A text that is a number or a dash alone is harmless and stays as it is, as do columns of
numbers.
"""

from __future__ import annotations

from orchestration.building.catalogue import Column
from orchestration.texts.quoting import identifier, literal

_OPENERS = "[=+\\-@\\t\\r\\n＝＋－＠]"
DEFUSED = f"^'+{_OPENERS}"
"""Texts from which a reader of the file takes the first apostrophe off."""

DANGEROUS = f"^'*{_OPENERS}"
HARMLESS = "[+＋\\-－]?[0-9.,]*%?"


def cell(column: Column) -> str:
    """SQL for what a column says in a CSV file.

    Lists and structures are JSON, times are ISO 8601; money keeps all its decimals and has no separators.
    """
    name = identifier(column.name)
    if column.data_type.endswith(("]", ")")) and not column.data_type.startswith("DECIMAL"):
        return f"to_json({name})::varchar"
    if column.data_type == "TIMESTAMP":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S')"
    if column.data_type == "VARCHAR":
        return (
            f"if(regexp_matches({name}, {literal(DANGEROUS)}) "
            f"and not regexp_full_match({name}, {literal(HARMLESS)}), '''' || {name}, {name})"
        )
    return name
