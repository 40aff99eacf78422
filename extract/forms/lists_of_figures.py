"""Wholes that the prose lists the parts of (总支出 9 万元，其中：…), with the parts that follow each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extract.forms.said import Said
from extract.forms.subjects import bare_name, is_short_for
from extract.prose_words import ProseWords

_COLONS = ("：", ":")
_STOP = "。"
_SEVERAL = 2
_LONGEST_DIVISION = 8  # parts of a known division
_RECENT = 60  # parts that a share can be of: those before it
_ACTUAL = "actual"
_BUDGETED = "budgeted"
_SPENT = "支出"  # 其他支出 is a class of its own
_PLAIN = "planned"  # a budget speaks of nothing else: no version to tell from another
_PIECE = re.compile(r"[及和与、“”]+")  # between the parts that a whole is named by
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_TWICE = Decimal("1.5")  # what makes more than this of a whole divides it twice
_LITTLE = Decimal("0.1")
_FUNCTIONS = "2"  # with which the codes of the functional classification begin
_ALL, _NEARLY = Decimal(100), Decimal("0.5")  # percent; shares are rounded, and one of them may be wrong


@dataclass(slots=True)
class ListOfFigures:
    """A whole, and the parts that follow it in its sentence, or one a paragraph below it."""

    whole: Said
    says_all: bool  # 包括, 分为: the parts named are all
    paragraph_no: int
    period: int | None  # the full sentence that the parts stand in; None where each has its paragraph
    parts: list[Said] = field(default_factory=list)
    shares: list[Decimal] = field(default_factory=list)  # of the parts in the whole, in percent, as printed
    is_nested: bool = False  # a part has parts of its own
    number: int = 1  # of the lists of its whole
    is_of_flow: bool = False  # 收入包括, 支出包括: each divides the same whole
    is_behind: bool = False  # a change of the whole stands between: its parts may be those of the change
    within: ListOfFigures | None = None  # the list of the same sentence that its whole is a part of
    mark: int | None = None  # how the paragraph of its whole is numbered, where each part has its own
    beside: Said | None = None  # the whole of another version, before it (预算9万元，决算8万元，其中：…)

    def has(self, figure: Said | None) -> bool:
        """Whether a figure is one of the parts."""
        return any(figure is part for part in self.parts[-_RECENT:])

    def goes_on(self, level: Said, paragraph_no: int, *, is_first: bool) -> bool:
        """Whether a level stands where the parts of this list do."""
        if self.period is None:
            return paragraph_no > self.paragraph_no and is_first
        if paragraph_no != self.paragraph_no or level.period != self.period:
            return False
        if self.is_bracketed and level.depth < self.parts[0].depth:
            return False
        # where the sentence of the whole has parts enough a semicolon ends the list, else it divides them
        first = self.parts[:_SEVERAL]
        in_one = len(first) == _SEVERAL and all(part.sentence == self.whole.sentence for part in first)
        return level.sentence == self.whole.sentence or not in_one

    @property
    def is_bracketed(self) -> bool:
        """Whether the parts stand in brackets behind their whole."""
        return bool(self.parts) and self.parts[0].depth > self.whole.depth

    def takes(self, level: Said) -> bool:
        """Whether a level is a part: in the same brackets as the first one, and in no others."""
        return not self.parts or level.depth == self.parts[0].depth

    def is_complete_without(self, level: Said, words: ProseWords) -> bool:
        """Whether the parts, a known division, make their whole, and a further figure has no place in it."""
        if len(self.parts) > _LONGEST_DIVISION or _made_by(self.whole, self.parts) is None:
            return False
        further = [*self.parts, level]
        return are_division(self.whole, self.parts, words) and not are_division(self.whole, further, words)

    def of_version_beside(self) -> Sequence[Said]:
        """The parts of the version of the whole beside it; none where a part has not both."""
        if self.beside is None:
            return ()
        parts = [part for part in self.parts if part.version == self.beside.version]
        subjects = [part.claim.subject for part in parts]
        of_whole = [part.claim.subject for part in self.parts if part.version == self.whole.version]
        return parts if subjects == of_whole and len(set(subjects)) == len(subjects) else ()

    def ends_within(self, following: Said | None) -> bool:
        """Give the list around this one what stands behind its parts; False where that is not clear.

        The parts end where a bracket closes, or where they make up their whole; or with their sentence, where
        that around them goes on in the next one, with the level that is `following`.
        """
        outer = self.within
        if outer is None or not self.parts or self.is_bracketed:
            return True
        made = _made_by(self.whole, self.parts)
        # 基本支出9万元，其中人员经费8万元；项目支出4万元
        in_one = sum(part.sentence == self.whole.sentence for part in self.parts)
        places = [made] if made is not None else [len(self.parts), in_one]
        for place in places:
            behind = self.parts[place:]
            around = [*outer.parts, *behind]
            is_clear = made is not None or (place == in_one > 0 and _made_by(outer.whole, around) is not None)
            if is_clear:
                self.parts, outer.parts = self.parts[:place], around
                return True
        goes_on = following is not None and following.sentence != self.whole.sentence
        return in_one == len(self.parts) >= _SEVERAL and (goes_on or outer.is_listed_by_sentence)

    @property
    def is_listed_by_sentence(self) -> bool:
        """Whether the parts, as far as they are known, have a sentence of their own each (甲…；乙…；)."""
        sentences = [part.sentence for part in self.parts]
        return len(set(sentences)) == len(sentences) > 1

    def sum_of_parts(self, words: ProseWords) -> tuple[Sequence[Said], str | None]:
        """The parts that should add up to the whole, and why that cannot be asked."""
        of_whole = version_of(self.whole)
        others = {version_of(part) for part in self.parts} - {of_whole, None}
        parts: Sequence[Said] = self.parts
        if others and of_whole is not None:
            parts = [part for part in self.parts if version_of(part) == of_whole]
        is_divided_again = False
        if not divides(self.whole, parts, words):  # else all of them make the whole, whatever some come to
            parts, is_divided_again = _first_division(self.whole, parts)
        # 收入9万元。其中：甲完成5万元，乙完成4万元
        same = {_ACTUAL} if self.whole.version != _PLAIN else {_ACTUAL, _BUDGETED}  # 预算安排9万元
        is_mixed = of_whole is None and bool(others - same)
        if is_divided_again or self.is_nested or len(parts) < _SEVERAL or is_mixed:
            return parts, "list_unclear"
        if any(part.year != self.whole.year or part.year is None for part in parts):
            return parts, "year_unclear"
        if len({part.claim.subject for part in parts}) < len(parts):
            return parts, "several_figures"
        if self.is_behind and not _makes_about(self.whole, parts):
            return parts, "list_unclear"
        is_whole = self.says_all or abs(sum(self.shares) - _ALL) <= _NEARLY
        if (
            not is_whole
            and not divides(self.whole, parts, words)
            and not _names_all(self.whole, parts, words)
            and not _are_classes(self.whole, parts, words)
        ):
            return parts, "list_may_be_partial"
        return parts, None


def opened(level: Said, paragraph_no: int, words: ProseWords) -> ListOfFigures | None:
    """The list that the words behind a level open; None where they open none."""
    after = level.after.strip()
    match = words.parts.search(after)
    is_above = after.endswith(_COLONS) and (match is not None or len(after) < 2 or _STOP not in after[:-1])
    if match is None and not is_above and not after.startswith(_COLONS):
        return None
    is_of_flow = words.parts_of_flow.match(after) is not None
    return ListOfFigures(
        level,
        words.all_parts.search(after) is not None,
        paragraph_no,
        None
        if is_above and level.is_last
        else level.period + (after[: match.end()].count(_STOP) if match else 0),
        is_of_flow=is_of_flow,
    )


def _names_all(whole: Said, parts: Sequence[Said], words: ProseWords) -> bool:
    """Whether a list leaves nothing out: it names what there is nothing of, or ends with all others."""
    has_nothing = any(amount_of(part)[0] == 0 for part in parts)
    of_all = bare_name(whole.claim.subject or "", words)
    last = bare_name(parts[-1].claim.subject or "", words)
    others = words.rest.match(last)
    # 其他商品和服务支出 is an item like any other, 其他资产 is what is left of 资产
    of_others = last[others.end() :] if others else None
    ends_with_rest = of_others == "" or bool(of_others and of_others != _SPENT and of_all.endswith(of_others))
    return (has_nothing or ends_with_rest) and _makes_about(whole, parts)


def _are_classes(whole: Said, parts: Sequence[Said], words: ProseWords) -> bool:
    """Whether a list goes by an official classification and leaves out little, if anything at all."""
    functions = [(part.claim.code or "").startswith(_FUNCTIONS) for part in parts]
    classes = [words.classified.fullmatch(part.claim.subject or "") is not None for part in parts]
    if len(parts) <= _SEVERAL or not (all(functions) or all(classes)):
        return False
    (total, unit), *amounts = [amount_of(figure) for figure in (whole, *parts)]
    rest = abs(total - sum((amount for amount, _ in amounts), Decimal(0)))
    return all(each == unit for _, each in amounts) and rest <= total * _LITTLE


def _made_by(whole: Said, parts: Sequence[Said]) -> int | None:
    """After how many of the parts, two at least, they make up a whole to the last digit."""
    total, unit = amount_of(whole)
    summed, made = Decimal(0), None
    for place, part in enumerate(parts, 1):
        amount, own = amount_of(part)
        summed += amount
        if own != unit:
            return None
        if summed == total and place >= _SEVERAL:
            made = place  # what there is nothing of belongs to it as well
        elif made is not None:
            return made
    return made


def divides(whole: Said, parts: Sequence[Said], words: ProseWords) -> bool:
    """Whether the names of some parts say that there are no others.

    They are a known division of such a whole (人员经费 and 公用经费 of 基本支出), or the whole is named by
    all of them (公务用车购置及运行费).
    """
    if are_division(whole, parts, words):
        return True
    name = whole.claim.subject or ""
    names = [part.claim.subject or "" for part in parts]
    named = [piece for piece in _PIECE.split(name) if piece]
    return len(named) == len(names) > 1 and all(
        sum(is_short_for(bare_name(piece, words), part, words) for part in names) == 1 for piece in named
    )


def are_division(whole: Said, parts: Sequence[Said], words: ProseWords) -> bool:
    """Whether the names of some parts are those of a known division of such a whole."""
    named = "、".join(bare_name(part.claim.subject or "", words) for part in parts)
    return words.division.fullmatch(f"{bare_name(whole.claim.subject or '', words)}={named}") is not None


def _makes_about(whole: Said, parts: Sequence[Said]) -> bool:
    """Whether parts are at least half of a whole, and not much more than it."""
    (total, unit), *amounts = [amount_of(figure) for figure in (whole, *parts)]
    summed = sum((amount for amount, _ in amounts), Decimal(0))
    return all(each == unit for _, each in amounts) and total / 2 <= summed <= _TWICE * total


def _first_division(whole: Said, parts: Sequence[Said]) -> tuple[Sequence[Said], bool]:
    """The parts up to where they make the whole, and whether it is divided again without that.

    A whole that is listed by function may be listed by kind of spending right behind.
    """
    amounts = [amount_of(part) for part in (whole, *parts)]
    if len({unit for _, unit in amounts}) > 1:
        return parts, False
    total, summed = amounts[0][0], Decimal(0)
    for place, (amount, _) in enumerate(amounts[1:], 1):
        summed += amount
        if summed == total and place >= _SEVERAL:
            rest = [amount for amount, _ in amounts[place + 1 :]]
            is_one = not any(rest) or _names_nothing_on(parts, place)
            return (parts, False) if is_one else (parts[:place], False)
    return parts, total > 0 and summed >= _TWICE * total


def _names_nothing_on(parts: Sequence[Said], place: int) -> bool:
    """Whether a list that makes its whole at a place goes on to name what there is nothing of.

    甲9万元、乙0万元、丙7万元、丁0万元: 丙 is one of them, and the one figure among its noughts that is none.
    """
    amounts = [amount_of(part)[0] for part in parts]
    told = [amount for amount in amounts[place:] if amount]
    # what divides one of the parts again comes to as much as that part
    again = told[0] in amounts[:place] if told else False
    in_one = len({part.sentence for part in parts}) == 1
    return len(told) == 1 and not again and in_one and amounts.count(Decimal(0)) >= _SEVERAL


def amount_of(figure: Said) -> tuple[Decimal, str]:
    """The number of a figure as printed, and the unit behind it."""
    text = figure.claim.claim_text
    number = _NUMBER.match(text)
    return (Decimal(number.group().replace(",", "")), text[number.end() :]) if number else (Decimal(0), "")


def version_of(figure: Said) -> str | None:
    """Which version of the budget a figure is of, where its words tell it from another."""
    return None if figure.version == _PLAIN else figure.version
