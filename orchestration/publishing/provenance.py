"""What a warehouse is made from: which documents, read by which program, judged by which models."""

from __future__ import annotations

import hashlib

import duckdb

from extract import extractor_version
from orchestration.building.in_force import documents_in_force
from orchestration.building.project_files import project_fingerprint
from orchestration.home.paths import Paths
from orchestration.publishing.version import Provenance


def provenance(paths: Paths) -> Provenance:
    """What a build of this warehouse would be made from now."""
    manifest = documents_in_force(paths)
    return Provenance(
        document_ids=tuple(manifest["document_id"]),
        documents_sha256=hashlib.sha256(manifest.write_csv().encode()).hexdigest(),
        dbt_project=project_fingerprint(),
        extractor_version=extractor_version(),
        duckdb_version=duckdb.__version__,
    )
