"""Word documents (.docx): paragraphs are lines of text, tables are grids, in one running order.

Read straight from the document's XML, in which every span, merge and tracked change is said. What the author
deleted is left out and what was inserted is kept, as in print; so are hidden text, headers and footers left
out. A text box follows the paragraph it is anchored in.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from extract.readers.flow import CellContent, Item, Picture, number_lines, settle
from extract.readers.note_marks import is_note_mark
from extract.readers.ooxml import parsed, relationships, transitional
from extract.readers.reading import ReadBlocks, UnreadableDocumentError
from extract.readers.word_numbering import Numbering
from extract.readers.word_sight import say_in_runs
from extract.readers.zipped import check_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_P, _TBL, _TR, _TC = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
_TEXT_BOX = _W + "txbxContent"
_LEFT_OUT = frozenset(
    (_W + "del", _W + "moveFrom", _W + "rPr", _W + "pPr", _W + "rt", _W + "instrText", _FALLBACK)
)
_RUN = _W + "r"
_OFF = ("0", "false", "off")
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


class _Beside(NamedTuple):
    """What a document says beside its text: its numbered lists, and its pictures by their references."""

    numbering: Numbering
    media: Mapping[str, bytes]


def read_word(data: bytes) -> ReadBlocks:
    """Read a .docx.

    Raises:
        UnreadableDocumentError: when the file is damaged.
    """
    check_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _parse(archive.read("word/document.xml")).find(_W + "body")
            names = set(archive.namelist())
            media = {
                each: archive.read(path)
                for each, path in relationships(archive, "word/document.xml").items()
                if "/media/" in path and path in names
            }
            parts = [
                _parse(archive.read(name)) if name in names else None
                for name in ("word/numbering.xml", "word/styles.xml")
            ]
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        OSError,
        NotImplementedError,
        etree.XMLSyntaxError,
    ) as error:
        raise UnreadableDocumentError(
            f"the Word document is damaged ({type(error).__name__}: {error}); open it and save it again"
        ) from error
    if body is None:
        raise UnreadableDocumentError("the Word document has no body; open it and save it again")
    say_in_runs(body, parts[1])
    items = list(_items(body, _Beside(Numbering(*parts), media)))
    return ReadBlocks(number_lines(items, is_ruled=True))


def _parse(xml: bytes) -> etree._Element:
    return parsed(transitional(xml))


def _items(parent: etree._Element, beside: _Beside) -> Iterator[Item]:
    """Give paragraphs and tables below an element, through content controls and kept insertions."""
    for child in parent:
        if child.tag == _P:
            yield from _paragraph(child, beside)
        elif child.tag == _TBL:
            yield from settle(list(_rows(child, beside)))
        elif child.tag not in _LEFT_OUT:
            yield from _items(child, beside)


def _paragraph(paragraph: etree._Element, beside: _Beside) -> Iterator[Item]:
    boxes: list[etree._Element] = []
    printed: list[str] = []
    for text in _runs(paragraph, boxes, printed):
        printed.append(text)
    text = "".join(printed)
    label = beside.numbering.label(paragraph)
    yield label + text if text.strip() else ""
    for box in boxes:
        if box.tag == _TEXT_BOX:
            yield from _items(box, beside)
            continue
        picture = beside.media.get(box.get(f"{_R}embed") or box.get(f"{_R}id") or "")
        if picture is not None:
            yield Picture(picture)


def _runs(parent: etree._Element, boxes: list[etree._Element], before: Sequence[str]) -> Iterator[str]:
    """Give the printed text below an element; text boxes and pictures met on the way are put aside.

    ``before`` is what was given so far: it tells raised marks of notes, which are left out, from other text.
    """
    for child in parent:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag in (_TEXT_BOX, _BLIP, _OLD_PICTURE):
            boxes.append(child)
        elif child.tag == _RUN and (_is_on(child, "strike") or _is_on(child, "dstrike")):
            continue
        elif child.tag == _RUN and _is_raised(child):
            raised = "".join(_runs(child, boxes, ()))
            if not is_note_mark(raised, "".join(before)):
                yield raised
        elif child.tag not in _LEFT_OUT and not _is_on(child, "vanish"):
            yield from _runs(child, boxes, before)


def _is_raised(run: etree._Element) -> bool:
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    return raised is not None and raised.get(_W + "val") in ("superscript", "subscript")


def _is_on(run: etree._Element, name: str) -> bool:
    """Whether a property of a run is set."""
    found = run.find(f"{_W}rPr/{_W}{name}")
    return found is not None and found.get(_W + "val", "1") not in _OFF


def _rows(table: etree._Element, beside: _Beside) -> Iterator[list[CellContent]]:
    for row in _through(table, _TR):
        if row.find(f"{_W}trPr/{_W}del") is None and row.find(f"{_W}trPr/{_W}hidden") is None:
            before = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            cells = [_cell(cell, beside) for cell in _through(row, _TC)]
            yield [CellContent(before, is_covered=True), *cells] if before else cells


def _through(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Give the children with a tag, also those inside content controls and kept insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT and child.tag not in (_TR, _TC, _P, _TBL):
            yield from _through(child, tag)


def _cell(cell: etree._Element, beside: _Beside) -> CellContent:
    """Read one cell. One that continues a merge from above or from the left is covered."""
    span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
    merges = [cell.find(f"{_W}tcPr/{_W}{name}") for name in ("vMerge", "hMerge")]
    is_covered = any(
        merge is not None and merge.get(_W + "val", "continue") == "continue" for merge in merges
    )
    return CellContent(span, items=list(_items(cell, beside)), is_covered=is_covered)


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(_W + "val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else default
