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
from orchestration.reports.words import WORDS, Language

_COLUMNS = ("key", "reason")


def read_decisions(path: Path, language: Language) -> dict[str, str]:
    """Reasons by key. Raises :class:`UsageError` where the file is not of that form, with its line."""
    words = WORDS[language]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {*_COLUMNS} <= {*(rows.fieldnames or ())}:
                raise UsageError(words["decisions_columns"].format(path, words["comma"].join(_COLUMNS)))
            decided = {}
            for row in rows:
                key, reason = ((row[name] or "").strip() for name in _COLUMNS)
                if not key or not reason:
                    raise UsageError(words["decisions_lacking"].format(rows.line_num, path))
                decided[key] = reason
            return decided
    except FileNotFoundError as error:
        raise UsageError(words["not_there"].format(path)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(words["decisions_no_csv"].format(path, error)) from error


def decided(entries: Sequence[Entry], decisions: Mapping[str, str]) -> list[Entry]:
    """The same entries, those that are set aside with the reason and at the end."""
    found = [replace(entry, set_aside_because=decisions.get(entry.fingerprint)) for entry in entries]
    return sorted(found, key=lambda entry: entry.set_aside_because is not None)


def of_nothing(entries: Sequence[Entry], decisions: Mapping[str, str]) -> list[str]:
    """Keys of decisions that are about nothing found: the printed text has changed, or it is mended."""
    return sorted(decisions.keys() - {entry.fingerprint for entry in entries})
