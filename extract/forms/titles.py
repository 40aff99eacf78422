"""What a printed title says, word by word, and which form its words mean together.

A title is words around marks (ordinal, number, year, page) and a name. Each word is a row of
``title_words.csv``; which words together mean which form is a row of ``form_meanings.csv``. What stands in
front of the words and ends as names end (…局, …县) is the holder. Anything else that is no word leaves it
open which form the title names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from extract.forms.title_marks import Marks, take_marks
from extract.forms.title_words import Token, cut_title, is_words, unknown_from
from extract.remembered import remembered
from extract.simplified import simplified
from extract.title_vocabulary import DIMENSIONS, IMPLIED_FUND, Saying, TitleVocabulary
from extract.vocabulary import Vocabulary

_LONGEST_TITLE = 70  # characters, without marks
_LONGEST_HOLDER = 40
_SHORTEST_HOLDER = 3
_SENTENCE = re.compile(r"[。;!?:]|,(?![^()]*\))")
_STOP = re.compile(r"[。；;！!？?]")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_CONTENT = ("subject", "flow", "fund", "kind", "classification")
_ENDS_A_TITLE = ("表", "清单")
_GOVERNMENT = Saying("level", "government")
_SHORT = 2
_ORGAN, _PERHAPS = "organ", "perhaps"  # 县委办 ends as a name does, and so does 集中采办
_OWN_OFFICE = Saying("level", "own")  # in brackets it is of a department: 收入总表（本级）
_NARROWER = frozenset({"general_public", "government_fund", "state_capital"})
# What title_words.csv calls a source, and funds.csv; None where that has none of the kind.
_FUND_OF_WORD = {
    "fiscal": "fiscal_appropriation",
    "own_revenue": "unit_funds",
    "non_tax": None,
    "social_insurance": None,
}
_LONGEST_SHAPE = 3  # characters of a word for a table: 一览表
_REMEMBERED = 1 << 14

# What speaks against a reading, as a factor of its certainty.
_STAGE_ASSUMED = 0.9
_STAGE_CONTRADICTED = 0.8
_FIRST_CHARACTER_LOST = 0.7
_UNKNOWN_WORDS = 0.3  # they may be a source of money or a subject: 彩票公益金支出表
_UNKNOWN_AT_END = 0.6  # behind all that is known to mean something: 支出预算核定表
_NO_WORD_FOR_A_TABLE = 0.5
_MEANS_ONE_FORM = 0.6  # certainty of a meaning below which the grid must say so, too


class TitleReading(NamedTuple):
    """What a line says when it is read as a title.

    ``form_key`` is None where the line is no title, or names no standard form, or says more than its known
    words do. ``likely_key`` is then what the known words alone would mean, if anything: of a heading that
    lacks the word for a table, of a title with words unknown, or of one that may mean another form, too; it
    needs other evidence. ``certainty`` (0 to 1) is of the one or the other.
    """

    is_title: bool
    form_key: str | None = None
    likely_key: str | None = None
    certainty: float = 0.0
    number: str | None = None  # of the form: 公开01表
    ordinal: str | None = None  # all that counts in front: 一、 2.17
    year: int | None = None
    holder: str | None = None
    level: str | None = None  # department | government
    says_level: bool = False  # False where it is a department's because nothing says otherwise
    stage: str | None = None  # as the title says, or else the document
    flow: str | None = None
    fund: str | None = None
    implied_fund: str | None = None  # that of the kind of spending, where no other is named
    kind: str | None = None
    classification: str | None = None
    subject: str | None = None
    shape: str | None = None
    is_continued: bool = False
    has_page: bool = False  # leaders or a page number behind it, as in a list of contents
    is_one: bool = True  # False where two titles run into each other
    is_damaged: bool = False  # a word lost its first character
    is_whole_but_for_table: bool = False  # what is unknown stands where a word for a table does: 支出预算台账
    words: tuple[str, ...] = ()
    leftover: tuple[str, ...] = ()


_NO_TITLE = TitleReading(is_title=False)


def may_be_title(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a word for a table stands in a text at all: most lines are spared a reading."""
    return vocabulary.titles.shapes.search(simplified(text)) is not None


