"""Content as plain text: paragraphs and rows are lines, cells stand between tabs."""

from __future__ import annotations

from tests.typesetting.content import Break, Content, Paragraph, Table


def as_text(content: Content) -> bytes:
    """Typeset content as text in UTF-8. What a merged cell covers is blank."""
    return "".join(f"{line}\n" for line, _ in lines_of(content)).encode()


def lines_of(content: Content) -> list[tuple[str, tuple[int, int] | None]]:
    """Each line of the text and, if it is a row, which item and row of it that is."""
    lines: list[tuple[str, tuple[int, int] | None]] = []
    for number, item in enumerate(content):
        if isinstance(item, Paragraph):
            lines += [(item.text, None), ("", None)]
        elif isinstance(item, Table):
            texts = [[""] * item.width for _ in range(item.height)]
            for place in item.places:
                texts[place.row][place.column] = place.text.replace("\n", "")
            lines += [("\t".join(row), (number, at)) for at, row in enumerate(texts)]
            lines.append(("", None))
        elif isinstance(item, Break):
            lines.append(("", None))
    return lines
