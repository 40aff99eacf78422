"""Which rows of a grid are its caption, its header and its body, by shape as much as by words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.blocks import Row
from extract.folding import fold
from extract.forms.headers import CODE_ROLES, ColumnSpec, resolve_columns
from extract.numerals import is_dash, is_numeric_cell
from extract.vocabulary import Vocabulary

_FEWEST_KNOWN = 0.5  # share of a row's words that must be words of headers for the row to be one
_MOST_HEADER_ROWS = 6
_WIDE = 3  # columns, from which on a header of one word is none
_MOST_CAPTION_ROWS = 6
_NAMES_ROWS = CODE_ROLES | {"label", "ordinal"}
_DESCRIBES_ROWS = _NAMES_ROWS | {"text", "detail", "government_label"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_TITLE = re.compile(r".{2,}表(?:\([^()]*\))?(?:\(续\))?")
_ITEM = re.compile(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[、.](?!\d))")
_HOLDER = re.compile(r"[^:]{2,8}:.+")


def split_header(
    rows: Sequence[Row], vocabulary: Vocabulary, form_key: str | None = None
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Split rows into header rows and body rows.

    Rows above the header that print a title, a holder, a number or the unit of money are no part of either;
    nor are blank rows within the header. The header ends where a row has a figure, names a total or an item
    of an outline, or says nothing that a header says. A last header row can share its line with the total
    (类 | 款 | 项 beside 合计 and its figures); it is split in two.
    """
    header, body = _split(_below_title(rows, vocabulary), vocabulary, form_key)
    # overleaf the first rows may be labels of money: a header names more than the rows
    if header and body and all(_is_label_alone(row) for row in header):
        return (), (*header, *body)
    return header, body


def _is_label_alone(row: Row) -> bool:
    return len(row) >= _WIDE and bool(row[0].text) and not any(cell.text for cell in row[1:])


