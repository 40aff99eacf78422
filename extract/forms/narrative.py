"""The explanation in prose (情况说明): every amount and rate it states, with what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.blocks import Text
from extract.forms.paragraphs import Paragraph
from extract.printed import DOCUMENT_ID_PREFIX, PrintedClaim, PrintedReject

_NUMBER = r"-?\d[\d,，]*(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?P<amount>{_NUMBER}\s*(?:亿元|万元|元|[亿万](?![人家个户条次辆平亩多余])))|(?P<rate>{_NUMBER}\s*[%％])"
)
_SENTENCE = re.compile(r"[^。；！？;]+[。；！？;]?")
_THRESHOLD = re.compile(r"\s*(?:（含）)?(?:以上|以下|以内|及以上|/)")
_DELIMITERS = re.compile(r"[，,：:、；;。]|其中|包括|原因(?:主要)?(?:是|为)?|(?<=元)和")
_CODE = re.compile(r"[（(](?P<code>\d{3,7})[）)]\s*$")
_UP, _DOWN = "增加|增长|上升|增|多", "减少|下降|降低|压缩|减|少"
_CHANGE = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|额)?(?:为)?\s*$")
_COMPARED = re.compile(r"(?:[较比与]|相比于?)\s*(?P<basis>上年|去年|\d{4}\s*年|年初预算数?|预算数?)")
_SHARE = re.compile(r"占(?P<whole>.*?)(?:的)?(?:比例|比重)?(?:为)?\s*$")
_COMPLETION = re.compile(r"完成(?P<whole>.*?)(?:的)?\s*$")
_YEAR = re.compile(r"(?P<year>20\d\d)\s*年")
_LAST_YEAR = re.compile(r"(?:上年|去年)(?!结转|实户)")
_BUDGETED = re.compile(r"年初预算|预算(?:调整)?数|预算为|预算$|支出预算")
_ACTUAL = re.compile(r"决算|执行数|实际支出|全年支出")
_REASON = re.compile(r"(?:主要)?原因(?:主要)?(?:是|为)?[：:]?(?P<reason>[^。；]+)")
_LEADING = re.compile(
    r"(?:[（(]?\d{1,2}[）)、.．]\s*|[（(][一二三四五六七八九十]{1,3}[）)]|和|及|以及|与|的|20\d\d\s*年度?(?:当年(?![收支])|当(?!年))?|本?年度?(?=本)"
    r"|本(?:单位|部门|年度?(?![度收支]))|我[局中心]+"
    r"|涉及|其中|当年(?![收支])|全年|上年(?!结转|实户)|去年|年初预算(?=.{2})|共有|共计|共|总额共|主要)\s*"
)
_TRAILING = re.compile(
    r"\s*(?:(?<=拨款支出)预算|(?<=拨款收入)预算|总额共|共计|共|合计|为|达|约|(?<!总)计|是|安排|总额|年初预算|(?:支出)?决算|(?<!拨款)支出预算|总预算|(?<![共金营])预算)$"
)
_GENERIC = re.compile(
    r"(?:项目)?(?:全年|年初|调整)?(?:支出|收入)?(?:预算|决算|执行|预算执行)(?:调整)?数?|调整预算数?|金额|资金|支付"
    r"|.?"
)
_FLOWS = ("收入", "支出")
_FLOW_ALONE = re.compile(
    r"(?:20\d\d\s*年度?|本年度?)?(?P<flow>收入|支出)(?:预算|决算)(?:总额|合计|总计)?为?\s*"
)
_SUM_ALONE = re.compile(r"\s*(?:合计|总计|共计)为?\s*")
_LEADS = (
    re.compile(r"(?:\d+[.．、]\s*)?(?P<item>[^，。；：]*?（项）)"),  # …（类）…（款）…（项）
    re.compile(r"\d+[.．、]\s*(?P<item>[^，。；：]*?)情况说明。?$"),
    re.compile(r"\d+[.．、]\s*(?P<item>[^，。；：]{2,30}?)(?:绩效自评综述)?："),
)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the sentences so far were about."""

    subject: str | None = None
    code: str | None = None
    year: str | None = None
    lead: str | None = None  # what the paragraph, or one without figures before it, opens with
    first: str | None = None  # what the first amount of the paragraph is of


