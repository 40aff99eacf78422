"""Which form a grid is of: what its title says, weighed with what its columns, codes and rows show.

A title that is understood decides, unless the grid contradicts it. One with words unknown decides only
together with the grid. A grid without any title decides by itself where it shows what a single form shows.
Everything else is left open: the amounts are kept, under no form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from extract.folding import fold, fold_number
from extract.form_evidence import Seen, Weighed
from extract.forms.captions import Caption
from extract.forms.collector import Collector
from extract.forms.titles import TitleReading, may_mean
from extract.printed import PrintedContentsEntry, PrintedLine
from extract.vocabulary import Vocabulary

_LISTED = ("function", "economic", "economic_government", "item")  # sides whose codes classify
_SPENDING = ("function", "economic", "economic_government", "expenditure_kind", "item")
_CODE_DIGITS = (3, 5, 7)
_ALMOST_ALL = 0.9
_FIGURES_OF_THIS_YEAR = (None, "current")  # 上年决算数 stands in budgets too

_WORDS = {
    "side": "columns",
    "measure": "columns",
    "fund": "columns",
    "version": "columns",
    "layout": "columns",
    "classification": "codes",
    "line": "rows",
    "row": "rows",
    "stage": "document",
}
_ORDER = ("title", "contents", "columns", "codes", "rows", "document")

_ZERO, _ONE = Decimal(0), Decimal(1)
_DIGITS = Decimal("0.001")
_RAISED_BY_GRID = Decimal("0.6")  # how much of the doubt of a title its grid can take away
_LOWERED = Decimal("0.5")  # for each weight of one that speaks against it
_NUMBER_OF_ANOTHER = Decimal("0.9")  # the list of contents gives the number to another form
_UNKNOWN_AT_END = Decimal("0.5")  # certainty of a title from which on its unknown words say little
_FEWEST_AT_END = Decimal("0.4")  # support that such a title needs
_FEWEST = Decimal("0.6")  # support that a title needs whose unknown words may say anything
_IN_PART, _MOST_IN_PART = Decimal("0.5"), Decimal("0.79")
_ADDED_BY_GRID = Decimal("0.3")
_FEWEST_ALONE = Decimal("0.9")  # support that a grid without a title needs
_FEWEST_AHEAD = Decimal("0.2")  # of the next form that fits
_MOST_ALONE = Decimal("0.7")
_RIVAL = Decimal("0.7")  # of the less certain of two forms of which a document has one
_LIST = Decimal("0.9")


class Decision(NamedTuple):
    """What form a grid is of, by what, and how certain that is (0 to 1).

    Of a form left open, ``recognised_by`` says what spoke against what (``title against codes``), if
    anything did, and the certainty is of the form that came nearest: too little.
    """

    form_key: str | None = None
    recognised_by: str | None = None
    certainty: Decimal = _ZERO


OPEN = Decision()


class Context(NamedTuple):
    """What a document says of all its forms."""

    stage: str | None = None  # budget | final_accounts
    numbers: Mapping[str, str] = MappingProxyType({})  # form keys by number, of the list of contents
    is_of_government: bool = False  # some form in it is of a government as a whole
    is_by_government: bool = False  # it is headed as a government's: 某县2023年财政决算草案

    def key_of(self, caption: Caption) -> str | None:
        """The form that the list of contents gives a caption's number to."""
        return self.numbers.get(number_of(caption.number) or "")


def list_of_its_own(form_key: str) -> Decision:
    """Decide on a list of forms or of units: its header or its entries say what it is."""
    return Decision(form_key, "rows", _LIST)


def likely_key(caption: Caption, contents_key: str | None) -> str | None:
    """The form to read a grid as, before it is judged: of its title, else of its number."""
    reading = caption.reading
    if caption.form_key is not None:
        return caption.form_key
    if reading is None:
        return contents_key
    return reading.likely_key if reading.is_one else None


def see(records: Collector, vocabulary: Vocabulary, stage: str | None, *, has_indicators: bool) -> Seen:
    """Gather what a grid shows; ``stage`` is what the document says of itself.

    A grid without columns, rows and figures shows nothing.
    """
    if not (records.columns or records.lines or records.numeric_cells or has_indicators):
        return frozenset()
    seen: set[tuple[str, str | None]] = {("stage", stage)}
    if has_indicators:
        seen.add(("layout", "indicators"))
    for column in records.columns:
        seen |= {("measure", column.measure), ("fund", column.fund)}
        if column.column_year in _FIGURES_OF_THIS_YEAR:
            seen.add(("version", column.budget_version))
    for line in records.lines:
        seen |= {("side", line.side_key), ("line", line.line_key)}
        if line.code is None and line.label_plain:
            said = vocabulary.words.compose(None, (fold(line.label_plain),))
            if said is not None:
                seen |= {("row", said.measure), ("row", said.fund)}
    seen |= {("classification", kind) for kind in _classifications(records.lines)}
    if _has_beside(records.lines):
        seen.add(("layout", "revenue_beside_expenditure"))
    return frozenset((kind, value) for kind, value in seen if value is not None)


