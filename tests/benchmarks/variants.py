"""Small disclosures, each with one trouble that real files have, at a place and with figures drawn by lot.

Run ``uv run python -m tests.benchmarks.variants --count 150``: kinds of workbooks, Word documents, web pages
and text, in turn. Figures are consistent, so nothing may be blamed on the publisher; what becomes of each
figure is told as in :mod:`tests.benchmarks.cases`.
"""

from __future__ import annotations

import argparse
import io
import random
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import docx
import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side

from extract.folding import fold
from tests.benchmarks.cases import Found, Place, outcome_of, print_table

Rows = list[list[str]]
_REVENUE = "budget_revenue"
_FUNCTION = "budget_expenditure_by_function"
_THIN = Border(*(Side(style="thin") for _ in range(4)))
_MEASURES = ("total", "personnel", "public_operating", "special_project")


class Draft(NamedTuple):
    """A disclosure before it is typeset: lines above each table, its rows, and what it should say."""

    heads: tuple[tuple[str, ...], ...]
    tables: tuple[Rows, ...]
    expected: dict[Place, Decimal]


class Variant(NamedTuple):
    """A file with one trouble, and what it should say; figures that nobody can read are not expected."""

    kind: str
    file_name: str
    data: bytes
    expected: Mapping[Place, Decimal]


def draft(chance: random.Random) -> Draft:
    """Draw consistent figures: revenue by unit, spending by functional code."""
    personnel, operating, project = (Decimal(chance.randint(10_000, 900_000)) / 100 for _ in range(3))
    housing = Decimal(chance.randint(1_000, 60_000)) / 100
    total = personnel + operating + project + housing
    rows = [
        ("", "合计", total, personnel + housing, operating, project),
        ("213", "农林水支出", total - housing, personnel, operating, project),
        ("21301", "农业农村", total - housing, personnel, operating, project),
        ("2130104", "事业运行", personnel + operating, personnel, operating, None),
        ("2130122", "农业生产发展", project, None, None, project),
        ("221", "住房保障支出", housing, housing, None, None),
        ("22102", "住房改革支出", housing, housing, None, None),
        ("2210201", "住房公积金", housing, housing, None, None),
    ]
    expected = {
        Place(_FUNCTION, code or fold(label), measure, "general_public"): figure * 10_000
        for code, label, *figures in rows
        for measure, figure in zip(_MEASURES, figures, strict=True)
        if figure is not None
    }
    units = [("", "合计"), ("301", "示例县农业农村局"), ("301007", "示例县农业技术服务中心")]
    expected |= {
        Place(_REVENUE, code or fold(name), "total", fund): total * 10_000
        for code, name in units
        for fund in ("all", "general_public")
    }
    revenue = [
        ["单位编码", "单位名称", "合计", "公共预算拨款", "政府性基金拨款", "事业收入", "其他收入"],
        *([code, name, text(total), text(total), "", "", ""] for code, name in units),
    ]
    spending = [
        ["功能科目编码", "功能科目名称", "合计", "人员经费支出", "公用经费支出", "专项业务经费支出", "备注"],
        *(
            [code, label, *("" if figure is None else text(figure) for figure in figures), ""]
            for code, label, *figures in rows
        ),
    ]
    cover = (
        "示例县农业技术服务中心",
        "2024年单位预算",
        "第二部分 公开报表",
        "单位名称：示例县农业技术服务中心",
    )
    return Draft(
        (
            (*cover, "表2", "2024年单位综合预算收入总表", "单位：万元"),
            ("表5", "2024年单位综合预算一般公共预算支出明细表（按支出功能分类科目）", "单位：万元"),
        ),
        (revenue, spending),
        expected,
    )


def text(figure: Decimal) -> str:
    """A figure as it is usually printed."""
    return f"{figure:,.2f}"


def number(printed: str) -> float:
    """What a workbook stores for it."""
    return float(printed.replace(",", ""))


def is_figure(printed: str) -> bool:
    """Whether a cell of a draft is money."""
    return "." in printed


