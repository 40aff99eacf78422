"""What stands in a column, where its header does not say, or says what cannot be: figures, texts, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile

from extract.blocks import NOTHING_READ, Row
from extract.folding import fold, fold_number
from extract.forms.grid_shape import is_total
from extract.forms.headers import CODE_ROLES, ColumnSpec
from extract.forms.numbering import count_rows
from extract.forms.rate_columns import are_rates
from extract.header_words import HeaderMeaning
from extract.numerals import (
    holds_figure,
    is_amount,
    is_dash,
    is_error,
    is_money_shaped,
    is_numeric_cell,
    is_rate,
)
from extract.vocabulary import Vocabulary

SUBTOTALS = frozenset({"小计", "合计"})
_UNIT_OF_MONEY = re.compile(r"\((?:金额)?(?:单位)?:?[亿万千百]*元\)$")
NO_HEADER = "(无表头)"
_MOST = 0.5
_ALMOST = 0.9
_CLEARLY_MORE = 1.5
_CLASS_DIGITS = 3
_CODE_DIGITS = (3, 5, 7)
_CLASS = re.compile(r"2[0-3]\d|3[01]\d|5[01]\d|399|599")
_PROJECT_CODE_DIGITS = 10
_FEWEST_CODES = 2
_FEWEST_FIGURES = 3  # in a column whose header says that it holds words: fewer may be a row that slid
_FEWEST_CERTAIN_CODES = 3  # under a heading of money: 人员经费/科目代号
_FEWEST_WORDS = 3
_FEWEST_COUNTS = 3
_COUNT_DIGITS = 4
_MONEY_DECIMALS = 2
_FEWEST_BLANK = 2  # rows with money and no count: the total, and a group
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_CODE_AND_NAME = re.compile(r"[\[(]?(\d{3,12})[\])]?[-|:、]?(?!年|月|日)([^\d\W].+)")
_DESCRIBING = frozenset({"text", "detail"})
_TOTALS = frozenset({"total", "subtotal"})
_OTHER_ROLES = frozenset({"text", "detail", "label", "government_label", "mark"})


def code_and_name(text: str) -> tuple[str, str] | None:
    """Take apart a code and the name that follows it in one cell: 2010101行政运行, 920某某财政所."""
    match = _CODE_AND_NAME.fullmatch(fold(text))
    return (match.group(1), match.group(2)) if match else None


def by_contents(
    columns: Sequence[ColumnSpec], rows: Sequence[Row], form_key: str | None, vocabulary: Vocabulary
) -> tuple[ColumnSpec, ...]:
    """Complete what the headers say of columns by what the body holds; one look at every cell."""
    width = max((len(row) for row in rows), default=0)
    is_headed = any(column.path for column in columns)
    every = [*columns]
    if not is_headed:
        every.extend(ColumnSpec(index, (), None) for index in range(len(columns), width))
    texts = [[row[column.index].text if column.index < len(row) else "" for row in rows] for column in every]
    found: list[ColumnSpec] = []
    split = _split_codes(every, texts)
    last_amount = max((column.index for column in columns if column.role == "amount"), default=-1)
    for column, cells in zip(every, texts, strict=True):
        twin = _twin_of_codes(column, cells, found)
        if column.index in split:
            found.append(split[column.index])
        elif twin is not None:
            found.append(replace(column, meaning=twin.meaning))
        elif _numbers_few_rows(column, cells, found) and column.index < last_amount:
            found.append(_with_role(column, "ordinal"))
        elif column.role is None and column.path and _counts(cells, texts):
            found.append(_with_role(column, "quantity"))
        elif _may_be_rates(column) and are_rates(cells, texts):
            found.append(_with_role(column, "rate"))
        elif column.role == "amount" and (_are_words(cells) or _is_twin_of_names(column, cells, found)):
            words = replace(column, meaning=None)
            found.append(_as_text(words, found, form_key, vocabulary, is_sparse=False))
        elif column.role == "amount" and _are_certainly_codes(cells, vocabulary):
            found.append(_as_code(_with_role(column, "code"), [cell for cell in cells if cell]))
        else:
            found.append(_complete(column, cells, found, form_key, vocabulary))
    return _with_tables_beside(found, texts, form_key, vocabulary)


def _with_tables_beside(
    columns: Sequence[ColumnSpec],
    texts: Sequence[Sequence[str]],
    form_key: str | None,
    vocabulary: Vocabulary,
) -> tuple[ColumnSpec, ...]:
    """Words between two columns of figures that end in totals of their own name the rows of a table beside.

    Whatever their header says of them (支出用途/支出项目类别 beside 支出/项目): that they described the rows
    on their left would give those the figures on their right.
    """
    found = list(columns)
    for place in range(1, len(found) - 1):
        column = found[place]
        right = next((other.role for other in found[place + 1 :] if other.role != "ordinal"), None)
        is_right_of_figures = any(left.role == "amount" for left in found[:place])
        if column.role not in _DESCRIBING or not is_right_of_figures or right != "amount":
            continue
        rows = [vocabulary.row(form_key, fold(cell)) for cell in texts[place] if cell]
        if any(row is not None and row.row_kind in _TOTALS for row in rows):
            found[place] = replace(column, meaning=_naming(column.path, form_key, vocabulary))
    return tuple(found)


def _naming(path: tuple[str, ...], form_key: str | None, vocabulary: Vocabulary) -> HeaderMeaning:
    """What a header says of the rows that its column names, by the words of it that say so."""
    parts = (vocabulary.header(form_key, path[:end]) for end in range(len(path), 0, -1))
    said = next((part for part in parts if part is not None and part.role == "label"), None)
    return said or vocabulary.words.as_label(form_key, path)


def as_count(column: ColumnSpec) -> ColumnSpec:
    """A column of figures in a form that counts things; one whose header has a unit of money stays money."""
    is_money = any(map(_UNIT_OF_MONEY.search, column.path))
    return _with_role(column, "quantity") if column.role == "amount" and not is_money else column


def with_one_name(
    columns: Sequence[ColumnSpec], labels: Sequence[ColumnSpec], rows: Sequence[Row]
) -> tuple[ColumnSpec, ...]:
    """Of label columns that are filled beside each other, keep the one that tells the rows apart best.

    The others describe the rows (单位名称 beside 项目名称). Label columns of which most rows fill one alone
    are an outline in columns, and stay.
    """
    filled = [
        [row[column.index].text if column.index < len(row) else "" for column in labels] for row in rows
    ]
    named = [texts for texts in filled if any(texts)]
    beside = [texts for texts in named if sum(bool(text) and text not in SUBTOTALS for text in texts) > 1]
    if len(labels) < 2 or len(beside) < max(1, _MOST * len(named)):
        return tuple(columns)
    distinct = [len({texts[place] for texts in named if texts[place]}) for place in range(len(labels))]
    best = 0
    for place, count in enumerate(distinct):
        best = place if count > _CLEARLY_MORE * distinct[best] else best
    dropped = {column.index for place, column in enumerate(labels) if place != best}
    return tuple(
        replace(_with_role(column, "text"), is_beside=True) if column.index in dropped else column
        for column in columns
    )


def _complete(
    column: ColumnSpec,
    cells: Sequence[str],
    before: Sequence[ColumnSpec],
    form_key: str | None,
    vocabulary: Vocabulary,
) -> ColumnSpec:
    printed = [cell for cell in cells if cell]
    role = column.role
    numbers = _as_numbers(column, cells, before[-1] if before else None, vocabulary)
    if numbers is not None:
        return numbers
    if role is None and not before and _are_numbers_of_rows(printed):
        return _with_role(column, "code")
    if (role is None or role in _OTHER_ROLES) and _is_money(printed, certain=role is not None):
        path = column.path or _path_of_left(before) or (NO_HEADER,)
        return replace(column, path=path, meaning=vocabulary.words.as_amount(form_key, path))
    if role is None and printed:
        is_sparse = len(printed) < _MOST * len(cells)
        return _as_text(column, before, form_key, vocabulary, is_sparse=is_sparse)
    if role == "label":
        return replace(column, has_codes=_has_codes(column, printed, vocabulary))
    return column


def _split_codes(columns: Sequence[ColumnSpec], texts: Sequence[Sequence[str]]) -> dict[int, ColumnSpec]:
    """Columns without a heading that hold 类, 款 and 项 of codes: 201|05|01.

    They are told by a leading zero, which no sum of money has, right of classes of a classification.
    """
    numbers = [[fold_number(cell) for cell in cells if is_numeric_cell(cell)] for cells in texts]
    has_parts = [
        column.role is None
        and not column.path
        and len(found) >= max(1, _MOST * sum(map(bool, cells)))
        and all(map(_is_code_part, found))
        for column, cells, found in zip(columns, texts, numbers, strict=True)
    ]
    split: dict[int, ColumnSpec] = {}
    for place, (column, found) in enumerate(zip(columns, numbers, strict=True)):
        is_class = has_parts[place] and all(map(_CLASS.fullmatch, found))
        if not found or not (is_class or column.role in CODE_ROLES) or column.index in split:
            continue
        after = list(takewhile(has_parts.__getitem__, range(place + 1, len(columns))))
        if any(_has_leading_zeros(numbers[right]) for right in after):
            code = column if column.role else _as_code(_with_role(column, "code"), found)
            meaning = _as_code(code, found).meaning
            for each in (place, *after):
                split[columns[each].index] = replace(columns[each], path=code.path, meaning=meaning)
    return split


def _twin_of_codes(
    column: ColumnSpec, cells: Sequence[str], before: Sequence[ColumnSpec]
) -> ColumnSpec | None:
    """A column of codes on the left under the same unknown heading, where all numbers here may be codes too.

    A list that goes on in the next of several tables side by side may leave too few rows there to tell.
    """
    numbers = [fold_number(cell) for cell in cells if is_numeric_cell(cell)]
    if column.role is not None or not column.path or not numbers:
        return None
    if not all(number.isdigit() and len(number) in _CODE_DIGITS for number in numbers):
        return None
    twins = (other for other in before if other.path[-1:] == column.path[-1:])
    return next((other for other in twins if other.role in CODE_ROLES), None)


def _is_twin_of_names(column: ColumnSpec, cells: Sequence[str], before: Sequence[ColumnSpec]) -> bool:
    """Whether words, however few, stand under the same unknown heading as the names on the left do."""
    printed = [cell for cell in cells if cell]
    return (
        bool(printed and column.path)
        and not any(is_numeric_cell(cell) or is_dash(cell) or is_error(cell) for cell in printed)
        and any(other.role == "label" and other.path[-1:] == column.path[-1:] for other in before)
    )


def _numbers_few_rows(column: ColumnSpec, cells: Sequence[str], before: Sequence[ColumnSpec]) -> bool:
    """Whether a column without a heading, right of the names, holds 1 or 1 and 2: too few rows to count.

    The first row of a form that is empty but for its total is number 1 as well.
    """
    printed = [fold_number(cell) for cell in cells if cell]
    left = before[-1] if before else ColumnSpec(0, (), None)
    is_unknown = left.role is None and bool(left.path)  # of an empty form: its total stands further left
    is_beside_names = left.role == "label" or left.role in CODE_ROLES or is_unknown
    return not column.path and is_beside_names and printed in (["1"], ["1", "2"])


def _may_be_rates(column: ColumnSpec) -> bool:
    """Whether a heading is unknown, by itself or below one of money: 2021年预算数比2020年执行数/升降幅."""
    if column.role is None:
        return bool(column.path)
    meaning = column.meaning
    is_money_of_unknown = meaning is not None and meaning.measure is None and meaning.fund is None
    return column.role == "amount" and len(column.path) > 1 and is_money_of_unknown


def _counts(cells: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether a column of an unknown heading counts things: whole numbers, beside money with its decimals.

    All that is money must print as many decimals as all else; a form that drops them (12.5 beside 100) tells
    nothing. Where money is whole, too, counts are what no total is printed of.
    """
    printed = [fold_number(cell) for cell in cells if cell and not is_dash(cell)]
    if len(printed) < _FEWEST_COUNTS or not all(
        cell.isdigit() and len(cell) <= _COUNT_DIGITS for cell in printed
    ):
        return False
    if _has_no_total(cells, columns):
        return True
    figures = [
        fold_number(cell)
        for column in columns
        if column is not cells and any(map(_has_decimals, column))
        for cell in column
        if is_numeric_cell(cell) and fold_number(cell) != "0"
    ]
    decimals = {len(figure.partition(".")[2]) for figure in figures}
    return len(figures) >= _FEWEST_COUNTS and len(decimals) == 1 and decimals != {0}


