"""What ``disclosures check DRAFT --against APPROVED`` says of the figures that are not as approved."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from orchestration.checking.against import Comparison, Difference, compare
from orchestration.command.terminal import UsageError, output
from orchestration.reports.words import WORDS, Language


def compared(drafts: list[Path], approved: Path, language: Language) -> Comparison:
    """Hold the one draft against what was approved.

    Raises :class:`UsageError` for several drafts, and for a file that is not there or cannot be read.
    """
    words = WORDS[language]
    if len(drafts) != 1:
        raise UsageError(words["against_one_draft"])
    try:
        return compare(drafts[0], approved)
    except OSError as error:
        said = words["not_opened"].format(error.filename or approved, error.strerror or error)
        raise UsageError(said) from error
    except ValueError as error:
        raise UsageError(f"{str(error).capitalize()}.") from error


def show_comparison(comparison: Comparison, language: Language) -> None:
    """Print what differs, then how many figures were held against each other."""
    words = WORDS[language]
    for each in comparison.differences:
        output().print(Text(_in_words(each, language)), soft_wrap=True)
    output().print(
        words["against"].format(
            compared=comparison.compared,
            figures=comparison.approved_figures,
            differences=len(comparison.differences),
        )
    )


def _in_words(difference: Difference, language: Language) -> str:
    words = WORDS[language]
    draft = _stated(difference.draft_text, difference.draft_unit, words["not_stated"])
    approved = _stated(difference.approved_text, difference.approved_unit, words["not_stated"])
    place = (difference.draft_page, difference.draft_line)
    if difference.draft_line is None:
        place = (difference.approved_page, difference.approved_line)
    page = f"{words['page'].format(place[0])}" if place[0] is not None else ""
    where = (
        f"{page}{words['line'].format(place[1])}"
        if language is Language.ZH
        else (" ".join(filter(None, (page, words["line"].format(place[1])))))
    )
    return words["against_one"].format(
        where=where,
        form=difference.form_title,
        row=difference.row_label,
        column=difference.column_label,
        draft=draft,
        approved=approved,
    )


def _stated(text: str | None, unit: str | None, missing: str) -> str:
    return missing if text is None else f"{text} {unit or ''}".strip()
