"""How commands speak: results on standard output, everything else on standard error."""

from __future__ import annotations

import sys

from rich.console import Console

_WIDTH_OF_A_FILE = 200  # columns, where no terminal says how many there are


class CommandError(Exception):
    """Ends a command with a message in words. The message says what to do about it."""

    exit_status = 1


class UsageError(CommandError):
    """The command was asked for something it cannot do."""

    exit_status = 2


def output() -> Console:
    """For what was asked for: tables, as wide as the terminal."""
    width = None if sys.stdout.isatty() else _WIDTH_OF_A_FILE
    return Console(file=sys.stdout, width=width, highlight=False, emoji=False)


def messages() -> Console:
    """For what a person should know besides: sentences, whose lines are never broken inside a name."""
    return Console(file=sys.stderr, soft_wrap=True, highlight=False, emoji=False)
