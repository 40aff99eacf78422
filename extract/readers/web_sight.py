"""What a browser does not show of a page, by what its styles say: hidden, struck out, or white on white."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from extract.readers.web_styles import Around, Styles

_NOTHING = re.compile(r"0*(?:\.0*)?(?:px|pt|em|rem|%)?")
_NO_FONT = re.compile(r"(?:[\w-]+\s+)*0(?:px|pt|em|rem|%)?\s*(?:/.*|\s.*)?")
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|%|vw|ex|)")
_FAR = {"px": 300, "": 300, "pt": 300, "em": 30, "rem": 30, "ex": 60, "%": 100, "vw": 100}  # out of sight
_SMALL_BOX = re.compile(r"[01]?(?:\.\d+)?(?:px|pt|em|rem|%)?")
_CUT_AWAY = re.compile(
    r"rect\(\s*(?:[01](?:px)?\s*[, ]\s*){3}[01](?:px)?\s*\)|inset\(\s*(?:50|100)%.*\)|circle\(\s*0.*\)"
)
_SCALED_AWAY = re.compile(r"scale[xy]?\(\s*0*(?:\.0+)?\s*(?:,\s*0*(?:\.0+)?\s*)?\)")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")
_PALEST = 0xF5  # of each colour, on white paper
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|attr\(\s*([\w-]+)\s*\)")
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # pictures that a font of signs has
_RAISED = re.compile(r"super\b|sub\b|text-top\b")


class _Open(NamedTuple):
    is_shown: bool
    has_ground: bool
    is_turned: bool
    said: Mapping[str, str]


class Sight:
    """What the styles of one page say, and what is around the element that a walk has come to."""

    def __init__(self, root: etree._Element) -> None:
        """Read the styles of a page."""
        self._styles = Styles(root)
        self.is_all_said = not any("stylesheet" in link.get("rel", "") for link in root.iter("link"))
        self._open: list[_Open] = []
        self._around: list[Around] = []
        self._children: list[int] = [0]

    def pass_by(self) -> None:
        """Count an element that is not entered among its siblings."""
        self._children[-1] += 1

    def enter(self, element: etree._Element) -> bool:
        """Whether an element that begins is shown: not hidden, struck out or as white as the page."""
        self._children[-1] += 1
        classes = frozenset(element.get("class", "").split())
        self._around.append(
            Around(str(element.tag), classes, element.get("id", ""), element, self._children[-1])
        )
        self._children.append(0)
        said = self._styles.of(self._around)
        outer = self._open[-1] if self._open else None
        has_ground = (outer is not None and outer.has_ground) or self._may_have_ground(element, said)
        is_shown = element.get("hidden") is None and not _is_unseen(said)
        if is_shown and not has_ground:
            colour = said.get("color", element.get("color", "").lower())
            is_shown = not _is_pale(colour)
        is_shown = is_shown and not _is_its_ground(said)
        turned = said.get("direction", element.get("dir", "")) == "rtl" and (
            element.tag == "bdo" or "override" in said.get("unicode-bidi", "")
        )
        self._open.append(
            _Open(is_shown, has_ground, turned or (outer is not None and outer.is_turned), said)
        )
        return is_shown

    def leave(self) -> bool:
        """Whether the element that ends is shown."""
        self._around.pop()
        self._children.pop()
        return self._open.pop().is_shown

    @property
    def is_raised(self) -> bool:
        """Whether the element that was entered stands higher or lower than its line."""
        said = self._open[-1].said
        if _RAISED.match(said.get("vertical-align", "")):
            return True
        moved = said.get("top", said.get("bottom", "")).lstrip("-")
        return (
            said.get("position") == "relative"
            and "font-size" in said
            and bool(moved)
            and _NOTHING.fullmatch(moved) is None
        )

    @property
    def is_smaller(self) -> bool:
        """Whether the element that was entered sets its own size of letters."""
        return "font-size" in self._open[-1].said

    @property
    def is_turned(self) -> bool:
        """Whether letters run from the right here, against the order in which they are written."""
        return bool(self._open) and self._open[-1].is_turned

    def beside(self, place: str) -> str:
        """The text that a style puts ``before`` or ``after`` that of the element that was entered."""
        if not self._styles.has_beside:
            return ""
        said = self._styles.of(self._around, place)
        if _is_unseen(said):
            return ""
        element = self._around[-1].element
        found = (
            element.get(match[3], "") if match[3] else _ESCAPED.sub(_unescaped, match[1] or match[2] or "")
            for match in _STRING.finditer(said.get("content", ""))
        )
        return _PRIVATE.sub("", "".join(found))

    def _may_have_ground(self, element: etree._Element, said: Mapping[str, str]) -> bool:
        return (
            (not self.is_all_said and bool(element.get("class", "").split()))
            or any(element.get(name) is not None for name in ("bgcolor", "background"))
            or "background" in said
            or "background-color" in said
        )


def _unescaped(match: re.Match[str]) -> str:
    return chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else match[2]


def _is_unseen(said: Mapping[str, str]) -> bool:
    """Whether styles leave nothing of an element to be seen."""
    return bool(said) and (
        said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("mso-hide") == "all"
        or "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", "")
        or any(_is_nothing(said, name) for name in ("opacity", "font-size"))
        or _NO_FONT.fullmatch(said.get("font", "")) is not None
        or _is_outside(said)
        or _CUT_AWAY.fullmatch(said.get("clip", said.get("clip-path", ""))) is not None
        or _SCALED_AWAY.search(said.get("transform", "")) is not None
        or _is_box_of_nothing(said)
    )


def _is_nothing(said: Mapping[str, str], name: str) -> bool:
    return name in said and _NOTHING.fullmatch(said[name]) is not None and "0" in said[name]


def _is_outside(said: Mapping[str, str]) -> bool:
    """Whether an element stands, or its text begins, far to the left of the page or above it."""
    sides = ["text-indent"]
    if said.get("position") in ("absolute", "fixed"):
        sides += ["left", "top", "right", "bottom"]
    for side in sides:
        length = _LENGTH.fullmatch(said.get(side, ""))
        if length is not None and -float(length[1]) >= _FAR[length[2]]:
            return True
    return False


def _is_box_of_nothing(said: Mapping[str, str]) -> bool:
    is_box = said.get("position") in ("absolute", "fixed") or said.get("display") in ("inline-block", "block")
    return (
        is_box
        and "hidden" in said.get("overflow", "")
        and any(name in said and _SMALL_BOX.fullmatch(said[name]) is not None for name in ("width", "height"))
    )


def _is_pale(colour: str) -> bool:
    """Whether a colour is white or nearly so, or lets all through."""
    if colour in ("white", "transparent"):
        return True
    seen = _RGB.fullmatch(colour)
    if seen is not None and seen[4] is not None and float(seen[4].rstrip("%")) == 0:
        return True
    channels = _channels(colour)
    return channels is not None and min(channels) >= _PALEST


def _is_its_ground(said: Mapping[str, str]) -> bool:
    """Whether an element is written in the colour that it is painted with."""
    ground = _channels(said.get("background-color", said.get("background", "")))
    return ground is not None and ground == _channels(said.get("color", ""))


def _channels(colour: str) -> tuple[int, ...] | None:
    written = _HEX.fullmatch(colour)
    if written is not None:
        digits = written[1] if len(written[1]) > 3 else "".join(2 * digit for digit in written[1])
        return tuple(bytes.fromhex(digits))
    seen = _RGB.fullmatch(colour)
    return (int(seen[1]), int(seen[2]), int(seen[3])) if seen is not None else None
