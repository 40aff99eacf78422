"""Words that tell without being an amount: what a template left in, 持平, the year in a form's title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from extract.folding import half_width
from extract.forms.captions import Section
from extract.forms.headings import read_headings
from extract.forms.narrative import read_narrative
from extract.forms.paragraphs import Paragraph
from extract.forms.subjects import is_generic, subject_of
from extract.printed import DOCUMENT_ID_PREFIX, PrintedRemark
from extract.prose_words import ProseWords
from extract.remembered import remembered
from extract.vocabulary import Vocabulary

_NO_CHANGE, _FORM_YEAR, _OPEN_BRACKET = "no_change", "form_year", "open_bracket"
_PAIRS = ("()（）", "“”", "《》", "【】")  # what opens and what closes, of one kind
_BRACKET = re.compile("[" + re.escape("".join(_PAIRS)) + "]")
_ITEM = re.compile(
    r"(?:^|[^\w)）])[\da-zA-Z一二三四五六七八九十]{1,3}$"
)  # 1) and 一） close what nothing opened
_MOST_OF_ONE_KIND = 100  # remarks of one text: more say nothing more, and no text that was written has ten
_LONGEST_ITEM = 4  # with the sign before it
_AROUND = 12  # characters shown before a bracket
_IN_CELLS = ("placeholder", "instruction", "none_of", "left_out", "other_money")
_CLAUSE_BACKWARDS = re.compile(r"[^，,。；;：:、！!？?]*")
_LONGEST_CLAUSE = 400
_WITHIN_SENTENCE = "，,、"
_DIGIT = re.compile(r"\d")
_TOLD_BEFORE = 1000  # characters before a remark in which the amount stands that it is of
_MOST_TOLD = 100  # remarks of a paragraph of which is asked what they are of; of no real one are there ten
_UNSAID = re.compile(r"[较比与同和].*$|(?:均|都|也|仍|保持|相比|基本).*$")
# at the start of a title, or alone in brackets at its end; "(2023年结转)" is not the year of the form
_TITLE_YEAR = re.compile(
    r"^\W{0,2}(?P<text>(?P<year>20\d\d)\s*年(?:度)?)|\(\s*(?P<end>(?P<last>20\d\d)\s*年度?)\s*\)$"
)
_YEAR_ALONE = re.compile(r"\(?\s*(?P<text>(?P<year>20\d\d)\s*年度?)\s*\)?")
_FIGURE = re.compile(r"[\d,.%\s-]*")  # most cells; no remark is one
_HEAD_ROWS = 2  # of a grid that may print the year of the form, alone in its row


def read_remarks(
    paragraphs: Sequence[Paragraph],
    forms: Sequence[tuple[str, Section]],
    document_id: str,
    vocabulary: Vocabulary,
) -> tuple[PrintedRemark, ...]:
    """Read the remarks of one document: of its prose, then of each form, given as form id and section.

    Whether a remark is a slip is not asked here: a blank template may hold placeholders, and a form may be of
    another year.
    """
    found = [*_in_prose(paragraphs, vocabulary), *read_headings(paragraphs)]
    for form_id, section in forms:
        found += (replace(remark, form_id=form_id) for remark in _in_form(section, vocabulary))
    return tuple(
        replace(remark, remark_id=f"{document_id[:DOCUMENT_ID_PREFIX]}-W{number}", document_id=document_id)
        for number, remark in enumerate(found, 1)
    )


def _in_prose(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> Iterator[PrintedRemark]:
    for paragraph in paragraphs:
        asked = 0
        for kind, match in _matches(paragraph.text, vocabulary.remarks):
            line = paragraph.line_at(match.start())
            remark = PrintedRemark(
                remark_id="",
                document_id="",
                kind=kind,
                section=paragraph.section,
                text=paragraph.text[match.start() : match.end()].strip(),
                page_no=line.page_no,
                line_no=line.line_no,
            )
            if kind == _NO_CHANGE and (asked := asked + 1) <= _MOST_TOLD:
                remark = _of_subject(remark, paragraph, match.start(), vocabulary.prose)
            yield remark
        yield from _open_brackets(paragraph)


def _open_brackets(paragraph: Paragraph) -> Iterator[PrintedRemark]:
    """Brackets and quotation marks without the other one, each with what stands before it."""
    text = paragraph.text
    found = list(_BRACKET.finditer(text))
    alone = sorted(place for pair in _PAIRS for place in _alone(text, found, pair))
    for place in alone[:_MOST_OF_ONE_KIND]:
        line = paragraph.line_at(place)
        yield PrintedRemark(
            remark_id="",
            document_id="",
            kind=_OPEN_BRACKET,
            section=paragraph.section,
            text=text[max(0, place - _AROUND) : place + 1].strip(),
            page_no=line.page_no,
            line_no=line.line_no,
        )


def _alone(text: str, found: Sequence[re.Match[str]], pair: str) -> Iterator[int]:
    """Where marks of one kind stand that open or close nothing."""
    opened: list[int] = []
    for mark in found:
        if mark.group() not in pair:
            continue
        if pair.index(mark.group()) % 2 == 0:
            opened.append(mark.start())
        elif opened:
            opened.pop()
        elif not _ITEM.search(text, max(0, mark.start() - _LONGEST_ITEM), mark.start()):
            yield mark.start()
    yield from opened


def _in_form(section: Section, vocabulary: Vocabulary) -> Iterator[PrintedRemark]:
    yield from _years(section)
    cells = (cell for grid in section.grids for row in grid.rows for cell in row)
    for cell in (cell for cell in cells if not _FIGURE.fullmatch(cell.text)):
        # what a cell says of change belongs to its indicator
        for kind, text in _said_in_cell(cell.text, vocabulary):
            yield PrintedRemark(
                remark_id="",
                document_id="",
                kind=kind,
                text=text,
                page_no=cell.page_no,
                line_no=cell.line_no,
            )


@remembered(1 << 14)
def _said_in_cell(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Kind and text of what tells in a cell; forms print the same few texts again and again."""
    patterns = [(kind, pattern) for kind, pattern in vocabulary.remarks if kind in _IN_CELLS]
    return tuple(
        (kind, text[match.start() : match.end()].strip()) for kind, match in _matches(text, patterns)
    )


