"""How commands speak: results on standard output, everything else on standard error."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from rich import markup
from rich.console import Console

from orchestration.texts.shown_text import without_controls

_WIDTH_OF_A_FILE = 200  # columns, where no terminal says how many there are


def escape(text: str) -> str:
    """A text of a document as it can be printed: no markup, no control characters, each shown as �."""
    return markup.escape(without_controls(text))


def take_any_text() -> None:
    """Let standard output and error take every text: what their encoding does not have is shown by number.

    Where a terminal is said to know ASCII alone, a command must not end at the first Chinese word.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


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
