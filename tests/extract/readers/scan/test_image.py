"""Picture files become pictures of pages, or are refused in words an operator can act on."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, read_blocks, scan
from extract.readers.scan.image import decoded

ENOUGH = 200


def coded(image: Image.Image, file_format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def grey(value: int, size: tuple[int, int] = (60, 80)) -> Image.Image:
    return Image.new("L", size, value)


def pages(data: bytes, most_pixels: int = 1_000_000) -> list[tuple[np.ndarray, float]]:
    return list(decoded(data, most_pixels, ENOUGH))


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_one_page_in_grey(file_format: str) -> None:
    data = coded(grey(200).convert("RGB"), file_format, dpi=(150, 150))
    ((picture, dots_an_inch),) = pages(data)
    assert media_type(data) == f"image/{file_format.lower()}"
    assert picture.shape == (80, 60)
    assert picture.mean() == pytest.approx(200, abs=1)
    assert dots_an_inch == pytest.approx(150, abs=1)


def test_every_page_of_a_tiff_is_read() -> None:
    data = coded(grey(10), "TIFF", save_all=True, append_images=[grey(20), grey(30)])
    assert [int(picture[0, 0]) for picture, _ in pages(data)] == [10, 20, 30]


def test_what_is_transparent_is_paper() -> None:
    ((picture, _),) = pages(coded(Image.new("RGBA", (60, 80), (0, 0, 0, 0)), "PNG"))
    assert picture.min() == 255


def test_sixteen_bits_a_dot_are_not_cut_off() -> None:
    ((picture, _),) = pages(coded(Image.fromarray(np.full((80, 60), 0x8000, np.uint16)), "PNG"))
    assert (picture == 0x80).all()


def test_a_picture_that_does_not_say_its_size_is_one_of_a4() -> None:
    ((_, dots_an_inch),) = pages(coded(grey(255, (827, 1169)), "PNG", dpi=(72, 72)))
    assert dots_an_inch == pytest.approx(100, rel=0.01)


def test_more_dots_than_are_of_use_are_left_out() -> None:
    ((picture, dots_an_inch),) = pages(coded(grey(255, (600, 900)), "PNG", dpi=(600, 600)))
    assert (picture.shape, dots_an_inch) == ((300, 200), 200)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (coded(grey(0, (2000, 1000)), "PNG"), "2,000 by 1,000 pixels; at most 1,000,000 are read"),
        (coded(grey(0), "PNG")[:60], "the picture is damaged or cut short"),
        (coded(Image.effect_noise((90, 90), 50), "JPEG")[:2000], "the picture is damaged or cut short"),
    ],
    ids=["too large", "cut in its head", "cut in its data"],
)
def test_a_picture_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        pages(data)


def test_without_the_extra_a_picture_is_refused_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    with pytest.raises(UnreadableDocumentError, match="install the ocr extra"):
        read_blocks(coded(grey(0), "PNG"), "image/png")


def test_a_blank_picture_is_no_document() -> None:
    with pytest.raises(UnreadableDocumentError):
        read_blocks(coded(grey(255, (300, 400)), "PNG"), "image/png")
