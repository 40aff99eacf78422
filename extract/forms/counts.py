"""Counts that the explanation states: people, vehicles, equipment, groups sent abroad, guests, projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.folding import fold
from extract.forms.paragraphs import Paragraph
from extract.printed import DOCUMENT_ID_PREFIX, PrintedCount
from extract.prose_words import ProseWords
from extract.vocabulary import Vocabulary

# Numerals are matched whole at their first digit and looked at behind: a long run is walked through once.
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3}(?!\d))+|\d+")
_MOST_DIGITS = 12
_CLAUSE = re.compile(r"[^，。；：、]+")
_WINDOW = 60  # characters in front of a count that name what is counted
_OTHER = "other"
_STOP = "。"


@dataclass(slots=True)
class _Whole:
    """What is counted last of all, and of which count those behind it are parts."""

    count_id: str = ""
    unit: str = ""
    part_of: str | None = None
    of_unit: str = ""
    goes_on: bool = False  # with the next sentence that ends with a semicolon

    def part(self, between: str, counted: _Counted, words: ProseWords) -> str | None:
        """Whether the next count is a part of one before it in its sentence (车辆5辆，其中：甲2辆、乙3辆)."""
        opens = words.parts.search(between) is not None
        ends = words.sentence_end.search(between)
        # 车辆3辆，价值9万元；其中：甲2辆；其他1辆: what stands behind a semicolon goes on by semicolons
        is_end = ends is not None and (_STOP in between or not (opens or self.goes_on))
        if is_end:
            self.count_id, self.part_of, self.goes_on = "", None, False
        elif opens:
            # parts of a part: of which of both what follows is a part is not said
            self.part_of = self.count_id if self.part_of is None else ""
            self.of_unit, self.goes_on = self.unit, ends is not None
        return self.part_of or None if counted.unit == self.of_unit else None


class _Counted(NamedTuple):
    start: int  # of the number, in its clause
    end: int  # behind its unit
    number: str
    unit: str


def read_counts(
    paragraphs: Sequence[Paragraph], document_id: str, vocabulary: Vocabulary
) -> tuple[PrintedCount, ...]:
    """Read every number with a classifier; what the vocabulary does not name is counted as `other`."""
    return tuple(_counts(paragraphs, document_id, vocabulary))


def _counts(
    paragraphs: Sequence[Paragraph], document_id: str, vocabulary: Vocabulary
) -> Iterator[PrintedCount]:
    number = 0
    for paragraph in paragraphs:
        subject, as_of, passed = "", None, 0
        whole, told = _Whole(), 0
        for clause in _CLAUSE.finditer(paragraph.text):
            text = clause.group()
            if vocabulary.prose.sentence_end.search(paragraph.text, passed, clause.start()):
                subject, as_of = "", None
            passed = clause.end()
            dated = vocabulary.prose.count_date.search(text)
            as_of = dated.group() if dated else as_of
            counted = list(_counted(text, vocabulary))
            behind = 0
            for each in counted:
                named = _bare(text[max(behind, each.start - _WINDOW) : each.start], vocabulary)
                behind = each.end
                subject = named or subject
                # what a disclosure must state stands alone in its clause: 退休1人 in a reason does not
                is_alone = (
                    len(counted) == 1
                    and not text[each.end :].strip()
                    and vocabulary.prose.stated_unit.fullmatch(each.unit) is not None
                )
                known = vocabulary.count_of(subject) if is_alone and named else None
                known = known or vocabulary.count_of(f"{subject}{each.unit}")
                number += 1
                line = paragraph.line_at(clause.start() + each.start)
                count_id = f"{document_id[:DOCUMENT_ID_PREFIX]}-N{number}"
                between = paragraph.text[told : clause.start() + each.start]
                part_of = whole.part(between, each, vocabulary.prose)
                whole.count_id, whole.unit, told = count_id, each.unit, clause.start() + each.end
                yield PrintedCount(
                    count_id=count_id,
                    part_of=part_of,
                    document_id=document_id,
                    section=paragraph.section,
                    topic=known.topic if known else _OTHER,
                    count_key=known.count_key if known else _OTHER,
                    subject=subject or None,
                    as_of=as_of,
                    count_text=each.number,
                    unit_text=each.unit,
                    page_no=line.page_no,
                    line_no=line.line_no,
                )


def _counted(clause: str, vocabulary: Vocabulary) -> Iterator[_Counted]:
    """The numbers of a clause that a classifier follows; a limit (5人以上) counts nothing."""
    for numeral in _NUMERAL.finditer(clause):
        is_fraction = clause[numeral.start() - 1 : numeral.start()] in (".", "．")
        if is_fraction or len(numeral.group()) > _MOST_DIGITS:
            continue
        unit = vocabulary.prose.count_unit.match(clause, numeral.end())
        if unit is not None and not vocabulary.prose.threshold.match(clause, unit.end()):
            yield _Counted(numeral.start(), unit.end(), numeral.group(), unit.group().strip())


def _bare(subject: str, vocabulary: Vocabulary) -> str:
    """What is counted, without the date and the words around it."""
    words = vocabulary.prose
    return words.count_filler.sub("", words.count_noise.sub("", fold(subject)))
