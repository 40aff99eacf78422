"""The pictures on a sheet of an .xlsx, each with the row that it begins in: over cells or within one."""

from __future__ import annotations

import re
import zipfile
from typing import NamedTuple

from extract.readers.ooxml import parsed, relationships, transitional

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_ANCHORS = tuple(f"{_DRAWING}{name}" for name in ("oneCellAnchor", "twoCellAnchor", "absoluteAnchor"))


_IN_CELLS = "xl/cellimages.xml"
_NAME = f"{_DRAWING}nvPicPr/{_DRAWING}cNvPr"
_SHOWN_IN_CELL = re.compile(
    rb'<c r="[A-Z]+(?P<row>\d+)"(?:(?!</c>).)*?DISPIMG\((?:"|&quot;)(?P<name>\w+)', re.DOTALL
)


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
    found += _in_cells(archive, sheet) if _IN_CELLS in names else []
    return tuple(sorted(found, key=lambda picture: picture.row))


def _in_cells(archive: zipfile.ZipFile, sheet: str) -> list[SheetPicture]:
    """Pictures that the cells of a sheet show by a function of WPS, which names them."""
    media, names = relationships(archive, _IN_CELLS), set(archive.namelist())
    paths: dict[str, str] = {}
    for picture in parsed(archive.read(_IN_CELLS)).iter(f"{_DRAWING}pic"):
        name, blip = picture.find(_NAME), next(picture.iter(_BLIP), None)
        path = media.get(blip.get(_EMBED, ""), "") if blip is not None else ""
        if name is not None and path in names:
            paths[name.get("name", "")] = path
    return [
        SheetPicture(int(shown["row"]), archive.read(paths[wanted]))
        for shown in _SHOWN_IN_CELL.finditer(archive.read(sheet))
        if (wanted := shown["name"].decode("ascii", "replace")) in paths
    ]
