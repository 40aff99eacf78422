"""A PDF document to blocks: page by page, then over the breaks between pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.blocks import Block, Illegible
from extract.page_marks import is_page_mark
from extract.readers.broken_bytes import with_doubts
from extract.readers.continued import continue_grids
from extract.readers.pdf.annotations import FieldValue, draw_over
from extract.readers.pdf.beside import Streams, files_within, is_filled_by_program, streams_of
from extract.readers.pdf.content import PageContent
from extract.readers.pdf.drawings import OverfullPageError
from extract.readers.pdf.layers import may_have_layers
from extract.readers.pdf.lying import is_lying
from extract.readers.pdf.page import Pages
from extract.readers.pdf.pdfium import page_content
from extract.readers.pdf.pictured import pictures_of
from extract.readers.pdf.second_opinion import held_against
from extract.readers.pdf.spoken import without_spoken_digits
from extract.readers.reading import ReadBlocks, UnreadableDocumentError
from extract.readers.scan import (
    WHY_NOT_RECOGNISED,
    is_installed,
    read_pictures,
    rendered_blocks,
    shows_more_than_text,
)

if TYPE_CHECKING:
    from extract.readers.scan.page import PictureParts

_MOST_PAGES = 2_000
_LONGEST_SIDE = 14_400  # points; the largest that the format allows
_FEWEST_CHARACTERS = 10  # a page with fewer is no digital page if a picture covers it
_FEWEST_DRAWINGS = 60  # of a page whose letters are drawn as shapes
_MOST_CHARACTERS = 150  # a header and a page number over a scan have fewer
_MOST_LINES = 6
_PICTURED = 0.5  # the share of the page that a scan covers at least

_REASONS = {
    raw.FPDF_ERR_PASSWORD: "it is encrypted and asks for a password; publish or save it without one",
    raw.FPDF_ERR_SECURITY: "it is encrypted in a way that is not supported; save it without encryption",
    raw.FPDF_ERR_FORMAT: "it is damaged or cut short, so that its pages cannot be found; download it again",
}


def read_pdf(data: bytes) -> ReadBlocks:
    """Read a PDF as blocks, each with its page and box.

    A page that is a picture is recognised where the ``ocr`` extra is installed, else :class:`Illegible`.

    Raises:
        UnreadableDocumentError: when it is encrypted, damaged, has no pages, too many or overfull ones, or
            nothing but pictures that cannot be recognised.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = _REASONS.get(getattr(error, "err_code", None), f"it cannot be opened ({error})")
        raise UnreadableDocumentError(reason) from error
    with document:
        count = len(document)
        if not count:
            raise UnreadableDocumentError("it has no pages")
        if count > _MOST_PAGES:
            raise UnreadableDocumentError(f"it has {count:,} pages; at most {_MOST_PAGES:,} are read")
        streams = streams_of(data)
        reading = _Reading(document, data, may_have_layers(data), Pages(), [], [], streams)
        pages = [tuple(_blocks(reading, number)) for number in range(count)]
        said = list(_caveats(reading))
    if not is_installed() and all(isinstance(block, Illegible) for page in pages for block in page):
        raise UnreadableDocumentError(WHY_NOT_RECOGNISED)
    blocks = continue_grids(pages, is_page_mark)
    if streams.is_ambiguous and not is_installed():
        said.append(
            "a font gives out two of its signs as the same digit, so figures may not be what is printed; "
            "compare them with the pages"
        )
        blocks = with_doubts(blocks, everywhere=True, doubt="text_layer")
    if streams.broken:
        said.append(
            f"{streams.broken} of its streams are cut short or broken, and what they draw from there on "
            "was lost; download it again"
        )
        blocks = with_doubts(blocks, everywhere=True)
    return ReadBlocks(blocks, page_count=count, caveat="; ".join(said) or None)


def _caveats(reading: _Reading) -> Iterator[str]:
    """What is to be known of how pages were read; nothing where all were read as their text."""
    if reading.lying:
        yield (
            f"the text of page {_numbers(reading.lying)} does not say what is printed there: its fonts do "
            "not tell which characters they show; what is printed was recognised as in a scan"
        )
    if reading.drawn:
        yield (
            f"on page {_numbers(reading.drawn)} there is print in cells that hold no text: figures are drawn "
            "or their font names none; what is printed was recognised as in a scan"
        )
    within = files_within(reading.document)
    if within is not None:
        yield within
    if is_filled_by_program(reading.document):
        yield "its form is made by the viewer (XFA), and was not read; print it to PDF and give that"


def _numbers(pages: list[int]) -> str:
    return ", ".join(map(str, pages))


