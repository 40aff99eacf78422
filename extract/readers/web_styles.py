"""The styles that a web page brings along: which of their rules speak of an element, and which one wins.

As much of CSS as decides whether text is seen: names, classes, ids, attributes and places of elements, below
each other or within, by weight and order, on a screen of usual width. What is not understood says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_LONGEST_DECLARATION = 1_000  # of a property that matters here; a picture or a font is longer
_LONGEST_SELECTOR = 300
_MOST_RULES = 2_000  # that speak of sight; a page brings some hundred along
_SIMPLE = re.compile(
    r"(?P<tag>\*|[a-z][\w-]*)|\.(?P<cls>[\w\u0080-\uffff-]+)|#(?P<id>[\w\u0080-\uffff-]+)"
    r"|\[\s*(?P<attribute>[\w:-]+)\s*(?:(?P<how>[~^$*|]?=)\s*[\"']?(?P<value>[^\"'\]]*)[\"']?\s*)?\]"
    r"|:(?P<place>first-child|last-child|nth-child\(\s*(?P<nth>\d+|odd|even)\s*\))"
    r"|::?(?P<beside>before|after)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*([>+~])\s*|\s+")
_NOT_A_SCREEN = re.compile(
    r"\b(?:print|speech|aural|braille|embossed|tty)\b|max-(?:device-)?(?:width|height)", re.I
)
_PROPERTIES = re.compile(
    r"(?<![\w-])(?:display|visibility|opacity|font(?:-size)?|color|background(?:-color)?|text-decoration(?:-line)?"
    r"|mso-hide|position|left|right|top|bottom|clip|clip-path|text-indent|width|height|overflow|transform"
    r"|vertical-align|direction|unicode-bidi|content)\s*:",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*(.*?)\s*(!\s*important)?\s*", re.DOTALL | re.IGNORECASE)


class _Compound(NamedTuple):
    """What one element must be: its name, classes, id, attributes and place among its siblings."""

    tag: str
    classes: frozenset[str]
    ids: tuple[str, ...]
    attributes: tuple[tuple[str, str, str], ...]
    places: tuple[str, ...]


class Selector(NamedTuple):
    """What a rule is about, from the element outwards; ``ways`` lead to the next: " ", ">"."""

    compounds: tuple[_Compound, ...]
    ways: tuple[str, ...]
    beside: str | None
    weight: tuple[int, int, int]


class _Rule(NamedTuple):
    selector: Selector
    declared: Mapping[str, tuple[str, bool]]
    order: int


class Around(NamedTuple):
    """An open element: its name, classes, id, the element itself, and which of its siblings it is, from 1."""

    tag: str
    classes: frozenset[str]
    id: str
    element: etree._Element
    number: int


class Styles:
    """The rules of a page's own sheets that speak of what is seen."""

    def __init__(self, root: etree._Element) -> None:
        """Read the sheets in the page."""
        self._by_key: dict[str, list[_Rule]] = {}
        count = 0
        for style in root.iter("style"):
            if _NOT_A_SCREEN.search(style.get("media", "")):
                continue
            for names, said in _rules(_COMMENT.sub("", style.text or "")):
                declared = declarations(said) if _PROPERTIES.search(said) else {}
                for name in names.split(",") if declared else ():
                    selector = _selector(name.strip())
                    count += 1
                    if selector is not None and count <= _MOST_RULES:
                        rule = _Rule(selector, declared, count)
                        self._by_key.setdefault(_key(selector.compounds[0]), []).append(rule)
        self.has_beside = any(rule.selector.beside for rules in self._by_key.values() for rule in rules)

    def of(self, around: Sequence[Around], beside: str | None = None) -> dict[str, str]:
        """What holds for the innermost open element (or for what is put ``before`` or ``after`` its text)."""
        own = around[-1]
        written = own.element.get("style") if beside is None else None
        if not self._by_key:
            return {name: value for name, (value, _) in declarations(written or "").items()}
        keys = (*(f".{name}" for name in own.classes), f"#{own.id}", own.tag, "*")
        speaking = [
            rule
            for key in keys
            for rule in self._by_key.get(key, ())
            if rule.selector.beside == beside and _is_about(rule.selector, around)
        ]
        speaking.sort(key=lambda rule: (rule.selector.weight, rule.order))
        said: dict[str, tuple[str, bool]] = {}
        for rule in speaking:
            _add(said, rule.declared)
        if written:
            _add(said, declarations(written))
        return {name: value for name, (value, _) in said.items()}


