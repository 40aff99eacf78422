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

from extract.readers.note_marks import is_note_mark
from extract.readers.ooxml import parsed, relationships, transitional

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_SAYS_MORE = re.compile(rb"hidden=|<(?:\w+:)?f[ >/]|customWidth=|\bht=\"0\"")
_RAISED = re.compile(rb"vertAlign|<(?:\w+:)?strike")
_HOLDS_STRINGS = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
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
    row_no = 0
    for _, element in etree.iterparse(
        io.BytesIO(xml), tag=(f"{_MAIN}row", f"{_MAIN}c", f"{_MAIN}col"), resolve_entities=False
    ):
        if element.tag == f"{_MAIN}col":
            _take_column(element, columns, widths)
        elif element.tag == f"{_MAIN}c":
            _take_formula(element, formulas)
        else:
            row_no = int(element.get("r", row_no + 1))
            if element.get("hidden") in _TRUE or element.get("ht") == "0":
                rows.add(row_no)
            element.clear()
    return SheetParts(frozenset(rows), frozenset(columns), widths, formulas)


def without_note_marks(name: str, xml: bytes) -> bytes:
    """Give a part of a workbook without the raised and the struck-out runs of its texts."""
    if not _HOLDS_STRINGS.fullmatch(name) or not _RAISED.search(xml):
        return xml
    root = parsed(xml)
    for text in root.iter(f"{_MAIN}si", f"{_MAIN}is"):
        before = ""
        for run in text.iter(f"{_MAIN}r"):
            content = run.find(f"{_MAIN}t")
            if content is None or not content.text:
                continue
            if _is_struck(run) or (_is_raised(run) and is_note_mark(content.text, before)):
                content.text = ""
            before += content.text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


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


def _take_formula(element: etree._Element, formulas: dict[tuple[int, int], str]) -> None:
    formula, value = element.find(f"{_MAIN}f"), element.find(f"{_MAIN}v")
    place = _REFERENCE.fullmatch(element.get("r", ""))
    if formula is None or place is None or (value is not None and value.text):
        return
    if element.get("t") == "str" and value is not None:
        return  # a text of nothing
    formulas[int(place.group(2)), column_index(place.group(1))] = f"={formula.text or ''}"


def column_index(letters: str) -> int:
    """The 0-based number of a column: 0 of A, 26 of AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def as_transitional(name: str, xml: bytes) -> bytes:
    """Rewrite a part of a workbook as our reader wants it: in Transitional, without marks of notes."""
    return without_note_marks(name, transitional(xml))
