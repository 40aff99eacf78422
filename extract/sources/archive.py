"""The files in a .zip archive, one level deep, each as if it lay in a folder of that name.

Nothing is unpacked to disk, so that the names inside cannot do harm; members are read when they are landed.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import quote

from extract.sources.found import FoundFile, unreadable_file
from extract.sources.litter import is_litter

SUFFIX = ".zip"
_MIB = 1024 * 1024
_MOST_MEMBERS = 5_000
_MOST_MEMBER_MIB = 500
_MOST_RATIO = 300  # text of repeated blanks shrinks to a hundredth
_SMALL_MIB = 20  # below, no ratio does harm
_NAMED_IN_UTF8, _IS_LOCKED = 0x800, 0x1
_ARCHIVES = (SUFFIX, ".rar", ".7z", ".tar", ".gz", ".tgz")


Opener = Callable[[], "Path | BinaryIO"]
"""Gives an archive, as often as it is asked."""


def archive_members(open_archive: Opener, archive: FoundFile) -> Iterator[FoundFile]:
    """Give each file in an archive, or the archive itself as a file that says why it cannot be opened.

    A member that cannot be read (locked, an archive of its own, one that bursts) is given too, and says why
    when it is read; the others are not touched.
    """
    try:
        with zipfile.ZipFile(open_archive()) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield _unreadable(archive, f"the archive cannot be opened ({error}); download it again or unpack it")
        return
    if len(members) > _MOST_MEMBERS:
        reason = f"the archive holds {len(members):,} files; at most {_MOST_MEMBERS:,} are read: unpack it"
        yield _unreadable(archive, reason)
        return
    for member in sorted(members, key=member_name):
        name = PurePosixPath(member_name(member))
        if any(is_litter(part) for part in name.parts if part.strip("./")):
            continue
        file = replace(
            archive,
            uri=f"{archive.uri}!/{quote(str(name))}",
            file_name=name.name,
            read=partial(_read, open_archive, member),
        )
        why_not = _why_not(member, name)
        yield _unreadable(file, why_not) if why_not else file


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member; without the mark of UTF-8 it is in the code page of a Chinese Windows."""
    if member.flag_bits & _NAMED_IN_UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")  # what zipfile takes unmarked names for
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _why_not(member: zipfile.ZipInfo, name: PurePosixPath) -> str | None:
    size = member.file_size / _MIB
    if member.flag_bits & _IS_LOCKED:
        return "it is locked by a password in its archive; unpack it with the password"
    if name.suffix.lower() in _ARCHIVES:
        return "it is an archive inside an archive, which is not opened; unpack it"
    if size > _MOST_MEMBER_MIB:
        return f"it unpacks to {size:,.0f} MiB; at most {_MOST_MEMBER_MIB:,} are read"
    if size > _SMALL_MIB and member.file_size > _MOST_RATIO * max(1, member.compress_size):
        return "it unpacks to so many times its size that it must be a decompression bomb"
    return None


def _read(open_archive: Opener, member: zipfile.ZipInfo) -> bytes:
    try:
        with zipfile.ZipFile(open_archive()) as opened, opened.open(member) as file:
            data = file.read(member.file_size + 1)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, zlib.error) as error:
        raise OSError(f"it cannot be unpacked ({error}); download the archive again") from error
    if len(data) != member.file_size:
        raise OSError("it is not as long as its archive says; download the archive again")
    return data


def _unreadable(file: FoundFile, reason: str) -> FoundFile:
    return replace(file, read=unreadable_file(file.uri, file.file_name, reason).read)
