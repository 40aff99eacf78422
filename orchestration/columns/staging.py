"""The staging model of one record: a query that lists its columns, and their properties."""

from __future__ import annotations

from extract.records import Record, declared_columns, schema
from orchestration.columns.notice import NOTICE
from orchestration.columns.properties import column_properties, listed, quoted


def staging_query(record: type[Record]) -> str:
    """``stg_<table>.sql``."""
    columns = ",\n".join(f"    {name}" for name in schema(record))
    return f"-- {NOTICE}\nselect\n{columns}\nfrom {{{{ current_rows('{record.table}') }}}}\n"


def staging_properties(record: type[Record]) -> str:
    """``stg_<table>.yml``: words, contract and rules."""
    lines = [
        f"# {NOTICE}",
        "models:",
        f"  - name: stg_{record.table}",
        f"    description: {quoted(row_description(record))}",
        "    config:",
        f"      alias: {record.table}",
        "      meta:",
        "        rules:",
        "          - no_empty_text",
    ]
    if record.unique_together:
        lines.append(f"          - unique_together: {listed(record.unique_together)}")
    lines.append("    columns:")
    for column in declared_columns(record):
        lines += column_properties(column)
    return "\n".join(lines) + "\n"


def row_description(record: type[Record]) -> str:
    """What one row is, in both languages, in the form that ``orchestration.building.catalogue`` reads."""
    return f"{' '.join((record.__doc__ or '').split())} ｜ {record.chinese}"
