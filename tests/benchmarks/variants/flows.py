"""Word documents, web pages and text with one trouble each."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import RGBColor

from tests.benchmarks.variants.draft import Draft, Kind, is_figure
from tests.benchmarks.variants.figures import DECORATED, UNREADABLE
from tests.benchmarks.variants.workbooks import as_workbook_of_text


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


def stacked(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Two rows in one, alike in every cell or not."""
    spending = drawn.tables[1]
    is_alike = chance.random() < 0.5
    first = 6 if is_alike else 4
    rows = spending[first], spending[first + 1]
    joined = ["\n".join(part for part in pair if part) for pair in zip(*rows, strict=True)]
    changed = drawn._replace(tables=(drawn.tables[0], [*spending[:first], joined, *spending[first + 2 :]]))
    return chance.choice((as_docx, as_html, as_workbook_of_text))(changed)


def word_unseen(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Old figures beside the printed ones: hidden or struck out by a style, or in white."""
    way = chance.choice(("hidden", "strike", "white"))

    def change(cell: Any, content: str) -> bool:
        if chance.random() < 0.7:
            return False
        paragraph = cell.paragraphs[0]
        old = paragraph.add_run(f"{chance.randint(1, 999)}.00")
        styles = paragraph.part.document.styles
        if way == "white":
            old.font.color.rgb = RGBColor(255, 255, 255)
        else:
            if way not in styles:
                setattr(styles.add_style(way, WD_STYLE_TYPE.CHARACTER).font, way, True)
            old.style = styles[way]
        paragraph.add_run(content)
        return True

    return as_docx(drawn, change)


def web_unseen(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Old figures beside the printed ones that a browser does not show."""
    ways = (
        "<span style='display:none'>12.00</span>{}",
        "<span class='old'>12.00</span>{}",
        "<span style='color:#ffffff'>3.10</span>{}",
        "<span style='font-size:0'>3.10</span>{}",
        "<span style='opacity: 0'>3.10</span>{}",
        "<!-- 7.00 -->{}",
        "{}<script>var a = 7.00;</script>",
    )
    name, data = as_html(drawn, lambda content: chance.choice((*ways, "{}")).format(content))
    style = chance.choice((b".old{display:none}", b"td .old , .gone { color:red; visibility: hidden }"))
    return name, data.replace(b"<body>", b"<style>" + style + b"</style><body>")


def written_otherwise(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Figures as people type them, in Word, web pages and text."""

    def change(content: str) -> str:
        return chance.choice(DECORATED)(content) if chance.random() < 0.4 else content

    return _in_some_format(drawn, chance, change)


def unreadable(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Figures that nobody can read, in Word, web pages and text."""

    def change(content: str) -> str:
        return chance.choice(UNREADABLE)(content).replace("\n", " ") if chance.random() < 0.1 else content

    return _in_some_format(drawn, chance, change)


def _in_some_format(drawn: Draft, chance: random.Random, change: Callable[[str], str]) -> tuple[str, bytes]:
    changed = drawn._replace(
        tables=tuple(
            [[change(cell) if is_figure(cell) else cell for cell in row] for row in rows]
            for rows in drawn.tables
        )
    )
    return chance.choice((as_docx, as_html, as_text))(changed)


def as_text(drawn: Draft) -> tuple[str, bytes]:
    lines = [
        line
        for head, rows in zip(drawn.heads, drawn.tables, strict=True)
        for line in (*head, *("\t".join(row) for row in rows))
    ]
    return "a.txt", "\n".join(lines).encode()


KINDS: dict[str, Kind] = {
    "two rows in one": stacked,
    "Word marks": word_marks,
    "Word, unseen": word_unseen,
    "web marks": web_marks,
    "web, unseen": web_unseen,
    "delimited text": delimited,
    "broken byte": broken_byte,
    "written otherwise": written_otherwise,
    "unreadable, not in workbooks": unreadable,
}
