"""What a Word document hides, strikes out or raises, by its runs or by a style, and what nobody can see.

Said once in the runs themselves, before these are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_RUN, _RUN_PROPERTIES = f"{_W}r", f"{_W}rPr"
_SIGHT = frozenset(
    f"{_W}{name}" for name in ("vanish", "strike", "dstrike", "vertAlign", "color", "position", "sz", "w")
)
_GROUND = tuple(f"{_W}{name}" for name in ("shd", "highlight"))
_PAPER = "FFFFFF"
_PALEST = 0xF5  # of each colour, on white paper
_SMALLEST = 4  # half points
_NARROWEST = 5  # percent of the usual width
_RAISED_BY = 2  # half points
_MOST_STYLES_DEEP = 20  # based on each other

_Properties = Mapping[str, etree._Element]


def say_in_runs(body: etree._Element, styles: etree._Element | None) -> None:
    """Write into each run what its styles say of how it is seen, and that what nobody sees is hidden."""
    known = _styles(styles)
    before: etree._Element | None = None
    style = ""
    for run in body.iter(_RUN):
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        if paragraph is not before:  # one may hold any number of runs, and looking into it takes as long
            before = paragraph
            style = "" if paragraph is None else _style_of(paragraph.find(f"{_W}pPr"), "pStyle")
        _say(run, known.get(style, {}), known)


def _say(run: etree._Element, of_paragraph: _Properties, known: Mapping[str, _Properties]) -> None:
    properties = run.find(_RUN_PROPERTIES)
    if properties is None:
        if not of_paragraph:
            return
        properties = etree.SubElement(run, _RUN_PROPERTIES)
        run.insert(0, properties)
    for said in (known.get(_style_of(properties, "rStyle"), {}), of_paragraph):
        for name, each in said.items():
            if properties.find(name) is None:
                etree.SubElement(properties, name, {str(k): str(v) for k, v in each.attrib.items()})
    if _is_invisible(run, properties):
        etree.SubElement(properties, f"{_W}vanish")
    if number_of(properties, "position", 0) >= _RAISED_BY and properties.find(f"{_W}vertAlign") is None:
        etree.SubElement(properties, f"{_W}vertAlign", {f"{_W}val": "superscript"})


def number_of(properties: etree._Element | None, name: str, default: int) -> int:
    """A property of a run that is a number, such as its size in half points."""
    found = properties.find(f"{_W}{name}") if properties is not None else None
    value = found.get(f"{_W}val", "") if found is not None else ""
    return int(value) if value.lstrip("-").isdecimal() and len(value) < 6 else default


def _is_invisible(run: etree._Element, properties: etree._Element) -> bool:
    if number_of(properties, "sz", 100) <= _SMALLEST or number_of(properties, "w", 100) <= _NARROWEST:
        return True
    if properties.find(f"{_W14}textFill/{_W14}noFill") is not None:
        return True
    colour = properties.find(f"{_W}color")
    if colour is None:
        return False
    written = colour.get(f"{_W}val", "").upper()
    ground = _ground(run)
    return written == ground if ground is not None else _is_pale(written)


def _is_pale(colour: str) -> bool:
    try:
        return len(colour) == len(_PAPER) and min(bytes.fromhex(colour)) >= _PALEST
    except ValueError:
        return False


def _style_of(properties: etree._Element | None, name: str) -> str:
    style = properties.find(f"{_W}{name}") if properties is not None else None
    return style.get(f"{_W}val", "") if style is not None else ""


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


def _ground(run: etree._Element) -> str | None:
    """The colour under a run: of it, its paragraph, its cell or its table; "" where it is not told."""
    for element in (run, *run.iterancestors()):
        if element.tag == f"{_W}tbl" and element.find(f"{_W}tblPr/{_W}tblStyle") is not None:
            return ""
        for ground in _grounds(element):
            fill = ground.get(f"{_W}fill", "").upper()
            if fill != "AUTO":
                return fill
    return None


def _grounds(element: etree._Element) -> Iterator[etree._Element]:
    for kind in ("rPr", "pPr", "tcPr", "tblPr"):
        properties = element.find(f"{_W}{kind}")
        if properties is not None:
            yield from (found for name in _GROUND if (found := properties.find(name)) is not None)
