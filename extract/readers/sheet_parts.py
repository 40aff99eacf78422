"""What a sheet of an .xlsx says beside its cells' values: hidden rows and columns, widths, notes, formulas.

Read from the sheet's XML, once, where any of it is there: openpyxl says none of it while it streams.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from extract.readers.conditional_formats import Condition, conditions_in
from extract.readers.note_marks import is_note_mark, may_be_decimals
from extract.readers.ooxml import parsed, relationships, transitional
from extract.readers.workbook_rows import SEAM_IN_XML

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_SAYS_MORE = re.compile(rb"hidden=|<(?:\w+:)?f[ >/]|customWidth=|<(?:\w+:)?conditionalFormatting|\bht=\"0\"")
_RAISED = re.compile(rb"<(?:\w+:)?r>")
_HOLDS_STRINGS = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_USUAL_SIZE = 11.0
_SMALLEST = 2.0  # points
_SMALL = 0.75  # of the size beside it: perhaps a mark of a note
_TRUE = ("1", "true")
_MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class SheetParts:
    """Rows are 1-based, columns 0-based. ``widths`` are those that somebody set, in digits."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    widths: Mapping[int, float] = field(default_factory=dict)
    not_computed: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The formula of each cell that has no value stored."""
    zeros: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The formula of each cell that has zero stored."""
    has_values: bool = False
    """Whether any formula has another value stored than zero."""
    conditions: tuple[Condition, ...] = ()


def sheet_paths(data: bytes) -> dict[str, str]:
    """The part of each sheet, by its name. Raises what :mod:`zipfile` and :mod:`lxml` raise for damage."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        targets = relationships(archive, _WORKBOOK)
        sheets = parsed(archive.read(_WORKBOOK)).iter(f"{_MAIN}sheet")
        return {each.get("name", ""): targets.get(each.get(_ID, ""), "") for each in sheets}


def sheet_parts(archive: zipfile.ZipFile, path: str) -> SheetParts:
    """Read what a sheet says beside its values."""
    xml = archive.read(path)
    if not _SAYS_MORE.search(xml):
        return SheetParts()
    rows: set[int] = set()
    columns: set[int] = set()
    widths: dict[int, float] = {}
    formulas: dict[tuple[int, int], str] = {}
    zeros: dict[tuple[int, int], str] = {}
    conditions: list[Condition] = []
    has_values = False
    row_no = 0
    tags = tuple(f"{_MAIN}{name}" for name in ("row", "c", "col", "conditionalFormatting"))
    for _, element in etree.iterparse(io.BytesIO(xml), tag=tags, resolve_entities=False):
        if element.tag == f"{_MAIN}col":
            _take_column(element, columns, widths)
        elif element.tag == f"{_MAIN}c":
            has_values = _take_formula(element, formulas, zeros) or has_values
        elif element.tag == f"{_MAIN}conditionalFormatting":
            conditions += conditions_in(element)
        else:
            row_no = int(element.get("r", row_no + 1))
            if element.get("hidden") in _TRUE or element.get("ht") == "0":
                rows.add(row_no)
            element.clear()
    return SheetParts(
        frozenset(rows), frozenset(columns), widths, formulas, zeros, has_values, tuple(conditions)
    )


def without_note_marks(name: str, xml: bytes) -> bytes:
    """Give a part of a workbook without the runs of its texts that are raised, struck out or not to be seen.

    A sign stands where letters of another size meet: a figure across it is in doubt.
    """
    if not _HOLDS_STRINGS.fullmatch(name) or not _RAISED.search(xml):
        return xml
    root = parsed(xml)
    for text in root.iter(f"{_MAIN}si", f"{_MAIN}is"):
        before, size = "", None
        runs = list(text.iter(f"{_MAIN}r"))
        is_all_white = all(map(_is_white, runs))
        for run in runs:
            content = run.find(f"{_MAIN}t")
            if content is None or not content.text:
                continue
            own = _size(run)
            if _is_struck(run) or own <= _SMALLEST or (_is_white(run) and not is_all_white):
                content.text = ""
            elif _is_raised(run) and is_note_mark(content.text, before):
                content.text = SEAM_IN_XML if may_be_decimals(content.text, before) else ""
            elif size is not None and min(own, size) < _SMALL * max(own, size):
                content.text = SEAM_IN_XML + content.text
            size = own
            before += content.text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _size(run: etree._Element) -> float:
    size = run.find(f"{_MAIN}rPr/{_MAIN}sz")
    return float(size.get("val", _USUAL_SIZE)) if size is not None else _USUAL_SIZE


def _is_white(run: etree._Element) -> bool:
    colour = run.find(f"{_MAIN}rPr/{_MAIN}color")
    return colour is not None and colour.get("rgb", "")[-6:].upper() == "FFFFFF"


def _is_raised(run: etree._Element) -> bool:
    raised = run.find(f"{_MAIN}rPr/{_MAIN}vertAlign")
    return raised is not None and raised.get("val") in ("superscript", "subscript")


def _is_struck(run: etree._Element) -> bool:
    struck = run.find(f"{_MAIN}rPr/{_MAIN}strike")
    return struck is not None and struck.get("val", "1") in _TRUE


def _take_column(element: etree._Element, hidden: set[int], widths: dict[int, float]) -> None:
    first, last = int(element.get("min", "1")), int(element.get("max", "1"))
    columns = range(first - 1, min(last, _MOST_COLUMNS))
    width = float(element.get("width", "-1"))
    if element.get("hidden") in _TRUE or width == 0:
        hidden.update(columns)
    elif element.get("customWidth") in _TRUE and width > 0:
        widths.update(dict.fromkeys(columns, width))


def _take_formula(
    element: etree._Element, lacking: dict[tuple[int, int], str], zeros: dict[tuple[int, int], str]
) -> bool:
    """Note a formula by what is stored as its value; whether that is something else than nothing or zero."""
    formula, value = element.find(f"{_MAIN}f"), element.find(f"{_MAIN}v")
    place = _REFERENCE.fullmatch(element.get("r", ""))
    if formula is None or place is None:
        return False
    stored = value.text if value is not None else None
    if stored and stored != "0":
        return True
    if not stored and element.get("t") == "str" and value is not None:
        return False  # a text of nothing
    found = zeros if stored else lacking
    found[int(place.group(2)), column_index(place.group(1))] = f"={formula.text or ''}"
    return False


def column_index(letters: str) -> int:
    """The 0-based number of a column: 0 of A, 26 of AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def as_transitional(name: str, xml: bytes) -> bytes:
    """Rewrite a part of a workbook as our reader wants it: in Transitional, without marks of notes."""
    return without_note_marks(name, transitional(xml))
