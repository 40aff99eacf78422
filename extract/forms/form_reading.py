"""One printed form, read as the form that its caption, or evidence, says it is."""

from __future__ import annotations

from dataclasses import dataclass

from extract.folding import fold
from extract.forms.blankness import is_blank, is_filled_in
from extract.forms.captions import Section
from extract.forms.collector import Collector
from extract.forms.contents import lists_forms, read_contents
from extract.forms.evidence import Decision
from extract.forms.money_table import read_money_table
from extract.forms.performance import PerformanceFacts, has_indicators, read_performance
from extract.forms.titles import fund_named
from extract.forms.unit_list import read_unit_list
from extract.numerals import is_money_shaped, is_numeric_cell
from extract.printed import DOCUMENT_ID_PREFIX, PrintedContentsEntry, PrintedForm
from extract.vocabulary import FormType, Vocabulary

_UNSEEN = {
    "hidden": "it stands in a hidden row or column, or its format shows nothing",
    "struck": "it is struck out",
}


@dataclass(frozen=True, slots=True)
class FormReading:
    """What was read of one section under one form key, before or after that key is judged."""

    section: Section
    number: int
    form_key: str | None
    records: Collector
    contents: tuple[PrintedContentsEntry, ...]
    performance: PerformanceFacts

    @property
    def is_list(self) -> bool:
        """Whether it is a list of forms or units, of which no sum is asked."""
        return bool(self.contents) or self.form_key in ("contents_list", "unit_list")

    def has_indicators(self, vocabulary: Vocabulary) -> bool:
        """Whether it has indicators, or was read as a performance form and names their levels (产出指标)."""
        if has_indicators(self.section.grids):
            return True
        form_type = vocabulary.forms.get(self.form_key) if self.form_key else None
        if form_type is None or form_type.layout != "performance":
            return False
        levels = {name for name, _ in vocabulary.levels}
        return any(
            fold(cell.text) in levels for grid in self.section.grids for row in grid.rows for cell in row
        )


def read_form(
    section: Section,
    number: int,
    document_id: str,
    form_key: str | None,
    vocabulary: Vocabulary,
    *,
    stage: str | None,
) -> FormReading:
    """Read a section as the form ``form_key``, or, where that is None, as a table of money of no form."""
    form_type = vocabulary.forms.get(form_key) if form_key else None
    layout = form_type.layout if form_type else None
    records = Collector(document_id, f"{document_id[:DOCUMENT_ID_PREFIX]}-{number:03d}")
    contents: tuple[PrintedContentsEntry, ...] = ()
    performance = PerformanceFacts()
    if layout == "performance" and form_key:
        performance = read_performance(section.grids, form_key, records, vocabulary)
    elif layout == "contents":
        contents = read_contents(section.grids, records, vocabulary, stage)
    elif layout == "list":
        read_unit_list(section.grids, records, vocabulary)
    elif layout is None and has_indicators(section.grids):
        performance = read_performance(section.grids, "", records, vocabulary)
    else:
        counts_alone = section.caption.counted_in is not None and section.caption.unit_text is None
        read_money_table(section.grids, form_key, records, vocabulary, counts_alone=counts_alone)
    for cell in (cell for grid in section.grids for cell in grid.unseen):
        if is_numeric_cell(cell.text):
            records.reject(cell, cell.doubt or "hidden", _UNSEEN.get(cell.doubt or "hidden"))
    _reject_the_rest(section, "not_understood", f"stands where the layout {layout!r} has no figures", records)
    return FormReading(section, number, form_key, records, contents, performance)


def list_key(section: Section, vocabulary: Vocabulary) -> str | None:
    """Recognise a list of forms or of units without a title by the words of its first row, or its rows.

    What prints money is no list, whatever its header.
    """
    cells = [cell for grid in section.grids for row in grid.rows for cell in row]
    if not cells or section.caption.form_key or any(is_money_shaped(cell.text) for cell in cells):
        return None
    if lists_forms(section.grids, vocabulary):
        return "contents_list"
    return vocabulary.form_key_of_grid(frozenset(fold(cell.text) for cell in section.grids[0].rows[0]))


def printed_form(
    reading: FormReading, decision: Decision, vocabulary: Vocabulary, fund: str | None = None
) -> PrintedForm:
    """Put together what is said of a form as a whole; ``fund`` is what other forms say of an open one."""
    section, records, performance = reading.section, reading.records, reading.performance
    caption = section.caption
    form_type = vocabulary.forms.get(decision.form_key) if decision.form_key else None
    layout = form_type.layout if form_type else None
    is_filled = performance.has_content or is_filled_in(performance.subject, vocabulary)
    is_list = bool(reading.contents) or layout == "list"
    return PrintedForm(
        form_id=records.form_id,
        document_id=records.document_id,
        form_no=reading.number,
        form_key=decision.form_key,
        printed_number=caption.number,
        printed_title=caption.title,
        unit_text=performance.unit_text or caption.unit_text or _unit_in_grid(section, vocabulary),
        subject=(performance.subject or caption.holder) if layout == "performance" else None,
        is_blank=not (section.is_illegible or is_filled or is_list) and is_blank(records),
        is_template=performance.has_placeholders and not is_filled,
        is_illegible=section.is_illegible,
        fund=_fund_of_form(form_type, section, fund),
        recognised_by=decision.recognised_by,
        certainty=decision.certainty,
        first_page=caption.first_page,
        first_line=caption.first_line,
        has_unit_mark=section.has_unit_mark,
    )


def _fund_of_form(form_type: FormType | None, section: Section, told: str | None) -> str | None:
    """The source of money of a form: what is usual for its kind, unless its title says another.

    Of a form of no kind it is what its title says, else what other forms ``told``.
    """
    if form_type is None:
        return _fund_of_title(section) or told
    reading = section.caption.reading
    says = reading is not None and reading.is_title and reading.fund is not None
    return (fund_named(reading) if says and form_type.fund is not None else None) or form_type.fund


def _fund_of_title(section: Section) -> str | None:
    """The source of money that the title of a form names which is none of the standard ones.

    A title may lack a word for a table, or have one that nobody knows: 财政拨款基本支出台账.
    """
    reading = section.caption.reading
    is_title = reading is not None and (reading.is_title or reading.is_whole_but_for_table)
    return fund_named(reading) if is_title else None


def _unit_in_grid(section: Section, vocabulary: Vocabulary) -> str | None:
    """Find the unit of money printed inside a grid's first rows, alone in its row."""
    rows = [row for grid in section.grids for row in grid.rows[:2]]
    for row in rows:
        texts = [fold(cell.text) for cell in row if cell.text]
        unit = vocabulary.captions.value("unit", texts[0]) if len(texts) == 1 else None
        if unit:
            return unit
    return None


def _reject_the_rest(section: Section, reason_code: str, hint: str, records: Collector) -> None:
    """Set aside every numeric cell that no step took: conservation does not rest on each step's care."""
    for cell in (cell for grid in section.grids for row in grid.rows for cell in row):
        if is_numeric_cell(cell.text) and not records.is_filed(cell):
            records.reject(cell, reason_code, hint)
