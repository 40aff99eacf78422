"""The properties of one column, as dbt's YAML has them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import polars as pl

from extract.records.declaration import DeclaredColumn, OneOf, RefersTo, Tested, Unique

_PLAIN = re.compile(r"[^\W\d]\w*")
_LONGEST_LINE = 120
_NOT_PLAIN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_SQL_TYPES = {pl.String(): "varchar", pl.Int64(): "bigint", pl.Boolean(): "boolean"}


def sql_type(dtype: pl.DataType) -> str:
    """DuckDB's name of a type of polars, as contracts write it."""
    if isinstance(dtype, pl.Decimal):
        return f"decimal({dtype.precision},{dtype.scale})"
    return _SQL_TYPES[dtype]


def column_properties(column: DeclaredColumn) -> list[str]:
    """Lines of YAML, an item of a model's ``columns``."""
    lines = [
        f"      - name: {column.name}",
        f"        data_type: {sql_type(column.dtype)}",
        f"        description: \"{{{{ doc('{column.block}') }}}}\"",
    ]
    if not column.is_nullable:
        lines.append("        constraints: [{type: not_null}]")
    return [*lines, *_rules(column)]


def quoted(text: str) -> str:
    """Text in double quotes, which YAML reads as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def listed(values: Sequence[str]) -> str:
    """Codes as a list of YAML on one line."""
    return f"[{', '.join(value if _is_plain(value) else quoted(value) for value in values)}]"


def _is_plain(value: str) -> bool:
    return bool(_PLAIN.fullmatch(value)) and value.lower() not in _NOT_PLAIN


def _rules(column: DeclaredColumn) -> list[str]:
    """The rules of a column, which ``dbt_project/tests/rules`` asks."""
    rules = [_rule(test, column.name) for test in column.tests]
    if not rules:
        return []
    on_one_line = f"        config: {{meta: {{rules: [{', '.join(map(_in_braces, rules))}]}}}}"
    if len(on_one_line) <= _LONGEST_LINE:
        return [on_one_line]
    listed_below = (f"              - {rule}" for rule in rules)
    return ["        config:", "          meta:", "            rules:", *listed_below]


def _rule(test: Tested, column: str) -> str:
    if isinstance(test, Unique):
        return "unique"
    if isinstance(test, RefersTo):
        return f"refers_to: {test.model}.{column}"
    if isinstance(test, OneOf):
        return f"one_of: {listed(test.values)}"
    return "named"


def _in_braces(rule: str) -> str:
    return f"{{{rule}}}" if ": " in rule else rule
