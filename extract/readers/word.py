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
from dataclasses import dataclass, field

from lxml import etree

from extract.readers.flow import CellContent, Item, Missing, Picture, number_lines, settle
from extract.readers.note_marks import is_note_mark, may_be_decimals
from extract.readers.ooxml import parsed, relationships, transitional
from extract.readers.reading import ReadBlocks, UnreadableDocumentError
from extract.readers.seams import SEAM, UNREAD, UNSURE
from extract.readers.word_chunks import chunk_of
from extract.readers.word_fields import FIELD_MARK, INSTRUCTION, Fields, computes
from extract.readers.word_numbering import Numbering
from extract.readers.word_sight import number_of, say_in_runs
from extract.readers.word_symbols import FORMULA, SYMBOL, formula, symbol
from extract.readers.zipped import check_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_P, _TBL, _TR, _TC = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
_TEXT_BOX = _W + "txbxContent"
_LEFT_OUT = frozenset(
    (
        _W + "del",
        _W + "moveFrom",
        _W + "rPr",
        _W + "pPr",
        _W + "rt",
        _W + "instrText",
        _W + "sdtPr",
        _FALLBACK,
    )
)
_RUN, _CHUNK, _FROM_RIGHT = _W + "r", _W + "altChunk", _W + "bdo"
_LETTERS = "{urn:schemas-microsoft-com:vml}textpath"
_MAY_BE_EMPTY = frozenset((_W + "fldSimple", _W + "sdt", _LETTERS))
_ASIDE = (_TEXT_BOX, _BLIP, _OLD_PICTURE)
_USUAL_SIZE = 21  # half points
_SMALL = 0.75  # of the size beside it: perhaps a mark of a note
_MOST_DEPTH = 3
_OFF = ("0", "false", "off")
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


@dataclass(slots=True)
class _Beside:
    """What a document says beside its text: its numbered lists, pictures and chunks by their references.

    ``fields`` are those that are open where the reading has come to: one may reach over paragraphs.
    """

    numbering: Numbering
    media: Mapping[str, bytes]
    chunks: Mapping[str, bytes]
    depth: int
    fields: Fields = field(default_factory=Fields)


def read_word(data: bytes) -> ReadBlocks:
    """Read a .docx.

    Raises:
        UnreadableDocumentError: when the file is damaged.
    """
    return ReadBlocks(number_lines(items_in(data), is_ruled=True))


def items_in(data: bytes, depth: int = 0) -> list[Item]:
    """What a .docx shows; ``depth`` is how many documents take it in, one within the other.

    Raises:
        UnreadableDocumentError: when the file is damaged, or takes in itself.
    """
    if depth > _MOST_DEPTH:
        raise UnreadableDocumentError(f"the Word document takes in others more than {_MOST_DEPTH} deep")
    check_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _parse(archive.read("word/document.xml")).find(_W + "body")
            names = set(archive.namelist())
            targets = {
                each: path
                for each, path in relationships(archive, "word/document.xml").items()
                if path in names
            }
            taken_in = {each.get(f"{_R}id", "") for each in body.iter(_CHUNK)} if body is not None else set()
            media = {each: archive.read(path) for each, path in targets.items() if "/media/" in path}
            chunks = {each: archive.read(path) for each, path in targets.items() if each in taken_in}
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
    return list(_items(body, _Beside(Numbering(*parts), media, chunks, depth)))


def _parse(xml: bytes) -> etree._Element:
    return parsed(transitional(xml))


def _items(parent: etree._Element, beside: _Beside) -> Iterator[Item]:
    """Give paragraphs and tables below an element, through content controls and kept insertions."""
    for child in parent:
        if child.tag == _P:
            yield from _paragraph(child, beside)
        elif child.tag == _TBL:
            yield from settle(list(_rows(child, beside)))
        elif child.tag == _CHUNK:
            chunk = beside.chunks.get(child.get(f"{_R}id", ""))
            yield from (
                chunk_of(chunk, lambda data: items_in(data, beside.depth + 1))
                if chunk is not None
                else (Missing(),)
            )
        elif child.tag not in _LEFT_OUT:
            yield from _items(child, beside)


