"""An OFD document to blocks: its signs and rules by the same way as those of a PDF page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.blocks import Block, Box, Illegible
from extract.page_marks import is_page_mark
from extract.readers.continued import continue_grids
from extract.readers.ofd.colours import Colour
from extract.readers.ofd.drawn import POINTS, Shown, drawn_on
from extract.readers.ofd.outlines import rules_of
from extract.readers.ofd.package import OfdPage, Package
from extract.readers.ofd.pictures import is_opaque, laid, turned_upright
from extract.readers.ofd.seen import seen_glyphs
from extract.readers.pdf.content import PageContent
from extract.readers.pdf.drawings import OverfullPageError
from extract.readers.pdf.frame import Frame
from extract.readers.pdf.lying import is_lying
from extract.readers.pdf.page import Pages
from extract.readers.pdf.pictured import pictures_of
from extract.readers.pdf.upright import inside
from extract.readers.reading import ReadBlocks, UnreadableDocumentError
from extract.readers.scan import DOTS_AN_INCH, WHY_NOT_RECOGNISED, is_installed, shown_at

_MOST_PAGES = 2_000
_WHITE = Colour(lightness=1.0)
_PICTURED = 0.5  # the share of a page that a scan covers at least
_FEWEST_CHARACTERS = 10  # a page with fewer is no digital page if a picture covers it
_LARGEST = 14_400.0  # points; no page is larger


def read_ofd(data: bytes) -> ReadBlocks:
    """Read an OFD document as blocks, each with its page and box.

    A page that is a picture is recognised where the ``ocr`` extra is installed, else :class:`Illegible`; so
    is one whose text cannot be what it shows.

    Raises:
        UnreadableDocumentError: when it is damaged or locked, has no pages, too many or overfull ones, does
            not say where its text stands, or has nothing but pictures that cannot be recognised.
    """
    package, pages, read = Package(data), Pages(), list[tuple[Block, ...]]()
    lying: list[int] = []
    for page in package.pages():
        if len(read) == _MOST_PAGES:
            raise UnreadableDocumentError(f"it has more than {_MOST_PAGES:,} pages, which are not read")
        number = len(read) + 1
        try:
            content, pictures = _content(page, package)
        except OverfullPageError as error:
            raise UnreadableDocumentError(f"page {number} holds {error}, which no page can show") from error
        if is_lying(content.characters):
            lying.append(number)
            read.append((Illegible(1, number),))
        else:
            read.append(tuple(_blocks(content, pictures, pages, number)))
    if not read:
        raise UnreadableDocumentError("the OFD document lists no pages; export it as PDF")
    if not is_installed() and all(isinstance(block, Illegible) for page in read for block in page):
        raise UnreadableDocumentError(WHY_NOT_RECOGNISED)
    return ReadBlocks(
        continue_grids(read, is_page_mark), page_count=len(read), caveat=_caveat(lying) if lying else None
    )


def _caveat(pages: list[int]) -> str:
    numbers = ", ".join(map(str, pages))
    return f"the text of page {numbers} does not say what is printed there; export the document as PDF"


def _blocks(
    content: PageContent, pictures: Sequence[tuple[Shown, bytes]], pages: Pages, number: int
) -> Iterator[Block]:
    boxes = pictures_of(content)
    if not boxes:
        yield from pages.blocks(content, number)
        return
    picture = None
    if is_installed():
        upright = content.turned % 2 == 0
        size = (content.width, content.height) if upright else (content.height, content.width)
        picture = laid(pictures, *size, DOTS_AN_INCH)
    if picture is not None:
        yield from pages.blocks(content, number, shown_at(turned_upright(picture, content.turned), boxes))
        return
    if content.pictured >= _PICTURED and len(content.characters) < _FEWEST_CHARACTERS:
        yield Illegible(1, number)
        return
    yield from pages.blocks(content, number)


def _content(page: OfdPage, package: Package) -> tuple[PageContent, list[tuple[Shown, bytes]]]:
    """What is seen on a page, turned upright by the direction of its text, and its pictures."""
    width, height = page.area.width * POINTS, page.area.height * POINTS
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise UnreadableDocumentError(f"a page is {width:,.0f} by {height:,.0f} points, which no page can be")
    drawn = drawn_on(page)
    pictures = [(shown, package.read(shown.part)) for shown in drawn.pictures]
    drawn.fills += [(shown.order, shown.area, _WHITE) for shown, image in pictures if is_opaque(image)]
    glyphs = seen_glyphs(drawn)
    quarters = Counter(glyph[-1] for glyph in glyphs if glyph[-1] is not None)
    frame = Frame(0.0, 0.0, width, height, quarters.most_common(1)[0][0] if quarters else 0)
    boxes = [_upright(shown, frame) for shown in drawn.pictures]
    width, height = frame.size
    pictured = sum((box.right - box.left) * (box.bottom - box.top) for box in boxes)
    content = PageContent(
        width=width,
        height=height,
        characters=inside(glyphs, frame),
        rules=tuple(
            rule
            for drawing in drawn.drawings
            for outline in drawing.outlines
            for rule in rules_of(
                [frame.upright(x, y) for x, y in outline],
                is_stroked=drawing.is_stroked,
                is_filled=drawing.is_filled,
            )
        ),
        pictured=min(1.0, pictured / (width * height)),
        turned=frame.quarter,
        pictures=tuple(boxes),
    )
    return content, pictures


def _upright(shown: Shown, frame: Frame) -> Box:
    (xa, ya), (xb, yb) = frame.upright(*shown.area[:2]), frame.upright(*shown.area[2:])
    return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
