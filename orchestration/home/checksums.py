"""What the files of a folder were when they were written, so that a later change to them shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from orchestration.home.state import WrittenFile

_COPIED_AT_ONCE = 4 * 1024 * 1024


def files_as_they_are(folder: Path) -> dict[str, WrittenFile]:
    """Size, time and SHA-256 of each file of a folder, by name."""
    return {path.name: _as_it_is(path) for path in sorted(folder.iterdir())}


def trouble_with(folder: Path, written: Mapping[str, WrittenFile], *, thorough: bool) -> str | None:
    """The first file that is not what it was, in words; bytes are read where the time changed, or all."""
    for name, file in written.items():
        path = folder / name
        try:
            status = path.stat()
        except OSError:
            return f"{path} is gone"
        if status.st_size != file.size_bytes:
            return f"{path} has {status.st_size:,} bytes and was written with {file.size_bytes:,}"
        is_untouched = status.st_mtime_ns == file.changed_ns
        if (thorough or not is_untouched) and sha256(path) != file.sha256:
            return f"{path} is not what was written"
    return None


def sha256(path: Path) -> str:
    """Digest of a file's bytes, in hex."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def copy_with_sha256(source: Path, target: Path) -> str:
    """Copy a file's bytes; give their digest, in hex, as they were read."""
    digest, buffer = hashlib.sha256(), memoryview(bytearray(_COPIED_AT_ONCE))
    with source.open("rb", buffering=0) as opened, target.open("wb", buffering=0) as copy:
        while count := opened.readinto(buffer):
            digest.update(buffer[:count])
            copy.write(buffer[:count])
    return digest.hexdigest()


def _as_it_is(path: Path) -> WrittenFile:
    status = path.stat()
    return WrittenFile(status.st_size, status.st_mtime_ns, sha256(path))
