"""The title of a disclosure, wherever it stands: ``某局2024年度部门决算公开说明``.

Covers have it over several lines, chapters and the names of files on one. It says whose the document is, of
which year, whether budget or final accounts, and whether of a department, a unit or a government.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.folding import fold
from extract.forms.publisher_names import as_name, looks_like_place
from extract.name_vocabulary import NameVocabulary
from extract.remembered import remembered
from extract.simplified import simplified

_LONGEST = 80
_REMEMBERED = 1 << 14
_CHINESE_YEAR = r"二[〇○零Oo0][〇○零Oo0一二三四五六七八九]{2}"
_YEAR = rf"(?:20\d\d|{_CHINESE_YEAR}|(?:20)?[xX×*]{{2,4}}(?=年))"
_PLACEHOLDER = re.compile(r"[xX×*_]{2}|某某")
_FRONT = (
    r"(?:附件?\d*[:.、]?|关于(?:公开|公布|印发)?|第.{1,3}(?:部分|章)|[一二三四五六七八九十]{1,3}[、.]"
    r"|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d)|/|[-*·])*"
)
_OF_LEVEL = (
    r"(?:(?:中央|[省市县区州旗盟镇乡]本?级|本级)?(?:预算)?"
    r"(?P<level>部门|单位)(?:\((?:单位|部门)\))?(?:本级|汇总|整体)?)"
)
_GOVERNMENT = (
    r"(?P<government>(?:人民)?政府|(?<=[年度])[省市县区州旗]本?级"
    r"|(?:(?<=[年度)])[省市县区州旗镇乡]|本)?本?级?财政总?|全[省市县区州旗])"
)
_BETWEEN = (
    r"(?:年度|综合|整体|财务收支|收支|收入支出|总|信息公开|信息|公开|本级|汇总|及绩效目标|财政拨款"
    r"|一般公共(?:预算)?|政府性基金(?:预算)?|国有资本经营(?:预算)?|社会保险基金(?:预算)?"
    r"|经济分类|功能分类|收入|支出|转移支付|三公经费)*"
)
_BEHIND = (
    r"(?:及其?|和|与|、|以及|暨|三公经费|机关运行经费|行政经费|政府采购|预算|决算|信息|数据|情况|编制|收支|公开|说明|报告|报表"
    r"|附表|统计|汇总|重要|其他|表格|表|批复|草案|文本|公示|安排|总体|相关|基本|有关|绩效|目标|的|书|目录|附件|公告|汇编|材料|事项|内容|新"
    r"|\(.{0,12}\)|[-_]|\d{1,2}(?!\d))*"
)
_TITLE = re.compile(
    rf"{_FRONT}(?:\(?(?P<before>{_YEAR})年?度?\)?的?)?(?P<name>.{{2,44}}?)??"
    rf"(?:\(?(?P<after>{_YEAR})年?度?\)?的?)?"
    rf"(?:{_OF_LEVEL}|{_GOVERNMENT})?{_BETWEEN}(?P<stage>预算|决算|预决算){_BEHIND}"
)
_REPORT = re.compile(
    rf"{_FRONT}(?P<name>.{{2,24}}?)??(?P<before>{_YEAR})年?度?.{{0,12}}?预算(?:草案)?执行情况"
    rf"(?:(?:和|与|及)(?P<after>{_YEAR})年?.{{0,12}}?预算草案)?.{{0,6}}(?:报告|说明|公开|(?<=草案)).{{0,12}}"
)
# a government's accounts of a year, told together with how the next one goes
_ACCOUNTS = re.compile(
    rf"{_FRONT}(?P<name>.{{2,24}}?)??(?P<year>{_YEAR})年?度?[^和与及暨]{{0,12}}?决算(?:\(?草案\)?)?(?:情况)?"
    rf"(?:和|与|及|暨){_YEAR}年?.{{0,12}}?预算执行情况的?(?:报告|说明|公开).{{0,12}}"
)
_REPORTED_BY = re.compile(r"^(?P<place>.{2,16}?)(?:人民政府|财政[局厅])关于(?=.{4})")
_DRAFT_ACCOUNTS = re.compile(rf"(?P<year>{_YEAR})年?[^和与及]{{0,12}}?决算草案")
_CHAPTER = re.compile(
    rf"{_FRONT}(?P<name>.{{3,40}}?)(?:部门|单位)?(?:的?(?:概况|基本概况|基本情况|主要职能|主要职责|职能职责|机构设置情况?))"
)
_DIGITS = {**{digit: digit for digit in "0123456789"}, **dict(zip("〇○零Oo", "00000", strict=True))}
_DIGITS |= dict(zip("一二三四五六七八九", "123456789", strict=True))


class DisclosureTitle(NamedTuple):
    """What a title says; each None where it does not."""

    name: str | None = None
    year: int | None = None
    stage: str | None = None  # budget | final_accounts; None where it names both in one word (预决算)
    level: str | None = None  # department | unit
    place: str | None = None  # 上海市普陀区2025年区级部门预算
    is_of_government: bool = False
    has_more: bool = False  # words before the year that are no name: the title of something else

    @property
    def is_whole(self) -> bool:
        """Whether it says whose budget or final accounts they are, or of what kind, and nothing strange."""
        says_whose = self.name is not None or self.level is not None or self.is_of_government
        return says_whose and not self.has_more


def year_of(text: str) -> int:
    """A year in digits of either kind: ``2024``, ``二〇二四``."""
    return int("".join(_DIGITS.get(each, "2") for each in text))


def read_disclosure_title(text: str, names: NameVocabulary) -> DisclosureTitle | None:
    """Read a line, or several that were joined, as a title of a disclosure; None where it is none."""
    return _read(text, names)


def chapter_name(text: str, names: NameVocabulary) -> str | None:
    """The name in the heading of the chapter about the publisher: ``第一部分 某局概况``."""
    folded = simplified(fold(text))
    match = _CHAPTER.fullmatch(folded) if len(folded) <= _LONGEST else None
    return as_name(match["name"], names) if match else None


@remembered(_REMEMBERED)
def _read(text: str, names: NameVocabulary) -> DisclosureTitle | None:
    folded = simplified(fold(text))
    if len(folded) > _LONGEST or not ("预算" in folded or "决算" in folded):
        return None
    by = _REPORTED_BY.match(folded)
    home = _place_in(by["place"], names) if by else None
    if by and home:
        folded = folded[by.end() :]
    accounts_told = _ACCOUNTS.fullmatch(folded)
    if accounts_told is not None:
        year = _year_in(accounts_told["year"])
        place = _place_in(accounts_told["name"], names) or home
        return DisclosureTitle(None, year, "final_accounts", None, place, is_of_government=True)
    report = _REPORT.fullmatch(folded)
    if report is not None:
        place = _place_in(report["name"], names) or home
        accounts = None if report["after"] else _DRAFT_ACCOUNTS.search(folded)
        year = _year_in(accounts["year"] if accounts else report["after"] or report["before"])
        stage = "final_accounts" if accounts else "budget"
        return DisclosureTitle(None, year, stage, None, place, is_of_government=True)
    match = _TITLE.fullmatch(folded)
    if match is None:
        return None
    printed = (match["name"] or "").removesuffix("关于") or None
    name = as_name(printed, names) if printed else None
    is_of_place = printed is None or looks_like_place(printed.removesuffix("人民政府"), names)
    is_of_government = match["government"] is not None and match["level"] is None and is_of_place
    if is_of_government and printed is None:
        printed = home
    return DisclosureTitle(
        name=None if is_of_government else name,
        year=_year_in(match["after"] or match["before"]),
        stage=_stage(match["stage"], folded),
        place=printed if printed and is_of_place and name is None else None,
        level={"部门": "department", "单位": "unit"}.get(match["level"] or ""),
        is_of_government=is_of_government,
        has_more=bool(printed and name is None and not is_of_place and not _PLACEHOLDER.search(printed)),
    )


def _year_in(printed: str | None) -> int | None:
    return year_of(printed) if printed and not _PLACEHOLDER.search(printed) else None


def _place_in(printed: str | None, names: NameVocabulary) -> str | None:
    return printed if printed and looks_like_place(printed, names) else None


def _stage(printed: str, title: str) -> str | None:
    if printed == "预决算" and "决算" not in title.replace("预决算", ""):
        return None
    return "final_accounts" if "决算" in title else "budget"