def _has_beside(lines: Sequence[PrintedLine]) -> bool:
    """Whether revenue stands in one table of a grid, and spending in another."""
    sides = {(line.side_no, line.side_key) for line in lines}
    revenue = {number for number, key in sides if key == "revenue"}
    return bool(revenue) and any(key in _SPENDING and number not in revenue for number, key in sides)


def _classifications(lines: Sequence[PrintedLine]) -> set[str]:
    """Of which classification nearly all codes of a grid are; none where they are of several."""
    codes = [fold_number(line.code) for line in lines if line.code and line.side_key in _LISTED]
    kinds = Counter(map(_classification, codes))
    found = {kind for kind, count in kinds.items() if kind and count >= _ALMOST_ALL * len(codes)}
    if any(line.economic_code_government for line in lines):
        found.add("economic_government")
    return found


def _classification(code: str) -> str | None:
    if not code.isdigit() or len(code) not in _CODE_DIGITS:
        return None
    return {"2": "function", "3": "economic", "5": "economic_government"}.get(code[0])


def decide(caption: Caption, seen: Seen, context: Context, vocabulary: Vocabulary) -> Decision:
    """Decide which form a grid is of, by its caption, by what was seen of it and what its document says."""
    key = likely_key(caption, context.key_of(caption))
    if key is not None and _is_of_a_whole_government(key, caption.reading, context, vocabulary):
        return OPEN
    return _decide(caption, key, seen, context, vocabulary)


def _decide(
    caption: Caption, key: str | None, seen: Seen, context: Context, vocabulary: Vocabulary
) -> Decision:
    contents_key = context.key_of(caption)
    reading = caption.reading
    weighed = vocabulary.evidence.weigh(key, seen) if key and seen else None
    if key is not None and caption.form_key is not None:
        return _by_title(key, Decimal(str(caption.certainty)), weighed, contents_key)
    if key is not None and reading is None:
        return _by_contents(key, weighed)
    said = OPEN
    if key is not None and reading is not None:
        said = _by_title_in_part(key, Decimal(str(reading.certainty)), weighed, contents_key)
        if weighed is not None and _fits_another(weighed, seen, context.stage, reading, vocabulary):
            said = Decision(None, said.recognised_by if said.form_key is None else None, said.certainty)
    if said.form_key is not None or context.is_of_government:
        return said
    shown = _by_grid(seen, context.stage, vocabulary)
    if shown.form_key is None or (contents_key is not None and contents_key != shown.form_key):
        return said
    if reading is not None and not (
        reading.leftover and may_mean(reading, shown.form_key, vocabulary.titles)
    ):
        return said  # a title of known words alone says all that it means
    return shown


def _is_of_a_whole_government(
    key: str, reading: TitleReading | None, context: Context, vocabulary: Vocabulary
) -> bool:
    """Whether a money form stands among a government's, and its title names no department."""
    says_department = reading is not None and reading.says_level and reading.level == "department"
    return context.is_by_government and vocabulary.forms[key].layout == "money_table" and not says_department


def _by_title(key: str, certainty: Decimal, weighed: Weighed | None, contents_key: str | None) -> Decision:
    """What an understood title says stands, unless the grid contradicts it."""
    number = {"contents"} if contents_key == key else set()
    if contents_key not in (key, None):
        certainty *= _NUMBER_OF_ANOTHER
    if weighed is None:
        return Decision(key, _joined({"title"} | number), _rounded(certainty))
    lowered = certainty * max(_ZERO, _ONE - _LOWERED * weighed.against)
    if weighed.contradicts:
        return _against("title", weighed, lowered if weighed.against else certainty * _LOWERED)
    raised = lowered + (_ONE - certainty) * _RAISED_BY_GRID * min(weighed.support, _ONE)
    return Decision(key, _joined({"title"} | number | _words(weighed.speaking_for)), _rounded(raised))


def _by_title_in_part(
    key: str, certainty: Decimal, weighed: Weighed | None, contents_key: str | None
) -> Decision:
    """What a title with words unknown says needs columns and rows that agree, and none that does not."""
    if weighed is not None and weighed.contradicts:
        return _against("title", weighed, certainty * _LOWERED)
    number = contents_key == key
    support = (weighed.support if weighed else _ZERO) + (_ADDED_BY_GRID if number else _ZERO)
    needed = _FEWEST_AT_END if certainty > _UNKNOWN_AT_END else _FEWEST
    is_contradicted = (weighed is not None and weighed.against > 0) or contents_key not in (key, None)
    if weighed is None or is_contradicted or support < needed:
        return Decision(None, None, _rounded(certainty))
    words = {"title", *_words(weighed.speaking_for), *(["contents"] if number else [])}
    if words == {"title", "rows"} or weighed.lacks_layout:
        return Decision(None, None, _rounded(certainty))  # rows alone stand in several forms
    return Decision(key, _joined(words), _in_part(support))


