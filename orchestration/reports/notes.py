"""What a marked copy says at each place: one note of all that is said there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from orchestration.reports.entries import Entry, Mark
from orchestration.reports.words import WORDS, Language

AUTHOR = "disclosures"
_GRAVEST_FIRST = ("suspect", "cited", "term")

Where = TypeVar("Where", bound=Hashable)


class Note(NamedTuple):
    """All that is said at one place; ``role`` is that of the gravest mark there."""

    role: str
    says: str


def notes_by_place(marked: Iterable[tuple[Where, Entry, Mark]], language: Language) -> Mapping[Where, Note]:
    """Give one note for each place, in the order in which places are first met."""
    at: defaultdict[Where, list[tuple[Entry, Mark]]] = defaultdict(list)
    for where, entry, mark in marked:
        at[where].append((entry, mark))
    return {
        where: Note(
            min((mark.role for _, mark in here), key=_GRAVEST_FIRST.index),
            "\n\n".join(dict.fromkeys(_says(entry, mark, language) for entry, mark in here)),
        )
        for where, here in at.items()
    }


def marks_in(entries: Iterable[Entry], document_id: str) -> Iterable[tuple[Entry, Mark]]:
    """The marks of one document, each with its entry."""
    return (
        (entry, mark) for entry in entries for mark in entry.marks if mark.place.document_id == document_id
    )


def bare(text: str) -> str:
    """A text without white space, which a format breaks lines by."""
    return "".join(text.split())


def _says(entry: Entry, mark: Mark, language: Language) -> str:
    words = WORDS[language]
    should = mark.suggested or (entry.should if mark.role != "term" else None)
    lines = [f"[{words[entry.severity]}] {entry.what}"]
    if mark.role != "term" and (entry.printed or should):
        told = (("printed", entry.printed), ("should", should))
        lines.append("  ".join(f"{words[name]} {text}" for name, text in told if text))
    return "\n".join([*lines, *entry.messages])
