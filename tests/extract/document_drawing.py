"""Draw whole documents in tests: from text with bars to printed records."""

from __future__ import annotations

import hashlib

from extract import read_document
from extract.landing import LandedFile
from extract.printed import PrintedDocument
from tests.extract.drawing import tabbed


def drawn(drawing: str, file_name: str = "drawn.txt") -> PrintedDocument:
    """Read a drawing as a text document."""
    data = tabbed(drawing).encode()
    return read_document(
        LandedFile(hashlib.sha256(data).hexdigest(), file_name, "text/plain", len(data)), data
    )