# workbooks ----------------------------------------------------------------------------------------

Cells = dict[tuple[int, int, int], Any]
"""Cells of a sheet that hold figures, by table, row and column of the draft."""


def workbook(drawn: Draft, *, is_text: bool = False) -> tuple[openpyxl.Workbook, Cells]:
    """Typeset a draft on one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    cells: Cells = {}
    row = 0
    for table, (head, rows) in enumerate(zip(drawn.heads, drawn.tables, strict=True)):
        for line in head:
            row += 1
            sheet.cell(row, 1, line)
        for number_of_row, printed in enumerate(rows):
            row += 1
            for column, content in enumerate(printed):
                cell = sheet.cell(row, column + 1)
                cell.border = _THIN
                if is_figure(content):
                    cell.value = content if is_text else number(content)
                    cell.number_format = "@" if is_text else "#,##0.00"
                    cells[table, number_of_row, column] = cell
                elif content:
                    cell.value = content
        row += 1
    return book, cells


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_FORMATS_IN_YUAN = ("0!.0000", r"0\.0000", "#!.0000", r"0\.0000_ ", '0"."0000', r"[Blue]0\.0000")
_FORMATS = (
    '"￥"#,##0.00', "¥#,##0.00", "[$¥-804]#,##0.00", '#,##0.00_ ;[Red]\\-#,##0.00\\ ', "[DBNum3]#,##0.00",
    '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "#,##0.00_);[Red]\\(#,##0.00\\)", "0.00",
    "[>=1000]#,##0.00;0.00", "# ##0.00", "#,##0.00;[红色]#,##0.00",
)  # fmt: skip
_DECORATED: tuple[Callable[[str], str], ...] = (
    lambda figure: f"￥{figure}", lambda figure: f"RMB {figure}", lambda figure: f"人民币{figure}",
    lambda figure: figure.replace(",", "、"), lambda figure: figure.replace(",", "，"),
    lambda figure: figure.replace(",", "’"), lambda figure: figure.replace(",", "\u2009"),
    lambda figure: figure.replace(",", "\u00a0"), lambda figure: figure.replace(".", "·"),
    lambda figure: f"\u200e{figure}", lambda figure: f"\u202a{figure}\u202c",
    lambda figure: figure[:1] + "\u00ad" + figure[1:],
    lambda figure: f"{figure}\ufeff", lambda figure: f"{figure}①", lambda figure: f"{figure}¹",
    lambda figure: f"{figure}*",
    lambda figure: f"{figure}（注1）", lambda figure: f"{Decimal(figure.replace(',', '')):E}",
    lambda figure: figure.translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．")),
)  # fmt: skip
_UNREADABLE = (
    lambda figure: "#REF!", lambda figure: "####", lambda figure: "1" * 40, lambda figure: f"约{figure}",
    lambda figure: f"{figure}\n{figure}", lambda figure: figure.replace(".", "\ufffd."),
    lambda figure: "1.2.3",
)  # fmt: skip


def in_yuan(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn)
    code = chance.choice(_FORMATS_IN_YUAN)
    for cell in cells.values():
        cell.value, cell.number_format = round(cell.value * 10_000), code
    return "a.xlsx", saved(book)


def formatted(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn)
    for cell in chance.sample(list(cells.values()), len(cells) // 2):
        cell.number_format = chance.choice(_FORMATS)
    return "a.xlsx", saved(book)


def another_scale(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn)
    for cell in cells.values():
        cell.value, cell.number_format = (
            round(cell.value * 10_000),
            chance.choice(("#,##0.00,", "0.00,,", "0!.00")),
        )
    return "a.xlsx", saved(book)


def decorated(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn, is_text=True)
    for cell in chance.sample(list(cells.values()), 10):
        cell.value = chance.choice(_DECORATED)(cell.value)
    return "a.xlsx", saved(book)


def unreadable(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn, is_text=True)
    for cell in chance.sample(list(cells.values()), 3):
        cell.value = chance.choice(_UNREADABLE)(cell.value)
    return "a.xlsx", saved(book)


def raised(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn, is_text=True)
    for cell in chance.sample(list(cells.values()), 5):
        mark = TextBlock(InlineFont(vertAlign="superscript"), chance.choice(("1", "2", "注1", "*")))
        cell.value = CellRichText(cell.value, mark)
    return "a.xlsx", saved(book)


def struck(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn, is_text=True)
    for cell in chance.sample(list(cells.values()), 5):
        cell.value = CellRichText(
            TextBlock(InlineFont(strike=True), f"{chance.randint(1, 999)}.00"), cell.value
        )
    return "a.xlsx", saved(book)


def hidden_row(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    spending = drawn.tables[1]
    place = chance.randint(5, len(spending))
    old = ["2130199", "其他农业农村支出", "999.99", "999.99", "", "", ""]
    changed = drawn._replace(tables=(drawn.tables[0], [*spending[:place], old, *spending[place:]]))
    book, cells = workbook(changed)
    sheet = book.active
    assert sheet is not None
    sheet.row_dimensions[cells[1, place, 2].row].hidden = True
    return "a.xlsx", saved(book)


def hidden_column(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    place = chance.randint(2, 6)
    tables = tuple(
        [
            [*row[:place], "上年数" if number == 0 else "123.45", *row[place:]]
            for number, row in enumerate(rows)
        ]
        for rows in drawn.tables
    )
    book, _ = workbook(drawn._replace(tables=tables))
    sheet = book.active
    assert sheet is not None
    sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].hidden = True
    return "a.xlsx", saved(book)


def narrow(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, _ = workbook(drawn)
    sheet = book.active
    assert sheet is not None
    sheet.column_dimensions[chance.choice("CD")].width = 3
    return "a.xlsx", saved(book)


def formula(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn)
    for cell in chance.sample(list(cells.values()), 6):
        cell.value = f"={cell.value}+0"
    return "a.xlsx", saved(book)


def strict(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, _ = workbook(drawn)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive, zipfile.ZipFile(file, "w") as copy:
        for name in archive.namelist():
            xml = archive.read(name)
            for part in (b"spreadsheetml", b"officeDocument"):
                xml = xml.replace(
                    b"http://schemas.openxmlformats.org/" + part + b"/2006/",
                    b"http://purl.oclc.org/ooxml/" + part + b"/",
                )
            copy.writestr(name, xml)
    return "a.xlsx", file.getvalue()


def stacked(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Two rows in one, alike in every cell or not."""
    spending = drawn.tables[1]
    is_alike = chance.random() < 0.5
    first = 6 if is_alike else 4
    rows = spending[first], spending[first + 1]
    joined = ["\n".join(part for part in pair if part) for pair in zip(*rows, strict=True)]
    changed = drawn._replace(tables=(drawn.tables[0], [*spending[:first], joined, *spending[first + 2 :]]))
    return chance.choice((as_docx, as_html, as_workbook_of_text))(changed)


