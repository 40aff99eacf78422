"""Tests that share what takes long to make run in one worker."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ASKED_FOR_IN_ONE_WORKER

FIXTURE = re.compile(r"^@pytest\.fixture.*\ndef (\w+)\(", re.MULTILINE)


@pytest.fixture
def growing() -> None:
    """A fixture of the name of one that takes long."""


@pytest.mark.usefixtures("growing")
def test_tests_of_one_group_run_in_one_worker(request: pytest.FixtureRequest, worker_id: str) -> None:
    """With a newer pytest, xdist silently forgot its groups: two workers did what one would do."""
    assert worker_id == "master" or request.node.nodeid.endswith("@growing")


def test_every_fixture_that_is_asked_for_in_one_worker_is_there() -> None:
    others = (path for path in Path(__file__).parent.rglob("*.py") if path != Path(__file__))
    there = {name for path in others for name in FIXTURE.findall(path.read_text(encoding="utf-8"))}
    assert there >= ASKED_FOR_IN_ONE_WORKER
