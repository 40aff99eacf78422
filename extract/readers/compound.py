"""Compound files (OLE), the container of old Office formats: whether reading one comes to an end.

In a damaged one chains of sectors may lead in a circle, which python-calamine follows until there is no
memory left; and a cell may lie where no sheet of the format has one, to which it lays a rectangle out.
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
_BOOKS = frozenset(name.encode("utf-16-le") for name in ("Workbook", "Book"))
# Records of cells; each begins with its row and its column.
_CELLS = frozenset((0x006, 0x0BD, 0x0BE, 0x0D6, 0x0FD, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406))
_COLUMNS = 256


def has_endless_chain(data: bytes) -> bool:
    """Whether a chain of sectors of a compound file leads in a circle; False for what is no such file."""
    size = _sector_size(data)
    if size is None:
        return False
    directory, _, _, short_table, _, more = struct.unpack_from("<6I", data, 48)
    table_sectors, is_endless = _table_sectors(data, more, size)
    if is_endless:
        return True
    table = _numbers(data, table_sectors, size)
    if _circles(table, (directory, short_table)):
        return True
    entries = [start for _, start in _entries(data, _chain(table, directory), size)]
    if _circles(table, entries):
        return True
    return _circles(_numbers(data, _chain(table, short_table), size), entries)


def has_far_cell(data: bytes) -> bool:
    """Whether a workbook whose chains end names a cell beyond the last column that its format has."""
    size = _sector_size(data)
    if size is None:
        return False
    directory, more = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 68)[0]
    table = _numbers(data, _table_sectors(data, more, size)[0], size)
    for name, start in _entries(data, _chain(table, directory), size):
        if name in _BOOKS:
            stream = b"".join(
                data[(sector + 1) * size : (sector + 2) * size] for sector in _chain(table, start)
            )
            if any(column >= _COLUMNS for column in _columns(stream)):
                return True
    return False


def _sector_size(data: bytes) -> int | None:
    if not data.startswith(_SIGNATURE) or len(data) < _HEADER:
        return None
    (shift,) = struct.unpack_from("<H", data, 30)
    return 1 << shift if 7 <= shift <= 16 else None


def _columns(stream: bytes) -> Iterator[int]:
    """The column of each cell of a workbook's records."""
    at = 0
    while at + 8 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind in _CELLS:
            yield struct.unpack_from("<H", stream, at + 6)[0]
        at += 4 + length


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


def _entries(data: bytes, sectors: Iterable[int], size: int) -> Iterator[tuple[bytes, int]]:
    """The streams of a directory: their names, and where they begin."""
    for sector in sectors:
        part = data[(sector + 1) * size : (sector + 2) * size]
        for at in range(0, len(part) - _ENTRY + 1, _ENTRY):
            if part[at + 66] in (_STREAM, _ROOT):
                name = part[at : at + max(0, part[at + 64] - 2)]
                yield name, struct.unpack_from("<I", part, at + 116)[0]


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
