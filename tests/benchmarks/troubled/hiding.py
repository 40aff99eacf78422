"""More ways in which a page holds what nobody reads on it, and fonts that say wrongly what they print."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import ttfonts

from tests.benchmarks.troubled.sheets import Sheet, Trouble, some
from tests.typesetting.pages import Piece
from tests.typesetting.pdf import FONT, FONT_FILE

_DOTS_A_POINT = 4


def _place(sheet: Sheet, piece: Piece) -> tuple[float, float, float, float]:
    """Left, bottom, width and height of a box around a piece of text."""
    size = sheet.design.size
    return piece.x - 0.5, sheet.y(piece.y + 0.25 * size), 0.62 * size * len(piece.text) + 1.5, 1.15 * size


def shaped_clip(sheet: Sheet, random: Random) -> None:
    """Old figures between two rectangles of a clip: the rectangle around both holds them."""
    sheet.body()
    for piece in some(sheet, random):
        sheet.canvas.saveState()
        x, y, path = piece.x, sheet.y(piece.y), sheet.canvas.beginPath()
        path.rect(x - 20, y - 40, 5, 80)
        path.rect(x + 90, y - 40, 5, 80)
        sheet.canvas.clipPath(path, stroke=0, fill=0)
        sheet.text(piece.x, piece.y, sheet.old(piece, random))
        sheet.canvas.restoreState()


def _covered_by(cover: Callable[[Sheet, Piece], None]) -> Trouble:
    def trouble(sheet: Sheet, random: Random) -> None:
        sheet.frame()
        changed = {id(piece) for piece in some(sheet, random)}
        for piece in sheet.page.pieces:
            if id(piece) in changed:
                sheet.text(piece.x + 1, piece.y, sheet.old(piece, random))
                cover(sheet, piece)
            sheet.text(*piece)
            sheet.canvas.setFillGray(0)

    return trouble


def _dark(sheet: Sheet, piece: Piece) -> None:
    """A dark fill; the new figure stands upon it in white."""
    sheet.canvas.setFillGray(0.2)
    sheet.canvas.rect(*_place(sheet, piece), stroke=0, fill=1)
    sheet.canvas.setFillGray(1)


def _shaded(sheet: Sheet, piece: Piece) -> None:
    """A fill that goes from one colour to another."""
    sheet.canvas.saveState()
    path = sheet.canvas.beginPath()
    path.rect(*_place(sheet, piece))
    sheet.canvas.clipPath(path, stroke=0, fill=0)
    colours = (Color(0.9, 0.9, 1), Color(1, 1, 1))
    sheet.canvas.linearGradient(piece.x, 0, piece.x + 80, 0, colours, extend=True)
    sheet.canvas.restoreState()


def tiny(sheet: Sheet, random: Random) -> None:
    """Old figures too small to be seen."""
    sheet.body()
    for piece in some(sheet, random):
        place = piece.x + random.choice((-5, 2)), piece.y
        sheet.text(*place, sheet.old(piece, random), random.choice((0.1, 0.5, 1)))


def white_outline(sheet: Sheet, random: Random) -> None:
    """Old figures of which white outlines are drawn."""
    sheet.body()
    sheet.canvas.setStrokeGray(1)
    for piece in some(sheet, random):
        text = sheet.canvas.beginText(piece.x - 3, sheet.y(piece.y))
        text.setFont(FONT, sheet.design.size)
        text.setTextRenderMode(1)
        text.textOut(sheet.old(piece, random))
        text.setTextRenderMode(0)
        sheet.canvas.drawText(text)


def struck_askew(sheet: Sheet, random: Random) -> None:
    """An old figure before the new one, struck out from its foot to its head."""
    sheet.frame()
    changed = {id(piece) for piece in some(sheet, random)}
    small = 0.6 * sheet.design.size
    for piece in sheet.page.pieces:
        x, old = piece.x, sheet.old(piece, random)[:4]
        width = sheet.width(old, small)
        if id(piece) in changed and width + 2 + sheet.width(piece.text) < sheet.room(piece):
            sheet.text(x, piece.y, old, small)
            sheet.canvas.line(x, sheet.y(piece.y), x + width, sheet.y(piece.y - 0.7 * small))
            x += width + 1
        sheet.text(x, piece.y, piece.text)


def strewn(sheet: Sheet, random: Random) -> None:
    """A watermark of the size of text, all over the page."""
    sheet.body()
    sheet.canvas.setFillGray(0.82)
    words = random.choice(("样稿 2024.00", "内部资料", "仅供公开 3"))
    for y in range(80, int(sheet.design.height), 119):
        for x in range(40, int(sheet.design.width), 170):
            sheet.text(x, y, words)
    sheet.canvas.setFillGray(0)


def sealed(sheet: Sheet, random: Random) -> None:
    """A seal whose letters run around it, some of them upright."""
    sheet.body()
    sheet.canvas.setFillColorRGB(1, 0, 0)
    sheet.canvas.setStrokeColorRGB(1, 0, 0)
    for piece in some(sheet, random)[:2]:
        x, y = piece.x + 10, sheet.y(piece.y)
        sheet.canvas.circle(x, y, 55, fill=0)
        for number, letter in enumerate("示例县农业技术服务中心610000001"):
            angle = math.radians(200 - number * 13)
            sheet.canvas.saveState()
            sheet.canvas.translate(x + 45 * math.cos(angle), y + 45 * math.sin(angle))
            sheet.canvas.rotate(math.degrees(angle) - 90)
            sheet.canvas.setFont(FONT, 9)
            sheet.canvas.drawString(-4, 0, letter)
            sheet.canvas.restoreState()


def seal_in_picture(sheet: Sheet, random: Random) -> None:
    """A seal that lets the figures under it through."""
    sheet.body()
    image = Image.new("RGBA", (300, 300), (255, 255, 255, 0))
    ImageDraw.Draw(image).ellipse((5, 5, 295, 295), outline=(220, 0, 0, 255), width=10)
    for piece in some(sheet, random)[:2]:
        place = piece.x - 40, sheet.y(piece.y) - 50, 110, 110
        sheet.canvas.drawImage(ImageReader(image), *place, mask="auto")


def outlined(sheet: Sheet, random: Random) -> None:
    """Figures that are drawn as shapes, and are no text."""
    del random
    sheet.frame()
    for piece in sheet.page.pieces:
        if re.search(r"\d\.\d\d", piece.text):
            _shape(sheet, piece)
        else:
            sheet.text(*piece)


def _shape(sheet: Sheet, piece: Piece) -> None:
    """Fill the rows of dots that the letters of a text have."""
    size = sheet.design.size
    font = ImageFont.truetype(FONT_FILE, int(size * _DOTS_A_POINT))
    width, height = int(size * _DOTS_A_POINT * len(piece.text)) + 8, int(size * _DOTS_A_POINT * 1.6)
    image = Image.new("1", (width, height), 1)
    baseline = size * _DOTS_A_POINT * 1.2
    ImageDraw.Draw(image).text((0, baseline), piece.text, font=font, fill=0, anchor="ls")
    path = sheet.canvas.beginPath()
    for y in range(height):
        row = image.crop((0, y, width, y + 1)).tobytes()
        dots = "".join(f"{byte:08b}" for byte in row)[:width]
        for run in re.finditer("0+", dots):
            left, bottom = piece.x + run.start() / _DOTS_A_POINT, sheet.y(piece.y + (y + 1) / _DOTS_A_POINT)
            bottom += baseline / _DOTS_A_POINT
            path.rect(left, bottom, len(run.group()) / _DOTS_A_POINT, 1 / _DOTS_A_POINT)
    sheet.canvas.drawPath(path, stroke=0, fill=1)


@contextmanager
def saying(instead: Callable[[int], int]) -> Iterator[None]:
    """Let fonts say other characters than they print, while a document is drawn."""
    told = ttfonts.makeToUnicodeCMap
    ttfonts.makeToUnicodeCMap = lambda name, codes: told(name, [instead(code) for code in codes])
    try:
        yield
    finally:
        ttfonts.makeToUnicodeCMap = told


def _digits(instead: Callable[[int], int]) -> Callable[[int], int]:
    return lambda code: instead(code - 48) if 48 <= code < 58 else code


LIES: dict[str, Callable[[int], int]] = {
    "digits of private use": _digits(lambda digit: 0xE000 + digit),
    "digits as letters": _digits(lambda digit: 65 + digit),
    "digits as Chinese": _digits(lambda digit: 0x4E00 + digit),
    "digits as spaces": _digits(lambda digit: 32),
    "digits as nothing": _digits(lambda digit: 0),
    "digits as the next": _digits(lambda digit: 49 + digit),
    "digits as others": _digits(lambda digit: 48 + (digit + 3) % 10),
    "all as the next": lambda code: code + 1 if code > 32 else code,
    "all as spaces but Chinese": lambda code: code if code > 0x2E7F else 32,
}
MORE: dict[str, Trouble] = {
    "shaped clip": shaped_clip,
    "dark cover": _covered_by(_dark),
    "shaded cover": _covered_by(_shaded),
    "tiny": tiny,
    "white outline": white_outline,
    "struck askew": struck_askew,
    "strewn": strewn,
    "sealed": sealed,
    "seal in a picture": seal_in_picture,
}
