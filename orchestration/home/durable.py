"""Writing so that a crash leaves the old file or the new one, never a part of one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

TEMPORARY_PREFIX = ".unfinished-"


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path beside ``target``; what is written there takes its name when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{TEMPORARY_PREFIX}{os.getpid()}-{target.name}")
    try:
        yield temporary
        sync(temporary)
        temporary.replace(target)
        sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def replace_parquet(frame: pl.DataFrame, target: Path) -> None:
    """Write a frame as Parquet, whole or not at all."""
    with replacing(target) as temporary:
        frame.write_parquet(temporary)


def sync(path: Path) -> None:
    """Force a file's bytes, or a folder's entries, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
