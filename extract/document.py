"""One document, from bytes to printed records: where readers and forms meet."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from extract.blocks import Illegible, texts_of
from extract.faults import is_of_code
from extract.forms import understand
from extract.forms.disclosure import NOT_A_DISCLOSURE, evidence_of, no_disclosure
from extract.landing import LandedFile
from extract.printed import PrintedDocument, PrintedFacts
from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers.reading import ReadBlocks
from extract.remembered import forget_if_long
from extract.traditional import in_simplified, is_traditional, with_printed_names
from extract.version import extractor_version
from extract.vocabulary import load_vocabulary

_NAMED_FORMATS = frozenset(
    {".pdf", ".xls", ".xlsx", ".et", ".doc", ".docx", ".wps", ".zip", ".rar", ".7z", ".ofd"}
)
_ARCHIVES = {".zip": "application/zip"}
_WORKBOOKS = frozenset({".xls", ".xlsx", ".et"})
_FEWEST_FIELDS = 20  # parted by tabs: a table that a program wrote and named after the one that opens it
_NOT_AS_NAMED = {
    "text/plain": "plain text",
    "application/zip": "a damaged archive",
    "application/octet-stream": "of no format that is known",
}
# as libraries say it that have errors of their own
_SAYS_NO_MEMORY = re.compile(r"bad_?alloc|bad allocation|(?:allocate|out of) memory|MemoryError", re.I)
_NOTHING_FOUND = "nothing of a budget or final accounts was found in it: no form, and no amount in its prose"


def read_document(file: LandedFile, data: bytes) -> PrintedDocument:
    """Read one landed file. Pure: the result depends on the bytes, the name and the extractor version.

    A file that cannot be read gives a document with status ``failed`` and the reason, one that is no
    disclosure one with status ``not_a_disclosure`` and what it is; nothing is raised for what a publisher may
    have sent. What is raised is a fault of our own; whoever reads many documents keeps it from costing the
    others.
    """
    facts = PrintedFacts(
        document_id=file.document_id,
        file_name=file.file_name,
        media_type=file.media_type,
        extractor_version=extractor_version(),
        status="read",
    )
    try:
        _check_name(file, data)
        read = read_blocks(data, file.media_type)
    except UnreadableDocumentError as error:
        return PrintedDocument(replace(facts, status="failed", failure_reason=str(error)))
    facts = replace(facts, encoding=read.encoding, page_count=read.page_count, failure_reason=read.caveat)
    try:
        return _understood(read, facts)
    finally:
        forget_if_long(texts_of(read.blocks))


def _understood(read: ReadBlocks, facts: PrintedFacts) -> PrintedDocument:
    vocabulary = load_vocabulary()
    is_other_script = is_traditional(read.blocks)
    blocks = in_simplified(read.blocks) if is_other_script else read.blocks
    document = understand(blocks, facts, vocabulary)
    evidence = evidence_of(blocks, document, vocabulary)
    if evidence.is_of_disclosure:
        return with_printed_names(document, read.blocks) if is_other_script else document
    if _says_nothing(document) and not evidence.other:
        status = NOT_A_DISCLOSURE if _was_read(read) else "failed"
        return PrintedDocument(replace(facts, status=status, failure_reason=_NOTHING_FOUND))
    return no_disclosure(blocks, facts, evidence)


def read_or_fail(file: LandedFile, data: bytes) -> PrintedDocument:
    """The same, also where the reader itself stops: one document's trouble must not cost the others.

    Raises :class:`OSError` and :class:`MemoryError`, which are the machine's trouble.
    """
    try:
        return read_document(file, data)
    except (OSError, MemoryError):
        raise
    except BaseException as error:
        if not is_of_code(error):
            raise
        if _SAYS_NO_MEMORY.search(str(error)):
            raise MemoryError from error
        reason = f"the reader stopped with {type(error).__name__}: {error}; please report it with the file"
        return failed_document(file, reason)


def failed_document(file: LandedFile, reason: str) -> PrintedDocument:
    """A document of which nothing is known but why it could not be read."""
    return PrintedDocument(
        facts=PrintedFacts(
            document_id=file.document_id,
            file_name=file.file_name,
            media_type=file.media_type,
            extractor_version=extractor_version(),
            status="failed",
            failure_reason=reason,
        )
    )


def _check_name(file: LandedFile, data: bytes) -> None:
    """Refuse what is not of the format that its name says: a download that went wrong, no disclosure."""
    suffix = PurePath(file.file_name).suffix.lower()
    if suffix in _WORKBOOKS and file.media_type == "text/plain" and data.count(b"\t") >= _FEWEST_FIELDS:
        return
    content = _NOT_AS_NAMED.get(file.media_type)
    if content is not None and suffix in _NAMED_FORMATS and _ARCHIVES.get(suffix) != file.media_type:
        raise UnreadableDocumentError(
            f"it is named {suffix}, but its content is {content}; it was probably not downloaded whole"
        )


def _says_nothing(document: PrintedDocument) -> bool:
    """Whether a document has no form that is known, no amount in its prose and no numeral in any grid."""
    has_form = any(form.form_key is not None for form in document.forms)
    return not (has_form or document.claims or document.numeric_cells)


def _was_read(read: ReadBlocks) -> bool:
    """Whether there was text, and nothing is known to be lost of it: what is not seen may be a disclosure."""
    if read.caveat or any(isinstance(block, Illegible) for block in read.blocks):
        return False
    return any(map(str.strip, texts_of(read.blocks)))