def _fits_another(
    weighed: Weighed, seen: Seen, stage: str | None, reading: TitleReading, vocabulary: Vocabulary
) -> bool:
    """Whether a grid speaks more for another form, which the known words of its title may mean as well."""
    others = (
        vocabulary.evidence.weigh(other, seen)
        for other, form in vocabulary.forms.items()
        if form.stage == stage
        and form.layout == "money_table"
        and may_mean(reading, other, vocabulary.titles)
    )
    return any(
        not other.against and not other.is_lacking and other.support > weighed.support for other in others
    )


def _by_contents(key: str, weighed: Weighed | None) -> Decision:
    """What the contents say of a number needs a grid that agrees."""
    if weighed is None or weighed.support < _FEWEST_AT_END or weighed.against or weighed.is_lacking:
        is_against = weighed is not None and (weighed.against or weighed.is_lacking)
        return _against("contents", weighed, _ZERO) if weighed and is_against else OPEN
    return Decision(key, _joined({"contents"} | _words(weighed.speaking_for)), _in_part(weighed.support))


def _by_grid(seen: Seen, stage: str | None, vocabulary: Vocabulary) -> Decision:
    """What a grid shows decides alone where one form of the document's stage is well ahead of all others."""
    if not seen or stage is None:
        return OPEN
    weighed = {
        key: vocabulary.evidence.weigh(key, seen)
        for key, form in vocabulary.forms.items()
        if form.stage == stage and form.layout == "money_table"
    }
    fitting = sorted(
        ((each.support, key) for key, each in weighed.items() if not each.against and not each.is_lacking),
        reverse=True,
    )
    if not fitting:
        return OPEN
    support, key = fitting[0]
    next_best = fitting[1][0] if len(fitting) > 1 else _ZERO
    if support < _FEWEST_ALONE or support - next_best < _FEWEST_AHEAD:
        return OPEN
    certainty = _rounded(_MOST_ALONE * min(support, _ONE))
    return Decision(key, _joined(_words(weighed[key].speaking_for)), certainty)


def without_rivals(decisions: Sequence[Decision], vocabulary: Vocabulary) -> tuple[Decision, ...]:
    """Hold against each other the decisions for forms of which a document has at most one.

    The less certain becomes less so; one that nothing but its columns speaks for is left open.
    """
    claims: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.form_key is not None and vocabulary.forms[decision.form_key].is_unique:
            claims.setdefault(decision.form_key, []).append(decision)
    return tuple(_beside(decision, claims.get(decision.form_key or "", ())) for decision in decisions)


def _beside(decision: Decision, claims: Sequence[Decision]) -> Decision:
    if len(claims) < 2:
        return decision
    if not _is_named(decision):
        return OPEN
    if decision.certainty == max(claim.certainty for claim in claims):
        return decision
    return decision._replace(certainty=_rounded(decision.certainty * _RIVAL))


def _is_named(decision: Decision) -> bool:
    """Whether a title or a number says what form it is."""
    return bool({"title", "contents"} & set((decision.recognised_by or "").split("+")))


def numbered(contents: Sequence[PrintedContentsEntry]) -> Mapping[str, str]:
    """The form that a list of contents gives each number to; none for a number given twice."""
    numbers = Counter(number_of(entry.printed_number) for entry in contents)
    return {
        number: entry.form_key
        for entry in contents
        if (number := number_of(entry.printed_number)) and numbers[number] == 1 and entry.form_key
    }


def number_of(printed: str | None) -> str | None:
    """What tells two numbers of forms apart: 表5, 公开05表 and 05 are one."""
    if printed is None:
        return None
    digits = "".join(sign if sign.isdigit() else " " for sign in fold(printed)).split()
    return "-".join(part.lstrip("0") for part in digits) or None


def _against(speaker: str, weighed: Weighed, certainty: Decimal) -> Decision:
    words = _words(weighed.speaking_against) or {"columns"}  # what it lacks, its columns or rows would show
    return Decision(None, f"{speaker} against {_joined(words)}", _rounded(certainty))


def _words(kinds: frozenset[str]) -> set[str]:
    return {_WORDS[kind] for kind in kinds}


def _joined(words: set[str]) -> str:
    return "+".join(word for word in _ORDER if word in words)


def _in_part(support: Decimal) -> Decimal:
    return _rounded(min(_MOST_IN_PART, _IN_PART + _ADDED_BY_GRID * min(support, _ONE)))


def _rounded(certainty: Decimal) -> Decimal:
    return certainty.quantize(_DIGITS)
