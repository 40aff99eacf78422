"""What the sentences of the prose were about so far, which says what the next figure is of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.forms.said import Basis
from extract.prose_words import ProseWords

_CLAUSE = re.compile(r"[，,；;：:。]")


@dataclass(slots=True)
class Context:
    """What the sentences so far were about."""

    subject: str | None = None
    code: str | None = None
    year: str | None = None
    lead: str | None = None  # what the paragraph, or one without figures before it, opens with
    first: str | None = None  # what the first amount of the paragraph is of
    names: tuple[str, ...] = ()  # what a list of figures is said of, one by one
    named_list: int | None = None
    basis: Basis | None = None  # of the sentence
    printed_basis: str | None = None
    changed: str | None = None  # what the last change of the sentence is of
    moved: str | None = None  # which way the change or rate before went: one word serves a list of them
    levelled: list[str | None] = field(default_factory=list)  # what the amounts of the paragraph are of
    changing: tuple[str | None, ...] = ()  # what a list of changes is said of, one by one (分别减少)
    whole: str | None = None  # what a tight list of the sentence is the parts of (其中甲1万元、乙2万元)
    parts: int = 0  # of that list, so far
    is_completing: bool = False  # after 完成预算27万元, before 的63.2%
    sharing: str | None = None  # the whole, after 占总支出27万元, before 的63.2%
    shared: str | None = None  # and what has that share
    version: str | None = None  # of the last level of the sentence
    flow: str | None = None  # 支出 of 农林水支出预算, which is no part of the name any more
    is_added: bool = False  # after 加上转移性收入3万元
    is_in_reason: bool = False
    has_level: bool = False

    def name(self, subject: str | None) -> None:
        """Take what a change or rate names for the level behind it (福利费上升20%，由5万元上升至6万元)."""
        if self.subject is None and not self.has_level:
            self.subject = subject

    def begin_sentence(self) -> None:
        """Forget what holds for one sentence alone."""
        self.basis = self.printed_basis = self.changed = self.sharing = self.flow = self.version = None
        self.whole, self.parts = None, 0
        self.is_in_reason = self.is_completing = self.is_added = False
        self.names, self.named_list, self.changing, self.moved = (), None, (), None

    def list_so_far(self, before: str, words: ProseWords) -> None:
        """Note whether the level read now, before its subject is taken, is a part of a tight list."""
        if self.whole is not None and words.and_.match(before.lstrip()):
            self.parts += 1
        elif (opened := words.parts.search(before)) and not _CLAUSE.search(before[opened.end() + 1 :]):
            self.whole, self.parts = self.subject, 1
        else:
            self.whole = None
