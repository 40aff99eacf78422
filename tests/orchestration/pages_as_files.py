"""Pages of one publisher of the samples as files, and what all publishers share; all would take a minute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from orchestration.exploring import static_files
from orchestration.exploring.asked import Handler
from orchestration.exploring.pages import page_at
from orchestration.exploring.static_files import write_files
from orchestration.home.paths import Paths
from orchestration.reports.words import Language


def written(home: Path, folder: Path) -> Path:
    """Write some pages of the warehouse of ``home`` into ``folder``, with the whole index of the search."""
    with duckdb.connect(home / "disclosures.duckdb", read_only=True) as connection:
        ((document, name),) = connection.sql(
            "select document_id, publisher_name from marts.fct_causes "
            "where severity = 'discrepancy' order by all limit 1"
        ).fetchall()
    wanted = re.compile(
        rf"/|/publishers|/publishers/{re.escape(name)}|/documents/{document}|/search|/cube|/rankings"
        rf"|/(forms|causes|figures)/{document[:16]}.*|/causes/.*"
    )

    def some(path: str) -> tuple[Handler, Mapping[str, str]] | None:
        return page_at(path) if wanted.fullmatch(path) else None

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(static_files, "page_at", some)
        write_files(Paths(home, ()), folder, Language.ZH)
    return folder
