"""Word documents (.docx): paragraphs are lines of text, tables are grids, in one running order.

Read straight from the document's XML, in which every span, merge and tracked change is said. What the author
deleted is left out and what was inserted is kept, as in print; so are hidden text, headers and footers left
out. A text box follows the paragraph it is anchored in.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from extract.readers.flow import CellContent, Item, number_lines, settle
from extract.readers.reading import ReadBlocks, UnreadableDocumentError
from extract.readers.word_numbering import Numbering
from extract.readers.zipped import check_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_P, _TBL, _TR, _TC = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
_TEXT_BOX = _W + "txbxContent"
_LEFT_OUT = frozenset(
    (_W + "del", _W + "moveFrom", _W + "rPr", _W + "pPr", _W + "rt", _W + "instrText", _FALLBACK)
)
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


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
    items = list(_items(body, Numbering(*parts)))
    return ReadBlocks(number_lines(items, is_ruled=True))


def _parse(xml: bytes) -> etree._Element:
    # Nothing outside the file is looked up. Elements nested deeper than libxml2's 256 are refused by it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(xml.replace(_STRICT, _TRANSITIONAL), parser)


def _items(parent: etree._Element, numbering: Numbering) -> Iterator[Item]:
    """Give paragraphs and tables below an element, through content controls and kept insertions."""
    for child in parent:
        if child.tag == _P:
            yield from _paragraph(child, numbering)
        elif child.tag == _TBL:
            yield from settle(list(_rows(child, numbering)))
        elif child.tag not in _LEFT_OUT:
            yield from _items(child, numbering)


def _paragraph(paragraph: etree._Element, numbering: Numbering) -> Iterator[Item]:
    boxes: list[etree._Element] = []
    text = "".join(_runs(paragraph, boxes))
    label = numbering.label(paragraph)
    yield label + text if text.strip() else ""
    for box in boxes:
        yield from _items(box, numbering)


def _runs(parent: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Give the printed text below an element; text boxes met on the way are put aside."""
    for child in parent:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == _TEXT_BOX:
            boxes.append(child)
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            yield from _runs(child, boxes)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_W + "val", "1") not in ("0", "false", "off")


def _rows(table: etree._Element, numbering: Numbering) -> Iterator[list[CellContent]]:
    for row in _through(table, _TR):
        if row.find(f"{_W}trPr/{_W}del") is None:
            before = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            cells = [_cell(cell, numbering) for cell in _through(row, _TC)]
            yield [CellContent(before, is_covered=True), *cells] if before else cells


def _through(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Give the children with a tag, also those inside content controls and kept insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT and child.tag not in (_TR, _TC, _P, _TBL):
            yield from _through(child, tag)


def _cell(cell: etree._Element, numbering: Numbering) -> CellContent:
    """Read one cell. One that continues a merge from above or from the left is covered."""
    span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
    merges = [cell.find(f"{_W}tcPr/{_W}{name}") for name in ("vMerge", "hMerge")]
    is_covered = any(
        merge is not None and merge.get(_W + "val", "continue") == "continue" for merge in merges
    )
    return CellContent(span, items=list(_items(cell, numbering)), is_covered=is_covered)


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(_W + "val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else default
