"""What can be the name of a publisher, and which printed names are one and the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from extract.folding import fold
from extract.name_vocabulary import NameVocabulary
from extract.remembered import remembered
from extract.simplified import simplified

_SHORTEST, _LONGEST = 3, 40
_REMEMBERED = 1 << 14
_MARKUP = re.compile(r"[*#_]+")
_CODE_IN_FRONT = re.compile(r"^[\[(]?\d{3,}[\])]?[-_.、:]?")  # 301001-某某局
_SCOPE = re.compile(r"\((本级|机关|汇总|本级汇总|含下属单位)\)$")
_KIND = re.compile(r"\((部门|单位)\)$")
_BRACKETS = re.compile(r"\([^()]*\)")
_ANY_PLACE = re.compile(r"^.{2,6}?(?:省|自治区|市|自治州|州|地区|盟|县|区|旗)")
_ENOUGH = 0.5  # of what speaks for a name, for one that goes on where it ends
_SHORTEST_PART = 4  # of a name that stands for a longer one


class Places(NamedTuple):
    """What a name says of where it is: the places that it begins with, and what is left of it."""

    places: tuple[str, ...]
    rest: str


NOWHERE = Places((), "")


def as_name(text: str, names: NameVocabulary, *, is_labelled: bool = False) -> str | None:
    """A printed text as the name of a publisher, folded; None where it can be none.

    What a label names (单位名称：…) need not end as names of organs do. A page mark, a caption, a printer's
    line, a title, a placeholder and a sentence are no names.
    """
    return _as_name(text, names, is_labelled)


@remembered(_REMEMBERED)
def _as_name(text: str, names: NameVocabulary, is_labelled: bool) -> str | None:
    name = _KIND.sub("", _CODE_IN_FRONT.sub("", fold(_MARKUP.sub("", text))))
    plain = simplified(name)
    bare = _BRACKETS.sub("", plain)
    if not _SHORTEST <= len(bare) <= _LONGEST:
        return None
    if names.never.search(plain) or names.whole.fullmatch(bare) or is_place(bare, names):
        return None
    if not (is_labelled or names.ending.search(bare.removesuffix("本级"))):
        return None
    return name


def without_scope(name: str) -> str:
    """A folded name without the bracket that tells its scope: ``某局(本级)``."""
    return _SCOPE.sub("", name).removesuffix("本级") or name


def is_place(name: str, names: NameVocabulary) -> bool:
    """Whether a folded name names nothing but places: 上海市普陀区."""
    return not split_places(name, names).rest


def looks_like_place(name: str, names: NameVocabulary) -> bool:
    """The same, also of a place that is not in the list: 示例县."""
    return is_place(name, names) or bool(_ANY_PLACE.fullmatch(split_places(name, names).rest))


def begins_with_place(name: str, names: NameVocabulary) -> bool:
    """Whether a folded name begins with a place, one of the list or one that looks like it."""
    bare = names.party.sub("", name)
    return names.leading_place(bare) is not None or bool(_ANY_PLACE.match(bare))


def split_places(name: str, names: NameVocabulary) -> Places:
    """Take the places of the list off the beginning of a folded name, and 中共 before them."""
    rest = names.party.sub("", name)
    places: list[str] = []
    while place := names.leading_place(rest):
        places.append(place)
        rest = rest.removeprefix(place)
    return Places(tuple(places), rest)


def is_same(one: str, other: str, names: NameVocabulary) -> bool:
    """Whether two folded names are of one publisher: one is the other with its place in front, or cut short.

    A name is cut short where the cell or line was too narrow for it.
    """
    one, other = without_scope(one), without_scope(other)
    shorter, longer = sorted((one, other), key=len)
    if one == other:
        return True
    if len(shorter) < _SHORTEST_PART:
        return False
    if longer.endswith(shorter):
        front = longer.removesuffix(shorter)
        return is_place(front, names) or front in ("中共", "中国共产党") or bool(_ANY_PLACE.fullmatch(front))
    return longer.startswith(shorter) and not is_place(shorter, names)


def fullest(found: Mapping[str, float], names: NameVocabulary) -> str:
    """Of names of one publisher the one that says most: of most places, then what most speaks for.

    ``found`` has with each name how much speaks for it.
    """
    best = max(
        found,
        key=lambda name: (len(split_places(name, names).places), found[name], len(without_scope(name)), name),
    )
    # where the cell or the line was too narrow, a name is cut short; one that goes on once may be a slip
    bare = without_scope(best)
    longer = [
        name
        for name in found
        if without_scope(name).startswith(bare)
        and without_scope(name) != bare
        and found[name] >= _ENOUGH * found[best]
    ]
    return max(longer, key=len, default=best)