def read_title(
    text: str, vocabulary: Vocabulary, stage: str | None = None, holder: str | None = None
) -> TitleReading:
    """Read one line as a title.

    ``stage`` and ``holder`` are what the document says of itself; the title's own words come first.
    """
    return _read(text, vocabulary.titles, stage, holder)


def fund_named(reading: TitleReading | None) -> str | None:
    """The source of money that a title's words name, as ``funds.csv`` calls it.

    Where they name none, it is that of the one kind of spending they name, if that is of one source alone.
    None where they name several that no single source holds, or one that departments have no account of.
    """
    if reading is None:
        return None
    is_of_one_kind = reading.kind is not None and "+" not in reading.kind and reading.subject is None
    fund = reading.fund or (reading.implied_fund if is_of_one_kind else None)
    return _FUND_OF_WORD.get(fund, fund) if fund and "+" not in fund else None


def may_mean(reading: TitleReading, form_key: str, titles: TitleVocabulary, *, exactly: bool = False) -> bool:
    """Whether nothing that a title's known words say speaks against a form.

    ``exactly`` asks that they say just what titles of that form say, as far as they say anything.
    """
    said = [frozenset(filter(None, (getattr(reading, dimension) or "").split("+"))) for dimension in _CONTENT]
    places = [DIMENSIONS.index(dimension) for dimension in _CONTENT]
    return reading.level != "government" and any(
        meaning.form_key == form_key
        and all(
            not values
            or meaning.allowed[place] is None
            or any(
                values == choice if exactly else values <= choice for choice in meaning.allowed[place] or ()
            )
            for values, place in zip(said, places, strict=True)
        )
        for meaning in titles.meanings
    )


@remembered(_REMEMBERED)
def _read(text: str, titles: TitleVocabulary, stage: str | None, holder: str | None) -> TitleReading:
    if len(text) > 2 * _LONGEST_TITLE or _STOP.search(text):
        return _NO_TITLE
    marks = take_marks(text)
    if len(marks.words) > _LONGEST_TITLE or _SENTENCE.search(marks.words + marks.before_year):
        return _NO_TITLE
    own_holder, words = _split_holder(marks, titles, holder)
    tokens = cut_title(words, titles)
    if own_holder and not marks.before_year and _name_kind(own_holder, titles, holder) == _PERHAPS:
        tokens.insert(0, Token(own_holder, None))
    known = [token for token in tokens if token.sayings is not None]
    said = _said(tokens)
    if "prose" in said or not known:
        return _NO_TITLE
    is_damaged = any(token.is_damaged for token in known)
    leftover = tuple(token.text for token in tokens if token.sayings is None)
    has_shape = _has_shape(tokens)
    has_content = any(said.get(name) for name in _CONTENT)
    spoken = said.get("stage", frozenset())
    own_stage = next((name for name in ("execution", "final_accounts", "budget") if name in spoken), None)
    said["stage"] = frozenset({own_stage or stage or "budget"})
    said["fund"] = _fund(said.get("fund", frozenset()))
    spoken_levels = said.get("level", frozenset())
    level = _level(said, own_holder, holder, titles)
    said["level"] = frozenset({level})
    said["shape"] = frozenset({_shape(said.get("shape", frozenset()))})
    in_order = tuple(said.get(dimension, frozenset()) for dimension in DIMENSIONS)
    key, certainty = _override(words, titles) or _meaning(in_order, titles)
    is_certain = certainty >= _MEANS_ONE_FORM
    certainty *= (
        (_STAGE_ASSUMED if own_stage is None and stage is None else 1)
        * (_STAGE_CONTRADICTED if own_stage and stage and own_stage != stage else 1)
        * (_FIRST_CHARACTER_LOST if is_damaged else 1)
        * _unknown_factor(tokens)
        * (1 if has_shape else _NO_WORD_FOR_A_TABLE)
    )
    is_title = has_shape and (has_content or bool(leftover))
    is_one = not _is_two(tokens)
    is_plain = is_title and not leftover and is_one and is_certain
    return TitleReading(
        is_title=is_title,
        form_key=key if is_plain else None,
        likely_key=None if is_plain else key,
        certainty=round(certainty, 3),
        number=marks.number,
        ordinal=marks.ordinal,
        year=marks.year,
        holder=own_holder,
        level=level,
        says_level=level == "government" or "department" in spoken_levels,
        stage=own_stage or stage,
        flow=_joined(said, "flow"),
        fund=_joined(said, "fund"),
        implied_fund=_joined(said, IMPLIED_FUND),
        kind=_joined(said, "kind"),
        classification=_joined(said, "classification"),
        subject=_joined(said, "subject"),
        shape=_joined(said, "shape") if has_shape else None,
        is_continued=marks.is_continued,
        has_page=marks.has_page,
        is_one=is_one,
        is_damaged=is_damaged,
        is_whole_but_for_table=_is_whole_but_for_table(tokens),
        words=tuple(token.text for token in known),
        leftover=leftover,
    )


