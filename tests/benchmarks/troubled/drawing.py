"""Typeset a disclosure with one trouble: text that nobody sees, watermarks, notes, fields, pictures."""

from __future__ import annotations

import io
from dataclasses import replace
from random import Random

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.benchmarks.troubled.hiding import MORE, outlined
from tests.benchmarks.troubled.sheets import FIGURE, Sheet, Trouble, some, width_of
from tests.typesetting.content import Content
from tests.typesetting.pages import Design, laid_out
from tests.typesetting.pdf import FONT, picture, registered


def drawn(content: Content, design: Design, trouble: Trouble, seed: int) -> bytes:
    """A disclosure with a trouble on each of its pages."""
    registered()
    random, file = Random(seed), io.BytesIO()
    canvas = Canvas(file, pagesize=(design.width, design.height), invariant=True)
    for page in laid_out(content, design):
        canvas.saveState()
        trouble(Sheet(canvas, page, design), random)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def unpainted(sheet: Sheet, random: Random) -> None:
    """Old figures in a rendering mode that paints nothing."""
    first = random.random() < 0.5
    if not first:
        sheet.body()
    for piece in some(sheet, random):
        sheet.canvas.saveState()
        text = sheet.canvas.beginText(piece.x - random.choice((0, 1, 6)), sheet.y(piece.y))
        text.setFont(FONT, sheet.design.size)
        text.setTextRenderMode(3)
        text.textOut(sheet.old(piece, random))
        sheet.canvas.drawText(text)
        sheet.canvas.restoreState()
    if first:
        sheet.body()


def white(sheet: Sheet, random: Random) -> None:
    """Old figures in the colour of the paper, or nearly."""
    sheet.body()
    sheet.canvas.setFillGray(random.choice((1, 0.99, 0.97)))
    for piece in some(sheet, random):
        sheet.text(piece.x + random.choice((-8, 0, 5)), piece.y, sheet.old(piece, random))


def covered(sheet: Sheet, random: Random) -> None:
    """Old figures under a white box or a picture, with the new ones upon it."""
    sheet.frame()
    changed = {id(piece) for piece in some(sheet, random)}
    with_picture = random.random() < 0.4
    size = sheet.design.size
    for piece in sheet.page.pieces:
        if id(piece) in changed:
            sheet.text(piece.x + 1, piece.y, sheet.old(piece, random))
            left, bottom = piece.x - 0.5, sheet.y(piece.y + 0.25 * size)
            width = 0.62 * size * len(piece.text) + 1.5
            if with_picture:
                paper = ImageReader(Image.new("L", (8, 8), 255))
                sheet.canvas.drawImage(paper, left, bottom, width, 1.15 * size)
            else:
                sheet.canvas.setFillGray(1)
                sheet.canvas.rect(left, bottom, width, 1.15 * size, stroke=0, fill=1)
                sheet.canvas.setFillGray(0)
        sheet.text(*piece)


def clipped(sheet: Sheet, random: Random) -> None:
    """Old figures that a clip cuts off."""
    sheet.body()
    for piece in some(sheet, random):
        sheet.canvas.saveState()
        path = sheet.canvas.beginPath()
        path.rect(5, 5, 20, 20)
        sheet.canvas.clipPath(path, stroke=0, fill=0)
        sheet.text(piece.x - random.choice((0, 4)), piece.y, sheet.old(piece, random))
        sheet.canvas.restoreState()


def outside(sheet: Sheet, random: Random) -> None:
    """Old figures beside the visible page."""
    sheet.canvas.setCropBox((10, 10, sheet.design.width - 10, sheet.design.height - 10))
    sheet.body()
    for piece in some(sheet, random):
        sheet.text(-60, piece.y, sheet.old(piece, random))
        sheet.text(sheet.design.width + 20, piece.y, sheet.old(piece, random))


def watermark(sheet: Sheet, random: Random) -> None:
    """Words in large pale type across the page, level or turned, below or above the text."""
    above = random.random() < 0.5
    if above:
        sheet.body()
    words = random.choice(("内部资料 20240801", "样稿 2024", "仅供公开 第 3 版"))
    size, angle = random.choice((28, 44, 60)), random.choice((0, 0, 30, 45, 90))
    for number in range(random.randint(1, 5)):
        sheet.canvas.saveState()
        sheet.canvas.setFillGray(random.choice((0.75, 0.85, 0.9)))
        sheet.canvas.translate(60 + 30 * number, sheet.design.height - 140 - 190 * number)
        sheet.canvas.rotate(angle)
        sheet.canvas.setFont(FONT, size)
        sheet.canvas.drawString(0, 0, words)
        sheet.canvas.restoreState()
    sheet.canvas.setFillGray(0)
    if not above:
        sheet.body()


