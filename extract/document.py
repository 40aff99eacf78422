"""One document, from bytes to printed records: where readers and forms meet."""

from __future__ import annotations

from dataclasses import replace

from extract.forms import understand
from extract.landing import LandedFile
from extract.printed import PrintedDocument, PrintedFacts
from extract.readers import UnreadableDocumentError, read_blocks
from extract.version import extractor_version
from extract.vocabulary import load_vocabulary


def read_document(file: LandedFile, data: bytes) -> PrintedDocument:
    """Read one landed file. Pure: the result depends on the bytes, the name and the extractor version.

    A file that cannot be read gives a document with status ``failed`` and the reason; nothing is raised for
    what a publisher may have sent. A fault of our own is such a reason too: it must not cost the other
    documents, and the reason says that it is ours.
    """
    facts = PrintedFacts(
        document_id=file.document_id,
        file_name=file.file_name,
        media_type=file.media_type,
        extractor_version=extractor_version(),
        status="read",
    )
    try:
        read = read_blocks(data, file.media_type)
    except UnreadableDocumentError as error:
        return PrintedDocument(replace(facts, status="failed", failure_reason=str(error)))
    facts = replace(facts, encoding=read.encoding)
    try:
        return understand(read.blocks, facts, load_vocabulary())
    except Exception as fault:
        reason = f"a fault of the reader, please report it with the file: {type(fault).__name__}: {fault}"
        return PrintedDocument(replace(facts, status="failed", failure_reason=reason))