def _split_holder(marks: Marks, titles: TitleVocabulary, holder: str | None) -> tuple[str | None, str]:
    """Give the name that a title begins with, or has in brackets, and the words without it."""
    words, before = marks.words, marks.before_year
    if before and not is_words(before, titles):
        says = {saying.says for token in cut_title(before, titles) for saying in token.sayings or ()}
        if _name_kind(before, titles, holder) or not says - {"nothing", "level"}:
            name, rest = _leading_name(words, titles, holder)
            return (before + (name or ""))[:_LONGEST_HOLDER], rest
    words = f"{before}|{words}" if before else words
    for bracket in _BRACKETED.finditer(words):
        name = bracket.group(1)
        if name and not is_words(name, titles) and _name_kind(name, titles, holder):
            return name, words[: bracket.start()] + words[bracket.end() :]
    return _leading_name(words, titles, holder)


def _leading_name(words: str, titles: TitleVocabulary, holder: str | None) -> tuple[str | None, str]:
    """Take off the name that a title begins with: the longest that leaves the fewest characters unknown."""
    unknown = unknown_from(words, titles)
    ends = range(min(len(words) - 1, _LONGEST_HOLDER), 1, -1) if unknown[0] else ()
    names = [
        end
        for end in ends
        if unknown[end] < unknown[0]
        and _name_kind(words[:end], titles, holder)
        and _begins_with_content(words[end:], titles)
    ]
    if not names:
        return None, words
    end = min(names, key=lambda position: unknown[position])
    return words[:end], words[end:]


def _begins_with_content(words: str, titles: TitleVocabulary) -> bool:
    """Whether a title begins here: with a word that is known, and of which some is content."""
    tokens = cut_title(words, titles)
    if not tokens or tokens[0].sayings is None or tokens[0].is_damaged:
        return False
    return any(saying.says in _CONTENT for token in tokens for saying in token.sayings or ())


def _name_kind(name: str, titles: TitleVocabulary, holder: str | None = None) -> str | None:
    """What a text is a name of: an organ, a region, a government; None when it does not end as names do."""
    name = _BRACKETED.sub("", name).removesuffix("本级").strip("|、")
    if holder and name and (name == holder or (len(name) >= _SHORTEST_HOLDER and name in holder)):
        kind = _name_kind(holder, titles) or _ORGAN
        return _ORGAN if kind == _PERHAPS else kind
    if name in titles.regions:
        return "region"
    if len(name) < 2:
        return None
    endings = (name[start:] for start in range(len(name)) if name[start:] in titles.holders)
    ending = next(endings, None)
    if (
        ending is None
        or len(name) == len(ending)
        or (
            len(name) < _SHORTEST_HOLDER and len(ending) == 1 and titles.holders[ending] in (_ORGAN, _PERHAPS)
        )
    ):
        return None
    return titles.holders[ending]


def _said(tokens: Sequence[Token]) -> dict[str, frozenset[str]]:
    sayings = sorted(
        saying
        for token, following in zip(tokens, (*tokens, None)[1:], strict=True)
        for saying in token.sayings or ()
        if not (token.is_aside and saying == _OWN_OFFICE)
        and not (saying == _GOVERNMENT and _goes_on(token, following))
    )
    return {
        says: frozenset(saying.value for saying in group)
        for says, group in groupby(sayings, key=lambda saying: saying.says)
        if says != "nothing"
    }


