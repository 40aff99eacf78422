"""The dashboard as files: what Superset exports, unpacked, so that a change is a diff.

Two things are not in the files and are filled in for one warehouse: the address of its published file, and
the columns of the datasets, which have the names, types and words of the published file. A file names only
columns that are calculated.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.bi.superset.columns import columns_of

ASSETS = Path(__file__).with_name("assets")
DASHBOARD = "disclosures"
"""The slug of the dashboard: the last part of its address."""
PLACEHOLDER = "duckdb:////PUBLISHED_FILE"
"""What stands for the address of the published file."""

METADATA = "metadata.yaml"
_DATABASES = "databases/"
_DATASETS = "datasets/"

Asset = dict[str, Any]


def assets_of(published_file: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every file of the bundle by its path in it, for ``published_file``, to which ``connection`` is open.

    Raises :class:`ValueError` when the file's path cannot stand in the address of a database, and
    :class:`duckdb.Error` when it lacks a table or column that a dataset reads.
    """
    assets = stored_assets()
    for path, asset in assets.items():
        if path.startswith(_DATABASES):
            asset["sqlalchemy_uri"] = database_address(published_file)
        if path.startswith(_DATASETS):
            asset["columns"] = [*columns_of(connection, asset), *asset.get("columns", [])]
    return {path: yaml.safe_dump(asset, allow_unicode=True) for path, asset in assets.items()}


def stored_assets() -> dict[str, Asset]:
    """The files as they are kept, by their path in the bundle."""
    return {
        path.relative_to(ASSETS).as_posix(): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(ASSETS.rglob("*.yaml"))
    }


def keep_assets(texts: Mapping[str, str]) -> list[str]:
    """Write files of the bundle, delete those no longer in it, and give the paths of what has changed."""
    there = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.yaml")} - {METADATA}
    changed = sorted(there - texts.keys())
    for path in changed:
        (ASSETS / path).unlink()
    for path, text in texts.items():
        file = ASSETS / path
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def database_address(published_file: Path) -> str:
    """The SQLAlchemy address of ``published_file`` for people who may ask it anything, and nothing else.

    Read-only; no other file, network or extension; and no query can undo it.
    Raises :class:`ValueError` for a path with a question mark, at which an address ends.
    """
    if "?" in str(published_file):
        raise ValueError(
            f"{published_file} has a question mark in its path, where the address of a database ends. "
            "Choose a DISCLOSURES_HOME without one."
        )
    settings = "access_mode=read_only&enable_external_access=false&lock_configuration=true"
    return f"duckdb:///{published_file}?{settings}"
