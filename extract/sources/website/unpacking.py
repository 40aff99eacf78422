"""What a website packed (``Content-Encoding``), unpacked a little at a time: some bytes may become GiBs."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ASKED_FOR = "gzip, deflate"
_AS_IT_IS = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_AT_ONCE = 65_536
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_BARE = -zlib.MAX_WBITS
_GZIP = b"\x1f\x8b"
_TELLING = 2  # bytes at the beginning that tell how it is packed


class PackingError(Exception):
    """It is packed otherwise than it was asked for, or is not what it says."""


def unpacked(parts: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Give the bytes that were packed, in parts of at most 64 KiB where they are; twice where they are twice.

    Raises :class:`PackingError`, when the first part is asked for or a damaged one is reached.
    """
    given = iter(parts)
    for each in reversed(encoding.lower().split(",")):
        name = each.strip()
        if name in _AS_IT_IS:
            continue
        if name not in _PACKED:
            raise PackingError(f"it is packed as {name}, which was not asked for")
        given = _inflated(given)
    yield from given


def _inflated(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack what is packed once; another may follow it, or nothing but zeros."""
    inflating, is_first, left = None, True, b""
    for part in parts:
        left += part
        while left:
            if inflating is None:
                left = left if is_first else left.lstrip(b"\0")
                if len(left) < _TELLING:
                    break
                inflating, is_first = zlib.decompressobj(_kind(left)), False
            try:
                yield inflating.decompress(left, _AT_ONCE)
            except zlib.error as error:
                raise PackingError(f"it is not packed as it says ({error})") from error
            left = inflating.unconsumed_tail
            if inflating.eof:
                left, inflating = inflating.unused_data, None
    if inflating is not None:
        raise PackingError("what was packed ends in its middle")


def _kind(data: bytes) -> int:
    """How it was packed: some websites leave out the two bytes with which deflate begins."""
    is_zlib = data[0] & 15 == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
    return _GZIP_OR_ZLIB if is_zlib or data[:2] == _GZIP else _BARE
