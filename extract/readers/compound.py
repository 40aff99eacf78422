"""Compound files (OLE), the container of old Office formats: whether the chains of their sectors end.

A damaged one may lead in a circle, which python-calamine follows until there is no memory left.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence

_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA  # greater numbers mean other things: the end of a chain, a free sector
_ENTRY = 128
_STREAM, _ROOT = 2, 5  # kinds of entries of a directory that have content


def has_endless_chain(data: bytes) -> bool:
    """Whether a chain of sectors of a compound file leads in a circle; False for what is no such file."""
    if not data.startswith(_SIGNATURE) or len(data) < _HEADER:
        return False
    (shift,) = struct.unpack_from("<H", data, 30)
    if not 7 <= shift <= 16:
        return False
    directory, _, _, short_table, _, more = struct.unpack_from("<6I", data, 48)
    size = 1 << shift
    table_sectors, is_endless = _table_sectors(data, more, size)
    if is_endless:
        return True
    table = _numbers(data, table_sectors, size)
    if _circles(table, (directory, short_table)):
        return True
    entries = list(_entries(data, _chain(table, directory), size))
    if _circles(table, entries):
        return True
    return _circles(_numbers(data, _chain(table, short_table), size), entries)


def _table_sectors(data: bytes, more: int, size: int) -> tuple[list[int], bool]:
    """The sectors that hold the table of chains, and whether the list of these is endless."""
    sectors = [each for each in struct.unpack_from("<109I", data, 76) if each < _LAST_SECTOR]
    seen: set[int] = set()
    while more < _LAST_SECTOR:
        if more in seen:
            return [], True
        seen.add(more)
        listed = _numbers(data, (more,), size)
        if not listed:
            break
        sectors += (each for each in listed[:-1] if each < _LAST_SECTOR)
        more = listed[-1]
    return sectors, False


def _numbers(data: bytes, sectors: Iterable[int], size: int) -> array[int]:
    """The numbers that sectors hold, without those beyond the end of the file."""
    numbers = array("I")
    for sector in sectors:
        part = data[(sector + 1) * size : (sector + 2) * size]
        numbers.extend(number for (number,) in struct.iter_unpack("<I", part[: len(part) // 4 * 4]))
    return numbers


def _chain(table: Sequence[int], start: int) -> Iterator[int]:
    """The sectors of a chain that is known to end."""
    while start < len(table):
        yield start
        start = table[start]


def _entries(data: bytes, sectors: Iterable[int], size: int) -> Iterator[int]:
    """Where the streams of a directory begin."""
    for sector in sectors:
        part = data[(sector + 1) * size : (sector + 2) * size]
        for at in range(0, len(part) - _ENTRY + 1, _ENTRY):
            if part[at + 66] in (_STREAM, _ROOT):
                yield struct.unpack_from("<I", part, at + 116)[0]


def _circles(table: Sequence[int], starts: Iterable[int]) -> bool:
    """Whether a chain from one of the starts comes back to itself; each sector is looked at once."""
    walked_by = array("I", bytes(4 * len(table)))
    for number, start in enumerate(starts, start=1):
        sector = start
        while sector < len(table) and not walked_by[sector]:
            walked_by[sector] = number
            sector = table[sector]
        if sector < len(table) and walked_by[sector] == number:
            return True
    return False
