"""Forms: blocks to meaning. One step per file; :func:`understand` is the only composer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.blocks import Block, Text, count_numeric_cells
from extract.folding import fold
from extract.forms.captions import Section, caption_parts, sections, stitch
from extract.forms.collector import Collector
from extract.forms.contents import lists_forms, read_contents
from extract.forms.counts import read_counts
from extract.forms.cover import is_name, read_cover
from extract.forms.money_table import read_money_table
from extract.forms.narrative import read_narrative
from extract.forms.paragraphs import paragraphs
from extract.forms.performance import PerformanceFacts, has_indicators, read_performance
from extract.forms.remarks import read_remarks
from extract.forms.unit_list import read_unit_list
from extract.numerals import is_numeric_cell
from extract.printed import (
    DOCUMENT_ID_PREFIX,
    PrintedContentsEntry,
    PrintedDocument,
    PrintedFacts,
    PrintedForm,
    PrintedLine,
)
from extract.vocabulary import Vocabulary

__all__ = ["understand"]


class _ReadForm(NamedTuple):
    form: PrintedForm
    records: Collector
    contents: tuple[PrintedContentsEntry, ...]


def understand(blocks: Sequence[Block], facts: PrintedFacts, vocabulary: Vocabulary) -> PrintedDocument:
    """Understand one document's blocks; ``facts`` brings what is known from outside (id, name, encoding)."""
    cover = read_cover(blocks, vocabulary)
    found = stitch(sections(blocks, vocabulary, cover.stage, cover.publisher), vocabulary)
    read = [
        _read_form(section, number, facts.document_id, vocabulary, cover.stage)
        for number, section in enumerate(found, 1)
    ]
    lines = [line for form in read for line in form.records.lines]
    prose = paragraphs(blocks)
    claims, thresholds = read_narrative(prose, facts.document_id)
    remarks = read_remarks(
        prose,
        [(form.form.form_id, section) for form, section in zip(read, found, strict=True)],
        facts.document_id,
        vocabulary,
    )
    document = PrintedDocument(
        facts=_with_own_words(facts, blocks, lines, vocabulary),
        forms=tuple(form.form for form in read),
        contents=tuple(entry for form in read for entry in form.contents),
        columns=tuple(column for form in read for column in form.records.columns),
        lines=tuple(lines),
        amounts=tuple(amount for form in read for amount in form.records.amounts),
        indicators=tuple(indicator for form in read for indicator in form.records.indicators),
        claims=(*claims, *(claim for form in read for claim in form.records.claims)),
        counts=read_counts(prose, facts.document_id, vocabulary),
        remarks=remarks,
        rejects=(*(reject for form in read for reject in form.records.rejects), *thresholds),
        numeric_cells=tuple(cell for form in read for cell in form.records.numeric_cells),
    )
    return _without_facts(document) if _is_template(document) else document


def _is_template(document: PrintedDocument) -> bool:
    """Whether a document is a blank set of forms: placeholders (XX局, XXX万元) and no figure of money."""
    return not document.amounts and any(remark.kind == "placeholder" for remark in document.remarks)


def _without_facts(template: PrintedDocument) -> PrintedDocument:
    """A blank set of forms as itself: what its instructions give as examples is said of nobody."""
    return replace(
        template, facts=replace(template.facts, is_template=True), indicators=(), claims=(), counts=()
    )


