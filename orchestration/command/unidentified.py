"""What a person should hear of documents that are nobody's as far as is known, or no disclosures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orchestration.command.terminal import escape

_MOST_FILES = 5


class DocumentState(NamedTuple):
    """What is known of a document as a whole."""

    file_name: str
    status: str
    failure_reason: str | None
    publisher_name: str | None
    fiscal_year: int | None
    stage: str | None
    is_template: bool


def unidentified_in_words(documents: Sequence[DocumentState]) -> Iterator[str]:
    """Sentences about them for the terminal: none where all is known."""
    read = [each for each in documents if each.status == "read" and not each.is_template]
    for what, unknown in (
        ("whose they are", [each for each in read if each.publisher_name is None]),
        ("of which year they are", [each for each in read if each.fiscal_year is None]),
        ("whether they are budgets or final accounts", [each for each in read if each.stage is None]),
    ):
        if unknown:
            yield (
                f"Of {len(unknown):,} documents it is not known {what}, so they are in no sum by that "
                f"(findings document.…_unknown): {_names(unknown)}."
            )
    others = [each for each in documents if each.status == "not_a_disclosure"]
    if others:
        yield (
            f"{len(others):,} files are no disclosures; nothing was taken from them, their figures are in "
            f"staging.rejects: {_names(others)}. Why: marts.dim_document.failure_reason."
        )


def _names(documents: Sequence[DocumentState]) -> str:
    more = f" and {len(documents) - _MOST_FILES:,} more" if len(documents) > _MOST_FILES else ""
    return escape(", ".join(each.file_name for each in documents[:_MOST_FILES])) + more