def declarations(text: str) -> dict[str, tuple[str, bool]]:
    """Properties with their values in small letters, and whether each is said to be important."""
    found: dict[str, tuple[str, bool]] = {}
    for each in text.split(";"):
        match = _DECLARATION.fullmatch(each) if len(each) <= _LONGEST_DECLARATION else None
        if match is not None:
            name = match[1].lower()
            value = match[2] if name == "content" else match[2].lower()
            found[name] = value, match[3] is not None
    return found


def _add(said: dict[str, tuple[str, bool]], more: Mapping[str, tuple[str, bool]]) -> None:
    for name, (value, is_important) in more.items():
        if is_important or not said.get(name, ("", False))[1]:
            said[name] = value, is_important


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules of a sheet: what each is about, and what it says; none that is not for a screen."""
    at: list[str] = []  # what is open: @media … or a rule
    start = 0
    for match in re.finditer(r"[{}]", sheet):
        part = sheet[start : match.start()]
        start = match.end()
        if match.group() == "{":
            at.append(part.rpartition(";")[2].strip())
        elif at:
            names = at.pop()
            if not names.startswith("@") and all(_is_for_screens(each) for each in at):
                yield names, part


def _is_for_screens(condition: str) -> bool:
    lower = condition.lower()
    return lower.startswith(("@media", "@supports", "@layer")) and not _NOT_A_SCREEN.search(lower)


def _selector(name: str) -> Selector | None:
    """Read a selector; None where a part of it is not understood."""
    if not name or len(name) > _LONGEST_SELECTOR:
        return None
    compounds: list[_Compound] = []
    ways: list[str] = []
    beside: str | None = None
    position = 0
    while position < len(name):
        if compounds:
            between = _BETWEEN.match(name, position)
            if between is None or (between[1] or " ") not in " >" or beside:
                return None
            ways.append(between[1] or " ")
            position = between.end()
        parts: list[re.Match[str]] = []
        while (match := _SIMPLE.match(name, position)) is not None:
            if match["tag"] and parts:
                return None
            parts.append(match)
            position = match.end()
        if not parts:
            return None
        beside = next((part["beside"].lower() for part in parts if part["beside"]), None)
        compounds.append(_compound(parts))
    weight = (
        sum(len(each.ids) for each in compounds),
        sum(len(each.classes) + len(each.attributes) + len(each.places) for each in compounds),
        sum(each.tag not in ("", "*") for each in compounds),
    )
    return Selector(tuple(reversed(compounds)), tuple(reversed(ways)), beside, weight)


def _compound(parts: Sequence[re.Match[str]]) -> _Compound:
    return _Compound(
        next((part["tag"].lower() for part in parts if part["tag"]), ""),
        frozenset(part["cls"] for part in parts if part["cls"]),
        tuple(part["id"] for part in parts if part["id"]),
        tuple(
            (part["attribute"].lower(), part["how"] or "", part["value"] or "")
            for part in parts
            if part["attribute"]
        ),
        tuple((part["nth"] or part["place"]).lower() for part in parts if part["place"]),
    )


def _key(compound: _Compound) -> str:
    if compound.ids:
        return f"#{compound.ids[0]}"
    if compound.classes:
        return f".{min(compound.classes)}"
    return compound.tag or "*"


def _is_about(selector: Selector, around: Sequence[Around]) -> bool:
    if not _is(around[-1], selector.compounds[0]):
        return False
    reached = [len(around) - 1]  # at which depths what was asked for so far may stand
    for way, wanted in zip(selector.ways, selector.compounds[1:], strict=True):
        outer = range(max(reached)) if way == " " else [each - 1 for each in reached if each]
        reached = [each for each in outer if _is(around[each], wanted)]
        if not reached:
            return False
    return True


def _is(element: Around, wanted: _Compound) -> bool:
    return (
        wanted.tag in ("", "*", element.tag)
        and wanted.classes <= element.classes
        and all(each == element.id for each in wanted.ids)
        and all(_has(element.element, *each) for each in wanted.attributes)
        and all(_stands(element, place) for place in wanted.places)
    )


def _has(element: etree._Element, name: str, how: str, value: str) -> bool:
    written = element.get(name)
    if written is None:
        return False
    return {
        "": True,
        "=": written == value,
        "~=": value in written.split(),
        "^=": bool(value) and written.startswith(value),
        "$=": bool(value) and written.endswith(value),
        "*=": bool(value) and value in written,
        "|=": written == value or written.startswith(f"{value}-"),
    }[how]


def _stands(element: Around, place: str) -> bool:
    match place:
        case "first-child":
            return element.number == 1
        case "last-child":
            return element.element.getnext() is None
        case "odd" | "even":
            return element.number % 2 == (place == "odd")
        case _:
            return element.number == int(place)
