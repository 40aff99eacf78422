"""Picture files to pictures."""

from __future__ import annotations

import io
import warnings

import numpy as np
from PIL import Image, UnidentifiedImageError

from extract.readers.reading import UnreadableDocumentError
from extract.readers.scan.picture import Picture

_LONGER_SIDE_OF_A4 = 11.69  # inches, where a picture does not say how large it is meant to be
_LEAST_DOTS = 100  # an inch; less is the resolution of a screen and says nothing of the paper


def decoded(data: bytes, most_pixels: int) -> tuple[Picture, float]:
    """Give a picture in grey and its dots an inch.

    Raises:
        UnreadableDocumentError: when it is damaged, or has more than ``most_pixels`` pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is ours
            image = Image.open(io.BytesIO(data))
        width, height = image.size
        if width * height > most_pixels:
            raise UnreadableDocumentError(
                f"the picture has {width:,} by {height:,} pixels; at most {most_pixels:,} are read"
            )
        picture = np.array(image.convert("L"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, UnreadableDocumentError):
            raise
        raise UnreadableDocumentError(f"the picture is damaged or cut short ({error})") from error
    dots = float(image.info.get("dpi", (0, 0))[0])
    return picture, dots if dots >= _LEAST_DOTS else max(picture.shape) / _LONGER_SIDE_OF_A4
