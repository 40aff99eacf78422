"""What a website packed is unpacked in small parts, however much it becomes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest

from extract.sources.website.unpacking import PackingError, unpacked

PAGE = b"<p>" + bytes(range(256)) * 2_000
MOST_AT_ONCE = 65_536


def bare(data: bytes) -> bytes:
    """As some websites understand deflate."""
    return zlib.compress(data)[2:-4]


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("", bytes),
        ("identity", bytes),
        ("gzip", gzip.compress),
        ("X-GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", bare),
        ("gzip", lambda data: gzip.compress(data[:999]) + gzip.compress(data[999:])),
        ("gzip", lambda data: gzip.compress(data) + bytes(100)),
        ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_what_was_packed_comes_out_as_it_was(
    encoding: str, pack: Callable[[bytes], bytes], size: int
) -> None:
    packed = pack(PAGE)
    parts = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert b"".join(unpacked(parts, encoding)) == PAGE


def test_no_part_is_large_however_small_what_it_comes_of() -> None:
    packed = gzip.compress(gzip.compress(bytes(2**26)))
    assert len(packed) < 1_000
    parts = list(unpacked([packed], "gzip, gzip"))
    assert sum(map(len, parts)) == 2**26
    assert max(map(len, parts)) <= MOST_AT_ONCE


@pytest.mark.parametrize(
    ("encoding", "packed", "reason"),
    [
        ("br", b"abc", "packed as br, which was not asked for"),
        ("gzip", b"<p>not packed</p>" * 9, "not packed as it says"),
        ("gzip", gzip.compress(PAGE)[:-8] + bytes(8), "not packed as it says"),
        ("gzip", gzip.compress(PAGE)[:-20], "ends in its middle"),
    ],
)
def test_what_is_packed_otherwise_is_refused_in_words(encoding: str, packed: bytes, reason: str) -> None:
    with pytest.raises(PackingError, match=reason):
        list(unpacked([packed], encoding))
