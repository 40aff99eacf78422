"""The extractor's version: what must change for a document to be read again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from extract.abilities import abilities
from extract.records import RECORDS, schema
from extract.vocabulary_tables import TABLES, VOCABULARY_DIR

RELEASE = "0.1.0"


@cache
def extractor_version() -> str:
    """Release plus a fingerprint of the reading code, of the vocabulary it reads and of what is installed.

    A changed row of that vocabulary or line of code, another column, and the arrival of the ocr extra or of
    LibreOffice, read every document again; nothing else does, such as other words about a column.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for file in (
        *(file for file in sorted(package.rglob("*.py")) if _reads(file.relative_to(package))),
        *(VOCABULARY_DIR / f"{table}.csv" for table in TABLES),
    ):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    for record in RECORDS:
        digest.update(f"{record.table}{schema(record)}".encode())
    for ability in sorted(abilities()):
        digest.update(ability.encode())
    return f"{RELEASE}+{digest.hexdigest()[:12]}"


def _reads(file: Path) -> bool:
    """Whether a file may change what is read: not where bytes come from, nor words about columns."""
    return file.parts[0] not in ("sources", "landing.py", "records")
