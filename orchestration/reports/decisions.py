"""Decisions on a draft: what is set aside, with a reason, until the printed text changes.

A CSV file with the columns ``key`` (as reports show it) and ``reason``; others are not looked at.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from orchestration.command.terminal import UsageError
from orchestration.reports.entries import Entry

_COLUMNS = ("key", "reason")


def read_decisions(path: Path) -> dict[str, str]:
    """Reasons by key. Raises :class:`UsageError` where the file is not of that form, with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {*_COLUMNS} <= {*(rows.fieldnames or ())}:
                raise UsageError(f"{path} has no columns {' and '.join(_COLUMNS)} in its first line.")
            decided = {}
            for row in rows:
                key, reason = ((row[name] or "").strip() for name in _COLUMNS)
                if not key or not reason:
                    raise UsageError(f"Line {rows.line_num} of {path} lacks a key or a reason.")
                decided[key] = reason
            return decided
    except FileNotFoundError as error:
        raise UsageError(f"{path} is not there.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} is no CSV file in UTF-8: {error}.") from error


def decided(entries: Sequence[Entry], decisions: Mapping[str, str]) -> list[Entry]:
    """The same entries, those that are set aside with the reason and at the end."""
    found = [replace(entry, set_aside_because=decisions.get(entry.fingerprint)) for entry in entries]
    return sorted(found, key=lambda entry: entry.set_aside_because is not None)


def of_nothing(entries: Sequence[Entry], decisions: Mapping[str, str]) -> list[str]:
    """Keys of decisions that are about nothing found: the printed text has changed, or it is mended."""
    return sorted(decisions.keys() - {entry.fingerprint for entry in entries})
