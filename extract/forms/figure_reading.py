"""What one figure of the prose is: a level, a change, a rate or a share, of what and of which year."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extract.forms.comparing_words import (
    Compared,
    Direction,
    change_follows,
    compared_with,
    completion_of,
    direction_before,
    leads_to_a_level,
    moves_behind,
    multiple_of,
    named_before,
    named_budget,
    share_of,
)
from extract.forms.prose_context import Context
from extract.forms.prose_figures import Figure
from extract.forms.reason_changes import moved_by_a_reason
from extract.forms.said import UNSAID, Basis, Said
from extract.forms.subjects import is_generic, is_short_for, noun_of, subject_of, tail
from extract.printed import PrintedClaim
from extract.prose_words import ProseWords

_LAST = "上年"
_BUDGET = "预算数"
_WINDOW = 200  # characters before a figure that say what it is of
_VERSIONS = {"budgeted": "budget", "planned": "budget", "adjusted": "adjusted_budget"}
_LABELLED = re.compile(r"[：:]\s*$")
_AHEAD = 12  # characters behind a figure that say where it went from there
_CLAUSE = re.compile(r"[，,；;：:。]")
_FEWEST_PARTS = 2
_CODE_IN_FRONT = re.compile(
    r"(?:^|(?<=[）)、.．\s]))(?P<code>\d{3}(?:\d\d){0,2})\s*[-—－–]\s*(?=[一-鿿])"
)  # 20105-统计信息事务
_OF_BUDGETS = ("budgeted", "adjusted", "planned")


@cache
def _flow_of_budget(words: ProseWords) -> re.Pattern[str]:
    return re.compile(rf"(?P<flow>{words.flow.pattern})(?:{words.basis_budget.pattern})为?$")


@cache
def _year_at_end(words: ProseWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of the year before, and of this one, that a label ends with."""
    return (
        re.compile(rf"(?:{words.last_year.pattern})$"),
        re.compile(rf"(?:{words.this_year.pattern})$"),
    )


@cache
def _rose_from(words: ProseWords) -> re.Pattern[str]:
    """A figure, for which a bar stands, between 由 and what it rose or fell to."""
    moved = rf"(?:{words.up.pattern}|{words.down.pattern})?了?(?:{words.up_to.pattern})"
    return re.compile(rf"(?:{words.from_.pattern})\s*\|\s*{moved}")


