"""Reading Chinese budget disclosures: bytes in, staged frames out.

Pure, but for ``sources`` (where files come from) and ``landing`` (where they are kept). What is named here is
imported when it is first asked for, so that a question about a warehouse does not load what reads documents.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.document import failed_document, read_document, read_or_fail
    from extract.normalize import stage
    from extract.printed import printed_frames
    from extract.readers import UnreadableDocumentError, printed_pages
    from extract.version import extractor_version

__all__ = [
    "UnreadableDocumentError",
    "extractor_version",
    "failed_document",
    "printed_frames",
    "printed_pages",
    "read_document",
    "read_or_fail",
    "stage",
]

_HOME = {
    "UnreadableDocumentError": "readers",
    "extractor_version": "version",
    "failed_document": "document",
    "printed_frames": "printed",
    "printed_pages": "readers",
    "read_document": "document",
    "read_or_fail": "document",
    "stage": "normalize",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"extract.{_HOME[name]}"), name)
