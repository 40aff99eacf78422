"""A copy of a workbook with a comment on every cell that something is said of.

A workbook written anew by a library loses what that library does not know: pictures, text boxes, and all
stored values of formulas. So the package itself is added to: comments, the drawing that shows them, and the
references to both (ECMA-376, part 1, 18.7; the drawing in VML, part 4, 19.4). Every other part stays.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.utils import get_column_letter

from extract.readers.ooxml import parsed
from extract.readers.sheet_parts import sheet_paths
from extract.readers.workbook_rows import Sheet
from extract.readers.xlsx import read_xlsx
from orchestration.reports.entries import Entry, Mark
from orchestration.reports.notes import AUTHOR, Note, bare, marks_in, notes_by_place
from orchestration.reports.words import Language

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = {
    _MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    _OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_CONTENT_TYPES = "[Content_Types].xml"
_AFTER_THE_DRAWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_FIRST_SHAPE = 60_000  # above the numbers that Excel gives the shapes of its first sheets
_WIDTH, _HEIGHT = 4, 8  # columns and rows that an opened comment covers
_END_OF_VML = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")

_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_VML = (
    f'<xml {_SPACES}><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    f"<v:shape {_SPACES}"
    ' id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


class _At(NamedTuple):
    """A cell: 0-based row and column."""

    row: int
    column: int

    @property
    def reference(self) -> str:
        return f"{get_column_letter(self.column + 1)}{self.row + 1}"


def marked_xlsx(original: bytes, document_id: str, entries: Sequence[Entry], language: Language) -> bytes:
    """The same workbook with comments on what entries cite in it; everything else of it is as it was."""
    sheets = {sheet.number: sheet for sheet in read_xlsx(original)}
    notes = notes_by_place(
        (
            ((mark.place.page_no, _cell_of(sheets[mark.place.page_no], mark)), entry, mark)
            for entry, mark in marks_in(entries, document_id)
            if mark.place.page_no in sheets
        ),
        language,
    )
    of_sheet: defaultdict[int, dict[_At, Note]] = defaultdict(dict)
    for (number, at), note in notes.items():
        of_sheet[number][at] = note
    paths = sheet_paths(original)
    package = _Package(original)
    for number, noted in of_sheet.items():
        package.add_comments(paths[sheets[number].name], number, noted)
    return package.written()


def _cell_of(sheet: Sheet, mark: Mark) -> _At:
    """The cell with the text that is marked, else the one of its field; of a whole line, its first."""
    row = next((row for row in sheet.rows if row.line_no == mark.place.line_no and row.cells), None)
    if row is None:
        return _At(max((mark.place.line_no or 1) - 1, 0), mark.place.field_no or 0)
    first = row.cells[0].column
    column = first if mark.place.field_no is None else mark.place.field_no
    same = [cell.column for cell in row.cells if mark.text and bare(cell.text) == bare(mark.text)]
    return _At(row.line_no - 1, min(same, key=lambda each: abs(each - column), default=column))


class _Package:
    """The parts of a workbook, those that change held apart from those that do not."""

    def __init__(self, original: bytes) -> None:
        self._before = zipfile.ZipFile(io.BytesIO(original))
        self._names = set(self._before.namelist())
        self._changed: dict[str, bytes] = {}

    def _part(self, name: str) -> bytes | None:
        if name in self._changed:
            return self._changed[name]
        return self._before.read(name) if name in self._names else None

    def add_comments(self, sheet_part: str, number: int, noted: Mapping[_At, Note]) -> None:
        """Add comments to one sheet, beside those that it has."""
        sheet = self._part(sheet_part)
        assert sheet is not None
        is_strict = _STRICT[_MAIN].encode() in sheet
        main, office = (_STRICT[each] if is_strict else each for each in (_MAIN, _OFFICE))
        comments_part, _ = self._related(sheet_part, f"{office}/comments", f"comments_marked{number}.xml")
        drawing_part, drawing_id = self._related(
            sheet_part, f"{office}/vmlDrawing", f"vmlDrawing_marked{number}.vml"
        )
        self._changed[comments_part] = _with_comments(self._part(comments_part), noted, main)
        self._changed[drawing_part] = _with_shapes(self._part(drawing_part), number, noted)
        self._changed[sheet_part] = _with_drawing(sheet, drawing_id, main, office)
        self._declare(comments_part)

    def _related(self, sheet_part: str, kind: str, file_name: str) -> tuple[str, str]:
        """The part of a kind that a sheet refers to, and the reference; both made where there is none."""
        folder, name = posixpath.split(sheet_part)
        rels_part = posixpath.join(folder, "_rels", f"{name}.rels")
        held = self._part(rels_part)
        space = f"{_PACKAGE}/relationships"
        root = parsed(held or f'<Relationships xmlns="{space}"/>'.encode())
        for each in root:
            if each.get("Type") == kind:
                target = posixpath.normpath(posixpath.join(folder, each.get("Target", ""))).lstrip("/")
                return target, each.get("Id", "")
        taken = {each.get("Id") for each in root}
        own = next(f"rIdMarked{count}" for count in range(len(root) + 1) if f"rIdMarked{count}" not in taken)
        etree.SubElement(root, f"{{{space}}}Relationship", {"Id": own, "Type": kind, "Target": file_name})
        self._changed[rels_part] = _serialised(root)
        return posixpath.join(folder, file_name), own

    def _declare(self, comments_part: str) -> None:
        """Say what the new parts are."""
        held = self._part(_CONTENT_TYPES)
        assert held is not None
        root = parsed(held)
        space = f"{{{_PACKAGE}/content-types}}"
        if not any(each.get("Extension") == "vml" for each in root):
            root.insert(0, etree.Element(f"{space}Default", {"Extension": "vml", "ContentType": _VML_TYPE}))
        part_name = f"/{comments_part}"
        if not any(each.get("PartName") == part_name for each in root):
            etree.SubElement(root, f"{space}Override", {"PartName": part_name, "ContentType": _COMMENTS_TYPE})
        self._changed[_CONTENT_TYPES] = _serialised(root)

    def written(self) -> bytes:
        """The package with its changed parts in their places, and new ones after them."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after:
            for info in self._before.infolist():
                after.writestr(info, self._changed.get(info.filename) or self._before.read(info))
            for name in self._changed.keys() - self._names:
                after.writestr(name, self._changed[name])
        return held.getvalue()


