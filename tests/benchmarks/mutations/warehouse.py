"""A warehouse of many text documents, built up to its findings."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from extract.landing import content_id
from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built


class Built(NamedTuple):
    """A warehouse with findings, and what it took."""

    build_file: Path
    staging_seconds: float
    build_seconds: float


def build(home: Path, texts: Sequence[NamedBytes], apart: Sequence[NamedBytes] = ()) -> Built:
    """Read and stage the texts, and build everything up to the findings in a new file under ``home``.

    Those of ``apart`` are each of a publisher of its own: a copy of what is there already would be taken for
    another edition of it, and held against nothing.

    Raises what :func:`orchestration.direct.warehouse.built` does.
    """
    began = time.perf_counter()
    frames = stage_bytes([*texts, *apart])
    frames["documents"] = _of_own_publishers(frames["documents"], [content_id(each.data) for each in apart])
    staged = time.perf_counter()
    home.mkdir(parents=True)
    build_file = home / "warehouse.duckdb"
    with built(frames, ["fct_findings"], build_file):
        pass
    return Built(build_file, staged - began, time.perf_counter() - staged)


def _of_own_publishers(documents: pl.DataFrame, ids: Sequence[str]) -> pl.DataFrame:
    """The documents, those of ``ids`` under a publisher's name that no other has."""
    own = pl.concat_str("publisher_name", pl.col("document_id").str.head(16))
    return documents.with_columns(
        publisher_name=pl.when(pl.col("document_id").is_in(ids)).then(own).otherwise("publisher_name")
    )
