"""The description of an export as a Frictionless data package, ``datapackage.json``.

What a column means to budgets is said by the column types of the Fiscal Data Package, which are rows of
``fiscal_column_types.csv``: for a column of one table, or of every table that has it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from orchestration.building.catalogue import Column, ForeignKey, Relation
from orchestration.exporting.tables import TableFormat

FILE_NAME = "datapackage.json"
_MEDIA_TYPES = {TableFormat.PARQUET: "application/vnd.apache.parquet", TableFormat.CSV: "text/csv"}
_TYPES = {
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DOUBLE": "number",
    "FLOAT": "number",
    "TIMESTAMP": "datetime",
    "VARCHAR": "string",
}
_COLUMN_TYPES_FILE = Path(__file__).with_name("fiscal_column_types.csv")

Properties = dict[str, Any]


def data_package(
    version: str, published_at: str, relations: Sequence[Relation], files: Mapping[str, Path]
) -> Properties:
    """Describe ``files`` (by the full name of their relation), all of one format and in one folder."""
    return {
        "name": "open-disclosures",
        "title": "Chinese government budget disclosures (预算公开), read and reconciled",
        "profile": _profile("package", files),
        "version": version,
        "created": published_at,
        "resources": [
            _resource(relation, files[relation.full_name], {each.full_name for each in relations})
            for relation in relations
        ],
    }


def _profile(kind: str, files: Mapping[str, Path]) -> str:
    """The profile of a package or a resource; that of tables is for CSV alone."""
    is_csv = all(file.suffix == f".{TableFormat.CSV}" for file in files.values())
    return f"tabular-data-{kind}" if is_csv else f"data-{kind}"


def _resource(relation: Relation, file: Path, described: set[str]) -> Properties:
    file_format = TableFormat(file.suffix[1:])
    encoding = {"encoding": "utf-8"} if file_format is TableFormat.CSV else {}
    return {
        "name": relation.full_name.lower(),
        "type": "table",
        "profile": _profile("resource", {relation.full_name: file}),
        "path": file.name,
        "format": str(file_format),
        "mediatype": _MEDIA_TYPES[file_format],
        **encoding,
        **_words(relation),
        "bytes": file.stat().st_size,
        "hash": f"sha256:{_sha256(file)}",
        "schema": _schema(relation, described),
    }


def _schema(relation: Relation, described: set[str]) -> Properties:
    schema: Properties = {"fields": [_field(relation, column) for column in relation.columns]}
    if relation.primary_key:
        schema["primaryKey"] = list(relation.primary_key)
    foreign_keys = [
        _foreign_key(relation, key)
        for key in relation.foreign_keys
        if f"{key.schema}.{key.relation}" in described
    ]
    return schema | ({"foreignKeys": foreign_keys} if foreign_keys else {})


def _field(relation: Relation, column: Column) -> Properties:
    field: Properties = {"name": column.name, "type": field_type(column.data_type), **_words(column)}
    if not column.is_nullable:
        field["constraints"] = {"required": True}
    column_type = _column_types().get((relation.name, column.name)) or _column_types().get(("", column.name))
    return field | ({"columnType": column_type} if column_type else {})


def field_type(data_type: str) -> str:
    """The type of Table Schema for a type of DuckDB."""
    if data_type.endswith("]"):
        return "array"
    if data_type.startswith(("STRUCT", "MAP")):
        return "object"
    if data_type.startswith("DECIMAL"):
        return "number"
    return "integer" if data_type.endswith("INT") or data_type == "INTEGER" else _TYPES.get(data_type, "any")


def _words(described: Relation | Column) -> Properties:
    """Title (the Chinese name) and descriptions in both languages, as far as there are any."""
    words = {
        "title": described.description.name_zh,
        "description": described.description.english,
        "description_zh": described.description.chinese,
    }
    return {name: text for name, text in words.items() if text}


def _foreign_key(relation: Relation, key: ForeignKey) -> Properties:
    target = f"{key.schema}.{key.relation}"
    itself = target == relation.full_name
    return {
        "fields": list(key.columns),
        "reference": {"resource": "" if itself else target.lower(), "fields": list(key.referenced)},
    }


@cache
def _column_types() -> dict[tuple[str, str], str]:
    with _COLUMN_TYPES_FILE.open(encoding="utf-8", newline="") as file:
        rows: Iterable[dict[str, str]] = csv.DictReader(file)
        return {(row["table"], row["column"]): row["column_type"] for row in rows}


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
