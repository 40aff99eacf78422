"""Which two figures of one subject a change, a rate or a comparison is between, or why that is not known."""

from __future__ import annotations

from collections.abc import Sequence

from extract.forms.said import Basis, Said
from extract.forms.subjects import is_short_for
from extract.prose_words import ProseWords

BUDGET = ("budgeted", "adjusted")
Pair = tuple[Said | None, Said | None, str | None]  # the figure after, the one before, why one is not there


def last(levels: Sequence[Said], versions: Sequence[str | None] | None) -> Said | None:
    """The last level of one of the versions, None for any."""
    return next((level for level in reversed(levels) if versions is None or level.version in versions), None)


def of_years(now: Sequence[Said], earlier: Sequence[Said], basis: Basis) -> Pair:
    """The figure of this year and the one of the year before, of the levels of both."""
    after = last(now, ("actual", "planned", None)) or last(now, BUDGET)
    if after is None:
        return None, last(earlier, None), "after_not_printed"
    before = last(earlier, None)
    if before is None:
        return after, None, "before_not_printed"
    if len({level.claim.claim_text for level in earlier}) > 1:
        fitting = [level for level in earlier if level.version == basis.version]
        if basis.version is None or len({level.claim.claim_text for level in fitting}) != 1:
            return after, None, "several_figures"
        before = fitting[-1]
    if basis.version and before.version and (basis.version == "actual") != (before.version == "actual"):
        return after, None, "version_differs"
    return after, before, None


def of_budget(now: Sequence[Said], named: str | None = None) -> Pair:
    """The outcome and the budget, of the levels of one year; of several budgets the one that is `named`."""
    if any(level.version == named for level in now if named in BUDGET):
        now = [level for level in now if level.version not in BUDGET or level.version == named]
    outcome = last(now, ("actual",)) or last(now, (None,))
    budget = last(now, BUDGET) or (last(now, ("planned",)) if outcome is not None else None)
    if budget is None:
        return last(now, None), None, "before_not_printed"
    if len({level.claim.claim_text for level in now if level.version in BUDGET}) > 1:
        return None, None, "several_figures"
    if outcome is None:
        return None, budget, "after_not_printed"
    return outcome, budget, None


def of_adjustment(now: Sequence[Said], *, is_alone: bool) -> Pair:
    """The adjusted budget and that of the beginning of the year; what came of it may be of more changes."""
    budget, adjusted = last(now, ("budgeted",)), last(now, ("adjusted",))
    if budget is None:
        return adjusted, None, "before_not_printed"
    if adjusted is None:
        return None, budget, "after_not_printed"
    return adjusted, budget, None if is_alone else "several_figures"


def of_multiple(levels: Sequence[Said], multiple: Said, words: ProseWords) -> Pair:
    """What is said to be a number of times another figure, and that one.

    `levels` are those of the subject; the other figure is the one right before (3万元的16倍), else last
    year's or the budget, as the words say (是上年的16倍).
    """
    whole = levels[-1] if levels and multiple.claim.whole is None else None
    if multiple.claim.whole is not None:
        is_budget = words.basis_budget.search(multiple.claim.whole) is not None
        named = [
            level
            for level in levels
            if (level.version in BUDGET if is_budget else level.year == (multiple.year or 0) - 1)
        ]
        if len({level.claim.claim_text for level in named}) > 1:
            return None, None, "several_figures"
        whole = last(named, None)
    now = [
        level
        for level in levels
        if level is not whole and level.year == multiple.year and level.version not in BUDGET
    ]
    part = last(now, None)
    missing = "part_not_printed" if part is None else "whole_not_printed" if whole is None else None
    return part, whole, missing


def is_whole(said: str, subject: str, words: ProseWords) -> bool:
    """Whether the words that name a whole (总支出) may be said of the head of a list (本年支出合计)."""
    bare = words.total_mark.sub("", said)
    if not words.flow.fullmatch(bare):
        return said == subject or is_short_for(said, subject, words)
    return bare in subject[-6:] or (bool(subject) and words.total_mark.sub("", subject).endswith(bare))