def _paragraph(paragraph: etree._Element, beside: _Beside) -> Iterator[Item]:
    boxes: list[etree._Element] = []
    printed: list[str] = []
    for text in _runs(paragraph, boxes, printed, beside):
        printed.append(text)
    text = "".join(printed)
    label = beside.numbering.label(paragraph)
    if label and text.lstrip()[:1].isdigit():
        label += UNSURE  # 1 before 836.42 is no 1836.42
    yield label + text if text.strip() else ""
    for box in boxes:
        if box.tag == _TEXT_BOX:
            yield from _items(box, beside)
            continue
        picture = beside.media.get(box.get(f"{_R}embed") or box.get(f"{_R}id") or "")
        if picture is not None:
            yield Picture(picture)


def _runs(
    parent: etree._Element, boxes: list[etree._Element], before: Sequence[str], beside: _Beside
) -> Iterator[str]:
    """Give the printed text below an element; text boxes and pictures met on the way are put aside.

    ``before`` is what was given so far: it tells raised marks of notes, which are left out, from other text.
    """
    size = _USUAL_SIZE
    for child in parent:
        if child.tag != _RUN:
            yield from _piece(child, boxes, before, beside)
            continue
        own = number_of(child.find(_W + "rPr"), "sz", _USUAL_SIZE)
        if min(own, size) < _SMALL * max(own, size):
            yield SEAM
        size = own
        yield from _run(child, boxes, before, beside)


def _run(
    run: etree._Element, boxes: list[etree._Element], before: Sequence[str], beside: _Beside
) -> Iterator[str]:
    """The text of one run, without what is hidden, struck out or the mark of a note."""
    if any(_is_on(run, name) for name in ("strike", "dstrike", "vanish")):
        for mark in run.iter(FIELD_MARK, INSTRUCTION):
            yield from beside.fields.meet(mark)
    elif _is_raised(run):
        raised = "".join(_runs(run, boxes, (), beside))
        printed = "".join(before)
        if not is_note_mark(raised, printed):
            yield raised
        elif may_be_decimals(raised, printed):
            yield UNSURE
    elif not _marks_note(run):
        yield from _runs(run, boxes, before, beside)


def _piece(
    child: etree._Element, boxes: list[etree._Element], before: Sequence[str], beside: _Beside
) -> Iterator[str]:
    """What one element shows that is no run."""
    tag = child.tag
    if tag == _W + "t":
        yield from beside.fields.show(child.text or "")
    elif tag in _BREAKS:
        yield from beside.fields.show(_BREAKS[tag])
    elif tag in (FIELD_MARK, INSTRUCTION):
        yield from beside.fields.meet(child)
    elif tag == SYMBOL:
        yield from beside.fields.show(symbol(child))
    elif tag in FORMULA:
        yield from formula(child)
    elif tag in _ASIDE:
        boxes.append(child)
    elif tag in _MAY_BE_EMPTY:
        yield from _shown_in(child, boxes, before, beside)
    elif tag not in _LEFT_OUT and not _is_on(child, "vanish"):
        if tag == _FROM_RIGHT and child.get(_W + "val") == "rtl":
            yield UNSURE
        yield from _runs(child, boxes, before, beside)


def _shown_in(
    element: etree._Element, boxes: list[etree._Element], before: Sequence[str], beside: _Beside
) -> Iterator[str]:
    """What a simple field, a content control or artistic letters show; a mark where that is not told."""
    if element.tag == _LETTERS:
        yield UNREAD if element.get("string") else ""
        return
    is_empty = True
    if element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
        yield UNSURE
    for text in _runs(element, boxes, before, beside):
        is_empty = is_empty and not text.strip()
        yield text
    is_filled_elsewhere = element.find(f"{_W}sdtPr/{_W}dataBinding") is not None
    if is_empty and (is_filled_elsewhere or computes(element.get(_W + "instr", ""))):
        yield UNREAD


def _marks_note(run: etree._Element) -> bool:
    """Whether a run is a mark of a note that somebody typed."""
    notes = (run.find(f"{_W}{name}") for name in ("footnoteReference", "endnoteReference"))
    return any(note is not None and note.get(_W + "customMarkFollows") is not None for note in notes)


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
            cells = [_cell(cell, beside) for cell in _through(row, _TC) if not _is_deleted(cell)]
            yield [CellContent(before, is_covered=True), *cells] if before else cells


def _is_deleted(cell: etree._Element) -> bool:
    return cell.find(f"{_W}tcPr/{_W}cellDel") is not None


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
