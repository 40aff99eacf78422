"""Superset's environment, and its state in the warehouse's home."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SETTINGS = Path(__file__).with_name("superset_config.py")
SET_UP = Path(__file__).with_name("set_up.py")
READ_OUT = Path(__file__).with_name("read_out.py")
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def is_current(environment: Path) -> bool:
    """Whether it holds what is required now: ``make superset`` leaves a copy of what it installed."""
    installed = environment / REQUIREMENTS.name
    return installed.exists() and installed.read_bytes() == REQUIREMENTS.read_bytes()


def python_of(environment: Path) -> Path:
    """The environment's interpreter."""
    return environment / "bin" / "python"


def make_secret_key(state: Path) -> None:
    """Make the key that signs sessions, unless there is one, in a folder that only its owner can read."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(state / "secret_key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