def read_narrative(
    paragraphs: Sequence[Paragraph], document_id: str
) -> tuple[tuple[PrintedClaim, ...], tuple[PrintedReject, ...]]:
    """Read every amount and budget rate in prose as a claim, or set it aside with the reason.

    A change, a share and a rate of completion are about the subject of the amount before them.
    """
    claims: list[PrintedClaim] = []
    rejects: list[PrintedReject] = []
    context, section = _Context(), None
    for paragraph_no, paragraph in enumerate(paragraphs, 1):
        before = len(claims)
        if paragraph.section != section:
            context, section = _Context(), paragraph.section
        lead = _lead(paragraph.text) or context.lead
        # a year holds for its paragraph alone: the next is of the document's year unless it names one
        context = _Context(lead or context.subject, None, None, lead)
        context = _read_paragraph(paragraph, document_id, context, claims, rejects)
        claims[before:] = [replace(claim, paragraph_no=paragraph_no) for claim in claims[before:]]
        if len(claims) > before:
            context = replace(context, lead=None)
    return tuple(claims), tuple(rejects)


def _read_paragraph(
    paragraph: Paragraph,
    document_id: str,
    context: _Context,
    claims: list[PrintedClaim],
    rejects: list[PrintedReject],
) -> _Context:
    first_of_sentence = len(claims)
    for sentence in _SENTENCE.finditer(paragraph.text):
        first = len(claims)
        text, position = sentence.group(), 0
        for figure in _FIGURE.finditer(text):
            offset = sentence.start() + figure.start()
            line = paragraph.line_at(offset)
            before = text[position : figure.start()]
            if figure.group("amount") and _THRESHOLD.match(text[figure.end() :]):
                rejects.append(_threshold(figure.group(), line, document_id))
                continue
            claim, context = _claim(figure, before, context)
            position = figure.end()
            if claim is not None:
                claims.append(
                    replace(
                        claim,
                        claim_id=f"{document_id[:DOCUMENT_ID_PREFIX]}-C{line.line_no}N{len(claims) + 1}",
                        document_id=document_id,
                        section=paragraph.section,
                        line_no=line.line_no,
                        page_no=line.page_no,
                        confidence=line.confidence,
                    )
                )
        reason = _REASON.search(text)
        if reason:
            # "决算数小于预算数的主要原因是…" explains the sentence before it
            start = first if len(claims) > first else first_of_sentence
            for index in range(start, len(claims)):
                if claims[index].reason is None:
                    claims[index] = replace(claims[index], reason=reason.group("reason").strip())
        if len(claims) > first:
            first_of_sentence = first
    return context


def _claim(figure: re.Match[str], before: str, context: _Context) -> tuple[PrintedClaim | None, _Context]:
    # a year in a reason ("主要原因是2023年调出1人") is of what happened then, not of the next figure
    year = _YEAR.search(before.split("原因", maxsplit=1)[0])
    if year and not _COMPARED.search(before):
        context = replace(context, year=year.group("year"))
    change = _CHANGE.search(before)
    compared = _COMPARED.search(before)
    basis = compared.group("basis") if compared else None
    blank = PrintedClaim(
        claim_id="",
        document_id="",
        subject=context.subject,
        code=context.code,
        claim_text=re.sub(r"\s", "", figure.group()),
        kind="level",
        compared_with=basis,
        year_text=context.year,
    )
    if figure.group("rate"):
        return _rate(blank, before, change), context
    if change:
        named = subject_of(before[: compared.start() if compared else change.start()])
        is_named = named is not None and not _GENERIC.fullmatch(named)
        return replace(
            blank,
            subject=named if is_named else context.subject,
            code=None if is_named else context.code,
            kind="change",
            direction="up" if change.group("up") else "down",
            compared_with=basis or "上年",
        ), context
    return _level(blank, before, context)


