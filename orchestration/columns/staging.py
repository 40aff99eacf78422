"""The staging model of one record: a query that lists its columns, and their properties."""

from __future__ import annotations

from collections.abc import Sequence

from extract.records import Record, declared_columns, schema
from extract.records.declaration import NAMED_VALUES, DeclaredColumn, RefersTo
from orchestration.columns.notice import NOTICE
from orchestration.columns.properties import column_properties, listed, quoted


def staging_query(record: type[Record]) -> str:
    """``stg_<table>.sql``."""
    columns = ",\n".join(f"    {name}" for name in schema(record))
    return f"-- {NOTICE}\nselect\n{columns}\nfrom {{{{ current_rows('{record.table}') }}}}\n"


def staging_properties(record: type[Record]) -> str:
    """``stg_<table>.yml``: words, contract and rules."""
    columns = declared_columns(record)
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
    lines += [*_tests(record, columns), "    columns:"]
    for column in columns:
        lines += column_properties(column)
    return "\n".join(lines) + "\n"


def _tests(record: type[Record], columns: Sequence[DeclaredColumn]) -> list[str]:
    """What asks the rules, after the models that they refer to: a staging model itself reads none."""
    notes = [note for column in columns for note in column.tests]
    after = list(dict.fromkeys(f"ref('{note.model}')" for note in notes if isinstance(note, RefersTo)))
    lines = ["    data_tests:"]
    if after:
        arguments = f"{{after: [{', '.join(after)}]}}"
        lines.append(f"      - holds: {{name: holds_stg_{record.table}_, arguments: {arguments}}}")
    else:
        lines.append("      - holds")
    if NAMED_VALUES in notes:
        lines.append("      - names_its_codes")
    return lines


def row_description(record: type[Record]) -> str:
    """What one row is, in both languages, in the form that ``orchestration.catalogue`` reads."""
    return f"{' '.join((record.__doc__ or '').split())} ｜ {record.chinese}"
