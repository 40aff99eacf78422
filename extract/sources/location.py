"""Files wherever fsspec opens them: a bucket, a server, an archive."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import fsspec

from extract.sources.declared import LocationSource
from extract.sources.found import FoundFile, unreadable_file
from extract.sources.litter import is_litter

_MIB = 1024 * 1024
_DIGESTS = ("ETag", "etag", "e_tag", "md5", "md5Hash", "ContentMD5", "content_md5")
_TIMES = ("LastModified", "last_modified", "mtime", "modify", "updated", "created")


def find_at_location(source: LocationSource) -> Iterator[FoundFile]:
    """Every file that a location has, sorted by path; hidden and temporary ones are skipped.

    Nothing is read yet. What cannot be listed is given as a file that says why.
    """
    try:
        filesystem, root = fsspec.core.url_to_fs(source.where, **source.options)
        entries: Mapping[str, Mapping[str, Any]] = filesystem.find(root, detail=True)
        if not entries and not filesystem.exists(root):
            raise FileNotFoundError(f"there is nothing at {source.where}")
    except Exception as error:  # each library behind fsspec has its own errors
        yield unreadable_file(source.where, source.id, f"it cannot be listed: {_reason(error)}", source.id)
        return
    for path, about in sorted(entries.items()):
        name = PurePosixPath(path).name
        below = path.removeprefix(root).strip("/").split("/")
        if any(map(is_litter, below)) or not source.takes(name):
            continue
        uri = filesystem.unstrip_protocol(path)
        size = about.get("size")
        if size is not None and size > source.size_limit * _MIB:
            reason = f"it has {size / _MIB:,.0f} MiB; the size_limit of {source.id} is {source.size_limit:g}"
            yield unreadable_file(uri, name, reason, source.id)
            continue
        read = partial(_read, filesystem, path)
        yield FoundFile(uri, name, _stamp(about), _changed_at(about), read, source.id)


def _read(filesystem: fsspec.AbstractFileSystem, path: str) -> bytes:
    try:
        return bytes(filesystem.cat_file(path))
    except Exception as error:  # each library behind fsspec has its own errors
        raise OSError(_reason(error)) from error


def _stamp(about: Mapping[str, Any]) -> str | None:
    """Size and what the location says of its content or its time; ``None`` when it says neither."""
    known = {name: str(about[name]) for name in (*_DIGESTS, *_TIMES) if about.get(name)}
    return json.dumps({"size": about.get("size"), **known}, sort_keys=True) if known else None


def _changed_at(about: Mapping[str, Any]) -> datetime | None:
    for name in _TIMES:
        moment = about.get(name)
        if isinstance(moment, datetime):
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if isinstance(moment, (int, float)):
            return datetime.fromtimestamp(moment, tz=UTC)
    return None


def _reason(error: Exception) -> str:
    return f"{error}" if isinstance(error, OSError) and str(error) else f"{type(error).__name__}: {error}"