def _has_no_total(cells: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether a column is blank in the row of the total and in a row of a group, where money is printed.

    The total is the greatest figure of its column; what is money there is greater than any of the counts.
    """
    greatest = max(int(fold_number(cell)) for cell in cells if cell and not is_dash(cell))
    for column in columns:
        figures = {row: _whole(cell) for row, cell in enumerate(column) if _whole(cell) is not None}
        alone = [row for row in figures if not cells[row]]
        beside = [row for row in figures if cells[row]]
        if len(alone) < _FEWEST_BLANK or len(beside) < _FEWEST_COUNTS:
            continue
        total = max(figures, key=lambda row: figures[row] or 0)
        if total in alone and min(figures[row] or 0 for row in beside) > greatest:
            return True
    return False


def _whole(cell: str) -> int | None:
    """A figure without its decimals; None for all else."""
    digits = fold_number(cell).replace(",", "").partition(".")[0] if is_numeric_cell(cell) else ""
    return int(digits) if digits.isdecimal() else None


def _has_decimals(text: str) -> bool:
    return is_numeric_cell(text) and "." in fold_number(text)


def _are_numbers_of_rows(printed: Sequence[str]) -> bool:
    """Whether a first column holds numbers without a point, each another: codes of rows, and a total's name.

    Money stands right of what names its row.
    """
    numbers = [cell for cell in printed if is_numeric_cell(cell)]
    return (
        len(numbers) >= _FEWEST_CODES
        and all(cell.isdigit() and len(cell) >= _CLASS_DIGITS for cell in map(fold_number, numbers))
        and len(set(numbers)) == len(numbers)
    )


def _as_numbers(
    column: ColumnSpec, cells: Sequence[str], left: ColumnSpec | None, vocabulary: Vocabulary
) -> ColumnSpec | None:
    """Say what a column of codes, or of numbers that are no money, holds; None for any other column."""
    printed = [cell for cell in cells if cell]
    role = column.role
    # 编号 heads codes, and numbers of rows; or nothing does; classes (301, 302, 303) may follow each other
    are_classes = role == "code" and all(_CLASS.fullmatch(fold_number(cell)) for cell in printed)
    is_count = role in ("code", None) and count_rows(cells) and not _has_leading_zeros(printed)
    if (is_count and not are_classes) or (role == "code" and _count_from_one(printed)):
        return _with_role(column, "ordinal")
    if role == "code" and left is not None and left.role in CODE_ROLES and _are_ends_of_codes(printed):
        return _with_role(column, left.role)  # 款 beside 类: of the classification that 类 tells
    if role in CODE_ROLES:
        return _as_code(column, printed)
    if role not in ("label", None) or not printed:
        return None
    if left is not None and not column.path and left.role in CODE_ROLES and all(map(_is_code_part, printed)):
        return replace(column, path=left.path, meaning=left.meaning)
    special = _special(printed, cells, vocabulary, is_said=role == "label")
    return _as_code(_with_role(column, special), printed) if special else None


def _special(
    printed: Sequence[str], cells: Sequence[str], vocabulary: Vocabulary, *, is_said: bool
) -> str | None:
    """What numbers stand in a column that is headed as one of names, or not at all, and are no money."""
    if _are_codes(printed, vocabulary, is_said=is_said):
        return "code"
    if count_rows(cells):
        return "ordinal"
    if all(_YEAR.fullmatch(fold(cell)) for cell in printed):
        return "mark"
    if all(_is_long_code(cell) for cell in printed):
        return "project_code"
    return "rate" if _share(printed, is_rate) > _MOST else None


def _are_codes(printed: Sequence[str], vocabulary: Vocabulary, *, is_said: bool) -> bool:
    """Whether the cells of a column are codes of a classification: 201, 20101, 2010101.

    Where the header names no rows (``is_said`` False), they must go up, and begin as those of the official
    classifications do: a page may begin in the middle of one.
    """
    named = [fold_number(cell) for cell in printed if not is_total(fold(cell), vocabulary)]
    codes = [cell for cell in named if cell.isdigit() and len(cell) in _CODE_DIGITS]
    if len(codes) < max(_FEWEST_CODES, _ALMOST * len(named)):
        return False
    return is_said or (
        codes == sorted(codes)
        and len(set(codes)) > 1
        and len({len(code) for code in codes} - {_CLASS_DIGITS}) > 0
        and all(_CLASS.match(code) for code in codes)
    )


def _are_words(cells: Sequence[str]) -> bool:
    """Whether cells under a heading that says money (人员经费/科目名目) are names: no figures."""
    printed = [cell for cell in cells if cell]
    return (
        len(printed) >= _FEWEST_WORDS
        and not any(map(_may_be_figure, printed))
        and len(set(printed)) > _MOST * len(printed)
    )


def _may_be_figure(text: str) -> bool:
    return (
        is_numeric_cell(text) or is_dash(text) or is_error(text) or holds_figure(text) or text == NOTHING_READ
    )


def _are_certainly_codes(cells: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether numbers under a heading that says money (人员经费/科目代号) are codes all the same."""
    printed = [cell for cell in cells if is_numeric_cell(cell)]
    return len(printed) >= _FEWEST_CERTAIN_CODES and _are_codes(printed, vocabulary, is_said=False)


def _has_leading_zeros(printed: Sequence[str]) -> bool:
    """Whether numbers are written as parts of codes are: 01, 02."""
    return any(fold_number(cell).startswith("0") for cell in printed)


def _is_code_part(text: str) -> bool:
    """Whether a cell may be 类, 款 or 项 of a code whose heading is merged over the three."""
    digits = fold_number(text)
    return digits.isdigit() and len(digits) <= _CLASS_DIGITS


def _count_from_one(printed: Sequence[str]) -> bool:
    """Whether a column counts its rows, also where there are too few to tell by their steps."""
    numbers = [fold_number(cell) for cell in printed]
    return bool(numbers) and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _are_ends_of_codes(printed: Sequence[str]) -> bool:
    """Whether a column holds 款 or 项 alone: 01, 02, 99."""
    ends = [fold_number(cell) for cell in printed]
    return bool(ends) and all(end.isdigit() and len(end) < _CLASS_DIGITS for end in ends)


def _is_long_code(text: str) -> bool:
    digits = fold_number(text)
    return digits.isdigit() and len(digits) >= _PROJECT_CODE_DIGITS


def _is_money(printed: Sequence[str], *, certain: bool) -> bool:
    """Whether figures stand in a column; beyond doubt (``certain``) where its header says otherwise."""
    figures = [cell for cell in printed if is_numeric_cell(cell) or is_dash(cell)]
    if certain:
        money = [cell for cell in printed if is_money_shaped(cell) or _has_many_decimals(cell)]
        return len(figures) == len(printed) >= _FEWEST_FIGURES and len(money) > _MOST * len(printed)
    is_figure = any(map(is_amount, figures)) or len(figures) == len(printed)  # or dashes and nothing else
    return bool(figures) and len(figures) >= _MOST * len(printed) and is_figure


def _has_many_decimals(cell: str) -> bool:
    """Whether a figure is printed to the hundredth or finer, as 213.9135 万元 is, and no numbering."""
    return is_amount(cell) and len(fold_number(cell).partition(".")[2]) >= _MONEY_DECIMALS


def _as_text(
    column: ColumnSpec,
    before: Sequence[ColumnSpec],
    form_key: str | None,
    vocabulary: Vocabulary,
    *,
    is_sparse: bool,
) -> ColumnSpec:
    """A column of words names the rows, unless a code beside a name does so; then it describes them.

    So does one right of figures in which few rows print a word: it begins no table.
    """
    left = before[-1] if before else None
    if left is not None and left.role == "label" and not column.path:
        return replace(column, path=left.path, meaning=left.meaning)
    since_amount: list[ColumnSpec] = []
    for other in reversed(before):
        if other.role == "amount":
            break
        since_amount.append(other)
    roles = {other.role for other in since_amount}
    if is_sparse and len(since_amount) < len(before) and "label" not in roles:
        return _with_role(column, "text")
    if "label" in roles and roles & CODE_ROLES:
        return _with_role(column, "text")
    return replace(column, meaning=vocabulary.words.as_label(form_key, column.path))


def _as_code(column: ColumnSpec, printed: Sequence[str]) -> ColumnSpec:
    """Say which classification a column of codes is of, by the codes, where its header does not say."""
    if column.role != "code":
        return column
    whole = [fold_number(cell) for cell in printed]
    codes = [cell for cell in whole if cell.isdigit()] or [
        named[0] for cell in printed if (named := code_and_name(cell))
    ]
    classes = [code[:_CLASS_DIGITS] for code in codes if len(code) >= _CLASS_DIGITS]
    for role, low, high in (
        ("economic_code", "301", "399"),
        ("government_economic_code", "501", "599"),
    ):
        if classes and _share(classes, lambda code, low=low, high=high: low <= code <= high) > _MOST:  # type: ignore[misc]
            return _with_role(column, role)
    return _with_role(column, "function_code")


def _has_codes(column: ColumnSpec, printed: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether codes stand before the names of a label column."""
    named = [cell for cell in printed if not is_total(fold(cell), vocabulary)]
    codes = [taken[0] for cell in named if (taken := code_and_name(cell))]
    if not codes or len(codes) < _MOST * len(named):
        return False
    is_of_units = column.meaning is not None and column.meaning.side_key in ("unit", "unit_project")
    return is_of_units or (len(codes) >= _FEWEST_CODES and all(len(code) in _CODE_DIGITS for code in codes))


def _path_of_left(before: Sequence[ColumnSpec]) -> tuple[str, ...]:
    """A heading that reaches over a column without one of its own: that of the amount on its left."""
    left = before[-1] if before else None
    return left.path if left is not None and left.role == "amount" else ()


def _with_role(column: ColumnSpec, role: str) -> ColumnSpec:
    side_key = column.meaning.side_key if column.meaning and role == "label" else None
    return replace(column, meaning=HeaderMeaning(role, side_key, None, None, None))


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts) if texts else 0.0
