"""The extractor's version: what must change for a document to be read again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from extract.readers.scan import recogniser
from extract.vocabulary import VOCABULARY_DIR

RELEASE = "0.1.0"


@cache
def extractor_version() -> str:
    """Release plus a fingerprint of the reading code, the vocabulary and what recognises scans.

    A changed vocabulary row or line of code reads every document again, and so does a recogniser that was
    installed, removed or replaced; nothing else does.
    """
    digest = hashlib.sha256(recogniser().encode())
    for file in (*sorted(Path(__file__).parent.rglob("*.py")), *sorted(VOCABULARY_DIR.glob("*.csv"))):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return f"{RELEASE}+{digest.hexdigest()[:12]}"
