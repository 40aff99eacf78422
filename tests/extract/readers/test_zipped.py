"""An office document is unpacked only when its directory says that this does no harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from extract.readers import UnreadableDocumentError, read_blocks, zipped
from extract.readers.zipped import check_zip

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MIB = 1024 * 1024


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name, data)
    return file.getvalue()


def locked(data: bytes) -> bytes:
    """The same archive whose directory says that its parts are encrypted."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + bytes([data[at] | 1]) + data[at + 1 :]


def test_an_ordinary_document_is_let_through() -> None:
    check_zip(archive(a=b"x" * MIB))


@pytest.mark.parametrize("media_type", [WORKBOOK, WORD])
def test_a_decompression_bomb_is_refused_before_it_bursts(media_type: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="times its size, as decompression bombs do"):
        read_blocks(archive(sheet=bytes(60 * MIB)), media_type)


def test_the_size_is_bounded_whatever_the_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "_MOST_UNPACKED_MIB", 1)
    with pytest.raises(UnreadableDocumentError, match="unpacks to 2 MiB; at most 1 are read"):
        check_zip(archive(a=bytes(2 * MIB)))


def test_so_is_the_number_of_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "_MOST_PARTS", 2)
    with pytest.raises(UnreadableDocumentError, match="has 3 parts; at most 2"):
        check_zip(archive(a=b"", b=b"", c=b""))


def test_a_locked_document_says_so() -> None:
    with pytest.raises(UnreadableDocumentError, match="locked by a password"):
        check_zip(locked(archive(a=b"x")))


def test_an_archive_cut_short_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="damaged or cut short"):
        check_zip(archive(a=b"x" * 100)[:-30])