def _with_comments(held: bytes | None, noted: Mapping[_At, Note], main: str) -> bytes:
    """The part with comments; what somebody said of a cell before stays, and ours follows."""
    space = f"{{{main}}}"
    root = parsed(held or f'<comments xmlns="{main}"/>'.encode())
    authors, comments = (
        found
        if (found := root.find(f"{space}{name}")) is not None
        else etree.SubElement(root, f"{space}{name}")
        for name in ("authors", "commentList")
    )
    author_id = len(authors)
    etree.SubElement(authors, f"{space}author").text = AUTHOR
    known = {each.get("ref"): each for each in comments}
    for at, note in noted.items():
        comment = known.get(at.reference)
        if comment is None:
            attributes = {"ref": at.reference, "authorId": str(author_id)}
            comment = etree.SubElement(comments, f"{space}comment", attributes)
            etree.SubElement(comment, f"{space}text")
            says = note.says
        else:
            says = f"\n\n{note.says}"
        text = comment.find(f"{space}text")
        assert text is not None
        words = etree.SubElement(etree.SubElement(text, f"{space}r"), f"{space}t")
        words.text = says
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _serialised(root)


def _with_shapes(held: bytes | None, number: int, noted: Mapping[_At, Note]) -> bytes:
    """The drawing with a shape for each comment. VML is not always XML, so it is added to as text."""
    shapes = "".join(
        _SHAPE.format(
            number=_FIRST_SHAPE + 1_000 * number + count,
            left=at.column + 1,
            right=at.column + 1 + _WIDTH,
            top=at.row,
            bottom=at.row + _HEIGHT,
            row=at.row,
            column=at.column,
        )
        for count, at in enumerate(noted)
        if held is None or not _has_shape(held, at)
    ).encode()
    drawing = held or _VML.encode()
    end = _END_OF_VML.search(drawing)
    assert end is not None
    return drawing[: end.start()] + shapes + drawing[end.start() :]


def _has_shape(drawing: bytes, at: _At) -> bool:
    place = rf"<x:Row>\s*{at.row}\s*</x:Row>\s*<x:Column>\s*{at.column}\s*</x:Column>"
    return re.search(place.encode(), drawing) is not None


def _with_drawing(sheet: bytes, drawing_id: str, main: str, office: str) -> bytes:
    """The sheet with a reference to the drawing of its comments, where the schema wants it."""
    position: int | None = None
    depth = 0
    is_there = False
    parser = expat.ParserCreate(namespace_separator=" ")

    def started(name: str, _: Mapping[str, str]) -> None:
        nonlocal depth, position, is_there
        local = name.rpartition(" ")[2]
        if depth == 1:
            is_there = is_there or local == "legacyDrawing"
            if position is None and local in _AFTER_THE_DRAWING:
                position = parser.CurrentByteIndex
        depth += 1

    def ended(_: str) -> None:
        nonlocal depth, position
        depth -= 1
        if depth == 0 and position is None:
            position = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.Parse(sheet, True)
    if is_there or position is None:
        return sheet
    reference = f'<legacyDrawing xmlns="{main}" xmlns:r="{office}" r:id="{escape(drawing_id)}"/>'
    return sheet[:position] + reference.encode() + sheet[position:]


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
