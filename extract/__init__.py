"""Reading Chinese budget disclosures: bytes in, staged frames out.

Pure, but for ``sources`` (where files come from) and ``landing`` (where they are kept).
"""

from extract.document import read_document
from extract.normalize import stage
from extract.printed import printed_frames
from extract.readers import UnreadableDocumentError, printed_pages
from extract.version import extractor_version

__all__ = [
    "UnreadableDocumentError",
    "extractor_version",
    "printed_frames",
    "printed_pages",
    "read_document",
    "stage",
]
