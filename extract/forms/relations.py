"""What the figures of the prose say of each other: changes, rates, shares, sums and comparisons.

A relation is stated by one figure (a change, a rate, a share), by a whole before its parts, or by words alone
(决算数大于预算数). Whether it holds is not asked here; where a term is not printed, or not known for
certain, the relation says why it cannot be asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extract.forms.added_sums import added_sums, counted_up, is_bracketed
from extract.forms.averages import average_of, is_average
from extract.forms.comparing_words import named_budget
from extract.forms.comparisons import Comparison, comparisons
from extract.forms.items_of_chapters import ItemsOfChapters, chapter_of
from extract.forms.lists_of_figures import ListOfFigures, divides, opened
from extract.forms.pairs import BUDGET, Pair, is_whole, last, of_adjustment, of_budget, of_multiple, of_years
from extract.forms.paragraphs import Paragraph
from extract.forms.said import UNSAID, Basis, Said
from extract.forms.subjects import bare_name, is_generic, is_same_name, is_short_for, subject_of
from extract.printed import DOCUMENT_ID_PREFIX, PrintedRelation, PrintedRelationTerm
from extract.prose_words import ProseWords

_TOTAL_WINDOW = 12  # characters before a figure that call it a total
_RECENT = 60  # figures of a paragraph that another one can be said of
_STOP = "。"
_NO_DIGIT = re.compile(r"[^\d.-]")


@dataclass(slots=True)
class RelationReader:
    """Relations of one document's prose, paragraph by paragraph in printed order."""

    document_id: str
    words: ProseWords
    relations: list[PrintedRelation] = field(default_factory=list)
    terms: list[PrintedRelationTerm] = field(default_factory=list)
    _levels: list[Said] = field(default_factory=list)  # of the paragraph
    _known: dict[str, list[Said]] = field(
        default_factory=dict
    )  # levels of the document by the bare name of their subject
    _changes: list[Said] = field(default_factory=list)  # of the paragraph
    _lists: list[ListOfFigures] = field(default_factory=list)  # open ones, the innermost last
    _section: str | None = None
    _waiting: list[Said] = field(default_factory=list)  # of the sentence, for the level behind them
    _items: ItemsOfChapters = field(default_factory=ItemsOfChapters)
    _listed: set[str] = field(default_factory=set)  # wholes whose parts are asked already
    _mark: int | None = None  # how the paragraph is numbered
    _adjusting: Counter[str | None] = field(
        default_factory=Counter
    )  # adjustments of the paragraph by subject
    _late: list[tuple[Said, Said]] = field(default_factory=list)  # for the figure before, which stands behind

    def paragraph(self, said: Sequence[Said], paragraph: Paragraph, paragraph_no: int) -> None:
        """Take the figures of the next paragraph; one whose unit is open is no term of anything."""
        averages = [figure for figure in said if is_average(figure, self.words)]
        said = [figure for figure in said if not figure.is_open_unit and not is_average(figure, self.words)]
        self._levels, self._changes = [], []
        if (chapter := chapter_of(paragraph.section)) != self._section:
            self._close_lists()
            self._section = chapter
        while self._lists and (self._lists[-1].period is not None or not said):
            self._close_list()
        if not said:
            self._open_below(paragraph, paragraph_no)
        self._mark = paragraph.mark
        self._adjusting = Counter(figure.claim.subject for figure in said if figure.is_adjusting)
        self._read(said, paragraph_no)
        for total, parts in added_sums(self._levels, self.words):
            is_clear = all(part.year == total.year is not None for part in parts)
            terms = [("whole", total), *(("part", part) for part in parts)]
            self._add("list_sum", total, terms, None if is_clear else "year_unclear")
        for total, parts in counted_up(self._levels, self.words):
            self._add("list_sum", total, [("whole", total), *(("part", part) for part in parts)], None)
        for comparison in comparisons(paragraph.text, said, self.words):
            self._comparison(comparison)
        for figure in averages:
            before = [level for level in self._levels if level.end < figure.end]
            average = average_of(figure, before, self._recent(), paragraph.text, self.words)
            because, quantity = average.because, average.quantity
            self._add("average", figure, [("whole", average.whole)], because, quantity=quantity)
        self._items.take(paragraph.section, self._levels)

    def _read(self, said: Sequence[Said], paragraph_no: int) -> None:
        """Take the figures of a paragraph one after another."""
        for place, figure in enumerate(said):
            if self._waiting and figure.sentence != self._waiting[0].sentence:
                self._settle()
            if figure.claim.kind == "level":
                self._level(figure, paragraph_no, is_first=place == 0)
                if not self._waits_on(figure, said[place + 1 : place + 1 + _RECENT]):
                    self._settle(figure)
                arrived = [late for late, awaited in self._late if awaited is figure]
                self._late = [each for each in self._late if each[1] is not figure]
                for late in arrived:
                    self._state(late)
                continue
            if self._waits(figure):
                self._waiting.append(figure)
            elif (awaited := self._awaited(figure, said[place + 1 : place + 1 + _RECENT])) is not None:
                self._late.append((figure, awaited))
            else:
                self._state(figure)
            self._opens_behind(figure, paragraph_no)
        self._settle()

    def finish(self) -> None:
        """Close what is open at the end of the document."""
        self._close_lists()
        for whole, parts in self._items.sums(self.words):
            if whole.claim.claim_id not in self._listed:
                terms = [("whole", whole), *(("part", part) for part in parts)]
                self._add("list_sum", whole, terms, None, number=2)

    # levels and lists

    def _level(self, level: Said, paragraph_no: int, *, is_first: bool) -> None:
        while self._lists and not self._goes_on(level, paragraph_no, is_first=is_first):
            self._complete(self._lists[-1], level, paragraph_no)
            if self._lists[-1].period is None and not is_first:
                break  # a second figure of an item's own paragraph is no item, and does not end the list
            is_within = len(self._lists) > 1 and self._lists[-2].goes_on(
                level, paragraph_no, is_first=is_first
            )
            self._close_list(level if is_within else None)
        current = self._lists[-1] if self._lists else None
        goes_on = current is not None and current.goes_on(level, paragraph_no, is_first=is_first)
        if current is not None and goes_on and current.takes(level):
            current.parts.append(level)
        found = opened(level, paragraph_no, self.words)
        if found is not None and found.is_of_flow and not self._is_of_flows(level, current):
            found = None  # 收入包括：甲1万元、结转1万元。支出包括：…: the last part of another list
        if found is not None and self._levels and is_bracketed(level):
            found.whole = self._levels[-1]  # 支出9万元（含结转1万元）。其中：…
        if found is not None and level.year is not None and not level.is_in_reason:
            if found.is_of_flow and current is not None and current.is_of_flow:
                # 收入包括：甲、乙；支出包括：丙、丁
                self._close_list()
                found.whole, found.number, current = current.whole, current.number + 1, None
            if current is not None and (current.paragraph_no, current.period) == (paragraph_no, found.period):
                found.within = current
            found.beside, found.mark = self._beside(found.whole), self._mark
            self._lists.append(found)
        self._levels = [*self._levels[-_RECENT:], level]
        if level.claim.subject:
            self._known.setdefault(bare_name(level.claim.subject, self.words), []).append(level)

    def _goes_on(self, level: Said, paragraph_no: int, *, is_first: bool) -> bool:
        """Whether a level stands where the parts of the innermost list do.

        What is numbered as the paragraph of the whole is (（一）甲9万元，其中：… （二）乙) is no part of it,
        nor is what comes below all parts of a known division (三公经费9万元 with its parts, then 会议费).
        """
        current = self._lists[-1]
        is_beside = current.period is None and current.mark is not None and current.mark == self._mark
        is_beside |= current.period is None and current.is_complete_without(level, self.words)
        return not is_beside and current.goes_on(level, paragraph_no, is_first=is_first)

    def _complete(self, current: ListOfFigures, level: Said, paragraph_no: int) -> None:
        """Take what the next full sentence begins with, where it is all that a known division lacks."""
        if (
            current.paragraph_no != paragraph_no
            or current.period is None
            or level.period != current.period + 1
        ):
            return
        if not divides(current.whole, current.parts, self.words) and divides(
            current.whole, [*current.parts, level], self.words
        ):
            current.parts.append(level)

    def _is_of_flows(self, level: Said, current: ListOfFigures | None) -> bool:
        """Whether what comes in, or what goes out, may divide a level, or the whole of the list it is in."""
        is_whole = self.words.both_flows.search(level.claim.subject or "") is not None
        return is_whole or (current is not None and current.is_of_flow)

    def _opens_behind(self, figure: Said, paragraph_no: int) -> None:
        """Open the list that stands behind how much its whole changed (收入9万元，增长5%。其中：…)."""
        if figure.claim.kind == "share" or figure.is_in_reason or not self.words.parts.search(figure.after):
            return
        wholes = [
            level
            for level in self._topic(figure.claim.subject)[0]
            # an item may have items of its own below it
            if figure.is_last or self._list_of(level) is None
        ]
        outcomes = [level for level in wholes if level.version not in BUDGET and not level.is_completing]
        wholes = outcomes or wholes
        if not wholes or wholes[-1].year is None:
            return
        whole = wholes[-1]
        head = replace(whole, after=figure.after, period=figure.period, is_last=figure.is_last)
        found = opened(head, paragraph_no, self.words)
        if found is not None and not found.is_of_flow:
            found.whole, found.is_behind, found.beside = whole, found.period is not None, self._beside(whole)
            found.mark = self._mark
            self._lists.append(found)

    def _open_below(self, paragraph: Paragraph, paragraph_no: int) -> None:
        """Open the list of a paragraph without figures that names the whole of the items below it."""
        framing = self.words.framing.fullmatch(paragraph.text.strip().split(_STOP)[-1])
        name = bare_name(subject_of(framing["whole"], self.words) or "", self.words) if framing else ""
        if not name or self.words.flow.fullmatch(name):
            return
        known = [level for level in self._known.get(name, [])[-_RECENT:] if level.year == 0]
        levels = [level for level in known if level.version not in BUDGET] or known
        if len({level.claim.claim_text for level in levels}) == 1:
            self._lists.append(
                ListOfFigures(levels[-1], says_all=True, paragraph_no=paragraph_no, period=None)
            )

    def _beside(self, whole: Said) -> Said | None:
        """The figure of the same subject and year right before a whole that is of another version."""
        before = [
            level
            for level in self._levels
            if level is not whole and level.claim.subject == whole.claim.subject
        ]
        if whole.version != "actual" or not before:
            return None
        is_budget = before[-1].version in BUDGET and before[-1].year == whole.year
        return before[-1] if is_budget else None

    def _close_list(self, following: Said | None = None) -> None:
        closed = self._lists.pop()
        if closed.within is not None and not closed.ends_within(following):
            # a list within a list of the same sentence: where it ends is not said
            closed.is_nested = closed.within.is_nested = True
        if len(closed.parts) > 1:
            parts, because = closed.sum_of_parts(self.words)
            terms = [("whole", closed.whole), *(("part", part) for part in parts)]
            self._add("list_sum", closed.whole, terms, because, number=closed.number)
            beside = closed.of_version_beside() if because is None else ()
            if closed.beside is not None and beside:
                terms = [("whole", closed.beside), *(("part", part) for part in beside)]
                self._add("list_sum", closed.beside, terms, None)

    def _close_lists(self) -> None:
        while self._lists:
            self._close_list()

    def _list_of(self, part: Said | None) -> ListOfFigures | None:
        """The innermost open list that a figure is a part of."""
        return next((each for each in reversed(self._lists) if each.has(part)), None)

    # figures that stand before the level they are said of (比上年减少1万元，下降10%，为9万元)

    def _waits(self, figure: Said) -> bool:
        """Whether no level that a figure could be said of stands before it in its sentence."""
        if figure.is_in_reason or figure.claim.kind == "share":
            return False
        levels = [level for level in self._levels if level.sentence == figure.sentence]
        if figure.is_of_outcome:
            # 支出27万元，完成预算30万元的90%: the outcome stands before, and waits for nothing
            topic, _ = self._topic(figure.claim.subject)
            outcomes = [level for level in topic if level.version not in BUDGET and not level.is_completing]
            return bool(levels) and levels[-1].is_completing and not outcomes
        # a sentence of its own goes on about the one before (9万元。与上年相比，增加1万元)
        return not levels and not self._topic(figure.claim.subject)[1]

    def _awaited(self, figure: Said, behind: Sequence[Said]) -> Said | None:
        """The figure that a rate is counted from, where it stands behind it (增长20%，上年为5万元)."""
        if figure.is_in_reason or figure.claim.kind == "share" or figure.is_multiple:
            return None
        basis = figure.basis or UNSAID
        is_budget = figure.is_of_outcome or basis.is_budget
        levels, _ = self._topic(figure.claim.subject)
        year = figure.year if is_budget or figure.year is None else figure.year + (basis.year or 0)
        for level in behind:
            if level.sentence != figure.sentence or level.claim.subject != figure.claim.subject:
                return None
            if level.claim.kind == "level":
                fits = level.year == year and (not is_budget or level.version in BUDGET)
                known = [each for each in levels if each.year == year and each.version == level.version]
                return level if fits and not known else None
        return None

    def _waits_on(self, level: Said, behind: Sequence[Said]) -> bool:
        """Whether a level is of another year than what waits, and one of its year is behind it."""
        return any(
            level.year != waiting.year
            and any(
                other.claim.kind == "level"
                and other.year == waiting.year
                and other.sentence == level.sentence
                for other in behind
            )
            for waiting in self._waiting
        )

    def _settle(self, level: Said | None = None) -> None:
        """Take what waited, where a level came or its sentence ended."""
        waiting, self._waiting = self._waiting, []
        for figure in waiting:
            claim = figure.claim
            if level is not None and (figure.is_of_outcome or claim.subject is None):
                claim = replace(claim, subject=level.claim.subject)
            self._state(replace(figure, claim=claim))

    def _state(self, figure: Said) -> None:
        if figure.claim.kind == "change":
            self._change(figure)
            self._changes = [*self._changes[-_RECENT:], figure]
        elif figure.is_of_outcome:
            self._completion(figure)
        elif figure.is_multiple:
            part, whole, because = of_multiple(self._topic(figure.claim.subject)[0], figure, self.words)
            because = "in_a_reason" if figure.is_in_reason else because
            self._add("multiple", figure, [("part", part), ("whole", whole)], because)
        elif figure.claim.kind == "rate":
            self._rate(figure)
        else:
            self._share(figure)

    # changes and rates

    def _topic(self, subject: str | None) -> tuple[list[Said], bool]:
        """The levels of the paragraph that are of a subject, and whether it was found at all."""
        if not self._levels:
            return [], False
        exact = [
            level
            for level in self._levels
            if level.claim.subject == subject
            or (subject and level.claim.subject and is_same_name(subject, level.claim.subject, self.words))
        ]
        if exact:
            # 总收入9万元，其中本年收入8万元: of one year and version the figure of that very name
            literal = {(each.year, each.version) for each in exact if each.claim.subject == subject}
            return [
                level
                for level in exact
                if level.claim.subject == subject or (level.year, level.version) not in literal
            ], True
        nearest = self._levels[-1].claim.subject
        if subject is None or is_generic(subject, self.words):
            return [level for level in self._levels if level.claim.subject == nearest], True
        if nearest is not None and is_short_for(subject, nearest, self.words):
            return [level for level in self._levels if level.claim.subject == nearest], True
        return [], False

    def _elsewhere(self, subject: str | None) -> list[Said]:
        """The levels of a subject in the paragraphs before, one alone of each year."""
        if subject is None or is_generic(subject, self.words):
            return []
        name = bare_name(subject, self.words)
        levels = [] if self.words.flow.fullmatch(name) else self._known.get(name, [])[-_RECENT:]
        said = {(level.year, level.version): level.claim.claim_text for level in levels}
        is_one = all(said[level.year, level.version] == level.claim.claim_text for level in levels)
        return levels if is_one else []

    def _recent(self) -> list[Said]:
        """The last figure of each of the names that were told of last."""
        return [levels[-1] for levels in list(self._known.values())[-_RECENT:]]

    def _pair(self, figure: Said) -> Pair:
        """The figures after and before a change; and why one of them is not there."""
        basis = figure.basis or UNSAID
        levels, is_found = self._topic(figure.claim.subject)
        if not is_found:
            levels = self._elsewhere(figure.claim.subject)
            is_found = bool(levels)
        levels = [level for level in levels if level.list_size == 1 or level.strand == figure.strand]
        if not is_found or figure.is_in_reason:
            return None, None, "in_a_reason" if is_found else "subject_not_printed"
        if figure.is_of_unclear:
            return None, None, "subject_unclear"
        if figure.year is None or (basis.year is None and not basis.is_budget):
            return None, None, "year_unclear"
        now = [level for level in levels if level.year == figure.year]
        earlier = [level for level in levels if level.year == (basis.year or 0) + figure.year]
        if figure.is_adjusting:
            return of_adjustment(now, is_alone=self._adjusting[figure.claim.subject] == 1)
        if not basis.is_said and not earlier:
            outcome = last(now, ("actual",))
            budget = last(now, (*BUDGET, "planned"))
            if outcome is not None and budget is not None:
                basis = Basis(True, 0, None, True)
        return of_budget(now, basis.version) if basis.is_budget else of_years(now, earlier, basis)

    def _change(self, change: Said) -> None:
        after, before, because = self._pair(change)
        if change.is_open:
            because = "direction_open"
        self._add("change", change, [("after", after), ("before", before)], because)

    def _rate(self, rate: Said) -> None:
        change = self._changes[-1] if self._changes else None
        if (
            change is not None
            and change.sentence == rate.sentence
            and change.claim.subject == rate.claim.subject
            and change.strand == rate.strand
        ) or (change is not None and change.list_size == rate.list_size > 1):
            change = self._changes[max(len(self._changes) - rate.list_size + rate.strand, 0)]
            after, before, because = self._pair(change)
            if rate.is_open or change.is_open:
                because = "direction_open"
            elif rate.is_in_reason:
                because = "in_a_reason"
            elif rate.claim.direction != change.claim.direction:
                because = "direction_differs"
            elif because in ("before_not_printed", "version_differs") and after is not None:
                because, before = None, None
            elif because == "after_not_printed" and before is not None:
                because = None
            terms = [("change", change), ("before", before) if before is not None else ("after", after)]
            self._add("rate_of_change", rate, terms, because)
            return
        after, before, because = self._pair(rate)
        if rate.is_open:
            because = "direction_open"
        self._add("rate_of_change", rate, [("after", after), ("before", before)], because)

    # shares and completion

    def _completion(self, rate: Said) -> None:
        levels, _ = self._topic(rate.claim.subject)
        completing = [
            level for level in self._levels if level.is_completing and level.sentence == rate.sentence
        ]
        now = [level for level in [*completing[-1:], *levels] if level.year == rate.year]
        named = None if completing else named_budget(rate.claim.whole or "", self.words)
        outcome, budget, because = of_budget(now, named)
        if rate.is_in_reason:
            because = "in_a_reason"
        elif rate.year is None:
            because = "year_unclear"
        elif because == "before_not_printed":
            because = "whole_not_printed"
        elif because == "after_not_printed":
            because = "part_not_printed"
        elif because == "several_figures" and (outcome := last(now, ("actual",))) is not None:
            # of several budgets the adjusted one is meant, where the words say neither
            adjusted = last(now, ("adjusted",))
            latest = last(now, BUDGET)
            if adjusted is not None and adjusted is latest:
                budget, because = adjusted, None
        self._add("completion", rate, [("part", outcome), ("whole", budget)], because)

    def _share(self, share: Said) -> None:
        part = self._part_of(share)
        whole, because = self._whole_of(share, part)
        if part is None:
            because = "part_not_printed"
        elif share.is_in_reason:
            because = "in_a_reason"
        elif part.year is None or (whole is not None and whole.year != part.year):
            because = "year_unclear"
        current = self._list_of(part)
        if current is not None and whole is current.whole:
            current.shares.append(Decimal(_NO_DIGIT.sub("", share.claim.claim_text)))
        self._add("share", share, [("part", part), ("whole", whole)], because)

    def _part_of(self, share: Said) -> Said | None:
        levels = [
            level for level in self._levels if level.version not in BUDGET or not self._has_outcome(level)
        ]
        if share.is_respective and share.list_size > 1:
            recent = levels[-share.list_size :]
            return recent[share.strand] if len(recent) == share.list_size else None
        of_subject = [level for level in levels if level.claim.subject == share.claim.subject]
        return of_subject[-1] if of_subject else None

    def _has_outcome(self, level: Said) -> bool:
        return any(
            other.claim.subject == level.claim.subject and other.version == "actual" for other in self._levels
        )

    def _whole_of(self, share: Said, part: Said | None) -> tuple[Said | None, str | None]:
        """The whole of a share: the one its words name, else the head of the list that its part stands in."""
        current = self._list_of(part)
        said_of = share.claim.whole or (self._framed(part) if current is None else None)
        if said_of is None:
            if current is None:
                total = self._total_before(part)
                return total, None if total is not None else "whole_not_printed"
            return (None, "whole_unclear") if current.is_nested else (current.whole, None)
        bare = bare_name(said_of, self.words)
        known = self._known.get(bare, []) or [level for level in self._levels if self._ends_with(level, bare)]
        named = [
            level
            for level in known[-_RECENT:]
            if part is not None and level is not part and level.year == part.year
        ]
        if len({level.claim.claim_text for level in named}) > 1 and part is not None:
            # of a budget and its outcome the one that the part is of
            named = [
                level for level in named if (level.version in BUDGET) == (part.version in BUDGET)
            ] or named
        if len({level.claim.claim_text for level in named}) > 1:
            # of 支出总计 and 本年支出合计 the one of that very name
            named = [level for level in named if level.claim.subject == said_of] or named
        here = [level for level in named if any(level is each for each in self._levels)]
        # a figure of that very name comes before the head of a list that it may be short for
        if (
            current is not None
            and (not here or self.words.flow.fullmatch(self.words.total_mark.sub("", said_of)))
            and is_whole(said_of, current.whole.claim.subject or "", self.words)
        ):
            return current.whole, None
        if len({level.claim.claim_text for level in here or named}) == 1:
            return (here or named)[-1], None
        return None, "several_figures" if named else "whole_not_printed"

    def _ends_with(self, level: Said, bare: str) -> bool:
        """Whether a bare name is the end of a fuller one (安排的三公 as 三公), not just 收入 or 支出."""
        full = bare_name(level.claim.subject or "", self.words)
        return len(bare) > 1 and not self.words.flow.fullmatch(bare) and full.endswith(bare)

    def _framed(self, part: Said | None) -> str | None:
        """The whole that the sentence of a part begins with (三公经费支出中，接待费 2 万元)."""
        first = next((level for level in self._levels if part and level.period == part.period), None)
        begins = self.words.sentence_end.split(first.before)[-1] if first else ""
        match = self.words.within.match(begins)
        return match["whole"] if match else None

    def _total_before(self, part: Said | None) -> Said | None:
        """The total right before a part in its sentence, where nothing calls the two a list."""
        for place, level in enumerate(self._levels):
            if level is part and place > 0:
                before = self._levels[place - 1]
                is_total = self.words.total.search(before.before[-_TOTAL_WINDOW:]) is not None
                return before if is_total and before.sentence == level.sentence else None
        return None

    # comparisons in words

    def _comparison(self, comparison: Comparison) -> None:
        levels = [level for level in comparison.levels if level.year == 0]
        because = None
        if comparison.is_budget:
            outcome, budget, because = of_budget(levels, comparison.budget)
        else:
            outcome = last(levels, ("actual", "planned", None)) or last(levels, BUDGET)
            earlier = [level for level in comparison.levels if level.year == -1]
            budget = last(earlier, None)
            if len({level.claim.claim_text for level in earlier}) > 1:
                because = "several_figures"
        if outcome is None or budget is None:
            because = because or "before_not_printed"
        elif comparison.is_about:
            because = "about_equal"
        self._add(
            "comparison",
            comparison.levels[-1],
            [("after", outcome), ("before", budget)],
            because,
            direction=comparison.direction,
            number=comparison.number,
            is_from_budget=comparison.is_budget,
        )

    def _add(
        self,
        kind: str,
        stated: Said,
        terms: Sequence[tuple[str, Said | None]],
        because: str | None,
        *,
        direction: str | None = None,
        number: int = 1,
        quantity: int | None = None,
        is_from_budget: bool = False,
    ) -> None:
        prefix = self.document_id[:DOCUMENT_ID_PREFIX]
        place = stated.claim.claim_id.removeprefix(prefix)
        of_list = "S" if number == 1 else f"S{number}"
        suffix = {"list_sum": of_list, "comparison": f"V{number}", "average": "A"}.get(kind, "")
        relation_id = f"{prefix}-R{place.removeprefix('-')}{suffix}"
        if because is None and any(term is None for _, term in terms):
            because = "term_not_printed"
        if kind == "list_sum" and because is None:
            self._listed.add(stated.claim.claim_id)
        self.relations.append(
            PrintedRelation(
                relation_id=relation_id,
                document_id=self.document_id,
                kind=kind,
                claim_id=stated.claim.claim_id,
                direction=direction or stated.claim.direction,
                is_from_budget=is_from_budget
                or bool(stated.basis and stated.basis.is_budget)
                or any(
                    role == "before" and term is not None and term.version in BUDGET and term.year == 0
                    for role, term in terms
                ),
                not_asked_because=because,
                quantity=quantity,
                page_no=stated.claim.page_no,
                line_no=stated.claim.line_no,
            )
        )
        self.terms.extend(
            PrintedRelationTerm(relation_id, self.document_id, number, role, term.claim.claim_id)
            for number, (role, term) in enumerate(terms, 1)
            if term is not None
        )


def relations_of(
    paragraphs: Sequence[Paragraph], said: Sequence[Sequence[Said]], document_id: str, words: ProseWords
) -> tuple[tuple[PrintedRelation, ...], tuple[PrintedRelationTerm, ...]]:
    """The relations of a document's prose, and their terms; `said` holds the figures of each paragraph."""
    reader = RelationReader(document_id, words)
    for number, (paragraph, figures) in enumerate(zip(paragraphs, said, strict=True), 1):
        reader.paragraph(figures, paragraph, number)
    reader.finish()
    return tuple(reader.relations), tuple(reader.terms)