class FigureReader:
    """Reads one figure after another by the words before it; what was said so far is its `context`."""

    def __init__(self, year: int | None, words: ProseWords) -> None:
        """Begin a document; `year` is its fiscal year, None where that is not known."""
        self.context = Context()
        self._year = year
        self._words = words

    def figure(self, figure: Figure, before: str, after: str = "") -> Said | None:
        """What a figure is, by the words around it; None for a percentage of something that is not money."""
        context, words = self.context, self._words
        compared = compared_with(before, words)
        # a year in a reason ("主要原因是2023年调出1人") is of what happened then, not of the next figure
        unexplained = words.reason.split(before, maxsplit=1)[0]
        spared = unexplained if compared is None else unexplained[: compared.start]
        year = None
        for match in words.year_mark.finditer(spared):
            year = match.group("year")
        # an earlier year is said of one figure (2022年为8万元); what follows is of the year before it again
        if year and (context.year is None or year >= context.year or year == str(self._year)):
            context.year, year = year, None
        if compared is not None:
            context.basis = self._basis(compared)
            context.printed_basis = compared.printed
        change = direction_before(before, words)
        if (
            compared is not None
            and compared.direction
            and change is not None
            and change.start == compared.start
        ):
            # 小于上年50万元，减少10万元: what it is less than, where by how much follows
            change = None if change_follows(after, words) else change
        blank = PrintedClaim(
            claim_id="",
            document_id="",
            subject=context.subject,
            code=context.code,
            claim_text=re.sub(r"\s", "", figure.text),
            kind="level",
            compared_with=context.printed_basis if compared is not None else None,
            year_text=context.year,
        )
        if figure.is_multiple and change is None:
            whole = multiple_of(before, words)
            said = replace(blank, kind="rate", whole=whole or None)
            of_year = self._from_document(context.year)
            # 扩大2倍 is of something that is not money
            return None if whole is None else Said(said, of_year, None, 0, is_multiple=True)
        if figure.is_rate:
            return self._rate(blank, figure, before, change, compared)
        is_joined = figure.place > 0
        if change is not None or (is_joined and context.changed is not None):
            changed = self._change(blank, figure, before, change, compared)
            context.whole = None  # an item that has a change of its own is followed by others that have
            return changed
        moved = moved_by_a_reason(before, words) if context.is_in_reason else None
        if moved is not None:
            claim = replace(
                blank,
                subject=moved.subject,
                code=None,
                kind="change",
                direction=moved.direction,
                compared_with=_LAST,
            )
            return Said(claim, self._from_document(context.year), None, 0, basis=UNSAID)
        if year is None and _rose_from(words).search(before + "|" + after[:_AHEAD]):
            year = _LAST  # 由5万元上升至6万元
        return self._level(blank, figure, before, compared, year, after=after)

    def bare(self, figure: Figure, before: str) -> Said:
        """A figure without a unit: what it is of, and that no more is known. It changes no context."""
        words, context = self._words, self.context
        change = direction_before(before, words)
        is_share = change is None and share_of(before, words) is not None
        named = subject_of(self._label(before)[0], words) if change is None and not is_share else None
        is_named = named is not None and not is_generic(named, words)
        claim = PrintedClaim(
            claim_id="",
            document_id="",
            subject=named if is_named else context.changed or context.subject,
            claim_text=re.sub(r"\s", "", figure.text),
            kind="change" if change is not None else "share" if is_share else "level",
            direction=change.direction if change is not None else None,
            compared_with=context.printed_basis if change is not None else None,
            year_text=context.year,
        )
        return Said(claim, None, None, 0, is_open_unit=True)

    def _basis(self, compared: Compared) -> Basis:
        words = self._words
        version = (
            "actual"
            if words.actual.search(compared.version_text)
            else "budgeted"
            if words.basis_budget.search(compared.version_text)
            else None
        )
        if compared.is_budget:
            return Basis(True, 0, named_budget(compared.version_text, words), True)
        if compared.year_text is None:
            return Basis(False, -1, version, True)
        if compared.year_text == (self.context.year or (str(self._year) if self._year else None)):
            of_year = self._from_document(compared.year_text)
            return Basis(True, of_year, named_budget(compared.version_text, words), version == "budgeted")
        return Basis(False, self._from_document(compared.year_text), version, True)

    def _from_document(self, year_text: str | None) -> int | None:
        """The years between the document and a printed year; 0 where none is printed."""
        if year_text is None:
            return 0
        if self._words.last_year.fullmatch(year_text):
            return -1
        return int(year_text) - self._year if self._year is not None else None

    def _change(
        self,
        blank: PrintedClaim,
        figure: Figure,
        before: str,
        change: Direction | None,
        compared: Compared | None,
    ) -> Said:
        context, words = self.context, self._words
        if change is None:  # one more of a list of changes
            return Said(
                replace(
                    blank,
                    subject=self._one_of_changing(figure, context.changed),
                    kind="change",
                    direction=context.moved,
                    compared_with=context.printed_basis or _LAST,
                ),
                self._from_document(context.year),
                None,
                0,
                basis=context.basis or UNSAID,
                is_open=context.moved is None,
            )
        context.moved = None if change.is_open else change.direction
        subject, is_named = self._named(before, change, compared)
        if self._takes_one_by_one(figure, before) and not is_named:
            subject = self._one_of_changing(figure, subject)
        is_bare = compared is not None and not before[: compared.start].strip("，, ")
        if is_bare and not is_named and context.whole and context.parts >= _FEWEST_PARTS:
            # 其中甲1万元、乙2万元，较上年减少3万元 is said of the whole
            context.subject, context.code = context.whole, None
            subject = context.whole
        context.changed = subject
        context.name(subject if is_named else None)
        is_adjusting = compared is None and words.adjusting.match(before, change.start) is not None
        if is_adjusting:
            context.basis, context.printed_basis = Basis(True, 0, "budgeted", True), _BUDGET
        return Said(
            replace(
                blank,
                subject=subject,
                code=None if is_named else context.code,
                kind="change",
                direction=change.direction,
                compared_with=blank.compared_with or context.printed_basis or _LAST,
            ),
            self._from_document(context.year),
            None,
            0,
            is_open=change.is_open,
            names_nothing=not is_named,
            is_adjusting=is_adjusting,
            is_difference=change.is_difference,
            basis=context.basis or UNSAID,
        )

    def _named(self, before: str, change: Direction, compared: Compared | None) -> tuple[str | None, bool]:
        """What a change or a rate names as its subject, before the comparison or behind it."""
        context, words = self.context, self._words
        before = _without_start(before, words.compare_tail)
        if compared is not None:
            compared = compared_with(before, words)
        change = direction_before(before, words) or change
        named = subject_of(before[: compared.start if compared else change.start], words)
        if named is None and compared is not None:
            # 接待费比预算无变化，比去年增加1万元
            named = subject_of(named_before(before[: compared.start], words) or "", words)
        if named is not None and words.both.fullmatch(named):
            named = None
        if compared is not None and compared.end < change.start:
            between = before[compared.end : change.start].strip()
            # 较上年2.08减少0.03万元: a figure without its unit names nothing
            is_of_all = words.each.search(between) or words.respectively.search(between)
            is_name = not is_of_all and not between[:1].isdecimal()
            behind = subject_of(between, words) if is_name else None
            if behind is not None and not is_generic(behind, words) and len(behind) > 1:
                known = named or context.subject
                if known is None or not is_short_for(behind, known, words):
                    named = behind
            if behind and words.total.search(between) and (context.first or "").endswith(behind):
                return context.first, True  # 资产9万元，其中…，无形资产1万元。资产总额增加3万元
        if named is not None:
            named = words.respectively.sub("", words.each.sub("", named)) or None
        is_named = named is not None and not is_generic(named, words)
        if is_named and context.subject and is_short_for(named or "", context.subject, words):
            return context.subject, False
        return (named, True) if is_named else (context.subject, False)

    def _rate(
        self,
        blank: PrintedClaim,
        figure: Figure,
        before: str,
        change: Direction | None,
        compared: Compared | None,
    ) -> Said | None:
        context, words = self.context, self._words
        year = self._from_document(context.year)
        if change is not None:
            is_of_change = context.changed is not None and compared is None
            subject, is_named = self._named(before, change, compared)
            if is_of_change and not (context.is_in_reason and is_named):
                subject, is_named = context.changed, False
            context.name(subject if is_named else None)
            context.moved = None if change.is_open else change.direction
            if not is_named and (context.changing or self._takes_one_by_one(figure, before)):
                subject = self._one_of_changing(figure, subject)
            is_of_budget = context.basis is not None and context.basis.is_budget
            return Said(
                replace(
                    blank,
                    subject=subject,
                    kind="rate",
                    direction=change.direction,
                    compared_with=context.printed_basis if is_of_budget else blank.compared_with,
                ),
                year,
                None,
                0,
                is_open=change.is_open,
                basis=context.basis or UNSAID,
            )
        if figure.place > 0 and context.moved is not None and words.join.match(before):
            # 各下降23.51%、38.28%
            said_of = self._one_of_changing(figure, context.changed or context.subject)
            rate = replace(blank, subject=said_of, kind="rate", direction=context.moved)
            return Said(rate, year, None, 0, basis=context.basis or UNSAID)
        context.moved = None
        return self._share_or_completion(blank, figure, before, year)

    def _share_or_completion(
        self, blank: PrintedClaim, figure: Figure, before: str, year: int | None
    ) -> Said | None:
        context, words = self.context, self._words
        is_respective = bool(words.respectively.search(before)) or figure.place > 0
        whole = share_of(tail(before, words), words)
        if whole is None and figure.place > 0 and words.join.match(before):
            return Said(replace(blank, kind="share"), year, None, 0, is_respective=True)
        if whole is not None:
            whole = words.respectively.sub("", whole)
            return Said(
                replace(blank, kind="share", whole=whole or None), year, None, 0, is_respective=is_respective
            )
        completed = completion_of(tail(before, words), words)
        if context.sharing is not None and words.share_filler.fullmatch(before.strip()):
            shared = replace(blank, kind="share", whole=context.sharing, subject=context.shared)
            context.subject = context.shared
            return Said(shared, year, None, 0)
        if completed is None and context.is_completing and words.share_filler.fullmatch(before.strip()):
            completed = _BUDGET
        if completed is not None:
            return Said(
                replace(blank, kind="rate", whole=completed or None), year, None, 0, is_of_outcome=True
            )
        return None  # a percentage of something that is not money

    def _level(
        self,
        blank: PrintedClaim,
        figure: Figure,
        before: str,
        compared: Compared | None,
        year: str | None,
        *,
        after: str,
    ) -> Said:
        context, words = self.context, self._words
        last, said_of = self._label(before)
        context.is_completing = _is_to_complete(last, after, words)
        code = words.code.search(last) or _CODE_IN_FRONT.search(last)
        printed = last[: code.start()] + last[code.end() :] if code else last
        is_basis = (
            compared is not None
            and (
                not before[compared.end :].strip()
                # 比2014年会议费预算2万元增加1万元
                or (_CLAUSE.search(before[compared.end :]) is None and moves_behind(after, words))
            )
        )
        if is_basis or context.is_completing or leads_to_a_level(before, words):
            printed = "" if not is_basis else before[: compared.start if compared else 0]
        context.sharing, context.shared = None, context.subject
        whole = share_of(last, words)
        if whole:
            context.sharing = printed = whole
        named = self._one_of_a_list(figure, printed, before) or subject_of(printed, words)
        if named is not None and words.value_of.fullmatch(named):
            named = _counted_before(before, words) or named
        stripped = _flow_of_budget(words).search(printed.strip())
        is_flow = named is not None and words.flow.fullmatch(named) is not None
        if named is not None and (
            named == context.flow
            or (is_flow and context.version in _OF_BUDGETS and not words.flow.search(context.subject or ""))
        ):
            named = None  # 公用经费预算9万元，支出8万元
        elif stripped:
            context.flow = stripped.group("flow")
        flow = words.flow_alone.fullmatch(last)
        if flow and context.first is None and context.lead is None:
            named, context.subject = flow.group("flow"), None
        elif words.sum_alone.fullmatch(last) and context.first is not None:
            named = context.first
        if context.is_added and is_flow and words.total.search(last):
            # 加上转移性收入3万元，收入合计30万元: of more than what stands before
            context.subject = None
        context.is_added = bool(words.adding.search(before))
        context.list_so_far(before, words)
        self._take_subject(named, code.group("code") if code else None)
        if leads_to_a_level(before, words) and context.year and not words.year_mark.search(before):
            context.year = None  # 由2022年的9万元增加到10万元: to what it is now
        year_text = said_of or year or context.year
        if is_basis and compared is not None and not compared.is_budget:
            year_text = compared.year_text or _LAST
        version, is_plain = self._version(last, is_basis and compared is not None and compared.is_budget)
        context.first, context.has_level = context.first or context.subject, True
        context.version = version
        context.levelled.append(context.subject)
        return Said(
            replace(
                blank,
                subject=context.subject,
                code=context.code,
                budget_version=self._budget_version(version, last),
                stated_as=None if is_plain else "actual" if version == "actual" else "budgeted",
                year_text=year_text,
                compared_with=None if is_basis or (compared and compared.direction) else blank.compared_with,
            ),
            self._from_document(year_text),
            version,
            0,
            is_completing=context.is_completing,
        )

    def _version(self, last: str, is_basis: bool) -> tuple[str | None, bool]:
        """Which version a figure is of, and whether its words are too plain to set it against another."""
        words = self._words
        if is_basis or self.context.is_completing or words.budgeted.search(last):
            return named_budget(last, words) or "budgeted", False
        if words.actual.search(last):
            return "actual", False
        if words.planned.search(last) and (named := named_budget(last, words)):
            return named, False  # 调整预算收入9万元
        return "planned" if words.planned.search(last) else None, True

    def _budget_version(self, version: str | None, last: str) -> str | None:
        """The version of the budget by the name that forms have for it."""
        if version == "actual":
            return "execution" if self._words.executed.search(last) else "final"
        return _VERSIONS.get(version or "")

    def _label(self, before: str) -> tuple[str, str | None]:
        """The words that a figure is said of, and 上年 where they say so, also before a colon."""
        words = self._words
        last = tail(before, words)
        if last:
            opening = words.opening.search(last)
            if opening is not None and words.balance.search(f"{self.context.subject or ''}{last}"):
                # 资产90万元，年初为60万元: what there was when the year before ended
                return last[: opening.start()] + last[opening.end() :], _LAST
            return last, _LAST if words.last_year.search(last) else None
        clauses = [clause.strip() for clause in words.delimiter.split(before[-_WINDOW:]) if clause.strip()]
        label = clauses[-1] if clauses else ""
        for pattern, year in zip(_year_at_end(words), (_LAST, None), strict=True):
            ending = pattern.search(label)
            if ending:
                return label[: ending.start()], year
        # 商品和服务支出：92.01万元; but what stands before a semicolon or a stop is said of another figure
        return (label if _LABELLED.search(before) else last), None

    def _one_of_a_list(self, figure: Figure, printed: str, before: str) -> str | None:
        """The name of a figure in a list that is said of several things one by one (分别为)."""
        context, words = self.context, self._words
        if figure.place == 0:
            match = words.respectively.search(printed) or words.each.search(printed)
            clause = _CLAUSE.split(before)[-1].strip()  # 、 stands between the names
            said_of = clause[: clause.rfind(match.group())] if match else ""
            if figure.size == 1:
                return noun_of(said_of, words) if match and match.end() == len(printed) else None
            both = noun_of(said_of, words) or ""
            if words.both.fullmatch(both):
                return both  # 收、支总计各是: one name for both
            parts = words.and_.split(said_of) if said_of else []
            names = tuple(name for part in parts if (name := subject_of(part, words)))
            context.names = names if len(names) == figure.size else ()
        return context.names[figure.place] if context.names else None

    def _takes_one_by_one(self, figure: Figure, before: str) -> bool:
        """Whether a list of changes begins that is said one by one of the amounts before it (分别减少)."""
        context = self.context
        if figure.size == 1 or figure.place > 0 or not self._words.respectively.search(before):
            return False
        recent = tuple(context.levelled[-figure.size :])
        context.changing = recent if len(set(recent)) == figure.size else ()
        return True

    def _one_of_changing(self, figure: Figure, otherwise: str | None) -> str | None:
        changing = self.context.changing
        return changing[figure.place] if len(changing) == figure.size else otherwise

    def _take_subject(self, named: str | None, code: str | None) -> None:
        context, words = self.context, self._words
        is_flow = named is not None and words.flow.fullmatch(named) is not None
        if is_flow and context.subject and words.flow.fullmatch(context.subject[-2:]):
            context.subject, context.code = context.subject[:-2] + (named or ""), None
        elif named and not is_generic(named, words) and not (is_flow and context.lead):
            context.subject, context.code = named, code
        elif context.lead:
            context.subject, context.code = context.lead, None
        elif context.subject is None and not context.has_level:
            context.subject = named


