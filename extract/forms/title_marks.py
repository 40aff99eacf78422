"""What stands around the words of a title: ordinals, form numbers, years, leaders and page numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from extract.remembered import remembered
from extract.simplified import simplified

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]+")
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"^#+\s|[*“”‘’\"'「」『』]|(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+\)")
_CHINESE = r"[一二三四五六七八九十百]+"
_ARABIC = r"[\dOo]*\d(?:[-–—.]\d+)*"
_PREFIX = r"(?:(?:财决|财预)?(?:部门|单位)?(?:预算|决算)?(?:公开|预算|决算|财决|财预)\s?|GK|gk)"
_FORM_NUMBER = (
    rf"{_PREFIX}?表\s?(?:{_ARABIC}|{_CHINESE}(?![般公]))(?:之{_CHINESE}|之\d+)?"
    rf"|{_PREFIX}?{_ARABIC}\s?表|{_PREFIX}{_CHINESE}\s?表|(?:GK|gk)-?\d+表?|[Zz]\d{{2}}(?:-\d+)*(?=\D)"
)
_NUMBER_IN_FRONT = re.compile(rf"[(\[【]?(?P<number>{_FORM_NUMBER})[)\]】]?[\s、.,:_-]*")
_NUMBER_AT_END = re.compile(
    rf"(?<=\S)\s*[(\[]?(?P<number>{_PREFIX}\s?\d+(?:-\d+)*\s?表|(?<=\s){_FORM_NUMBER})[)\]]?$"
)
_ORDINAL = re.compile(
    rf"""
    第(?:{_CHINESE}|\d+)(?:部分|章|节|张)?[\s、.,:]*
    | [(\[【]?(?:附件|附表|附录|附)\s*(?:{_ARABIC}|{_CHINESE}(?![般公]))?(?:[\s、.,:)\]】_-]+|(?<=\d))
    | [(]\s*(?:{_CHINESE}|\d+)\s*[)][\s、.,:]*
    | {_CHINESE}(?:\s*[、.,:)]\s*|\s+)
    | {_ARABIC}\s*[、.,:)]\s*
    | \d+(?:[.-]\d+)+(?=\D)
    | \d{{1,3}}(?:\s+|(?=[\u4e00-\u9fff]))(?![年月日度])
    | [A-Za-zIVX]{{1,4}}[、.)]\s*
    """,
    re.VERBOSE,
)
_AT_END = re.compile(
    r"""
    (?:\s*[(\[]?续(?:表|\d)*[)\]]?
    | [\s.·_‥-]*(?:[.·_‥]{2,}|\s|(?<=[^\d.-]))\d{1,4}
    | \s*PAGEREF\s+_?\w+\s+\\?h\s+\d+
    | (?<=[表)])\s*\d{1,2}-\d{1,2}
    | \s*[.·_‥]{2,}
    | \s*[(]?(?:金额)?单位:?\s*[^\s():]{0,5}元[)]?
    | \s*[(](?:\d{1,2}|[一二三四五六七八九十])[)]
    | [\s、.,:;_-]+
    )$
    """,
    re.VERBOSE,
)
_CONTINUED = re.compile(r"[(\[]?续表?[)\]]?\d?$")
_PAGE = re.compile(r"PAGEREF|(?:[.·_‥]{2,}\s*|[^\d.(-])\d{1,4}$|[.·_‥]{2,}$")
_DIGIT = r"[〇零○0Oo一二三四五六七八九十]"
_YEAR = re.compile(
    rf"(?<!\d)(?P<year>20\d\d|二[〇零○0Oo]{_DIGIT}{{1,3}}|20[Xx×*]{{2}}|[Xx×]{{2,4}}(?=年))"
    r"(?:[-~至]20\d\d)?(?:-?(?:年度|年|度)|(?!\d))"
)
_CHINESE_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")


class Marks(NamedTuple):
    """A title without its marks. ``before_year`` is what stood in front of the year, often a name."""

    words: str  # no spaces, half width, simplified
    before_year: str
    number: str | None  # of the form: 公开01表
    ordinal: str | None  # all that counts in front: 一、 2.17
    year: int | None
    is_continued: bool
    has_page: bool  # leaders or the number of a page behind it


@remembered(1 << 13)
def take_marks(text: str) -> Marks:
    """Take the marks off a title; what is left are words."""
    rest = simplified(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    rest = _SPACE.sub(" ", _MARKUP.sub("", rest)).strip()
    rest, number_at_end, is_continued, has_page = _without_end(rest)
    words, number = _without_front(rest)
    ordinal = rest.removesuffix(words).strip(" 、.:,") or None
    rest = words.replace(" ", "")
    year = _YEAR.search(rest)
    before = rest[: year.start()] if year else ""
    words = _YEAR.sub("", rest[year.end() :]) if year else rest
    if year:
        words, number_after = _without_front(words)
        number = number or number_after
    printed_year = _year(year.group("year")) if year else None
    return Marks(words, before, number or number_at_end, ordinal, printed_year, is_continued, has_page)


def _without_end(text: str) -> tuple[str, str | None, bool, bool]:
    number: str | None = None
    is_continued = has_page = False
    while text:
        found = _NUMBER_AT_END.search(text)
        if found:
            number = found.group("number").replace(" ", "")
            text = text[: found.start()]
            continue
        end = _AT_END.search(text)
        if end is None or end.start() == 0:
            break
        is_continued = is_continued or _CONTINUED.search(text) is not None
        has_page = has_page or _PAGE.search(text) is not None
        text = text[: end.start()]
    return text, number, is_continued, has_page


def _without_front(text: str) -> tuple[str, str | None]:
    """Give the text without numbers in front, and the form's number if one of them is."""
    number: str | None = None
    while text:
        text = text.lstrip(" 、.,:;_-|")
        found = _NUMBER_IN_FRONT.match(text)
        if found:
            number = number or found.group("number").replace(" ", "")
        else:
            found = _ORDINAL.match(text)
        if found is None or found.end() == 0:
            break
        if found.end() == len(text):
            return "", number
        text = text[found.end() :]
    return text, number


def _year(printed: str) -> int | None:
    digits = printed.translate(_CHINESE_DIGITS)
    if "十" in digits:  # 二〇二十四
        digits = digits.replace("十", "1" if digits[-2] != "2" else "", 1)
    return int(digits) if digits.isdigit() and len(digits) == 4 else None
