"""Formats that are known and not read are refused with what to do."""

from __future__ import annotations

import pytest

from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, read_blocks

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600
MHTML = b"""From: <Saved by Windows Internet Explorer>
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html"; boundary="x"

<html></html>"""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE, "not known"),
        (MHTML, r"\.mht.*no page.*save the page as HTML"),
        (MHTML.replace(b"\n", b"\r\n"), r"\.mht.*no page.*save the page as HTML"),
    ],
)
def test_a_format_that_is_not_read_is_refused_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        read_blocks(data, media_type(data))


def test_a_text_that_mentions_a_web_archive_is_a_text() -> None:
    assert media_type("说明：甲\nContent-Type: multipart/related\n".encode()) == "text/plain"
