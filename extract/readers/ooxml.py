"""Office Open XML packages (.xlsx, .docx): their parts, how these refer to each other, and what is rewritten.

The Strict variant of the standard has namespaces of its own and is otherwise the same; openpyxl knows the
other variant alone.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping

from lxml import etree

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z/]+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def transitional(xml: bytes) -> bytes:
    """Give a part of a package with the namespaces of the Transitional variant."""
    return _STRICT.sub(_TRANSITIONAL, xml) if b"purl.oclc.org/ooxml" in xml else xml


def parsed(xml: bytes) -> etree._Element:
    """Parse a part. Nothing outside is looked up; raises :class:`lxml.etree.XMLSyntaxError`."""
    # Elements nested deeper than libxml2's 256 are refused by it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(xml, parser)


def rewritten(data: bytes, rewrite: Callable[[str, bytes], bytes]) -> bytes:
    """Give a package with each part of XML rewritten by its name; the same bytes where nothing changes.

    Raises:
        zipfile.BadZipFile: and what else the module raises for damaged archives.
    """
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                part = archive.read(name)
                new = rewrite(name, part)
                if new is not part:
                    changed[name] = new
        if not changed:
            return data
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as copy:
            for name in dict.fromkeys(archive.namelist()):
                copy.writestr(name, changed[name] if name in changed else archive.read(name))
    return written.getvalue()


def relationships(archive: zipfile.ZipFile, part: str) -> Mapping[str, str]:
    """The parts that a part refers to, by the id of the reference; nothing outside the package."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return {}
    found: dict[str, str] = {}
    for each in parsed(transitional(archive.read(path))).iter(_RELATIONSHIP):
        target = each.get("Target", "")
        if each.get("TargetMode") != "External" and target:
            found[each.get("Id", "")] = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
    return found
