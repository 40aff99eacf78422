"""Fields of Word documents: what they tell Word to compute is no text, what they show is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extract.readers.seams import UNREAD

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELD_MARK, INSTRUCTION = f"{_W}fldChar", f"{_W}instrText"
_COMPUTES = re.compile(
    r"\s*(?:=|(?:EQ|MERGEFIELD|DOCPROPERTY|DOCVARIABLE|REF|LINK|DDE|DDEAUTO|QUOTE|IF|COMPARE|INCLUDE\w+)\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Field:
    """A field that has begun: what it is to compute, whether its result has begun and shows anything."""

    instruction: str = ""
    is_in_result: bool = False
    shows: bool = False


class Fields:
    """The fields that are open where the reading of a document has come to, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def is_shown(self) -> bool:
        """Whether text that stands here is shown: not where a field says what to compute."""
        return all(field.is_in_result for field in self._open)

    def show(self, text: str) -> Iterator[str]:
        """Give a text where it is shown."""
        if not self._open:
            yield text
        elif self.is_shown:
            for field in self._open:
                field.shows = field.shows or bool(text.strip())
            yield text

    def meet(self, element: etree._Element) -> Iterator[str]:
        """Take a mark or a part of the instruction of a field; give what stands for one without result."""
        if element.tag == INSTRUCTION:
            if self._open and not self._open[-1].is_in_result:
                self._open[-1].instruction += element.text or ""
            return
        kind = element.get(f"{_W}fldCharType")
        if kind == "begin":
            self._open.append(_Field())
            chosen = _chosen(element)
            if chosen is not None:
                self._open[-1].shows = True
                if all(field.is_in_result for field in self._open[:-1]):
                    yield chosen
        elif kind == "separate" and self._open:
            self._open[-1].is_in_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.shows and computes(ended.instruction) and self.is_shown:
                yield UNREAD


def computes(instruction: str) -> bool:
    """Whether a field shows something that is computed, so that it is never empty where it stands."""
    return _COMPUTES.match(instruction) is not None


def _chosen(mark: etree._Element) -> str | None:
    """What is chosen in a list to choose from; None for another field."""
    listed = mark.find(f"{_W}ffData/{_W}ddList")
    if listed is None:
        return None
    entries = [each.get(f"{_W}val", "") for each in listed.iterfind(f"{_W}listEntry")]
    result = listed.find(f"{_W}result")
    number = result.get(f"{_W}val", "") if result is not None else "0"
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else UNREAD
