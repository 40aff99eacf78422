"""The explanation in prose (情况说明): every amount and rate it states, with what it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.blocks import Text
from extract.forms.changes_of_wholes import with_wholes
from extract.forms.comparing_words import begins_comparison, ends_comparison, explains_budget
from extract.forms.figure_reading import FigureReader
from extract.forms.paragraphs import Paragraph
from extract.forms.prose_context import Context
from extract.forms.prose_figures import figures
from extract.forms.said import Said
from extract.forms.subjects import by_level, unquoted
from extract.printed import DOCUMENT_ID_PREFIX, PrintedReject
from extract.prose_words import ProseWords

_LEAD_WINDOW = 200
_BRACKET = re.compile(r"[()（）]")
_STOPS = ("。", "！", "？")


class ProseReader:
    """Reads one document's prose, paragraph by paragraph; what was said so far is its state."""

    def __init__(
        self, document_id: str, year: int | None, words: ProseWords, place: str | None = None
    ) -> None:
        """Begin a document; `year` is its fiscal year, None where that is not known.

        `place` is the id of the cell that is read; claims of the prose are named by their lines.
        """
        self._document_id = document_id
        self._place = place
        self._words = words
        self._figures = FigureReader(year, words)
        self._section: str | None = None
        self._counted: Counter[str] = Counter()
        self.rejects: list[PrintedReject] = []

    def paragraph(self, paragraph: Paragraph, paragraph_no: int | None) -> list[Said]:
        """Read the next paragraph's figures; thresholds go to `rejects`."""
        words = self._words
        if paragraph.section != self._section:
            self._figures.context, self._section = Context(), paragraph.section
        lead = _lead(paragraph.text[:_LEAD_WINDOW], words) or self._figures.context.lead
        # a year holds for its paragraph alone: the next is of the document's year unless it names one
        # an item of a list is of something else than the one before, whatever its words leave out
        goes_on = paragraph.mark is None
        earlier = self._figures.context.subject if goes_on else None
        self._figures.context = Context(subject=lead or earlier, lead=lead)
        said: list[Said] = []
        first_of_sentence = period = 0
        for number, (start, sentence) in enumerate(_sentences(paragraph.text, words)):
            first = len(said)
            said.extend(
                replace(figure, sentence=number, period=period)
                for figure in self._sentence(sentence, start, paragraph, paragraph_no)
            )
            self._explain(said, sentence, first, first_of_sentence, period)
            if len(said) > first:
                first_of_sentence = first
            period += sentence.endswith(_STOPS)
        said = with_wholes(said, words)
        if said:
            self._figures.context.lead = None
            said[-1] = replace(said[-1], is_last=True)
        return said

    def _sentence(
        self, sentence: str, start: int, paragraph: Paragraph, paragraph_no: int | None
    ) -> Iterator[Said]:
        context = self._figures.context
        context.begin_sentence()
        found = figures(sentence, self._words)
        position = 0
        opened: list[tuple[str | None, str | None]] = []  # what was spoken of before each open bracket
        for place, figure in enumerate(found):
            line = paragraph.line_at(start + figure.start)
            before = sentence[position : figure.start]
            if not figure.is_rate and (
                self._words.threshold.match(sentence, figure.end) or self._words.passing.search(before)
            ):
                self.rejects.append(_threshold(figure.text, line, self._document_id))
                continue
            if not context.is_in_reason and self._words.reason.search(before):
                context.is_in_reason = True
            position = figure.end
            self._brackets(before, opened)
            until = found[place + 1].start if place + 1 < len(found) else None
            after = sentence[figure.end : until] if until else self._behind(paragraph, start + figure.end)
            if context.is_in_reason and not figure.is_rate and begins_comparison(after, self._words):
                context.is_in_reason = False  # 原因是…，接待费2万元，比上年减少1万元: another item
            if context.is_in_reason and ends_comparison(before, self._words):
                context.is_in_reason = False  # 原因是厉行节约，与上年相比减少1万元
            said = (
                self._figures.figure(figure, before, after)
                if figure.has_unit
                else self._figures.bare(figure, before)
            )
            if said is None:
                continue
            number = self._next(has_unit=figure.has_unit)
            yield replace(
                said,
                end=start + figure.end,
                before=before,
                after=after,
                list_size=figure.size,
                strand=figure.place,
                depth=len(opened),
                is_in_reason=context.is_in_reason,
                claim=replace(
                    said.claim,
                    claim_id=f"{self._place or self._line_id(line)}{number}",
                    document_id=self._document_id,
                    section=paragraph.section,
                    paragraph_no=paragraph_no,
                    line_no=line.line_no,
                    page_no=line.page_no,
                    confidence=line.confidence,
                ),
            )
        self._brackets(sentence[position:], opened)

    def _explain(self, said: list[Said], sentence: str, first: int, earlier: int, period: int) -> None:
        """Give the figures of a sentence, or of the one before where it has none, the reason it states."""
        has_own = len(said) > first
        reason = self._words.reason_given.search(sentence)
        explained: Sequence[int] = range(first if has_own else earlier, len(said))
        if reason is None and has_own and said[-1].claim.direction:
            # 增加1万元，增长5%，主要是人员增加
            reason = self._words.reason_behind.match(said[-1].after)
            explained = [place for place in explained if said[place].claim.subject == said[-1].claim.subject]
        elif not has_own and _go_both_ways(said, period):
            return  # 甲增加…；乙减少…。主要原因是…: of which of them is not said
        if reason is None:
            return
        is_of_budget = explains_budget(sentence[: reason.start()], self._words)
        for index in explained:
            claim, basis = said[index].claim, said[index].basis
            if is_of_budget and claim.direction and not (basis and basis.is_budget):
                continue  # 比上年增加1万元，决算数小于预算数的主要原因是…
            if claim.reason is None:
                # "决算数小于预算数的主要原因是…" explains the sentence before it
                claim = replace(claim, reason=reason.group("reason").strip())
                said[index] = replace(said[index], claim=claim)

    def _behind(self, paragraph: Paragraph, end: int) -> str:
        """The words behind the last figure of a sentence, up to the next one of the paragraph."""
        behind = paragraph.text[end : end + _LEAD_WINDOW]
        following = figures(behind, self._words)
        return behind[: following[0].start] if following else behind

    def _brackets(self, before: str, opened: list[tuple[str | None, str | None]]) -> None:
        """Go back to what was spoken of before a bracket, where one with figures in it is closed."""
        context = self._figures.context
        inner = 0  # opened since the figure before
        for bracket in _BRACKET.findall(before):
            if bracket in "（(":
                inner += 1
            elif inner:
                inner -= 1
            elif opened:
                context.subject, context.code = opened.pop()
                context.changed = context.subject
        opened.extend([(context.subject, context.code)] * inner)

    def _next(self, *, has_unit: bool) -> str:
        """The number of the next claim; those without a unit are numbered apart."""
        mark = "N" if has_unit else "U"
        self._counted[mark] += 1
        return f"{mark}{self._counted[mark]}"

    def _line_id(self, line: Text) -> str:
        return f"{self._document_id[:DOCUMENT_ID_PREFIX]}-C{line.line_no}"