def _matches(
    text: str, patterns: Iterable[tuple[str, re.Pattern[str]]]
) -> Iterator[tuple[str, re.Match[str]]]:
    """The remarks in a text in printed order, none inside another of its kind."""
    folded = half_width(text)
    ends: dict[str, int] = {}
    found = [(kind, match) for kind, pattern in patterns for match in pattern.finditer(folded)]
    counts: Counter[str] = Counter()
    for kind, match in sorted(found, key=lambda item: (item[1].start(), -item[1].end())):
        if match.start() >= ends.get(kind, 0) and counts[kind] < _MOST_OF_ONE_KIND:
            ends[kind] = match.end()
            counts[kind] += 1
            yield kind, match


def _of_subject(remark: PrintedRemark, paragraph: Paragraph, start: int, words: ProseWords) -> PrintedRemark:
    """Say of what nothing changed: what the clause or one before names, else what the amount before is of."""
    clause = _clause_before(paragraph.text, start)
    compared = _compared(words).search(clause + remark.text)
    named = _named_in(clause, words) or _named_before(paragraph.text, start - len(clause), words)
    if named is None:
        told = paragraph.text[max(0, start - _TOLD_BEFORE) : start]
        before, _ = read_narrative([replace(paragraph, text=told)], "", words)
        named = before[0][-1].claim.subject if before[0] else None
    return replace(remark, subject=named, compared_with=compared.group("basis") if compared else None)


@cache
def _compared(words: ProseWords) -> re.Pattern[str]:
    return re.compile(
        rf"(?:[较比与同和]|相比于?)\s*(?P<basis>上年|去年|\d{{4}}\s*年|{words.basis_budget.pattern})"
    )


def _named_in(clause: str, words: ProseWords) -> str | None:
    named = subject_of(_UNSAID.sub("", clause), words)
    return None if named is None or is_generic(named, words) else named


def _named_before(text: str, end: int, words: ProseWords) -> str | None:
    """What the clauses before name, back to a figure (购置费比预算无变化，比去年无变化)."""
    while end > 0 and text[end - 1] in _WITHIN_SENTENCE:
        clause = _clause_before(text, end - 1)
        if _DIGIT.search(clause):
            return None
        if (named := _named_in(clause, words)) is not None:
            return named
        end -= 1 + len(clause)
    return None


def _clause_before(text: str, end: int) -> str:
    found = _CLAUSE_BACKWARDS.match(text[max(0, end - _LONGEST_CLAUSE) : end][::-1])
    return found[0][::-1] if found else ""


def _years(section: Section) -> Iterator[PrintedRemark]:
    """The years that a form's title or caption prints; each once."""
    caption = section.caption
    # what else stands there may be of a column: 2018年预算数
    is_title = caption.form_key is not None or (caption.reading is not None and caption.reading.is_title)
    title = _TITLE_YEAR.search(half_width(caption.title or "").strip()) if is_title else None
    alone = [
        _YEAR_ALONE.fullmatch(half_width(text).strip()) for text in (*caption.stray_text, *_heads(section))
    ]
    printed: dict[str, str] = {}
    if title:
        printed[title.group("year") or title.group("last")] = title.group("text") or title.group("end")
    for match in alone:
        if match:
            printed.setdefault(match.group("year"), match.group("text"))
    for year, text in printed.items():
        yield PrintedRemark(
            remark_id="",
            document_id="",
            kind=_FORM_YEAR,
            text=text,
            year_text=year,
            page_no=caption.first_page,
            line_no=caption.first_line,
        )


def _heads(section: Section) -> Iterator[str]:
    """What stands alone in one of the first rows of a form's first grid."""
    for row in section.grids[0].rows[:_HEAD_ROWS] if section.grids else ():
        texts = [cell.text for cell in row if cell.text]
        if len(texts) == 1:
            yield texts[0]