class _Reading(NamedTuple):
    """A document that is open, its bytes, whether it may have layers, and its pages as they are read."""

    document: pdfium.PdfDocument
    data: bytes
    may_have_layers: bool
    pages: Pages
    lying: list[int]  # the pages whose text layer does not say what is printed
    drawn: list[int]  # those whose figures are no text
    streams: Streams  # what they tell of the fonts, and of what is said instead of what is drawn


def _blocks(reading: _Reading, index: int) -> Iterator[Block]:
    content = _content(reading, index)
    if content is None:
        yield Illegible(line_no=1, page_no=index + 1)
    elif max(content.width, content.height) > _LONGEST_SIDE:
        raise UnreadableDocumentError(
            f"page {index + 1} is {content.width:,.0f} by {content.height:,.0f} points, which no page can be"
        )
    elif is_lying(content.characters) or _is_ambiguous(reading, content):
        reading.lying.append(index + 1)
        yield from _recognised(reading, index, content)
    elif _is_scan(reading, index, content):
        yield from _recognised(reading, index, content)
    else:
        yield from _digital(reading, index, content)


def _is_ambiguous(reading: _Reading, content: PageContent) -> bool:
    """Whether figures of a page may be others than its text says, and can be recognised."""
    return (
        reading.streams.is_ambiguous
        and is_installed()
        and any("0" <= c.text <= "9" for c in content.characters)
    )


def _is_scan(reading: _Reading, index: int, content: PageContent) -> bool:
    """Whether a page is a picture: hardly a character, or a few lines, and pictures that show text."""
    if len(content.characters) < _FEWEST_CHARACTERS and content.drawings >= _FEWEST_DRAWINGS:
        return True  # letters drawn as shapes
    if content.pictured < _PICTURED or len(content.characters) >= _MOST_CHARACTERS:
        return False
    if len(content.characters) < _FEWEST_CHARACTERS:
        return True
    if len({round(character.baseline) for character in content.characters}) > _MOST_LINES:
        return False
    if not is_installed():
        return not content.rules
    page = reading.document[index]
    try:
        return shows_more_than_text(page)
    finally:
        page.close()


def _recognised(reading: _Reading, index: int, content: PageContent) -> Iterator[Block]:
    if not is_installed():
        yield Illegible(line_no=1, page_no=index + 1)
        return
    page = reading.document[index]
    try:
        blocks = rendered_blocks(page, index + 1)
    finally:
        page.close()  # with it goes what pdfium keeps of its pictures
    yield from held_against(blocks, content.layer)


def _digital(reading: _Reading, index: int, content: PageContent) -> Iterator[Block]:
    boxes = pictures_of(content)
    pictures: list[PictureParts] = []
    if boxes and is_installed():
        page, _ = _page(reading, index)
        try:
            if page.get_rotation() // 90 % 4 == content.turned:  # the boxes are where they are displayed
                pictures = read_pictures(page, boxes)
        finally:
            page.close()
    blocks = reading.pages.blocks(content, index + 1, pictures)
    if reading.pages.blank and _has_drawn_figures(reading, index, content):
        reading.drawn.append(index + 1)
        yield from _recognised(reading, index, content)
    else:
        yield from blocks


def _has_drawn_figures(reading: _Reading, index: int, content: PageContent) -> bool:
    """Whether cells that are blank by the page's text are not."""
    from extract.readers.pdf.drawn_figures import are_inked

    page, _ = _page(reading, index)
    try:
        is_as_displayed = page.get_rotation() // 90 % 4 == content.turned
        return is_as_displayed and are_inked(page, reading.pages.blank)
    finally:
        page.close()


def _page(reading: _Reading, index: int) -> tuple[pdfium.PdfPage, tuple[FieldValue, ...]]:
    """A page with what lies over it drawn into it, and the values of fields that could not be drawn."""
    page = reading.document[index]
    over = draw_over(page)
    if over.is_drawn:
        page.close()
        page = reading.document[index]
    if reading.streams.says_digits:
        without_spoken_digits(page)
    return page, over.values


def _content(reading: _Reading, index: int) -> PageContent | None:
    """What is on a page, by pdfium; by pdfplumber where pdfium cannot load it; None where neither can."""
    try:
        page, values = _page(reading, index)
        try:
            return page_content(page, may_have_layers=reading.may_have_layers, values=values)
        finally:
            page.close()
    except OverfullPageError as error:
        raise UnreadableDocumentError(f"page {index + 1} holds {error}, which no page can show") from error
    except pdfium.PdfiumError:
        from extract.readers.pdf.plumber import plumbed_content

        return plumbed_content(reading.data, index)
