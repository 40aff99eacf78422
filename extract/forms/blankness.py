"""What nobody filled in: blank forms, and blank sets of forms. A figure anywhere is filled in."""

from __future__ import annotations

from dataclasses import replace

from extract.folding import fold, half_width
from extract.forms.collector import Collector
from extract.numerals import is_money_shaped
from extract.printed import PrintedDocument
from extract.vocabulary import Vocabulary

_FILLED = frozenset({"amounts", "quantities", "rates", "indicators", "claims", "rejects", "contents"})
_NOTHING = frozenset("0.,-—–－ ")
_NONE = "无"


def is_blank(records: Collector) -> bool:
    """Whether a form was printed without anything filled in: codes and labels are part of the print."""
    return not (
        any(cell.destination in _FILLED for cell in records.numeric_cells)
        or records.amounts
        or records.indicators
        or records.rejects
        or any(line.detail for line in records.lines)
    )


def is_filled_in(text: str | None, vocabulary: Vocabulary) -> bool:
    """Whether the name that a form asks for is given: neither 无 nor a placeholder (XX项目)."""
    if not text or fold(text) == _NONE:
        return False
    placeholders = (pattern for kind, pattern in vocabulary.remarks if kind == "placeholder")
    return not any(pattern.search(half_width(text)) for pattern in placeholders)


def marked_if_template(document: PrintedDocument) -> PrintedDocument:
    """Mark a blank set of forms: placeholders (XX局, XXX万元) stand in it, and nothing is filled in.

    Nothing is a form without money other than zero and without an indicator, and prose without a claim or a
    count.
    """
    has_money = any(not _says_nothing(amount.amount_text) for amount in document.amounts) or any(
        is_money_shaped(reject.printed_text) and not _says_nothing(reject.printed_text)
        for reject in document.rejects
        if reject.form_id is not None
    )
    is_template = (
        any(remark.kind == "placeholder" for remark in document.remarks)
        and not has_money
        and not (document.claims or document.counts or document.indicators)
    )
    return replace(document, facts=replace(document.facts, is_template=True)) if is_template else document


def _says_nothing(text: str) -> bool:
    """Whether a money cell holds zero or a dash."""
    return set(text) <= _NOTHING
