"""Which sheets of an old workbook show pictures. They are not read; a sheet of nothing else is not blank."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc

_BOF, _OBJ, _BITMAP = 0x809, 0x5D, 0x7F
_WORKSHEET = 0x10
_PICTURE = 8
_STREAMS = ("Workbook", "Book")


def sheets_with_pictures(data: bytes) -> frozenset[int]:
    """Give the numbers of the worksheets, from 1 in the order of their bytes, on which a picture lies.

    Raises what :mod:`xlrd` raises for a damaged container.
    """
    container = CompDoc(data, logfile=io.StringIO())
    streams = (container.get_named_stream(name) for name in _STREAMS)
    stream = next((found for found in streams if found), b"")
    sheet, found = 0, set[int]()
    for kind, record in _records(stream):
        if kind == _BOF and len(record) >= 4 and struct.unpack_from("<H", record, 2)[0] == _WORKSHEET:
            sheet += 1
        elif kind == _BITMAP or (kind == _OBJ and _kind_of_object(record) == _PICTURE):
            found.add(sheet)
    return frozenset(found)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + size]
        position += 4 + size


def _kind_of_object(record: bytes) -> int | None:
    """What an object is by its number: at one place in BIFF8 and in what came before it."""
    if len(record) < 6:
        return None
    kind: int = struct.unpack_from("<H", record, 4)[0]
    return kind