def noted(sheet: Sheet, random: Random) -> None:
    """Marks of footnotes behind figures, small and raised."""
    sheet.body()
    mark, small = random.choice(("1", "2", "①", "[1]", "*", "12")), random.choice((0.5, 0.6, 0.7))
    size = sheet.design.size
    for piece in some(sheet, random):
        x = piece.x + sheet.width(piece.text) + 0.2
        if sheet.width(piece.text) + 0.2 + sheet.width(mark, small * size) < sheet.room(piece):
            sheet.text(x, piece.y - random.choice((0.3, 0.4)) * size, mark, small * size)


def struck(sheet: Sheet, random: Random) -> None:
    """An old figure before the new one, struck out."""
    sheet.frame()
    changed = {id(piece) for piece in some(sheet, random)}
    size = sheet.design.size
    for piece in sheet.page.pieces:
        x = piece.x
        if id(piece) in changed:
            old = sheet.old(piece, random)[:4]
            width = sheet.width(old, 0.6 * size)
        if id(piece) in changed and width + 2 + sheet.width(piece.text) < sheet.room(piece):
            sheet.text(x, piece.y, old, 0.6 * size)
            y = sheet.y(piece.y - 0.6 * size * 0.3)
            sheet.canvas.line(x, y, x + width, y)
            x += width + 1
        sheet.text(x, piece.y, piece.text)


def fields(sheet: Sheet, random: Random) -> None:
    """The figures as values of form fields."""
    sheet.frame()
    figures = {id(piece) for piece in sheet.figures}
    size = sheet.design.size
    for number, piece in enumerate(sheet.page.pieces):
        if id(piece) not in figures:
            sheet.text(*piece)
            continue
        sheet.canvas.acroForm.textfield(
            name=f"{sheet.canvas.getPageNumber()}-{number}",
            value=piece.text,
            x=piece.x - 2,
            y=sheet.y(piece.y + 0.25 * size),
            width=min(0.7 * size * len(piece.text) + 6, sheet.room(piece)),
            height=1.2 * size,
            fontSize=0.8 * size,
            borderWidth=0,
            forceBorder=False,
        )


def pictured(sheet: Sheet, random: Random) -> None:
    """The tables as pictures, below a line of digital text."""
    image = picture(sheet.page, sheet.design)
    sheet.canvas.drawImage(ImageReader(image), 0, 0, sheet.design.width, sheet.design.height)
    sheet.text(60, 30, random.choice(("某县财政局公开", "第 1 页", "部门预算公开附件")))


def scanned_with_wrong_layer(sheet: Sheet, random: Random) -> None:
    """A picture of the page, under text that nobody sees and that is wrong here and there."""
    image = picture(sheet.page, sheet.design)
    sheet.canvas.drawImage(ImageReader(image), 0, 0, sheet.design.width, sheet.design.height)
    wrong = {id(piece) for piece in some(sheet, random)}
    for piece in sheet.page.pieces:
        text = sheet.canvas.beginText(piece.x, sheet.y(piece.y))
        text.setFont(FONT, sheet.design.size)
        text.setTextRenderMode(3)
        text.textOut(sheet.old(piece, random) if id(piece) in wrong else piece.text)
        sheet.canvas.drawText(text)


def plain(sheet: Sheet, random: Random) -> None:
    """No trouble but the design of the page."""
    del random
    sheet.body()


__all__ = ["DIGITAL", "FIGURE", "PICTURES", "Sheet", "Trouble", "design_of", "drawn", "plain", "width_of"]

DIGITAL: dict[str, Trouble] = {
    "unpainted": unpainted,
    "white": white,
    "covered": covered,
    "clipped": clipped,
    "outside": outside,
    "watermark": watermark,
    "noted": noted,
    "struck": struck,
    "fields": fields,
    **MORE,
}
PICTURES: dict[str, Trouble] = {
    "pictured": pictured,
    "wrong_layer": scanned_with_wrong_layer,
    "outlined": outlined,
}


def design_of(random: Random, rules: str = "all") -> Design:
    """Paper and type of some sizes."""
    wide = Design(width=842, height=1191, size=random.choice((7.5, 8, 9)))
    low = Design(width=1191, height=842, size=random.choice((8, 9, 10)))
    design = random.choice((wide, low))
    return replace(design, rules=rules, is_shaded=rules == "none" and random.random() < 0.5)