def as_workbook_of_text(drawn: Draft) -> tuple[str, bytes]:
    return "a.xlsx", saved(workbook(drawn, is_text=True)[0])


# Word, web and text --------------------------------------------------------------------------------


def as_docx(
    drawn: Draft, change: Callable[[Any, str], bool] = lambda cell, content: False
) -> tuple[str, bytes]:
    document = docx.Document()
    for head, rows in zip(drawn.heads, drawn.tables, strict=True):
        for line in head:
            document.add_paragraph(line)
        table = document.add_table(len(rows), len(rows[0]))
        for row, printed in enumerate(rows):
            for cell, content in zip(table.rows[row].cells, printed, strict=True):
                if not (is_figure(content) and change(cell, content)):
                    cell.text = content
    file = io.BytesIO()
    document.save(file)
    return "a.docx", file.getvalue()


def as_html(drawn: Draft, change: Callable[[str], str] = lambda content: content) -> tuple[str, bytes]:
    parts = []
    for head, rows in zip(drawn.heads, drawn.tables, strict=True):
        parts += [f"<p>{line}</p>" for line in head]
        cells = (
            "".join(
                f"<td>{change(content) if is_figure(content) else content}</td>".replace("\n", "<br>")
                for content in row
            )
            for row in rows
        )
        parts.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return "a.html", f"<html><meta charset='utf-8'><body>{''.join(parts)}</body></html>".encode()


