"""What a browser does not show of a page, by what its styles say: hidden, struck out, or white on white."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|text-decoration[\w-]*\s*:[^;]*line-through"
    r"|(?<![\w-])(?:opacity|font-size)\s*:\s*0*(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;]*)", re.IGNORECASE)
_WHITE = re.compile(
    r"\s*(?:white|#f{3}(?:f{3})?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)|transparent)\s*(?:!important\s*)?",
    re.IGNORECASE,
)
_GROUND = re.compile(r"(?<![\w-])background", re.IGNORECASE)
_OF_CLASS = re.compile(r"\.([\w-]+)")
_ONE_CLASS = re.compile(r"[\w-]*\.([\w-]+)")  # by itself, perhaps of one kind of element
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_LONGEST_DECLARATION = 1_000  # of a property that matters here; a picture or a font is longer


class Sight:
    """What the styles of one page say, and what is around the element that a walk has come to."""

    def __init__(self, root: etree._Element) -> None:
        """Look for the classes whose elements are not shown, and for those that have a ground."""
        self._unseen: set[str] = set()
        self._with_ground: set[str] = set()
        for style in root.iter("style"):
            for names, said in _rules(style.text or ""):
                if _UNSEEN.search(said):
                    self._unseen |= _classes_alone(names)
                if _GROUND.search(said):
                    self._with_ground.update(_OF_CLASS.findall(names))
        self._is_all_said = not any("stylesheet" in link.get("rel", "") for link in root.iter("link"))
        self._open: list[tuple[bool, bool]] = []  # whether each open element is shown, and on which ground

    def enter(self, element: etree._Element) -> bool:
        """Whether an element that begins is shown: not hidden, struck out or as white as the page."""
        on_ground = (bool(self._open) and self._open[-1][1]) or self._may_have_ground(element)
        is_shown = not self._is_hidden(element, on_ground=on_ground)
        self._open.append((is_shown, on_ground))
        return is_shown

    def leave(self) -> bool:
        """Whether the element that ends is shown."""
        return self._open.pop()[0]

    def _is_hidden(self, element: etree._Element, *, on_ground: bool) -> bool:
        if element.get("hidden") is not None or self._unseen.intersection(element.get("class", "").split()):
            return True
        style = _without_long(element.get("style", ""))
        if _UNSEEN.search(style):
            return True
        colours = _COLOUR.findall(style) or [element.get("color", "")]
        return not on_ground and _WHITE.fullmatch(colours[-1]) is not None

    def _may_have_ground(self, element: etree._Element) -> bool:
        classes = element.get("class", "").split()
        return (
            bool(classes and not self._is_all_said)
            or not self._with_ground.isdisjoint(classes)
            or any(element.get(name) is not None for name in ("bgcolor", "background"))
            or _GROUND.search(element.get("style", "")) is not None
        )


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules of a sheet of styles: what each is about, and what it says."""
    for rule in _COMMENT.sub("", sheet).split("}")[:-1]:
        names, brace, said = rule.rpartition("{")
        if brace:
            yield names.rpartition("{")[2], _without_long(said)


def _without_long(declarations: str) -> str:
    if len(declarations) <= _LONGEST_DECLARATION:
        return declarations
    return ";".join(each for each in declarations.split(";") if len(each) <= _LONGEST_DECLARATION)


def _classes_alone(names: str) -> set[str]:
    """The classes that a rule is about, whatever is around their elements."""
    last = (_ONE_CLASS.fullmatch(name.strip().rpartition(" ")[2]) for name in names.split(","))
    return {found.group(1) for found in last if found}
