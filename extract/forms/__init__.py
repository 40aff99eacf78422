"""Forms: blocks to meaning. One step per file; :func:`understand` is the only composer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.blocks import Block, count_numeric_cells
from extract.form_evidence import Seen
from extract.forms.blankness import marked_if_template
from extract.forms.captions import Section, sections
from extract.forms.cell_prose import read_cell_prose
from extract.forms.code_cells import told_codes
from extract.forms.column_funds import with_funds
from extract.forms.counts import read_counts
from extract.forms.evidence import (
    Context,
    Decision,
    decide,
    likely_key,
    list_of_its_own,
    numbered,
    see,
    without_rivals,
)
from extract.forms.form_reading import FormReading, list_key, printed_form, read_form
from extract.forms.heard import captions_outside_grids
from extract.forms.identity import Identity, read_identity
from extract.forms.narrative import read_narrative
from extract.forms.neighbours import Beside, by_neighbours
from extract.forms.page_cuts import stitch
from extract.forms.paragraphs import paragraphs
from extract.forms.relations import relations_of
from extract.forms.remarks import read_remarks
from extract.forms.restated import Known, fund_by_totals, known_totals
from extract.printed import PrintedDocument, PrintedFacts
from extract.vocabulary import Vocabulary

__all__ = ["understand"]


def understand(blocks: Sequence[Block], facts: PrintedFacts, vocabulary: Vocabulary) -> PrintedDocument:
    """Understand one document's blocks; ``facts`` brings what is known from outside (id, name, encoding)."""
    heard = read_identity(blocks, vocabulary)
    found, stage = _sections(blocks, heard, vocabulary)
    read = [
        _read_as_likely(section, number, facts.document_id, vocabulary, stage)
        for number, section in enumerate(found, 1)
    ]
    decisions = _decisions(read, vocabulary, stage, heard.kind.value)
    read = [
        form if form.form_key == decision.form_key else _read_again(form, decision, vocabulary, stage)
        for form, decision in zip(read, decisions, strict=True)
    ]
    lines = [line for form in read for line in form.records.lines]
    prose = paragraphs(blocks)
    facts = _with_own_words(facts, blocks, read, vocabulary)
    year = int(facts.year_text) if facts.year_text else None
    said, thresholds = read_narrative(prose, facts.document_id, vocabulary.prose, year)
    relations, relation_terms = relations_of(prose, said, facts.document_id, vocabulary.prose)
    in_cells = read_cell_prose(read, facts.document_id, vocabulary, year)
    remarks = read_remarks(
        prose,
        [(form.records.form_id, form.section) for form in read],
        facts.document_id,
        vocabulary,
    )
    known = known_totals(
        [(form, decision.form_key) for form, decision in zip(read, decisions, strict=True)], vocabulary
    )
    funds = _funds(read, decisions, stage, known, vocabulary)
    document = PrintedDocument(
        facts=facts,
        forms=tuple(
            printed_form(form, decision, vocabulary, fund)
            for form, decision, fund in zip(read, decisions, funds, strict=True)
        ),
        contents=tuple(entry for form in read for entry in form.contents),
        columns=tuple(column for form in read for column in with_funds(form, stage, known, vocabulary)),
        lines=tuple(lines),
        amounts=tuple(amount for form in read for amount in form.records.amounts),
        indicators=tuple(indicator for form in read for indicator in form.records.indicators),
        claims=(
            *(figure.claim for figures in said for figure in figures),
            *(claim for form in read for claim in form.records.claims),
            *in_cells.claims,
        ),
        relations=(*relations, *in_cells.relations),
        relation_terms=(*relation_terms, *in_cells.terms),
        counts=(*read_counts(prose, facts.document_id, vocabulary), *in_cells.counts),
        remarks=remarks,
        rejects=(
            *(reject for form in read for reject in form.records.rejects),
            *thresholds,
            *in_cells.rejects,
        ),
        numeric_cells=tuple(
            told_codes((cell for form in read for cell in form.records.numeric_cells), lines)
        ),
    )
    return marked_if_template(document)


