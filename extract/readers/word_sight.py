"""What a Word document hides, strikes out or raises by a style, and what it prints in white.

Said once in the runs themselves, before these are read.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUN, _RUN_PROPERTIES = f"{_W}r", f"{_W}rPr"
_SIGHT = tuple(f"{_W}{name}" for name in ("vanish", "strike", "dstrike", "vertAlign"))
_GROUND = tuple(f"{_W}{name}" for name in ("shd", "highlight"))
_WHITE = "FFFFFF"
_MOST_STYLES_DEEP = 20  # based on each other

_Properties = Mapping[str, etree._Element]


def say_in_runs(body: etree._Element, styles: etree._Element | None) -> None:
    """Write into each run what its character style says of how it is seen, and that white text is hidden."""
    known = _styles(styles)
    for run in body.iter(_RUN):
        properties = run.find(_RUN_PROPERTIES)
        if properties is None:
            continue
        style = properties.find(f"{_W}rStyle")
        if style is not None:
            for name, said in known.get(style.get(f"{_W}val", ""), {}).items():
                if properties.find(name) is None:
                    etree.SubElement(properties, name, {str(k): str(v) for k, v in said.attrib.items()})
        colour = properties.find(f"{_W}color")
        if colour is not None and colour.get(f"{_W}val", "").upper() == _WHITE and not _has_ground(run):
            etree.SubElement(properties, f"{_W}vanish")


def _styles(styles: etree._Element | None) -> dict[str, _Properties]:
    """What each style says of how its text is seen, with what it takes from the style that it is based on."""
    if styles is None:
        return {}
    by_id = {style.get(f"{_W}styleId", ""): style for style in styles.iterchildren(f"{_W}style")}
    found: dict[str, _Properties] = {}
    for name in by_id:
        said: dict[str, etree._Element] = {}
        each: str | None = name
        for _ in range(_MOST_STYLES_DEEP):
            style = by_id.get(each or "")
            if style is None:
                break
            properties = style.find(_RUN_PROPERTIES)
            for child in properties if properties is not None else ():
                if child.tag in _SIGHT:
                    said.setdefault(child.tag, child)
            based = style.find(f"{_W}basedOn")
            each = None if based is None else based.get(f"{_W}val")
        if said:
            found[name] = said
    return found


def _has_ground(run: etree._Element) -> bool:
    """Whether something may be painted under a run: it, its paragraph, its cell or its table is shaded."""
    around = (run, *run.iterancestors())
    for element in around:
        if element.tag == f"{_W}tbl" and element.find(f"{_W}tblPr/{_W}tblStyle") is not None:
            return True
        for kind in ("rPr", "pPr", "tcPr", "tblPr"):
            properties = element.find(f"{_W}{kind}")
            if properties is not None and any(properties.find(name) is not None for name in _GROUND):
                return True
    return False