def _rate(blank: PrintedClaim, before: str, change: re.Match[str] | None) -> PrintedClaim | None:
    if change:
        return replace(blank, kind="rate", direction="up" if change.group("up") else "down")
    for kind, pattern in (("share", _SHARE), ("rate", _COMPLETION)):
        match = pattern.search(_tail(before))
        if match:
            return replace(blank, kind=kind, whole=match.group("whole").strip() or None)
    return None  # a percentage of something that is not money


def _level(blank: PrintedClaim, before: str, context: _Context) -> tuple[PrintedClaim, _Context]:
    tail = _tail(before)
    code = _CODE.search(tail)
    named = subject_of(tail[: code.start()] if code else tail)
    flow = _FLOW_ALONE.fullmatch(tail)
    if flow and context.first is None and context.lead is None:
        named, context = flow.group("flow"), replace(context, subject=None)
    elif _SUM_ALONE.fullmatch(tail) and context.first is not None:
        named = context.first
    stated_as = "budgeted" if _BUDGETED.search(tail) else "actual" if _ACTUAL.search(tail) else None
    if named in _FLOWS and context.subject and context.subject.endswith(_FLOWS):
        context = replace(context, subject=context.subject[:-2] + named, code=None)
    elif named and not _GENERIC.fullmatch(named) and not (named in _FLOWS and context.lead):
        context = replace(context, subject=named, code=code.group("code") if code else None)
    elif context.lead:
        context = replace(context, subject=context.lead, code=None)
    elif context.subject is None:
        context = replace(context, subject=named)
    claim = replace(
        blank,
        subject=context.subject,
        code=context.code,
        stated_as=stated_as,
        year_text="上年" if _LAST_YEAR.search(tail) else context.year,
    )
    return claim, replace(context, first=context.first or context.subject)


def _tail(before: str) -> str:
    """The words since the last delimiter: what the figure is said of."""
    return _DELIMITERS.split(before)[-1].strip()


def subject_of(text: str) -> str | None:
    """The noun in a few words: numbering, years and verbs around it taken off; None when nothing is left."""
    noun = _tail(text)
    while True:
        shorter = _TRAILING.sub("", _LEADING.sub("", noun, count=1) if _LEADING.match(noun) else noun)
        if shorter == noun:
            return _unquoted(noun) or None
        noun = shorter


def _unquoted(noun: str) -> str:
    """A noun quoted as a whole, or one that lost a quotation mark to a delimiter, without the marks."""
    inner = noun.removeprefix("“").removesuffix("”")
    return inner if "“" not in inner and "”" not in inner else noun


def is_generic(noun: str) -> bool:
    """Whether a noun names nothing by itself (支出预算, 金额 …): the figure is of what was named before."""
    return bool(_GENERIC.fullmatch(noun))


def _lead(text: str) -> str | None:
    """What a paragraph opens with: a functional item, a numbered heading, a numbered item before a colon."""
    found = (pattern.match(text) for pattern in _LEADS)
    return next((_unquoted(match.group("item").strip()) for match in found if match), None)


def _threshold(text: str, line: Text, document_id: str) -> PrintedReject:
    return PrintedReject(
        document_id=document_id,
        form_id=None,
        page_no=line.page_no,
        line_no=line.line_no,
        field_no=None,
        printed_text=text,
        reason_code="threshold",
        hint="a limit that things are counted above or below, not an amount spent",
    )


def figures_with_unit(text: str) -> Iterator[str]:
    """The amounts with a unit of money in a text; what claims and rejects must add up to."""
    return (match.group("amount") for match in _FIGURE.finditer(text) if match.group("amount"))
