"""Mistakes and poor surroundings end in words: a terminal of ASCII, a home only to be read, an older file."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration import cli
from orchestration.command import doctor
from orchestration.home.disk_space import advice_on_rights
from orchestration.home.paths import Paths
from tests.conftest import COMMAND, run_disclosures

PUBLISHED_LONG_AGO = """
create schema marts;
create table marts.dim_document as select 'a' as document_id, 'x.pdf' as file_name;
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A home whose published file lacks most of what commands ask for."""
    home = tmp_path / "home"
    home.mkdir()
    with duckdb.connect(home / "disclosures.duckdb") as file:
        file.execute(PUBLISHED_LONG_AGO)
    return home


@pytest.mark.parametrize("command", ["findings", "findings --causes", "scorecard", "explain a", "export out"])
def test_a_published_file_of_an_older_release_is_said_to_be_one(
    older: Path, tmp_path: Path, command: str
) -> None:
    said = run_disclosures(older, *command.replace("out", str(tmp_path / "out")).split())
    assert said.returncode in (1, 2)
    assert "of an older release" in said.stderr
    assert "disclosures run" in said.stderr
    assert "Traceback" not in said.stderr
    assert "unexpected" not in said.stderr


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}]
)
@pytest.mark.parametrize("arguments", [["cookbook"], ["sql", "--format", "json", "select '表' as x"]])
def test_a_terminal_that_knows_ascii_alone_is_told_all_the_same(
    older: Path, environment: dict[str, str], arguments: list[str]
) -> None:
    said = subprocess.run(
        [COMMAND, *arguments],
        env={**os.environ, "DISCLOSURES_HOME": str(older), **environment},
        capture_output=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert b"\\u8868" in said.stdout or "表".encode() in said.stdout


@contextmanager
def not_to_be_locked(*_: object, **__: object) -> Iterator[None]:
    raise OSError(errno.EROFS, "Read-only file system", "/home/lock")
    yield


def test_a_home_that_cannot_be_written_to_is_examined_and_not_mended(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "building", not_to_be_locked)
    monkeypatch.setattr(cli, "configured", lambda: paths)
    examined = CliRunner().invoke(cli.app, ["doctor"])
    assert "is only examined" in examined.stderr
    assert "landing.catalogue" in examined.stdout
    with pytest.raises(doctor.CommandError, match="without --fix it is only examined"):
        doctor.doctor(paths, fix=True)


def test_a_want_of_rights_names_the_file_and_what_to_do() -> None:
    advice = advice_on_rights(PermissionError(errno.EACCES, "Permission denied", "/home/lock"))
    assert advice is not None
    assert "/home/lock: permission denied. Give yourself the right to it" in advice
    assert advice_on_rights(ValueError("x")) is None
    assert advice_on_rights(OSError(errno.ENOENT, "No such file", "/home/lock")) is None
