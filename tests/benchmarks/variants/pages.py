"""Laid out pages with one trouble each: PDF, OFD, and pictures."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from dataclasses import replace

import docx
import openpyxl
from docx.shared import Cm
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from tests.benchmarks.troubled import drawing, hiding
from tests.benchmarks.variants.draft import Draft, Kind, is_figure
from tests.benchmarks.variants.figures import DECORATED, UNREADABLE
from tests.typesetting import ofd
from tests.typesetting.content import Content, Paragraph, Place, Table
from tests.typesetting.pages import Design, Page, Piece, Rule, laid_out
from tests.typesetting.pdf import as_pdf, as_scan, picture

_DESIGNS = (
    Design(width=842, height=1191, size=9),
    Design(width=1191, height=842, size=10),
    Design(width=842, height=1191, size=8),
)
_WATERMARKS = ("内部资料", "样稿 2024", "仅供公开 第 3 版")


def content_of(drawn: Draft, change: Callable[[str], str] = lambda content: content) -> Content:
    """A draft as content to typeset, its figures changed."""
    items: list[Paragraph | Table] = []
    for head, rows in zip(drawn.heads, drawn.tables, strict=True):
        items += [Paragraph(line) for line in head]
        places = tuple(
            Place(row, column, 1, 1, change(text) if is_figure(text) else text)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        )
        items.append(Table(len(rows), len(rows[0]), places))
    return tuple(items)


def _in_pdf(trouble: drawing.Trouble, rules: str = "all") -> Kind:
    def typeset(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
        design = replace(
            chance.choice(_DESIGNS), rules=rules, is_shaded=rules == "none" and chance.random() < 0.5
        )
        return "a.pdf", drawing.drawn(content_of(drawn), design, trouble, chance.randrange(10**6))

    return typeset


def _lying(instead: Callable[[int], int]) -> Kind:
    """Fonts that say other characters than they print."""

    def typeset(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
        with hiding.saying(instead):
            return "a.pdf", drawing.drawn(content_of(drawn), chance.choice(_DESIGNS), drawing.plain, 1)

    return typeset


def _turned(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    design = replace(chance.choice(_DESIGNS), height=500, is_turned=True)
    return "a.pdf", as_pdf(content_of(drawn), design)


def _otherwise(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Figures as people type them."""
    return _as_pages(drawn, chance, lambda figure: _printable(chance.choice((*DECORATED, str))(figure)))


