"""Web pages: paragraphs are lines of text, tables of data are grids, in one running order.

Also workbooks and Word documents that were saved as HTML, under whatever name. lxml reads them, as it reads
Word: it gives a page of any depth without recursion and keeps what is malformed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from extract.media_type import MHTML, media_type
from extract.numerals import is_money_shaped
from extract.readers.broken_bytes import caveat_of, with_doubts
from extract.readers.encoding import Decoded, decode
from extract.readers.flow import CellContent, Item, Missing, Table, number_lines, settle
from extract.readers.note_marks import is_note_mark, may_be_decimals
from extract.readers.reading import ReadBlocks, UnreadableDocumentError
from extract.readers.seams import SEAM, UNREAD, UNSURE
from extract.readers.web_archive import pages_in
from extract.readers.web_controls import CONTROLS, is_filled_by_script, shown_in
from extract.readers.web_pictures import POINTING, is_of_no_size, pointed_to
from extract.readers.web_sight import Sight

_LONGEST_MARK = 64  # of a note, with the spaces around it
_NEAR = 16  # pieces of a line before a mark, to the last that is not blank
_MOST_ATTRIBUTES = 10_000  # and values with spaces; libxml2 compares each with all others
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{2 * _MOST_ATTRIBUTES},}}")
_MOST_ROWS_SPANNED = 65_534  # what HTML allows
_MOST_DEPTH = 2_048  # of libxml2, where it is told that a document may be large
_META_WITHIN = 4_096  # bytes; HTML asks for the first 1,024, publishers put scripts before
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_GUESSED = frozenset(("utf-8", "utf8", "gb2312", "gbk", "gb18030", "x-gbk", "utf-16", "unicode"))
_LATIN = frozenset(("iso-8859-1", "latin1", "windows-1252"))
_SPACES = re.compile(r"[ \t\r]+")
_DIGITS_FIRST = re.compile(r"\s*\+?(\d+)", re.ASCII)
_LOOKED_AT = 2_000  # texts of a table that is not shown
_OF_ANOTHER_SIZE = frozenset(("a", "small", "big", "sub", "sup"))
_TO_BE_FILLED = re.compile(r"\{\{.*?\}\}|\$\{[^}]*\}")  # by a script
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|xlsm|et|ods|zip|rar|7z)(?=$|[?#&])", re.IGNORECASE)

_NEVER_PRINTED = (
    "head script style noscript template nav select button textarea svg math iframe object audio video "
    "canvas map del s strike rt rp"
)
_ON_LINES_OF_THEIR_OWN = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol "
    "p pre section summary table tbody td tfoot th thead tr ul"
)
_LEFT_OUT = frozenset(_NEVER_PRINTED.split())
_BLOCKS = frozenset(_ON_LINES_OF_THEIR_OWN.split())


def read_web(data: bytes) -> ReadBlocks:
    """Read an HTML or XHTML page.

    Raises:
        UnreadableDocumentError: when its bytes are in no encoding that is known, or it holds no markup.
    """
    if media_type(data) == MHTML:
        blocks = number_lines(items_of(data), is_ruled=False)
        if not blocks:
            raise UnreadableDocumentError(
                "the web archive (.mht) holds no page that shows anything; save the page as HTML"
            )
        return ReadBlocks(blocks)
    decoded = _decode(data)
    page = _Page()
    blocks = number_lines(page.collect(_parse(decoded.text)), is_ruled=False)
    lost = caveat_of(decoded.text)
    if lost is not None:
        blocks = with_doubts(blocks, everywhere=True)
    if not blocks:
        raise UnreadableDocumentError(
            "the web page shows nothing by itself: its scripts or its frames fetch what is to be read; "
            "open it in a browser and save it as PDF"
        )
    caveats = [each for each in (lost, page.caveat) if each is not None]
    return ReadBlocks(blocks, decoded.encoding, caveat="; ".join(caveats) or None)


def items_of(data: bytes) -> list[Item]:
    """What a page, or each page of a web archive, shows.

    Raises:
        UnreadableDocumentError: as :func:`read_web`.
    """
    pages = pages_in(data) if media_type(data) == MHTML else [_decode(data).text]
    return [item for page in pages for item in _Page().collect(_parse(page))]


def attachments(data: bytes) -> list[tuple[str, str]]:
    """Give the documents that a page links to, in order: (text of the link, its address as written).

    Raises:
        UnreadableDocumentError: as :func:`read_web`.
    """
    return [
        (re.sub(r"\s+", " ", "".join(map(str, link.itertext()))).strip(), link.get("href", "").strip())
        for link in _parse(_decode(data).text).iter("a")
        if _ATTACHMENT.search(link.get("href", "").strip())
    ]


def _decode(data: bytes) -> Decoded:
    meta = _META_CHARSET.search(data[:_META_WITHIN])
    named = meta.group(1).decode("ascii").lower() if meta else ""
    try:
        if named and named not in _GUESSED and named not in _LATIN:  # which hold no Chinese
            try:
                return Decoded(data.decode(named), named)
            except (LookupError, UnicodeDecodeError):
                pass  # publishers name encodings they do not use; the bytes then say
        return decode(data)
    except ValueError as error:
        raise UnreadableDocumentError(str(error)) from error


def _parse(text: str) -> etree._Element:
    if any(len(tag[0].split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise UnreadableDocumentError(
            f"the web page has an element with more than {_MOST_ATTRIBUTES:,} attributes, which no page has; "
            "open it in a browser and save it as PDF"
        )
    # Handed over in UTF-8 whatever the page says of itself: that was settled above.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise UnreadableDocumentError(
            f"the web page nests its elements deeper than {_MOST_DEPTH:,}, so what is inside would be lost; "
            "open it in a browser and save it as PDF"
        )
    if root is None:
        raise UnreadableDocumentError("the web page holds no markup")
    return root


@dataclass(slots=True)
class _OpenTable:
    """A table that has not ended: its rows so far."""

    rows: list[list[CellContent]] = field(default_factory=list)


class _Page:
    """Walks a page in order, once; tables that are open are on a stack."""

    def __init__(self) -> None:
        self._items: list[Item] = []  # of the innermost open cell, or of the page
        self._around: list[tuple[_OpenTable, list[Item]]] = []
        self._line: list[str] = []
        self._frames = 0
        self._hidden_tables = 0

    @property
    def caveat(self) -> str | None:
        """What is to be known of a page: tables that are not shown before somebody clicks."""
        if not self._hidden_tables:
            return None
        return f"{self._hidden_tables} of its tables are not shown when it opens, and were not read"

    def collect(self, root: etree._Element) -> list[Item]:
        sight = Sight(root)
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in POINTING:
                    self._point(tag, element)
                if not tag or tag in _LEFT_OUT:
                    sight.pass_by()
                    self._show_control(tag, element)
                    walk.skip_subtree()
                    continue
                is_shown = sight.enter(element)
                if not is_shown:
                    self._hidden_tables += any(map(_has_money, element.iter("table")))
                if not is_shown or self._is_note(tag, element, sight):
                    walk.skip_subtree()
                    continue
                self._start(tag, element)
                self._mark(tag, element, sight)
                self._add(sight.beside("before"), tag)
                self._add(element.text, tag)
            else:
                if tag and tag not in _LEFT_OUT:
                    self._add(sight.beside("after"), tag)
                    self._seam(tag, element, sight)
                    if sight.leave():
                        self._end(tag)
                self._add(element.tail, "")
        self._flush()
        while self._around:
            self._end_table()
        if self._frames and not any(isinstance(item, Table | Missing) for item in self._items):
            self._items.append(Missing())
        return self._items

    def _is_note(self, tag: str, element: etree._Element, sight: Sight) -> bool:
        """Whether an element is a mark of a note: raised, or a link to a place in the page."""
        is_link = tag == "a" and element.get("href", "").startswith("#")
        if not (is_link or tag in ("sup", "sub") or sight.is_raised):
            return False
        nearest = next((text for text in islice(reversed(self._line), _NEAR) if text.strip()), "")
        mark = _start_of(element)
        if not is_note_mark(mark, nearest) or (is_link and not nearest):
            return False
        if may_be_decimals(mark, nearest):
            self._line.append(UNSURE)
        return True

    def _mark(self, tag: str, element: etree._Element, sight: Sight) -> None:
        """Note what may make a figure in a cell another than the one that is seen."""
        if not self._around:
            return
        self._seam(tag, element, sight)
        if sight.is_turned:
            self._line.append(UNSURE)
        if is_filled_by_script(element):
            self._line.append(UNREAD)

    def _seam(self, tag: str, element: etree._Element, sight: Sight) -> None:
        """Note where letters of another size begin or end, or a class of which the page does not say more."""
        is_other = tag in _OF_ANOTHER_SIZE or sight.is_smaller
        is_unknown = not sight.is_all_said and element.get("class") is not None
        if self._around and tag not in _BLOCKS and (is_other or is_unknown):
            self._line.append(SEAM)

    def _show_control(self, tag: str, element: etree._Element) -> None:
        """Take what a control of a cell shows, or a picture that is drawn in it."""
        if self._around and tag in CONTROLS:
            self._line.append(shown_in(tag, element))

    def _add(self, text: str | None, tag: str) -> None:
        if not text:
            return
        if self._around and "{" in text:
            text = _TO_BE_FILLED.sub(UNREAD, text)
        self._line.append(text if tag == "pre" else _source_lines(text))

    def _point(self, tag: str, element: etree._Element) -> None:
        item = pointed_to(tag, element)
        if item is not None:
            self._flush()
            self._items.append(item)
        elif self._around and tag == "img" and not is_of_no_size(element):
            self._line.append(UNREAD)
        elif tag == "frame" and element.get("src", "").strip():
            self._frames += 1

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag == "br":
            self._line.append("\n")
            return
        if tag in _BLOCKS:
            self._flush()
        if tag == "input" and self._around:
            self._line.append(shown_in(tag, element))
        if tag == "table":
            self._around.append((_OpenTable(), self._items))
            self._items = []
        elif self._around and tag == "tr":
            self._around[-1][0].rows.append([])
        elif self._around and tag in ("td", "th"):
            table = self._around[-1][0]
            if not table.rows:
                table.rows.append([])
            cell = CellContent(
                _span(element, "colspan", 1_000), _span(element, "rowspan", _MOST_ROWS_SPANNED)
            )
            table.rows[-1].append(cell)
            self._items = cell.items

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag == "table" and self._around:
            self._end_table()

    def _end_table(self) -> None:
        table, outer = self._around.pop()
        outer.extend(settle(table.rows))
        self._items = outer

    def _flush(self) -> None:
        text = _unwrapped("".join(self._line))
        self._line = []
        if text.strip():
            self._items.append(text)


def _has_money(table: etree._Element) -> bool:
    return any(is_money_shaped(str(text).strip()) for text in islice(table.itertext(), _LOOKED_AT))


def _start_of(element: etree._Element) -> str:
    """The text within an element, as far as a mark of a note can be long."""
    text = ""
    for part in element.itertext():
        text += str(part)
        if len(text) > _LONGEST_MARK:
            break
    return text


def _source_lines(text: str) -> str:
    """Write each line break of the source as a carriage return, and several spaces as one, as browsers do."""
    first, *others = _SPACES.sub(" ", text).split("\n")
    return "\r".join([first.rstrip(" ") if others else first, *(line.strip(" ") for line in others[:-1])]) + (
        "\r" + others[-1].lstrip(" ") if others else ""
    )


def _unwrapped(text: str) -> str:
    """Undo the line breaks of the source: a space between Latin letters, nothing elsewhere."""
    text = re.sub(r"(?<=[A-Za-z,.;])\r+(?=[A-Za-z])", " ", text)
    return text.replace("\r", "")


def _span(element: etree._Element, name: str, most: int) -> int:
    """How many columns or rows a cell spans: as browsers do, the digits that the value begins with."""
    value = _DIGITS_FIRST.match(element.get(name, ""))
    return min(max(int(value[1]), 1), most) if value is not None and len(value[1]) < 10 else 1
