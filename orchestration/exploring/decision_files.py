"""Decisions that people take on pages, as rows of the home beside the project's: in force at the next run.

A correction says which figure was meant, an acknowledgement that a break is known; both name what is printed
(see *Decisions* in docs/how_it_works.md). Undoing one takes its row out of the file again.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from orchestration.home.durable import replacing

CORRECTIONS, ACKNOWLEDGEMENTS = "corrections", "acknowledgements"
COLUMNS: Mapping[str, Sequence[str]] = {
    CORRECTIONS: (
        "document_id",
        "page_no",
        "line_no",
        "field_no",
        "printed_text",
        "corrected_text",
        "corrected_unit",
        "reason",
        "decided_by",
        "decided_on",
    ),
    ACKNOWLEDGEMENTS: (
        "document_id",
        "rule_id",
        "printed_texts",
        "residual_yuan",
        "reason",
        "decided_by",
        "decided_on",
    ),
}
_WHO_AND_WHY = ("reason", "decided_by", "decided_on", "corrected_text", "corrected_unit")


class DecisionFileError(Exception):
    """A file of decisions cannot be read or written; the message says why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of one file."""

    table: str
    row: Mapping[str, str]

    @property
    def about(self) -> tuple[str, ...]:
        """What it is about, whatever was decided: two decisions about one thing exclude each other."""
        return (self.table, *(self.row[name] for name in COLUMNS[self.table] if name not in _WHO_AND_WHY))

    @property
    def key(self) -> str:
        """The name by which it is undone."""
        return hashlib.sha256(repr((self.table, *self.row.values())).encode()).hexdigest()[:16]


class DecisionFiles:
    """The files of one folder. Rows that others wrote are kept as they are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()

    def all(self) -> list[Decision]:
        """Every decision, corrections first. Raises :class:`DecisionFileError`."""
        return [Decision(table, row) for table in COLUMNS for row in self._rows(table)]

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Add decisions, in place of those about the same. Raises :class:`DecisionFileError`."""
        decided = list(decisions)
        replaced = {decision.about for decision in decided}
        with self._lock:
            for table in dict.fromkeys(decision.table for decision in decided):
                kept = [row for row in self._rows(table) if Decision(table, row).about not in replaced]
                self._write(table, [*kept, *(each.row for each in decided if each.table == table)])

    def undo(self, keys: Iterable[str]) -> int:
        """Take decisions out again; say how many were there. Raises :class:`DecisionFileError`."""
        gone = frozenset(keys)
        undone = 0
        with self._lock:
            for table in COLUMNS:
                rows = self._rows(table)
                kept = [row for row in rows if Decision(table, row).key not in gone]
                if len(kept) < len(rows):
                    undone += len(rows) - len(kept)
                    self._write(table, kept)
        return undone

    def _file(self, table: str) -> Path:
        return self._folder / f"{table}.csv"

    def _rows(self, table: str) -> list[dict[str, str]]:
        try:
            with self._file(table).open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                if tuple(reader.fieldnames or ()) != tuple(COLUMNS[table]):
                    raise DecisionFileError(f"{self._file(table)} has other columns than {COLUMNS[table]}.")
                return [{name: row[name] or "" for name in COLUMNS[table]} for row in reader]
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise DecisionFileError(f"{self._file(table)} cannot be read: {error}") from error

    def _write(self, table: str, rows: Sequence[Mapping[str, str]]) -> None:
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS[table], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        try:
            with replacing(self._file(table)) as unfinished:
                unfinished.write_text(text.getvalue(), encoding="utf-8", newline="")
        except OSError as error:
            raise DecisionFileError(f"{self._file(table)} cannot be written: {error}") from error