def _unreadable(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    def change(figure: str) -> str:
        return (
            _printable(chance.choice(UNREADABLE)(figure).replace("\n", " "))
            if chance.random() < 0.1
            else figure
        )

    return _as_pages(drawn, chance, change)


def _printable(figure: str) -> str:
    """Without signs that a font has no picture of."""
    return re.sub("[\u00ad\u200e\u202a\u202c\ufeff\u2009\u00a0\ufffd]", "", figure)


def _as_pages(drawn: Draft, chance: random.Random, change: Callable[[str], str]) -> tuple[str, bytes]:
    content, design = content_of(drawn, change), chance.choice(_DESIGNS)
    if chance.random() < 0.5:
        return "a.pdf", as_pdf(content, design)
    return "a.ofd", ofd.as_ofd(content, design)


# OFD ----------------------------------------------------------------------------------------------


def _in_ofd(trouble: Callable[[Page, Design, random.Random], str], rules: str = "all") -> Kind:
    def typeset(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
        design = replace(chance.choice(_DESIGNS), rules=rules)
        pages = [trouble(page, design, chance) for page in laid_out(content_of(drawn), design)]
        return "a.ofd", ofd.package(pages, design)

    return typeset


def _ofd_plain(page: Page, design: Design, chance: random.Random) -> str:
    return ofd.page_of(page, design)


def _old(page: Page, chance: random.Random) -> list[Piece]:
    """Other figures where some of a page stand."""
    figures = [
        piece for piece in page.pieces if is_figure(piece.text) and drawing.FIGURE.fullmatch(piece.text)
    ]
    return [
        piece._replace(text=re.sub(r"\d", lambda _: str(chance.randint(1, 9)), piece.text))
        for piece in figures
        if chance.random() < 0.5
    ]


def _ofd_unseen(page: Page, design: Design, chance: random.Random) -> str:
    """Old figures in white, invisible, without any ink, outside of their box or clipped away."""
    white = chance.choice(("255 255 255", "#FF #FF #FF", "252 252 252"))
    way = chance.choice(
        (
            {"colour": white},
            {"attributes": 'Visible="false"'},
            {"attributes": 'Alpha="0"'},
            {"attributes": 'Fill="false"'},
        )
    )
    return ofd.page_of(page, design) + "".join(
        ofd.text(piece, design.size, **way) for piece in _old(page, chance)
    )


def _ofd_covered(page: Page, design: Design, chance: random.Random) -> str:
    """Old figures under white boxes, upon which the new ones stand."""
    size = design.size
    under = "".join(
        ofd.text(piece, size)
        + ofd.filled(
            Rule(
                piece.x - 1,
                piece.y - 0.95 * size,
                piece.x + 0.7 * size * len(piece.text),
                piece.y + 0.3 * size,
            ),
            "255 255 255",
        )
        for piece in _old(page, chance)
    )
    return under + ofd.page_of(page, design)


def _ofd_watermark(page: Page, design: Design, chance: random.Random) -> str:
    words = chance.choice(_WATERMARKS)
    marks = "".join(
        ofd.text(Piece(60 + 30 * number, 140 + 190 * number, words), 44, colour="210 210 210")
        for number in range(chance.randint(1, 4))
    )
    return marks + ofd.page_of(page, design) if chance.random() < 0.5 else ofd.page_of(page, design) + marks


def _ofd_noted(page: Page, design: Design, chance: random.Random) -> str:
    """Raised marks of notes behind figures."""
    size = design.size
    marks = [
        ofd.text(Piece(piece.x + drawing.width_of(piece.text, size), piece.y - 0.35 * size, "1"), 0.55 * size)
        for piece in page.pieces
        if is_figure(piece.text) and chance.random() < 0.5
    ]
    return ofd.page_of(page, design) + "".join(marks)


# pictures -----------------------------------------------------------------------------------------


def _images(drawn: Draft, chance: random.Random) -> tuple[list[Image.Image], Design]:
    design = chance.choice(_DESIGNS)
    return [picture(page, design) for page in laid_out(content_of(drawn), design)], design


def _encoded(image: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def _as_picture(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    images, design = _images(drawn, chance)
    if len(images) > 1 or chance.random() < 0.5:
        return "a.pdf", as_scan(content_of(drawn), design)
    return "a.png", _encoded(images[0])


def _in_ofd_picture(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    images, design = _images(drawn, chance)
    kind = chance.choice(("PNG", "JPEG"))
    parts = {f"{number}.{kind.lower()}": _encoded(image, kind) for number, image in enumerate(images)}
    everywhere = Rule(0, 0, design.width, design.height)
    pages = [ofd.pictured(name, everywhere) for name in parts]
    return "a.ofd", ofd.package(pages, design, parts)


def _in_word(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    images, _ = _images(drawn, chance)
    document = docx.Document()
    document.add_paragraph("2024年单位预算公开")
    for image in images:
        document.add_picture(io.BytesIO(_encoded(image)), width=Cm(16))
    file = io.BytesIO()
    document.save(file)
    return "a.docx", file.getvalue()


def _in_sheet(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    images, _ = _images(drawn, chance)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "2024年单位预算公开"
    for number, image in enumerate(images):
        sheet.add_image(SheetImage(io.BytesIO(_encoded(image))), f"A{3 + 60 * number}")
    file = io.BytesIO()
    book.save(file)
    return "a.xlsx", file.getvalue()


KINDS: dict[str, Kind] = {
    **{f"PDF, {name}": _in_pdf(trouble) for name, trouble in drawing.DIGITAL.items()},
    "PDF, level rules": _in_pdf(drawing.plain, "level"),
    "PDF, no rules": _in_pdf(drawing.plain, "none"),
    "PDF, turned and cut": _turned,
    "pages, written otherwise": _otherwise,
    "pages, unreadable": _unreadable,
    "OFD, control": _in_ofd(_ofd_plain),
    "OFD, no rules": _in_ofd(_ofd_plain, "none"),
    "OFD, unseen": _in_ofd(_ofd_unseen),
    "OFD, covered": _in_ofd(_ofd_covered),
    "OFD, watermark": _in_ofd(_ofd_watermark),
    "OFD, noted": _in_ofd(_ofd_noted),
}
PICTURES: dict[str, Kind] = {
    "picture": _as_picture,
    "picture in OFD": _in_ofd_picture,
    "picture in Word": _in_word,
    "picture in a sheet": _in_sheet,
    **{f"PDF, {name}": _in_pdf(trouble) for name, trouble in drawing.PICTURES.items()},
    **{f"PDF, {name}": _lying(instead) for name, instead in hiding.LIES.items()},
}
