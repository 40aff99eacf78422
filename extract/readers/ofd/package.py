"""The parts of an OFD package: its pages, what is drawn under them, and what they refer to by number."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from extract.readers.ooxml import parsed
from extract.readers.reading import UnreadableDocumentError
from extract.readers.zipped import check_zip

Element = etree._Element
_WHAT_A_DAMAGED_ARCHIVE_RAISES = (
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
    EOFError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)
_RESOURCES = ("PublicRes", "DocumentRes")


class Area(NamedTuple):
    """A rectangle of a page, in millimetres from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Resources:
    """What pages refer to by number: groups of drawings, pictures (their parts), and colours of fills."""

    groups: dict[str, Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    fills: dict[str, Element] = field(default_factory=dict)


class OfdPage(NamedTuple):
    """A page: its area, and its layers and those of its templates in the order in which they are painted."""

    area: Area
    layers: tuple[Element, ...]
    resources: Resources


class Package:
    """An OFD package that is open."""

    def __init__(self, data: bytes) -> None:
        """Open a package.

        Raises:
            UnreadableDocumentError: when it is damaged, locked, or would unpack to too much.
        """
        check_zip(data)
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.lower(): name for name in self._archive.namelist()}

    def pages(self) -> Iterator[OfdPage]:
        """Give the pages of all documents of the package.

        Raises:
            UnreadableDocumentError: when a part that a document needs is missing or is no XML.
        """
        for root in children(self._parsed("OFD.xml"), "DocBody", "DocRoot"):
            yield from self._pages_of((root.text or "").strip().lstrip("/"))

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableDocumentError: when it is missing or damaged.
        """
        try:
            return self._archive.read(self._names[name.lower()])
        except _WHAT_A_DAMAGED_ARCHIVE_RAISES as error:
            raise UnreadableDocumentError(
                f"the OFD document is damaged: its part {name} is missing or broken"
            ) from error

    def _parsed(self, name: str) -> Element:
        try:
            return parsed(self.read(name))
        except etree.XMLSyntaxError as error:
            raise UnreadableDocumentError(f"the OFD document is damaged: {name} is no XML") from error

    def _pages_of(self, name: str) -> Iterator[OfdPage]:
        document, folder = self._parsed(name), posixpath.dirname(name)
        resources = Resources()
        for kind in _RESOURCES:
            for location in children(document, "CommonData", kind):
                self._add_resources(resources, _located(folder, location.text or ""))
        templates = {
            each.get("ID"): _located(folder, each.get("BaseLoc", ""))
            for each in children(document, "CommonData", "TemplatePage")
        }
        usual = next(iter(children(document, "CommonData", "PageArea", "PhysicalBox")), None)
        for each in children(document, "Pages", "Page"):
            path = _located(folder, each.get("BaseLoc", ""))
            page = self._parsed(path)
            for location in children(page, "PageRes"):
                self._add_resources(resources, _located(posixpath.dirname(path), location.text or ""))
            own = next(iter(children(page, "Area", "PhysicalBox")), usual)
            area = area_of(own.text if own is not None else None)
            if area is None:
                raise UnreadableDocumentError("the OFD document does not say how large its pages are")
            yield OfdPage(area, tuple(self._layers(page, templates)), resources)

    def _layers(self, page: Element, templates: dict[str | None, str]) -> Iterator[Element]:
        used = [
            (each.get("ZOrder", "Background"), templates[each.get("TemplateID")])
            for each in children(page, "Template")
            if each.get("TemplateID") in templates
        ]
        for order, path in used:
            if order != "Foreground":
                yield from children(self._parsed(path), "Content", "Layer")
        yield from children(page, "Content", "Layer")
        for order, path in used:
            if order == "Foreground":
                yield from children(self._parsed(path), "Content", "Layer")

    def _add_resources(self, resources: Resources, path: str) -> None:
        if path.lower() not in self._names:
            return  # pictures and colours; without them the text still stands where it stands
        part = self._parsed(path)
        folder = posixpath.join(posixpath.dirname(path), part.get("BaseLoc", ""))
        for media in children(part, "MultiMedias", "MultiMedia"):
            for file in children(media, "MediaFile"):
                resources.pictures[media.get("ID", "")] = _located(folder, file.text or "")
        for group in children(part, "CompositeGraphicUnits", "CompositeGraphicUnit"):
            resources.groups[group.get("ID", "")] = group
        for drawn in children(part, "DrawParams", "DrawParam"):
            for fill in children(drawn, "FillColor"):
                resources.fills[drawn.get("ID", "")] = fill


def children(element: Element, *path: str) -> list[Element]:
    """The descendants of an element along a path of names, whatever their namespace."""
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent.iterchildren(f"{{*}}{name}")]
    return found


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; none where one of them is no number."""
    try:
        return [float(number) for number in (text or "").split()]
    except ValueError:
        return []


def area_of(text: str | None) -> Area | None:
    """An area as attributes state it, or None."""
    sides = numbers(text)
    return Area(*sides) if len(sides) == len(Area._fields) else None


def _located(folder: str, location: str) -> str:
    location = location.strip()
    if location.startswith("/"):
        return posixpath.normpath(location).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, location))