def _counted_before(before: str, words: ProseWords) -> str | None:
    """What the clause in front of the last one counts (车辆2辆，价值)."""
    clauses = [clause.strip() for clause in words.delimiter.split(before[-_WINDOW:])]
    counted = _counted(words).search(clauses[-2]) if len(clauses) > 1 else None
    return noun_of(clauses[-2][: counted.start()], words) if counted else None


@cache
def _counted(words: ProseWords) -> re.Pattern[str]:
    return re.compile(rf"\d[\d,]*(?:\.\d+)?(?:{words.count_unit.pattern})")


@cache
def _is_budget(words: ProseWords) -> re.Pattern[str]:
    return re.compile(rf"(?:{words.is_of.pattern})\s*(?:{words.basis_budget.pattern})")


def _is_to_complete(label: str, after: str, words: ProseWords) -> bool:
    """Whether a figure is what some outcome is a percentage of (完成预算27万元的63.2%).

    收入完成27万元 without either is the outcome itself.
    """
    if _is_budget(words).fullmatch(label):
        return after.lstrip().startswith("的")  # 收入9万元，为调整预算10万元的90%
    completed = completion_of(label, words)
    if completed is None:
        return False
    return bool(words.basis_budget.search(completed)) or after.lstrip().startswith("的")


def _without_start(text: str, pattern: re.Pattern[str]) -> str:
    """A text without what a pattern matches at its start (a pattern that may match nothing)."""
    match = pattern.match(text)
    return text[match.end() :] if match else text
