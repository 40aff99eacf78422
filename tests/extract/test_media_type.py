"""The media type comes from the bytes alone."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from extract.media_type import media_type

BUDGET = "部门预算收支总表\t单位：万元\n一般公共预算\t1,234.56\n" * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_text_in_every_encoding_that_offices_publish_in(encoding: str) -> None:
    assert media_type(BUDGET.encode(encoding)) == "text/plain"


def test_a_text_longer_than_the_sample_may_be_cut_inside_a_character() -> None:
    for shift in range(4):
        assert media_type(("a" * shift + "预算" * 40_000).encode()) == "text/plain"


def test_text_that_begins_like_a_bitmap_or_a_program_is_text() -> None:
    assert media_type(b"BM is how this sentence begins") == "text/plain"
    assert media_type(b"MZ is how this one does") == "text/plain"


def test_slightly_damaged_text_is_left_to_the_text_reader() -> None:
    assert media_type(BUDGET.encode() * 5 + b"\xff\xff") == "text/plain"
    assert media_type(b"\xff\xfd" * 20) == "application/octet-stream"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html><html></html>", "text/html"),
        ("﻿ <!-- 公开 --> <HTML><head>".encode(), "text/html"),
        ("<html><head><title>预算".encode("gb18030"), "text/html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "text/html"),
        (b'<?xml version="1.0"?><budget/>', "application/xml"),
        (b"{\\rtf1\\ansi}", "application/rtf"),
        (b"a < b, so <html> is only mentioned", "text/plain"),
    ],
)
def test_markup_is_known_by_how_it_begins(data: bytes, expected: str) -> None:
    assert media_type(data) == expected


def test_a_pdf_is_a_pdf_even_when_it_is_all_ascii_or_has_junk_before_it() -> None:
    assert media_type(b"%PDF-1.4\n1 0 obj\n") == "application/pdf"
    assert media_type(b"\r\n\r\n%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") == "application/pdf"


def test_words_about_a_pdf_are_no_pdf() -> None:
    assert media_type(b"dummy pdf") == "text/plain"


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("ppt/slides.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("readme.txt", "application/zip"),
    ],
)
def test_a_container_is_known_by_what_is_in_it(member: str, expected: str) -> None:
    assert media_type(_archive({"[Content_Types].xml": b"<x/>", member: b"<x/>"})) == expected


def test_an_open_document_says_its_own_type() -> None:
    spreadsheet = b"application/vnd.oasis.opendocument.spreadsheet"
    assert media_type(_archive({"mimetype": spreadsheet, "content.xml": b"<x/>"})) == spreadsheet.decode()


@pytest.mark.parametrize("content", [BUDGET * 50, "%PDF-1.7"])
def test_what_a_container_stores_as_it_is_does_not_tell_what_it_is(content: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", content)
    assert media_type(file.getvalue()).endswith("wordprocessingml.document")


def test_a_broken_container_is_still_a_container() -> None:
    assert media_type(b"PK\x03\x04\x00\x00\x00\x00") == "application/zip"


@pytest.mark.parametrize(
    ("stream", "expected"),
    [("Workbook", "application/vnd.ms-excel"), ("WordDocument", "application/msword")],
)
def test_old_office_files_are_told_apart(stream: str, expected: str) -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + stream.encode("utf-16-le") + bytes(64)
    assert media_type(data) == expected


def test_images_are_known_by_signature() -> None:
    assert media_type(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") == "image/png"


def test_no_bytes_and_unknown_bytes_are_said_to_be_so() -> None:
    assert media_type(b"") == "application/x-empty"
    assert media_type(random.Random(7).randbytes(4_096)) == "application/octet-stream"


def _archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
