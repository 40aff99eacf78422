"""Whether what went wrong is that the disk is full or may not be written to, and what to say then."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

_OF_RIGHTS = (errno.EACCES, errno.EPERM, errno.EROFS)
_SAID_OF_A_FULL_DISK = ("no space left", "disk is full", "disk full", "disk quota exceeded")
_NEXT_TO_NOTHING_MIB = 2  # SQLite and dbt say other things when nothing is left, or nothing at all


def full_disk(home: Path, said: str) -> str | None:
    """What to tell the reader if the disk under ``home`` is full, by what was said or by what is left."""
    free_mib = _free_mib(home)
    is_full = any(words in said.lower() for words in _SAID_OF_A_FULL_DISK) or free_mib < _NEXT_TO_NOTHING_MIB
    if not is_full:
        return None
    return (
        f"The disk of {home} is full ({free_mib:,.1f} MiB are free). Make room or move the home to a larger "
        "disk, and run again: what was landed stays, and readers have what they had."
    )


def advice_on_rights(error: BaseException) -> str | None:
    """What to tell the reader if something could not be written or read for want of rights."""
    for each in _chain(error):
        if isinstance(each, OSError) and each.errno in _OF_RIGHTS and each.filename is not None:
            why = (each.strerror or str(each)).lower()
            return (
                f"{each.filename}：没有权限或所在磁盘只读。请授予权限，或用 DISCLOSURES_HOME 另设目录。\n"
                f"{each.filename}: {why}. Give yourself the right to it, or have a home elsewhere "
                "(DISCLOSURES_HOME)."
            )
    return None


def everything_said(error: BaseException) -> str:
    """The messages of an error and of those that it came from."""
    return "\n".join(str(each) for each in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _free_mib(home: Path) -> float:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    return shutil.disk_usage(there).free / 2**20
