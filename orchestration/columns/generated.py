"""All generated files of the dbt project, and which of them are not as they would be written now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from extract.records import RECORDS
from orchestration.columns.notice import COMMAND
from orchestration.columns.staging import staging_properties, staging_query
from orchestration.columns.words import blocks

__all__ = ["COMMAND", "differing", "generated_files"]


def generated_files(project: Path) -> dict[Path, str]:
    """The text of each generated file of the dbt project in ``project``."""
    staging = project / "models" / "staging"
    files = {staging / "columns.md": blocks(RECORDS)}
    for record in RECORDS:
        files[staging / f"stg_{record.table}.sql"] = staging_query(record)
        files[staging / f"stg_{record.table}.yml"] = staging_properties(record)
    return files


def differing(files: Mapping[Path, str]) -> list[Path]:
    """Files that are not there or hold another text."""
    return [
        path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