def _sections(
    blocks: Sequence[Block], heard: Identity, vocabulary: Vocabulary
) -> tuple[tuple[Section, ...], str | None]:
    """The printed forms, and the stage of the document: what its lines say, else what all titles agree on."""
    stage, publisher = heard.stage.value, heard.publisher.value
    found = stitch(sections(blocks, vocabulary, stage, publisher), vocabulary)
    readings = [section.caption.reading for section in found]
    if stage is not None:
        return found, stage
    said = {reading.stage for reading in readings if reading and reading.is_title and reading.stage}
    if len(said) != 1:
        return found, None
    (stage,) = said
    return stitch(sections(blocks, vocabulary, stage, publisher), vocabulary), stage


def _read_as_likely(
    section: Section, number: int, document_id: str, vocabulary: Vocabulary, stage: str | None
) -> FormReading:
    """Read a form as what its title says; a list without a title, as what its rows say."""
    key = list_key(section, vocabulary) or likely_key(section.caption, None)
    return read_form(section, number, document_id, key, vocabulary, stage=stage)


def _read_again(
    form: FormReading, decision: Decision, vocabulary: Vocabulary, stage: str | None
) -> FormReading:
    """Read a form as what it was decided to be, where that is not what its title had said."""
    return read_form(
        form.section, form.number, form.records.document_id, decision.form_key, vocabulary, stage=stage
    )


def _decisions(
    read: Sequence[FormReading], vocabulary: Vocabulary, stage: str | None, kind: str | None
) -> tuple[Decision, ...]:
    """Decide which forms they are: each by itself, with the list of contents, then against each other.

    ``kind`` is whose document it is by its cover and headings: ``department`` or ``government``.
    """
    readings = [form.section.caption.reading for form in read]
    context = Context(
        stage=stage,
        numbers=numbered([entry for form in read for entry in form.contents]),
        is_of_government=kind == "government"
        or any(reading is not None and reading.level == "government" for reading in readings),
        is_by_government=kind == "government",
    )
    seen = [
        see(form.records, vocabulary, context.stage, has_indicators=form.has_indicators(vocabulary))
        for form in read
    ]
    alone = [_decision(form, own, context, vocabulary) for form, own in zip(read, seen, strict=True)]
    beside = [
        Beside(form, own, decision)
        for form, own, decision in zip(read, seen, without_rivals(alone, vocabulary), strict=True)
    ]
    return by_neighbours(beside, context, vocabulary)


def _funds(
    read: Sequence[FormReading],
    decisions: Sequence[Decision],
    stage: str | None,
    known: Known,
    vocabulary: Vocabulary,
) -> list[str | None]:
    """The source of money of each open form that the totals of the others (``known``) tell."""
    kinds = {vocabulary.forms[decision.form_key].total_means for decision in decisions if decision.form_key}
    return [
        None if decision.form_key else fund_by_totals(form, stage, known, vocabulary, kinds)
        for form, decision in zip(read, decisions, strict=True)
    ]


def _decision(form: FormReading, seen: Seen, context: Context, vocabulary: Vocabulary) -> Decision:
    """Decide by what a form itself prints; a list is one by its rows."""
    if form.is_list and form.form_key:
        return list_of_its_own(form.form_key)
    return decide(form.section.caption, seen, context, vocabulary)


def _with_own_words(
    facts: PrintedFacts, blocks: Sequence[Block], read: Sequence[FormReading], vocabulary: Vocabulary
) -> PrintedFacts:
    """Add what the document says of itself, all of it weighed together."""
    identity = read_identity(
        blocks,
        vocabulary,
        [form.section for form in read],
        [line for form in read for line in form.records.lines],
        [column for form in read for column in form.records.columns],
    )
    return replace(
        facts,
        **identity.as_printed(),
        secrecy_review=next(captions_outside_grids(blocks, "secrecy_review", vocabulary), None),
        approval_review=next(captions_outside_grids(blocks, "approval_review", vocabulary), None),
        numeric_cell_count=count_numeric_cells(tuple(blocks)),
    )
