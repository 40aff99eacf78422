"""The pictures of a page of OFD, laid where they stand, for recognition and for what they hide."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image

from extract.readers.ofd.drawn import Shown

_MOST_PIXELS = 100_000_000
_OPAQUE = (b"\xff\xd8\xff", b"BM")  # JPEG and bitmaps let nothing through
_PNG = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPE = 25  # where a PNG says whether it has an alpha channel
_WITH_ALPHA = (4, 6)


def is_opaque(data: bytes) -> bool:
    """Whether nothing is seen through a picture: a seal lets the text under it through."""
    if data.startswith(_PNG) and len(data) > _COLOUR_TYPE:
        return data[_COLOUR_TYPE] not in _WITH_ALPHA and b"tRNS" not in data[:1024]
    return data.startswith(_OPAQUE)


def laid(
    pictures: Sequence[tuple[Shown, bytes]], width: float, height: float, dots: float
) -> Image.Image | None:
    """A page of points in ``dots`` an inch with nothing but its pictures; None where one cannot be opened."""
    scale = min(dots / 72, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    page = Image.new("L", (max(1, round(width * scale)), max(1, round(height * scale))), 255)
    for shown, data in pictures:
        left, bottom, right, top = (edge * scale for edge in shown.area)
        try:
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > _MOST_PIXELS:
                return None
            grey = image.convert("RGBA") if image.has_transparency_data else image.convert("L")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        size = max(1, round(right - left)), max(1, round(top - bottom))
        if size[0] * size[1] > _MOST_PIXELS:
            return None
        resized = grey.resize(size, Image.Resampling.LANCZOS)
        mask = resized.getchannel("A") if resized.mode == "RGBA" else None
        page.paste(resized.convert("L"), (round(left), page.height - round(top)), mask)
    return page


def turned_upright(picture: Image.Image, quarter: int) -> Image.Image:
    """A picture of a page turned as the page is, whose text runs ``quarter`` quarters anticlockwise."""
    return picture.rotate(-90 * quarter, expand=True)
