"""What the files of a folder were when they were written, so that a later change to them shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from orchestration.home.durable import sync

FILE_NAME = "checksums.json"
_COPIED_AT_ONCE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _File:
    size_bytes: int
    changed_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Checksums:
    """Size, time and SHA-256 of each file of a folder, by name."""

    files: dict[str, _File]

    @classmethod
    def write(cls, folder: Path) -> None:
        """Put down what the files of ``folder`` are now."""
        files = {path.name: asdict(_as_it_is(path)) for path in sorted(folder.iterdir())}
        target = folder / FILE_NAME
        target.write_text(json.dumps(files, indent=1) + "\n", encoding="utf-8")
        sync(target)

    @classmethod
    def of(cls, folder: Path) -> Self | None:
        """What was put down for ``folder``; no files when it cannot be read, ``None`` when nothing was."""
        target = folder / FILE_NAME
        try:
            written = json.loads(target.read_bytes())
            return cls({name: _File(**about) for name, about in written.items()})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, AttributeError):
            return cls({FILE_NAME: _File(0, 0, "unreadable")})

    def trouble(self, folder: Path, *, thorough: bool) -> str | None:
        """The first file that is not what it was, in words; bytes are read where the time changed, or all."""
        for name, written in self.files.items():
            path = folder / name
            try:
                status = path.stat()
            except OSError:
                return f"{path} is gone"
            if status.st_size != written.size_bytes:
                return f"{path} has {status.st_size:,} bytes and was written with {written.size_bytes:,}"
            is_untouched = status.st_mtime_ns == written.changed_ns
            if (thorough or not is_untouched) and sha256(path) != written.sha256:
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


def _as_it_is(path: Path) -> _File:
    status = path.stat()
    return _File(status.st_size, status.st_mtime_ns, sha256(path))
