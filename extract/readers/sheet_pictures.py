"""The pictures on a sheet of an .xlsx, each with the row that it begins in."""

from __future__ import annotations

import zipfile
from typing import NamedTuple

from extract.readers.ooxml import parsed, relationships, transitional

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_ANCHORS = tuple(f"{_DRAWING}{name}" for name in ("oneCellAnchor", "twoCellAnchor", "absoluteAnchor"))


class SheetPicture(NamedTuple):
    """A picture: the 1-based row it begins in, and the bytes of its file."""

    row: int
    data: bytes


def sheet_pictures(archive: zipfile.ZipFile, sheet: str) -> tuple[SheetPicture, ...]:
    """Give the pictures of a sheet from top to bottom; raises what :mod:`lxml` raises for damaged parts."""
    names = set(archive.namelist())
    found: list[SheetPicture] = []
    drawings = [path for path in relationships(archive, sheet).values() if "/drawings/" in path]
    for drawing in drawings:
        if drawing not in names or not drawing.endswith(".xml"):
            continue
        media = relationships(archive, drawing)
        for anchor in parsed(transitional(archive.read(drawing))).iter(*_ANCHORS):
            row = anchor.findtext(f"{_DRAWING}from/{_DRAWING}row", "0")
            for blip in anchor.iter(_BLIP):
                path = media.get(blip.get(_EMBED, ""), "")
                if path in names:
                    found.append(SheetPicture(int(row) + 1, archive.read(path)))
    return tuple(sorted(found, key=lambda picture: picture.row))
