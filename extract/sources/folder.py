"""Files under a folder, in a stable order.

Something that is there but cannot be read (a dangling link, a pipe, a folder without permission) is yielded
like any file and says why when it is read: landing then reports it by name instead of losing it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from extract.sources.archive import SUFFIX, archive_members
from extract.sources.found import FoundFile, unreadable_file
from extract.sources.litter import is_litter

_LEADS_OUT = "the link leads out of the folder, to {}; follow_links of the source would have to say so"


def find_files(
    root: Path, exclude: Collection[Path] = (), *, follow_links: bool = False
) -> Iterator[FoundFile]:
    """Every file under ``root`` (or ``root`` itself when it is a file), folder by folder, sorted by name.

    Hidden and temporary files are skipped; a .zip archive is as a folder, one level deep. Links within the
    folder are followed, and out of it with ``follow_links``: whoever may put a file there must not have
    others read for him. A folder is visited once however many links lead to it. ``exclude`` names files and
    folders that are not looked at, nor anything below them.

    Raises :class:`FileNotFoundError` when ``root`` does not exist.
    """
    root = root.resolve(strict=True)
    excluded = {path.resolve() for path in exclude}
    if root.is_dir():
        yield from _walk(root, excluded, set(), None if follow_links else root)
    else:
        yield from _files(root)


def _walk(
    folder: Path, excluded: set[Path], visited: set[tuple[int, int]], within: Path | None
) -> Iterator[FoundFile]:
    try:
        identity = _identity(folder)
        if identity in visited:
            return
        visited.add(identity)
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(folder, f"the folder cannot be listed: {_reason(error)}")
        return
    for entry in entries:
        if is_litter(entry.name) or (excluded and entry.resolve() in excluded):
            continue
        if within is not None and entry.is_symlink() and entry.exists() and not _is_within(entry, within):
            yield _unreadable(entry, _LEADS_OUT.format(entry.resolve()))
        elif entry.is_dir():
            yield from _walk(entry, excluded, visited, within)
        else:
            yield from _files(entry)


def _is_within(link: Path, folder: Path) -> bool:
    return link.resolve().is_relative_to(folder)


def _files(path: Path) -> Iterator[FoundFile]:
    """A file, or what is in it where it is an archive."""
    file = _file(path)
    if path.suffix.lower() == SUFFIX and file.stamp is not None:
        yield from archive_members(partial(Path, path), file)  # which another process can be given
    else:
        yield file


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _file(path: Path) -> FoundFile:
    try:
        status = path.stat()
    except OSError as error:
        if path.is_symlink():
            return _unreadable(path, f"the link points at {path.readlink()}, which cannot be reached")
        return _unreadable(path, _reason(error))
    if not stat.S_ISREG(status.st_mode):
        # Opening a pipe or a device could wait for ever.
        return _unreadable(path, "it is a pipe, socket or device, not a file")
    return FoundFile(
        uri=path.as_uri(),
        file_name=printable_name(path.name),
        stamp=_stamp(status),
        changed_at=datetime.fromtimestamp(max(status.st_mtime, status.st_ctime), tz=UTC),
        read=partial(_read, path),
    )


def _unreadable(path: Path, reason: str) -> FoundFile:
    return unreadable_file(path.as_uri(), printable_name(path.name), reason)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            before = _stamp(os.fstat(file.fileno()))
            data = file.read()
            after = _stamp(os.fstat(file.fileno()))
    except OSError as error:
        raise OSError(_reason(error)) from error
    if before != after:
        raise OSError("it changed while it was being read; the next run tries again")
    return data


def _stamp(status: os.stat_result) -> str:
    # The change time cannot be set back by `touch` or `cp -p`, as the modification time can.
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def printable_name(name: str) -> str:
    """A file name that is valid Unicode; names written by Chinese Windows programs are GB18030 bytes."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
