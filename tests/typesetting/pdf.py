"""Pages as PDF: characters and rules, or pictures of them as a scanner makes."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.typesetting.content import Content
from tests.typesetting.pages import Design, Page, laid_out

FONT = "WenQuanYi Micro Hei"
FONT_FILE = str(files("paperang_p2_fonts_cjk") / "fonts" / "wqy-microhei.ttc")
DOTS_AN_INCH = 200
_POINTS_AN_INCH = 72
_SHADE = 0.85


def as_pdf(content: Content, design: Design) -> bytes:
    """Typeset content as PDF; on turned pages it lies on its side, and the page says so."""
    registered()
    file = io.BytesIO()
    # reportlab changes the sides of a turned page itself
    canvas = Canvas(file, pagesize=(design.width, design.height), invariant=True)
    for page in laid_out(content, design):
        if design.is_turned:
            canvas.setPageRotation(90)
            canvas.translate(design.height, 0)
            canvas.rotate(90)
        canvas.setFont(FONT, design.size)
        canvas.setLineWidth(0.5)
        canvas.setFillGray(_SHADE)
        for x0, y0, x1, y1 in page.shades:
            canvas.rect(x0, design.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        canvas.setFillGray(0)
        for x0, y0, x1, y1 in page.rules:
            canvas.line(x0, design.height - y0, x1, design.height - y1)
        for x, y, text in page.pieces:
            canvas.drawString(x, design.height - y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@cache
def registered() -> None:
    """Make the font known to reportlab."""
    pdfmetrics.registerFont(TTFont(FONT, FONT_FILE))


def as_scan(content: Content, design: Design) -> bytes:
    """Typeset content as a PDF of pictures."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(design.width, design.height), invariant=True)
    for page in laid_out(content, design):
        canvas.drawImage(ImageReader(picture(page, design)), 0, 0, design.width, design.height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def picture(page: Page, design: Design) -> Image.Image:
    """Draw one page in grey."""
    scale = DOTS_AN_INCH / _POINTS_AN_INCH
    image = Image.new("L", (round(design.width * scale), round(design.height * scale)), 255)
    draw = ImageDraw.Draw(image)
    font = _font(round(design.size * scale))
    for rule in page.rules:
        draw.line([round(edge * scale) for edge in rule], fill=0, width=2)
    for x, y, text in page.pieces:
        _draw_text(draw, x * scale, y * scale, text, font)
    return image


def _draw_text(
    draw: ImageDraw.ImageDraw, x: float, y: float, text: str, font: ImageFont.FreeTypeFont
) -> None:
    draw.text((x, y), text, font=font, fill=0, anchor="ls")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILE, size)
