"""The files of the dbt project, and what changes when any of them does."""

from __future__ import annotations

import hashlib

from orchestration.home.paths import DBT_PROJECT

_NOT_PARSED = {"target", "logs", "dbt_packages", ".user.yml"}


def project_fingerprint() -> str:
    """A digest of names and contents, so that a fresh clone of the same files has the same one."""
    digest = hashlib.sha256()
    for path in sorted(DBT_PROJECT.rglob("*")):
        relative = path.relative_to(DBT_PROJECT)
        if relative.parts[0] not in _NOT_PARSED and path.is_file():
            content = path.read_bytes()
            digest.update(f"{relative}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()
