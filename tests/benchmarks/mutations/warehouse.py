"""A warehouse of many text documents, built up to its findings."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built


class Built(NamedTuple):
    """A warehouse with findings, and what it took."""

    build_file: Path
    staging_seconds: float
    build_seconds: float


def build(home: Path, texts: list[NamedBytes]) -> Built:
    """Read and stage the texts, and build everything up to the findings in a new file under ``home``.

    Raises what :func:`orchestration.direct.warehouse.built` does.
    """
    began = time.perf_counter()
    frames = stage_bytes(texts)
    staged = time.perf_counter()
    home.mkdir(parents=True)
    build_file = home / "warehouse.duckdb"
    with built(frames, ["fct_findings"], build_file):
        pass
    return Built(build_file, staged - began, time.perf_counter() - staged)
