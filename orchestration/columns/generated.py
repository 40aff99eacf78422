"""All generated files of the dbt project, and which of them are not as they would be written now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from extract.records import RECORDS
from orchestration.columns.facts import has_parts, with_columns
from orchestration.columns.published import PublishedAmount, fact_columns, published_columns
from orchestration.columns.staging import staging_properties, staging_query
from orchestration.columns.words import blocks


def generated_files(project: Path) -> dict[Path, str]:
    """The text of each file of the dbt project in ``project`` that is generated, or has a generated part.

    Raises :class:`ValueError` where a file leaves no place for a column; the message names it.
    """
    models = project / "models"
    files = {models / "columns.md": blocks([*RECORDS, PublishedAmount])}
    for record in RECORDS:
        files[models / "staging" / f"stg_{record.table}.sql"] = staging_query(record)
        files[models / "staging" / f"stg_{record.table}.yml"] = staging_properties(record)
    for path in sorted((models / "marts").glob("*.yml")):
        properties = path.read_text(encoding="utf-8")
        if has_parts(properties):
            try:
                columns = fact_columns() if path.name.startswith("fct_") else published_columns()
                files[path] = with_columns(properties, columns)
            except ValueError as error:
                raise ValueError(f"{path.name}: {error}") from error
    return files


def differing(files: Mapping[Path, str]) -> list[Path]:
    """Files that are not there or hold another text."""
    return [
        path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
