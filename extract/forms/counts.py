"""Head counts, vehicles and equipment that the explanation states (人员情况, 国有资产占有使用情况)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.folding import fold
from extract.forms.paragraphs import Paragraph
from extract.printed import DOCUMENT_ID_PREFIX, PrintedCount
from extract.vocabulary import Vocabulary

_COUNT = re.compile(
    r"(?P<subject>.*?)(?:为|共有|共)?\s*(?<!\d)(?P<number>\d{1,12})\s*(?P<unit>人|辆|台(?:[（(]套[）)])?)"
)
_CLAUSE = re.compile(r"[^，。；：、]+")
_LEADING = re.compile(
    r"截[止至](?:上年|20\d\d年)(?:年?底|年?末)|20\d\d年(?:年?末|年?底|度)?|本(?:单位|部门)|所属预算单位|其中|当年|部门预算|共有|共|和"
)


def read_counts(
    paragraphs: Sequence[Paragraph], document_id: str, vocabulary: Vocabulary
) -> tuple[PrintedCount, ...]:
    """Read every count whose subject the vocabulary names; other counted things are left to the prose."""
    return tuple(_counts(paragraphs, document_id, vocabulary))


def _counts(
    paragraphs: Sequence[Paragraph], document_id: str, vocabulary: Vocabulary
) -> Iterator[PrintedCount]:
    number = 0
    for paragraph in paragraphs:
        for clause in _CLAUSE.finditer(paragraph.text):
            counted = _COUNT.fullmatch(clause.group().strip())
            if not counted:
                continue
            subject = _bare(counted.group("subject"))
            known = vocabulary.count_of(subject)
            if known is None:
                continue
            number += 1
            line = paragraph.line_at(clause.start())
            yield PrintedCount(
                count_id=f"{document_id[:DOCUMENT_ID_PREFIX]}-N{number}",
                document_id=document_id,
                section=paragraph.section,
                topic=known.topic,
                count_key=known.count_key,
                subject=subject,
                count_text=counted.group("number"),
                unit_text=counted.group("unit"),
                page_no=line.page_no,
                line_no=line.line_no,
            )


def _bare(subject: str) -> str:
    """The subject without the date and the words around it."""
    return _LEADING.sub("", fold(subject))