def word_marks(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    def change(cell: Any, content: str) -> bool:
        if chance.random() < 0.7:
            return False
        paragraph = cell.paragraphs[0]
        if chance.random() < 0.5:
            paragraph.add_run("123.00").font.strike = True
            paragraph.add_run(content)
        else:
            paragraph.add_run(content)
            paragraph.add_run("1").font.superscript = True
        return True

    return as_docx(drawn, change)


def web_marks(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    marks = (
        "{}<sup>1</sup>",
        "<s>12.00</s>{}",
        "{}<span style='vertical-align:super'>2</span>",
        "<del>3.10</del>{}",
    )
    return as_html(drawn, lambda content: chance.choice((*marks, "{}", "{}")).format(content))


def delimited(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    delimiter, encoding = chance.choice(",,;\t"), chance.choice(("utf-8", "gb18030", "utf-8-sig"))
    width = chance.choice((1, len(drawn.tables[0][0])))
    lines = []
    for head, rows in zip(drawn.heads, drawn.tables, strict=True):
        lines += [line if delimiter == "\t" else delimiter.join([line] + [""] * (width - 1)) for line in head]
        for row in rows:
            lines.append(
                delimiter.join(
                    f'"{cell}"' if delimiter in cell and delimiter != "\t" else cell for cell in row
                )
            )
    return "a.csv", "\r\n".join(lines).encode(encoding)


def broken_byte(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    _, data = delimited(drawn, random.Random(3))
    lines = "\n".join(
        line
        for head, rows in zip(drawn.heads, drawn.tables, strict=True)
        for line in (*head, *("\t".join(row) for row in rows))
    )
    data = lines.encode("utf-8")
    place = chance.randrange(len(data))
    return "a.txt", data[:place] + b"\xff" + data[place + 1 :]


def kept_bold(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """A control: what is bold, coloured or large is what it is."""
    book, cells = workbook(drawn)
    for cell in chance.sample(list(cells.values()), 8):
        cell.font = Font(bold=True, color="FFFF0000", size=chance.choice((9, 14)))
    return "a.xlsx", saved(book)


KINDS: dict[str, Callable[[Draft, random.Random], tuple[str, bytes]]] = {
    "control": kept_bold,
    "yuan shown in 万元": in_yuan,
    "number formats": formatted,
    "another scale": another_scale,
    "figures as text": decorated,
    "unreadable figures": unreadable,
    "raised notes": raised,
    "struck out": struck,
    "hidden row": hidden_row,
    "hidden column": hidden_column,
    "narrow column": narrow,
    "formulas": formula,
    "Strict OOXML": strict,
    "two rows in one": stacked,
    "Word marks": word_marks,
    "web marks": web_marks,
    "delimited text": delimited,
    "broken byte": broken_byte,
}


def variants(count: int, seed: int = 1) -> list[Variant]:
    """Draw variants, each kind in turn."""
    found = []
    for number_of, kind in zip(range(count), sorted(KINDS) * count, strict=False):
        chance = random.Random(f"{seed}/{number_of}")
        drawn = draft(chance)
        file_name, data = KINDS[kind](drawn, chance)
        found.append(Variant(kind, file_name, data, drawn.expected))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Read variants and print a table by kind."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trouble", action="store_true", help="list each figure that is not right")
    options = parser.parse_args(arguments)
    by_kind: dict[str, Found] = defaultdict(Found)
    for variant in variants(options.count, options.seed):
        found = outcome_of(variant.file_name, variant.data, variant.expected)
        by_kind[variant.kind].outcomes.update(found.outcomes)
        if options.trouble:
            print(*(f"{variant.kind}: {line}" for line in found.trouble), sep="\n")
    print_table(by_kind)


if __name__ == "__main__":
    main()
