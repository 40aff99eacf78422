"""The dbt project is parsed when it changed, and builds into a file that can be opened."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import duckdb
import pytest

from orchestration.building import dbt_project, project_files
from orchestration.building.dbt_process import DBT
from orchestration.building.dbt_project import (
    BuildFileInUseError,
    DbtProjectError,
    current_manifest,
    make_build_file_usable,
    run_target,
)
from orchestration.building.parsed_project import MANIFEST, PARSED, parse_project, take_over
from orchestration.home.paths import DBT_PROJECT, Paths, environment_with


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dbt project of one model, in place of the real one."""
    project = tmp_path / "dbt_project"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text("name: small\nprofile: small\nversion: '1.0'\n")
    (project / "profiles.yml").write_text(
        "small: {target: build, outputs: {build: {type: duckdb, path: ':memory:'}}}\n"
    )
    (project / "models" / "first.sql").write_text("select 1 as x")
    for module in (dbt_project, project_files):
        monkeypatch.setattr(module, "DBT_PROJECT", project)
    return project


def test_the_manifest_is_parsed_again_only_when_a_file_of_the_project_changed(
    paths: Paths, small_project: Path
) -> None:
    manifest = current_manifest(paths)
    assert models(manifest) == {"first"}
    inode = manifest.stat().st_ino
    assert current_manifest(paths).stat().st_ino == inode, "parsed although nothing changed"

    (small_project / "models" / "second.sql").write_text("select 2 as x")
    assert models(current_manifest(paths)) == {"first", "second"}
    (small_project / "models" / "first.sql").unlink()
    assert models(current_manifest(paths)) == {"second"}


def test_a_change_elsewhere_leaves_what_is_said_of_a_test(paths: Paths, small_project: Path) -> None:
    (small_project / "tests").mkdir()
    (small_project / "tests" / "is_one.sql").write_text("select * from {{ ref('first') }} where x != 1")
    (small_project / "tests" / "tests.yml").write_text(
        "data_tests: [{name: is_one, config: {meta: {about: all documents}}}]\n"
    )
    (small_project / "models" / "first.sql").write_text("select * from {{ source('lake', 'lines') }}")
    sources = small_project / "models" / "sources.yml"
    for description in ("one", "another"):
        sources.write_text(
            f"sources: [{{name: lake, tables: [{{name: lines, description: {description}}}]}}]\n"
        )
        nodes = json.loads(current_manifest(paths).read_bytes())["nodes"]
        assert nodes["test.small.is_one"]["config"]["meta"] == {"about": "all documents"}
    assert (run_target(paths) / "partial_parse.msgpack").exists(), "a build would parse everything again"


def test_nothing_is_written_into_the_project(paths: Paths, small_project: Path) -> None:
    before = sorted(small_project.rglob("*"))
    current_manifest(paths)
    assert sorted(small_project.rglob("*")) == before


def test_a_project_that_dbt_cannot_parse_is_an_error_with_what_dbt_says(
    paths: Paths, small_project: Path
) -> None:
    (small_project / "models" / "first.sql").write_text("select * from {{ ref('missing') }}")
    with pytest.raises(DbtProjectError, match="missing"):
        current_manifest(paths)
    assert not (paths.dbt_target / "manifest.json").exists()


def test_a_damaged_build_file_is_built_anew(paths: Paths) -> None:
    paths.build_folder.mkdir(parents=True)
    paths.build_file.write_bytes(b"not a database")
    make_build_file_usable(paths.build_file)
    with duckdb.connect(paths.build_file) as connection:
        connection.execute("create table t as select 1")


def test_a_sound_build_file_is_left_as_it_is(paths: Paths) -> None:
    paths.build_folder.mkdir(parents=True)
    with duckdb.connect(paths.build_file) as connection:
        connection.execute("create table t as select 1")
    make_build_file_usable(paths.build_file)
    with duckdb.connect(paths.build_file) as connection:
        assert connection.execute("from t").fetchall() == [(1,)]


def test_a_build_file_that_another_program_reads_is_an_error_that_says_so(paths: Paths) -> None:
    make_build_file_usable(paths.build_file)
    with (
        read_by_another_program(paths.build_file) as reader,
        pytest.raises(BuildFileInUseError, match=rf"open; readers should .*PID {reader.pid}"),
    ):
        make_build_file_usable(paths.build_file, wait_seconds=0)


def test_a_program_that_is_about_to_end_is_waited_for(paths: Paths) -> None:
    make_build_file_usable(paths.build_file)
    with read_by_another_program(paths.build_file) as reader:
        timer = Timer(1, reader.kill)  # a child inherits an ignored SIGTERM, as of a suite in the background
        timer.start()
        make_build_file_usable(paths.build_file, wait_seconds=30)
        timer.join()


@contextmanager
def read_by_another_program(build_file: Path) -> Iterator[subprocess.Popen[str]]:
    code = (
        "import sys, duckdb; held = duckdb.connect(sys.argv[1], read_only=True);"
        "print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(build_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "held\n"
        try:
            yield reader
        finally:
            reader.kill()


def models(manifest: Path) -> set[str]:
    nodes = json.loads(manifest.read_bytes())["nodes"].values()
    return {node["name"] for node in nodes if node["resource_type"] == "model"}


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of this repository as it was parsed for every home."""
    if not (PARSED / "fingerprint").exists():
        assert parse_project(PARSED, project_files.project_fingerprint()) is None
    return PARSED


def test_a_home_takes_over_what_was_parsed_and_dbt_does_not_parse_it_again(
    tmp_path: Path, parsed: Path
) -> None:
    home = tmp_path / "a home with spaces"
    (home / "build").mkdir(parents=True)
    target = tmp_path / "target"
    fingerprint = (parsed / "fingerprint").read_text(encoding="utf-8")
    assert take_over(target, home, fingerprint)
    assert str(home) in (target / MANIFEST).read_text(encoding="utf-8")

    listed = subprocess.run(
        [DBT, "--no-use-colors", "--debug", "ls", "--select", "stg_amounts", "--output", "json"],
        cwd=DBT_PROJECT,
        env=environment_with(
            DISCLOSURES_HOME=str(home),
            DBT_PROFILES_DIR=str(DBT_PROJECT),
            DBT_TARGET_PATH=str(target),
            DBT_LOG_PATH=str(target),
        ),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Partial parsing enabled: 0 files deleted, 0 files added, 0 files changed" in listed.stdout
    assert "full parse" not in listed.stdout


def test_what_was_parsed_of_another_version_or_for_another_connection_is_not_taken_over(
    tmp_path: Path, parsed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint = (parsed / "fingerprint").read_text(encoding="utf-8")
    target = tmp_path / "target"
    assert not take_over(target, tmp_path, "another")
    assert not take_over(target, tmp_path, fingerprint, parsed=tmp_path / "nothing")
    monkeypatch.setenv("DISCLOSURES_BUILD_MEMORY", "2GB")
    assert not take_over(target, tmp_path, fingerprint)
    assert not target.exists()
