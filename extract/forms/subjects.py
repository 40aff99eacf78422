"""What a figure is said of: the noun in the words before it."""

from __future__ import annotations

import re
from functools import cache

from extract.prose_words import ProseWords

_WINDOW = 160  # characters before a figure in which its subject stands
_CODED_LEVELS = re.compile(r"^(.+?)[（(]\d{3}[）)](.+?)[（(]\d\d[）)](.+?)[（(]\d\d[）)]$")
_QUOTED_LEVEL = re.compile(r"“([^“”]+)”(?=[（(][类款项][）)])")  # “住房保障支出”（类）


def tail(before: str, words: ProseWords) -> str:
    """The words since the last delimiter: what the figure is said of."""
    return words.delimiter.split(before[-_WINDOW:])[-1].strip()


@cache
def _around_nouns(words: ProseWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"(?:{words.leading.pattern})\s*"),
        re.compile(rf"\s*(?:{words.trailing.pattern})$"),
    )


def subject_of(text: str, words: ProseWords) -> str | None:
    """The noun in a few words: the last thing named, as `noun_of` gives it."""
    return noun_of(tail(text, words), words)


def noun_of(noun: str, words: ProseWords) -> str | None:
    """A few words without numbering, years and verbs around them; None when nothing is left."""
    leading, trailing = _around_nouns(words)
    while True:
        shorter = trailing.sub("", leading.sub("", noun, count=1) if leading.match(noun) else noun)
        if shorter == noun:
            return unquoted(noun) or None
        noun = shorter


def unquoted(noun: str) -> str:
    """A noun quoted as a whole, or one that lost a quotation mark to a delimiter, without the marks."""
    noun = _QUOTED_LEVEL.sub(r"\1", noun)
    inner = noun.removeprefix("“").removesuffix("”")
    return inner if "“" not in inner and "”" not in inner else noun


def by_level(noun: str) -> str:
    """A name of three levels with the code of each (类（213）款（03）项（01）) as without codes."""
    return _CODED_LEVELS.sub(r"\1（类）\2（款）\3（项）", noun)


def is_generic(noun: str, words: ProseWords) -> bool:
    """Whether a noun names nothing by itself (支出预算, 金额 …): the figure is of what was named before."""
    return bool(words.generic.fullmatch(noun))


def is_short_for(short: str, full: str, words: ProseWords) -> bool:
    """Whether a name repeats a fuller one: its characters stand there in order (收、支 of 收入、支出).

    A name that says only 收入 or 支出 repeats nothing but another of that kind.
    """
    bare = re.sub(r"[\s、，,“”]", "", words.each.sub("", words.total_mark.sub("", short)))
    rest = re.sub(r"[\s、，,“”]", "", words.total_mark.sub("", full))
    if not bare or words.flow.fullmatch(bare):
        return bare == rest
    letters = iter(rest)
    return all(letter in letters for letter in bare)


def bare_name(name: str, words: ProseWords) -> str:
    """A name without whose it is and of which year, 总 and 合计, and 费 or 费用支出 at its end."""
    name = re.sub(r"[\s“”]", "", words.owner.sub("", name[-_WINDOW:]))
    name = words.total_mark.sub("", name)
    shorter = words.name_tail.sub("", name)
    if words.flow.fullmatch(name) or not shorter:
        return name
    return words.name_tail.sub("", shorter) or shorter


def is_same_name(one: str, other: str, words: ProseWords) -> bool:
    """Whether two names differ in nothing but what `bare_name` takes off."""
    return bare_name(one, words) == bare_name(other, words)