def _goes_on(token: Token, following: Token | None) -> bool:
    """Whether a short word may be the beginning of one that is not known: 财政 of 财政补助款."""
    return len(token.text) <= _SHORT and following is not None and following.sayings is None


def _unknown_factor(tokens: Sequence[Token]) -> float:
    """How much words unknown speak against what the known ones mean, by where they stand."""
    unknown = [position for position, token in enumerate(tokens) if token.sayings is None]
    content = [
        position
        for position, token in enumerate(tokens)
        if any(saying.says in _CONTENT for saying in token.sayings or ())
    ]
    if not unknown:
        return 1
    return _UNKNOWN_AT_END if content and unknown[0] > content[-1] else _UNKNOWN_WORDS


def _is_whole_but_for_table(tokens: Sequence[Token]) -> bool:
    """Whether all words but the last are known, none is one for a table, and the last is as short as one."""
    line = [token for token in tokens if not token.is_aside]
    *words, last = line or [Token("", ())]
    return (
        last.sayings is None
        and len(last.text) <= _LONGEST_SHAPE
        and all(token.sayings is not None for token in words)
        and not any(saying.says == "shape" for token in tokens for saying in token.sayings or ())
        and any(saying.says in _CONTENT for token in words for saying in token.sayings or ())
    )


def _has_shape(tokens: Sequence[Token]) -> bool:
    """Whether a word for a table (表, 清单 …) stands in it, and after it only known words or brackets."""
    line = [token for token in tokens if not token.is_aside]
    shapes = [
        position
        for position, token in enumerate(line)
        if any(saying.says == "shape" for saying in token.sayings or ())
    ]
    return bool(shapes) and all(token.sayings is not None for token in line[shapes[-1] :])


def _is_two(tokens: Sequence[Token]) -> bool:
    """Whether two titles stand on the line: words that mean something before and after a word for a table."""
    line = [token for token in tokens if not token.is_aside]
    ends = [position for position, token in enumerate(line) if token.text.endswith(_ENDS_A_TITLE)]
    return len(ends) > 1 and all(
        any(saying.says in _CONTENT for token in part for saying in token.sayings or ())
        for part in (line[: ends[0]], line[ends[0] + 1 : ends[-1]])
    )


def _shape(said: frozenset[str]) -> str:
    return next((shape for shape in ("detail", "list", "summary", "set") if shape in said), "plain")


def _fund(said: frozenset[str]) -> frozenset[str]:
    """Fiscal appropriation comes from three funds: beside one of them it says no more, two of them are it."""
    narrower = said & _NARROWER
    if len(narrower) > 1:
        return (said - _NARROWER) | {"fiscal"}
    return said - {"fiscal"} if narrower else said


def _level(
    said: Mapping[str, frozenset[str]], own_holder: str | None, holder: str | None, titles: TitleVocabulary
) -> str:
    """Whose form it is: a department's, or a government's as a whole (政府预决算)."""
    levels = said.get("level", frozenset())
    if "government" in levels:
        return "government"
    if "department" in levels:
        return "department"
    own = _name_kind(own_holder, titles) if own_holder else None
    given = _name_kind(holder, titles) if holder else None
    if (own or given) in ("region", "government"):
        return "government"
    is_tier = "tier" in levels or ("own" in levels and own is None and given is None and not own_holder)
    is_of_governments = said.get("fund") or "three_public" in said.get("subject", frozenset())
    return "government" if is_tier and own is None and is_of_governments else "department"


def _override(words: str, titles: TitleVocabulary) -> tuple[str | None, float] | None:
    return next(((key, 1.0) for pattern, key in titles.overrides if pattern.fullmatch(words)), None)


@remembered(_REMEMBERED)
def _meaning(said: tuple[frozenset[str], ...], titles: TitleVocabulary) -> tuple[str | None, float]:
    """The one form that the words mean; none where they mean no form, or two."""
    fitting = {meaning.form_key: meaning.certainty for meaning in titles.meanings if meaning.fits(said)}
    (key, certainty), *others = fitting.items() if fitting else ((None, 1.0),)
    return (None, 1.0) if others else (key, certainty)


def _joined(said: Mapping[str, frozenset[str]], dimension: str) -> str | None:
    return "+".join(sorted(said.get(dimension, frozenset()))) or None
