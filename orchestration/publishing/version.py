"""A version of the published file: its name, when it was published, and what it was made from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """The inputs of one build. Two builds of the same inputs have the same rows."""

    document_ids: tuple[str, ...]
    documents_sha256: str
    """Digest of the documents in force, each with its batch, its status and the version that read it."""
    dbt_project: str
    extractor_version: str
    duckdb_version: str

    @property
    def digest(self) -> str:
        """One text for all of it."""
        parts = (self.documents_sha256, self.dbt_project, self.extractor_version, self.duckdb_version)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Version:
    """What one publish makes. Sorted by name, versions are sorted by time."""

    published_at: datetime
    made_from: Provenance

    @property
    def name(self) -> str:
        """When, to the second in UTC, and of what."""
        return f"{self.published_at:%Y%m%dT%H%M%SZ}_{self.made_from.digest[:8]}"
