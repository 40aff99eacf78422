"""How commands speak: results on standard output, everything else on standard error."""

from __future__ import annotations

import sys
from typing import TextIO

from rich.console import Console

_WIDTH_OF_A_FILE = 200  # columns, where no terminal says how many there are


class CommandError(Exception):
    """Ends a command with a message in words. The message says what to do about it."""

    exit_status = 1


class UsageError(CommandError):
    """The command was asked for something it cannot do."""

    exit_status = 2


def output() -> Console:
    """For what was asked for."""
    return _console(sys.stdout)


def messages() -> Console:
    """For what a person should know besides."""
    return _console(sys.stderr)


def _console(stream: TextIO) -> Console:
    return Console(
        file=stream, width=None if stream.isatty() else _WIDTH_OF_A_FILE, highlight=False, emoji=False
    )
