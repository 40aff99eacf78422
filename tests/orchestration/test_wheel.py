"""The wheel checks documents in an empty environment, in any folder, with every Python that is here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.home.paths import REPOSITORY
from orchestration.library import check

pytestmark = pytest.mark.end_to_end

SAMPLE = REPOSITORY / "warehouse" / "samples" / "department-budget-2024-hanbin.txt"
UV = REPOSITORY / ".bootstrap" / "bin" / "uv"  # of `make setup`


def starts(python: str) -> bool:
    """Whether a name on the path is an interpreter, and not a stand-in for one that is not chosen."""
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


PYTHONS = [
    sys.executable,
    *(
        found
        for minor in (11, 12, 13)
        if minor != sys.version_info.minor and (found := shutil.which(f"python3.{minor}")) and starts(found)
    ),
]


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel and nothing of the checkout."""

    folder: Path
    home: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name != "PYTHONPATH" and not name.startswith("DISCLOSURES_")
        }
        environment |= {"HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data")}
        command = [str(self.folder / "bin" / program), *arguments]
        return subprocess.run(
            command, cwd=self.home, env=environment, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as `make wheel` does."""
    folder = tmp_path_factory.mktemp("dist")
    uv("build", "--wheel", "--out-dir", str(folder))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module", params=PYTHONS, ids=lambda path: Path(path).name)
def installed(
    wheel: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    """The wheel alone, without any extra."""
    folder = tmp_path_factory.mktemp("environment")
    uv("venv", "--python", request.param, "--clear", str(folder))
    uv("pip", "install", "--python", str(folder / "bin" / "python"), str(wheel))
    return Installed(folder, tmp_path_factory.mktemp("anywhere"))


def uv(*arguments: str) -> None:
    command = [str(UV), "--quiet", *arguments]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_it_finds_in_a_document_what_the_checkout_finds(installed: Installed) -> None:
    ran = installed.run("disclosures", "check", str(SAMPLE), "--format", "json", "-o", "report.html")
    assert ran.returncode == 0, ran.stderr
    found = {(each["severity"], each["message_zh"]) for each in json.loads(ran.stdout)["findings"]}
    assert found == {(each.severity, each.message_zh) for each in check([SAMPLE]).findings}
    assert [path.name for path in installed.home.iterdir()] == ["report.html"], "something was left behind"


def test_programs_import_it_as_disclosures(installed: Installed) -> None:
    code = f"from disclosures import read; print(read({str(SAMPLE)!r}).frames['amounts'].height)"
    ran = installed.run("python", "-c", code)
    assert int(ran.stdout) > 0, ran.stderr


def test_what_it_does_not_bring_is_named_with_what_brings_it(installed: Installed) -> None:
    ran = installed.run("disclosures", "run", "--source", str(SAMPLE.parent))
    assert ran.returncode == 2
    assert "open-disclosures[warehouse]" in "".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr


def test_its_home_is_in_the_users_data(installed: Installed) -> None:
    ran = installed.run("disclosures", "status")
    assert ran.returncode == 0, ran.stderr
    assert str(installed.home / "data" / "disclosures") in "".join(ran.stdout.split())
