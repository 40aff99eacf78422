"""Picture files to pictures of pages."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageSequence, UnidentifiedImageError

from extract.readers.reading import UnreadableDocumentError
from extract.readers.scan.picture import Picture

_LONGER_SIDE_OF_A4 = 11.69  # inches, where a picture does not say how large it is meant to be
_LEAST_DOTS = 100  # an inch; less is the resolution of a screen and says nothing of the paper
_MOST_PAGES = 500  # of one file
_WHAT_PILLOW_RAISES = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    ArithmeticError,
    struct.error,
    Image.DecompressionBombError,
)


def decoded(data: bytes, most_pixels: int, dots_an_inch: int) -> Iterator[tuple[Picture, float]]:
    """Give each page of a picture file in grey, and its dots an inch: ``dots_an_inch`` or somewhat more.

    Only TIFF has several pages. What is transparent is paper.

    Raises:
        UnreadableDocumentError: when it is damaged, has more than ``most_pixels`` pixels on a page, or too
            many pages.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is ours
            image = Image.open(io.BytesIO(data))
            pages = ImageSequence.Iterator(image) if image.format == "TIFF" else iter((image,))
            for number, page in enumerate(pages, start=1):
                if number > _MOST_PAGES:
                    raise UnreadableDocumentError(f"it has more than {_MOST_PAGES:,} pages")
                width, height = page.size
                if width * height > most_pixels:
                    raise UnreadableDocumentError(
                        f"the picture has {width:,} by {height:,} pixels; at most {most_pixels:,} are read"
                    )
                yield _no_finer(_grey(page), _dots(page), dots_an_inch)
    except _WHAT_PILLOW_RAISES as error:
        if isinstance(error, UnreadableDocumentError):
            raise
        raise UnreadableDocumentError(f"the picture is damaged or cut short ({error})") from error


def _grey(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # which Pillow would cut at 255
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("L")
    return image.convert("L")


def _dots(image: Image.Image) -> float:
    dots = float(image.info.get("dpi", (0, 0))[0])
    return dots if dots >= _LEAST_DOTS else max(image.size) / _LONGER_SIDE_OF_A4


def _no_finer(image: Image.Image, dots: float, enough: int) -> tuple[Picture, float]:
    """A picture with hardly more dots an inch than are enough: more takes time and memory."""
    if dots >= 1.5 * enough:
        image = image.resize(
            (max(1, round(image.width * enough / dots)), max(1, round(image.height * enough / dots))),
            Image.Resampling.LANCZOS,
        )
        dots = enough
    return np.array(image), dots