def _read_form(
    section: Section, number: int, document_id: str, vocabulary: Vocabulary, stage: str | None
) -> _ReadForm:
    caption = section.caption
    key = caption.form_key or _key_of_untitled(section, vocabulary)
    form_type = vocabulary.forms.get(key) if key else None
    layout = form_type.layout if form_type else None
    records = Collector(document_id, f"{document_id[:DOCUMENT_ID_PREFIX]}-{number:03d}")
    contents: tuple[PrintedContentsEntry, ...] = ()
    performance = PerformanceFacts()
    if layout == "performance" and key:
        performance = read_performance(section.grids, key, records, vocabulary)
    elif layout == "contents":
        contents = read_contents(section.grids, records, vocabulary, stage)
    elif layout == "list":
        read_unit_list(section.grids, records, vocabulary)
    elif layout is None and has_indicators(section.grids):
        performance = read_performance(section.grids, "", records, vocabulary)
    else:
        read_money_table(section.grids, key, records, vocabulary)
    _reject_the_rest(section, "not_understood", f"stands where the layout {layout!r} has no figures", records)
    has_content = bool(
        records.amounts or records.rejects or contents or layout == "list" or performance.has_content
    )
    form = PrintedForm(
        form_id=records.form_id,
        document_id=document_id,
        form_no=number,
        form_key=key,
        printed_number=caption.number,
        printed_title=caption.title,
        unit_text=performance.unit_text or caption.unit_text or _unit_in_grid(section, vocabulary),
        subject=(performance.subject or caption.holder) if layout == "performance" else None,
        is_blank=not has_content and not section.is_illegible,
        is_template=performance.has_placeholders and not performance.has_content,
        is_illegible=section.is_illegible,
        fund=form_type.fund if form_type else None,
        first_page=caption.first_page,
        first_line=caption.first_line,
    )
    return _ReadForm(form, records, contents)


def _key_of_untitled(section: Section, vocabulary: Vocabulary) -> str | None:
    """Recognise a grid without a known title by the words of its first row, or as a list of forms."""
    if not section.grids:
        return None
    if lists_forms(section.grids, vocabulary):
        return "contents_list"
    return vocabulary.form_key_of_grid(frozenset(fold(cell.text) for cell in section.grids[0].rows[0]))


def _unit_in_grid(section: Section, vocabulary: Vocabulary) -> str | None:
    """Find the unit of money printed inside a grid's first rows, alone in its row."""
    rows = [row for grid in section.grids for row in grid.rows[:2]]
    for row in rows:
        texts = [fold(cell.text) for cell in row if cell.text]
        for kind, pattern in vocabulary.captions:
            match = pattern.fullmatch(texts[0]) if kind == "unit" and len(texts) == 1 else None
            if match:
                return match.group("unit")
    return None


def _reject_the_rest(section: Section, reason_code: str, hint: str, records: Collector) -> None:
    """Set aside every numeric cell that no step took: conservation does not rest on each step's care."""
    for cell in (cell for grid in section.grids for row in grid.rows for cell in row):
        if is_numeric_cell(cell.text) and not records.is_filed(cell):
            records.reject(cell, reason_code, hint)


def _with_own_words(
    facts: PrintedFacts,
    blocks: Sequence[Block],
    lines: Sequence[PrintedLine],
    vocabulary: Vocabulary,
) -> PrintedFacts:
    """Add what the document says of itself: cover first, then captions, then unit rows."""
    cover = read_cover(blocks, vocabulary)
    units = {
        line.code: line.row_label for line in lines if line.side_key in ("unit", "unit_project") and line.code
    }
    department = units.get(min(units, key=len)) if units else None
    unit = units.get(max(units, key=len)) if units else None
    return replace(
        facts,
        cover_publisher=cover.publisher,
        caption_publisher=next(filter(is_name, _captions_outside_grids(blocks, "holder", vocabulary)), None),
        unit_row_publisher=unit,
        parent_name=cover.department or department,
        document_level=cover.level,
        year_text=cover.year,
        secrecy_review=next(_captions_outside_grids(blocks, "secrecy_review", vocabulary), None),
        approval_review=next(_captions_outside_grids(blocks, "approval_review", vocabulary), None),
        stage=cover.stage,
        numeric_cell_count=count_numeric_cells(tuple(blocks)),
    )


def _captions_outside_grids(blocks: Sequence[Block], kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The values of caption lines of one kind (单位名称：…, 保密审查情况：…), in printed order."""
    patterns = [pattern for pattern_kind, pattern in vocabulary.captions if pattern_kind == kind]
    lines = (part for block in blocks if isinstance(block, Text) for part in caption_parts(block, vocabulary))
    for line in lines:
        for pattern in patterns:
            match = pattern.fullmatch(fold(line.text))
            if match:
                yield next(iter(match.groupdict().values()))
