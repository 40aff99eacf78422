"""What makes documents be read again, and what does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract import version
from extract.records import schema
from extract.vocabulary import _rows
from extract.vocabulary_tables import TABLES, VOCABULARY_DIR


@pytest.fixture
def vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the vocabulary that the version is taken of."""
    copy = tmp_path / "vocabulary"
    shutil.copytree(VOCABULARY_DIR, copy)
    monkeypatch.setattr(version, "VOCABULARY_DIR", copy)
    return copy


def changed(vocabulary: Path, table: str) -> bool:
    before = version.extractor_version.__wrapped__()
    with (vocabulary / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    return version.extractor_version.__wrapped__() != before


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_reading_depends_on_changes_the_version(vocabulary: Path, table: str) -> None:
    assert changed(vocabulary, table)


@pytest.mark.parametrize("table", ["identities", "function_codes", "finding_rules"])
def test_a_table_for_sql_does_not(vocabulary: Path, table: str) -> None:
    assert not changed(vocabulary, table)


def test_where_bytes_come_from_does_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "extract"
    shutil.copytree(Path(version.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(version, "__file__", str(package / "version.py"))
    before = version.extractor_version.__wrapped__()
    for fetching in (package / "landing.py", package / "sources" / "folder.py"):
        fetching.write_text("changed", encoding="utf-8")
    assert version.extractor_version.__wrapped__() == before
    (package / "readers" / "web.py").write_text("changed", encoding="utf-8")
    assert version.extractor_version.__wrapped__() != before


def test_words_about_a_column_do_not_but_another_column_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "extract"
    shutil.copytree(Path(version.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(version, "__file__", str(package / "version.py"))
    before = version.extractor_version.__wrapped__()
    with (package / "records" / "money.py").open("a", encoding="utf-8") as file:
        file.write("# other words\n")
    assert version.extractor_version.__wrapped__() == before
    monkeypatch.setattr(version, "schema", lambda record: {**schema(record), "another": "String"})
    assert version.extractor_version.__wrapped__() != before


def test_a_table_that_is_not_listed_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="identities is read but not listed"):
        next(_rows(VOCABULARY_DIR, "identities"))
