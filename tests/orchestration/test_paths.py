"""Where everything is, and who may ask the environment."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from orchestration.home.paths import (
    HOME_VARIABLE,
    REGISTRY_VARIABLE,
    REPOSITORY,
    SOURCES_VARIABLE,
    VERSIONS_VARIABLE,
    Paths,
    SettingError,
    configured,
)


def test_without_settings_the_repository_has_the_warehouse_and_the_samples(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.delenv(SOURCES_VARIABLE, raising=False)
    assert configured() == Paths(REPOSITORY / "warehouse", (REPOSITORY / "warehouse" / "samples",))


def test_the_environment_names_the_home_and_several_sources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HOME_VARIABLE, "home")
    monkeypatch.setenv(SOURCES_VARIABLE, os.pathsep.join(["first", "/second", ""]))
    assert configured() == Paths(tmp_path / "home", (tmp_path / "first", Path("/second")))


def test_the_environment_says_how_many_versions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VERSIONS_VARIABLE, raising=False)
    assert configured().versions_kept == 3
    monkeypatch.setenv(VERSIONS_VARIABLE, "5")
    assert configured().versions_kept == 5


@pytest.mark.parametrize("value", ["0", "-1", "many", "2.5"])
def test_a_number_of_versions_that_means_nothing_is_an_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(VERSIONS_VARIABLE, value)
    with pytest.raises(SettingError, match=f"{VERSIONS_VARIABLE} is “{value}”"):
        configured()


def test_a_registry_in_the_home_is_used_unless_another_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.delenv(REGISTRY_VARIABLE, raising=False)
    assert configured().registry is None
    (tmp_path / "sources.yaml").touch()
    assert configured().registry == tmp_path / "sources.yaml"
    (tmp_path / "other.yaml").touch()
    monkeypatch.setenv(REGISTRY_VARIABLE, str(tmp_path / "other.yaml"))
    assert configured().registry == tmp_path / "other.yaml"


def test_a_registry_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(REGISTRY_VARIABLE, str(tmp_path / "nowhere.yaml"))
    with pytest.raises(SettingError, match=r"names .*nowhere.yaml, which is no file"):
        configured()


def test_everything_written_is_under_the_home(paths: Paths) -> None:
    everything = (*paths.written, paths.listing, paths.build_file, paths.build_lock, paths.dbt_target)
    assert all(path.is_relative_to(paths.home) for path in everything)
    assert all(any(path.is_relative_to(written) for written in paths.written) for path in everything), (
        "a run could take what it wrote for a source"
    )


def test_only_paths_asks_the_environment() -> None:
    asking = {
        str(file.relative_to(REPOSITORY))
        for package in ("extract", "orchestration")
        for file in (REPOSITORY / package).rglob("*.py")
        if _reads_environment(file)
    }
    # Superset reads its settings by itself, where nothing of this project is installed
    assert asking - {"orchestration/bi/superset/superset_config.py"} == {"orchestration/home/paths.py"}


def _reads_environment(file: Path) -> bool:
    """Whether a module names ``os.environ`` or ``getenv``."""
    names = {"environ", "getenv", "environb"}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in names:
            return True
        if isinstance(node, ast.ImportFrom) and any(alias.name in names for alias in node.names):
            return True
    return False
