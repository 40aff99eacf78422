"""Servers that tests start by the command, as a user does."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest


def free_port() -> int:
    """A port of this machine that nobody listened on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Return at the first answer; fail with the end of ``log`` when the server ends, or is late."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"{address} does not answer:\n{log.read_text(encoding='utf-8')[-3000:]}")