def read_narrative(
    paragraphs: Sequence[Paragraph],
    document_id: str,
    words: ProseWords,
    year: int | None = None,
    place: str | None = None,
) -> tuple[tuple[tuple[Said, ...], ...], tuple[PrintedReject, ...]]:
    """Read every amount and budget rate in prose, paragraph by paragraph, or set it aside with the reason.

    A change, a share and a rate of completion are about the subject of the amount before them. ``place`` is
    the id of the cell, where the paragraph is one.
    """
    reader = ProseReader(document_id, year, words, place)
    said = tuple(tuple(reader.paragraph(paragraph, number)) for number, paragraph in enumerate(paragraphs, 1))
    return said, tuple(reader.rejects)


def _sentences(text: str, words: ProseWords) -> Iterator[tuple[int, str]]:
    start = 0
    for end in words.sentence_end.finditer(text):
        yield start, text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield start, text[start:]


def _lead(text: str, words: ProseWords) -> str | None:
    """What a paragraph opens with: a functional item, a numbered heading, a numbered item before a colon."""
    found = (pattern.match(text) for pattern in words.lead)
    return next((by_level(unquoted(match.group("item").strip())) for match in found if match), None)


def _go_both_ways(said: Sequence[Said], period: int) -> bool:
    """Whether the full sentence before a reason tells of one thing that rose and of another that fell."""
    moved = {
        figure.claim.direction
        for figure in said
        if figure.period == period - 1 and figure.claim.kind == "change" and not figure.is_in_reason
    }
    return {"up", "down"} <= moved


def _threshold(text: str, line: Text, document_id: str) -> PrintedReject:
    return PrintedReject(
        document_id=document_id,
        form_id=None,
        page_no=line.page_no,
        line_no=line.line_no,
        field_no=None,
        printed_text=re.sub(r"\s", "", text),
        reason_code="threshold",
        hint="a limit that things are counted above or below, not an amount spent",
    )


def figures_with_unit(text: str, words: ProseWords) -> Iterator[str]:
    """The amounts with a unit of money in a text; what claims and rejects must add up to."""
    return (figure.text for figure in figures(text, words) if figure.has_unit and not figure.is_rate)
