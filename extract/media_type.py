"""The true media type of a document, from its bytes. File names lie; publishers rename freely.

Order matters: a few formats announce themselves in ASCII and would pass for text, everything else that
decodes is text, and only what does not decode is looked up by signature. So a text that happens to begin
with "BM" is not a bitmap.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Iterator

import puremagic

EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
HTML = "text/html"
XML = "application/xml"
PDF = "application/pdf"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RTF = "application/rtf"
MHTML = "multipart/related"
ZIP = "application/zip"
OFD = "application/ofd"
OLE = "application/x-ole-storage"

_XML_ROOT = 4_096  # characters within which a document of XML says what it is
_SAMPLE = 65_536  # bytes that decide whether something is text
_PDF_HEADER_WITHIN = 1_024  # readers accept junk before the header, so publishers' files have it
_WEAKEST_SIGNATURE = 0.3  # puremagic's confidence; below are two-letter signatures
_DAMAGED_TEXT = 0.01  # a text may hold this share of undecodable characters and still be a (damaged) text
_LEGIBLE_UTF16 = 0.9  # share of East Asian and ASCII characters below which "UTF-16" is chance

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")  # all but white space and DOS's end-of-file mark
_EXPECTED_IN_UTF16 = re.compile(r"[\t\r\n\x20-\x7e　-〿一-鿿＀-￯‐-⁞①-⓿]")
_BEFORE_MARKUP = re.compile(r"(?:\s|\ufeff|<\?xml.*?\?>|<!--.*?-->)*", re.DOTALL)
_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|title|div|table|p|span)\b", re.IGNORECASE)
_MHTML_HEADER = re.compile(
    r"(?:[A-Z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related", re.IGNORECASE
)

_OFFICE_FOLDERS = {
    "xl/": WORKBOOK,
    "word/": WORD,
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# Names that other text may hold, too, are looked for where a directory has its entries.
_OLE_ENTRIES = {"Book": "application/vnd.ms-excel", "BOOK": "application/vnd.ms-excel"}
_OLE_ENTRY_BYTES = 128
_BARE_WORKBOOK = re.compile(rb"\x09[\x00\x02\x04\x08](?:[\x04\x06\x08\x10])\x00.[\x00\x02-\x05]", re.DOTALL)
_XML_KINDS = {
    "urn:schemas-microsoft-com:office:spreadsheet": "application/vnd.ms-excel.xml",
    "http://schemas.microsoft.com/office/word/2003/wordml": "application/vnd.ms-word.xml",
}
_ZIP_SIGNATURE = b"PK\x03\x04"
_OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_STREAMS = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "WORKBOOK": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}


def media_type(data: bytes) -> str:
    """Give the media type: ``application/x-empty`` for no bytes, ``application/octet-stream`` if unknown.

    Text in UTF-8, UTF-16 or GB18030 is ``text/plain`` (or what its markup says), also when it is slightly
    damaged: the text reader then says what is wrong.
    """
    if not data:
        return EMPTY
    if data.startswith(_ZIP_SIGNATURE):  # what is stored in it as it is may look like anything
        return _inside_zip(data)
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return PDF
    text = _as_text(data[:_SAMPLE], is_whole=len(data) <= _SAMPLE)
    return _by_signature(data) if text is None else _markup(text)


def _as_text(sample: bytes, *, is_whole: bool) -> str | None:
    """Decode the sample if it is text; ``None`` when it is not."""
    for encoding in _candidate_encodings(sample):
        try:
            text = codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=is_whole)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            continue
        if encoding in ("utf-16-le", "utf-16-be") and not _is_legible(text):
            continue
        return text
    return _as_damaged_text(sample)


def _candidate_encodings(sample: bytes) -> Iterator[str]:
    if sample.startswith(codecs.BOM_UTF8):
        yield "utf-8-sig"
    elif sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
    elif b"\x00" in sample:
        # GB18030 would decode the NUL halves of UTF-16 without complaint.
        yield from ("utf-16-le", "utf-16-be")
    else:
        yield from ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def _is_legible(text: str) -> bool:
    return len(_EXPECTED_IN_UTF16.findall(text)) >= _LEGIBLE_UTF16 * len(text)


def _as_damaged_text(sample: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        text = sample.decode(encoding, "replace")
        if text.count("\ufffd") + len(_CONTROLS.findall(text)) <= _DAMAGED_TEXT * len(text):
            return text
    return None


def _markup(text: str) -> str:
    if text.startswith("{\\rtf"):
        return RTF
    if _MHTML_HEADER.match(text):
        return MHTML
    prologue = _BEFORE_MARKUP.match(text)
    start = prologue.end() if prologue else 0
    if _HTML_START.match(text, start):
        return HTML
    if "<?xml" not in text[:start]:
        return TEXT
    root = text[start : start + _XML_ROOT]
    return next((kind for namespace, kind in _XML_KINDS.items() if namespace in root), XML)


def _inside_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/") for name in archive.namelist()]  # as some programs part folders
            if "mimetype" in names:  # OpenDocument, EPUB
                return archive.read("mimetype").decode("ascii").strip() or ZIP
            if any(name.lower() == "ofd.xml" for name in names):
                return OFD
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError, RuntimeError, NotImplementedError):
        return ZIP
    return next(
        (kind for folder, kind in _OFFICE_FOLDERS.items() if any(name.startswith(folder) for name in names)),
        ZIP,
    )


def _inside_ole(data: bytes) -> str:
    kinds = (kind for stream, kind in _OLE_STREAMS.items() if stream.encode("utf-16-le") in data)
    entries = (kind for stream, kind in _OLE_ENTRIES.items() if _is_ole_entry(f"{stream}\0", data))
    return next(kinds, None) or next(entries, OLE)


def _is_ole_entry(name: str, data: bytes) -> bool:
    """Whether a directory of an OLE file has an entry of a name."""
    wanted = name.encode("utf-16-le")
    found = data.find(wanted)
    while found >= 0 and found % _OLE_ENTRY_BYTES:
        found = data.find(wanted, found + 1)
    return found >= 0


def _by_signature(data: bytes) -> str:
    if data.startswith(_OLE_SIGNATURE):
        return _inside_ole(data)
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "image/bmp"
    if _BARE_WORKBOOK.match(data):
        return "application/vnd.ms-excel"
    try:
        matches = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    named = [match for match in matches if match.mime_type and match.confidence >= _WEAKEST_SIGNATURE]
    return max(named, key=lambda match: match.confidence).mime_type if named else UNKNOWN