def _split(
    rows: Sequence[Row], vocabulary: Vocabulary, form_key: str | None
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    header: list[Row] = []
    for position, row in enumerate(rows):
        if not header and is_caption_row(row, vocabulary):
            continue
        if header and not any(cell.text for cell in row):
            below = rows[position + 1 : position + 2]
            if below and _continues(below[0], header, vocabulary):
                continue
            return tuple(header), tuple(rows[position:])
        above, below_it = _take_apart(row, header, vocabulary, form_key)
        if above:
            header.append(above)
        if below_it:
            return tuple(header), (below_it, *rows[position + 1 :])
    return tuple(header), ()


def _below_title(rows: Sequence[Row], vocabulary: Vocabulary) -> Sequence[Row]:
    """Leave out lone texts above a header: the title of a form that nobody knows, and its like."""
    for position, row in enumerate(rows[:_MOST_CAPTION_ROWS]):
        if is_caption_row(row, vocabulary):
            continue
        if is_header_row(row, vocabulary):
            return rows[position:]
        if sum(bool(cell.text) for cell in row) > 1:
            return rows
    return rows


def split_unknown_header(
    rows: Sequence[Row], vocabulary: Vocabulary
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Split off what must be a header of words that nobody has listed: the first rows without data."""
    start = 0
    while start < len(rows) and (
        is_caption_row(rows[start], vocabulary) or not any(cell.text for cell in rows[start])
    ):
        start += 1
    end = start
    while end < min(len(rows), start + _MOST_HEADER_ROWS) and _may_be_header(rows[end], vocabulary):
        end += 1
    if end == start or sum(bool(cell.text) for cell in rows[start]) < 2:
        return (), tuple(rows[start:])
    return tuple(rows[start:end]), tuple(rows[end:])


def is_caption_row(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row prints only what belongs above a form: title, number, holder, unit of money."""
    words = [fold(cell.text) for cell in row if cell.text]
    if not words:
        return False
    is_caption = [
        any(pattern.fullmatch(word) for kind, pattern in vocabulary.captions if kind != "contents_heading")
        for word in words
    ]
    if len(words) == 1:
        return is_caption[0] or (len(row) > 1 and _TITLE.fullmatch(words[0]) is not None)
    return any(is_caption) and all(
        known or _HOLDER.fullmatch(word) or _YEAR_ALONE.fullmatch(word)
        for known, word in zip(is_caption, words, strict=True)
    )


def is_header_row(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row consists of header words. A lone 合计 is a total row, not a header."""
    words = [fold(cell.text) for cell in row if cell.text]
    if not words or any(is_numeric_cell(word) and not _YEAR.fullmatch(word) for word in words):
        return False
    if all(is_total(word, vocabulary) for word in words) or is_item(words[0]):
        return False
    known = sum(vocabulary.knows_header(word) for word in words)
    return known >= _FEWEST_KNOWN * len(words)


def is_total(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded text names a total."""
    known = vocabulary.row(None, word)
    return known is not None and known.row_kind in ("total", "subtotal")


def is_item(word: str) -> bool:
    """Whether a folded text is an item of an outline: 一、基本支出."""
    return _ITEM.match(word) is not None


def _take_apart(
    row: Row, header: Sequence[Row], vocabulary: Vocabulary, form_key: str | None
) -> tuple[Row, Row]:
    """Give what of a row belongs to the header above it and what to the body; either may be empty."""
    if not header:
        return (row, ()) if is_header_row(row, vocabulary) else ((), row)
    columns = resolve_columns(header, form_key, vocabulary)
    of_body = [
        is_numeric_cell(cell.text)
        or (
            (is_total(word, vocabulary) or word == "栏次")
            and index < len(columns)
            and columns[index].role in _NAMES_ROWS
        )
        for index, (cell, word) in enumerate((cell, fold(cell.text)) for cell in row)
    ]
    if not any(of_body):
        return (row, ()) if _continues(row, header, vocabulary, columns) else ((), row)
    above = _only(row, [not body for body in of_body])
    if any(is_numeric_cell(cell.text) for cell in row):
        if _continues(row, header, vocabulary, columns):
            return row, ()
        columns = resolve_columns([*header, above], form_key, vocabulary)
        roles = {columns[index].role for index, cell in enumerate(above) if cell.text}
        is_heading = all(_heads_names(fold(cell.text), vocabulary) for cell in above if cell.text)
        is_shared = bool(roles) and roles <= CODE_ROLES and is_heading
    else:
        is_shared = is_header_row(above, vocabulary)
    return (above, _only(row, of_body)) if is_shared else ((), row)


def _only(row: Row, wanted: Sequence[bool]) -> Row:
    return tuple(
        cell if is_wanted else cell._replace(text="") for cell, is_wanted in zip(row, wanted, strict=True)
    )


def _continues(
    row: Row, header: Sequence[Row], vocabulary: Vocabulary, columns: Sequence[ColumnSpec] | None = None
) -> bool:
    """Whether a row goes on with the header above it.

    A row that prints only where the header already names the rows is the first of the body, whatever it
    says; years are figures beside a label, and headings where no label stands beside them, and so is a dash
    under a heading of money. Words that nobody
    listed go on with the header where a heading above reaches over them.
    """
    columns = resolve_columns(header, None, vocabulary) if columns is None else columns
    printed = [index for index, cell in enumerate(row) if cell.text]
    if not printed or len(header) >= _MOST_HEADER_ROWS:
        return False
    words = {index: fold(row[index].text) for index in printed}
    if all(_is_printed(header, index) and columns[index].role in _DESCRIBES_ROWS for index in printed):
        return all(_heads_names(word, vocabulary) for word in words.values())
    names = [index for index in printed if _is_printed(header, index) and columns[index].role in _NAMES_ROWS]
    figures = [index for index in printed if is_numeric_cell(words[index])]
    if any(not _YEAR.fullmatch(words[index]) for index in figures) or (figures and names):
        return False
    dashes = [index for index in printed if is_dash(words[index]) and index < len(columns)]
    if names and any(columns[index].role == "amount" for index in dashes):
        return False  # 事业收入 | — : a row overleaf, though its name heads columns elsewhere
    if is_header_row(row, vocabulary):
        return True
    return all(_heads_names(words[index], vocabulary) for index in names) and all(
        _reaches_over(header, index) for index in printed if index not in names
    )


def _heads_names(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word heads a column of names or codes (科目编码, 项目名称), and is no name itself."""
    meaning = vocabulary.header(None, (word,)) if vocabulary.knows_header(word) else None
    return meaning is not None and meaning.role in _DESCRIBES_ROWS


def _is_printed(header: Sequence[Row], index: int) -> bool:
    return any(index < len(row) and row[index].text for row in header)


def _reaches_over(header: Sequence[Row], index: int) -> bool:
    """Whether a heading further left in the last header row that prints anything may reach over a column."""
    last = header[-1]
    return any(cell.text for cell in last[: index + 1]) and not (
        index < len(last) and last[index].text and index + 1 < len(last) and last[index + 1].text
    )


def _may_be_header(row: Row, vocabulary: Vocabulary) -> bool:
    words = [fold(cell.text) for cell in row if cell.text]
    if any(is_numeric_cell(word) and not _YEAR.fullmatch(word) for word in words):
        return False
    return not any(is_dash(word) for word in words) and not (
        words and (is_total(words[0], vocabulary) or is_item(words[0]))
    )
