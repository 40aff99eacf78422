"""What is drawn on pages comes back as lines and cells, however oddly it is drawn."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from extract.blocks import Block, Box, Grid, Illegible, Text, texts_of
from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers.pdf import calls, read_pdf
from extract.readers.pdf import document as pdf_document
from tests.extract.readers.pdf.drawing import Pen, pdf
from tests.typesetting import WIDE, as_pdf
from tests.typesetting.from_text import content_of


def drawn(blocks: tuple[Block, ...]) -> list[object]:
    """Lines as they are, grids as lists of rows."""
    return [
        block.text if isinstance(block, Text) else [[cell.text for cell in row] for row in block.rows]
        for block in blocks
        if isinstance(block, Text | Grid)
    ]


def two_rows(pen: Pen, top: float = 50) -> None:
    pen.grid([50, 150, 250], [top, top + 20, top + 40])
    for column, x in enumerate((55, 155)):
        for row in range(2):
            pen.text(x, top + 14 + 20 * row, [["项目", "预算数"], ["合计", "1.00"]][row][column])


TWO_ROWS = [["项目", "预算数"], ["合计", "1.00"]]


def test_text_around_a_grid_is_lines_and_all_have_their_places() -> None:
    def page(pen: Pen) -> None:
        pen.text(150, 30, "收入总表")
        two_rows(pen)
        pen.text(50, 120, "注：没有。")

    title, grid, note = read_pdf(pdf(page)).blocks
    assert drawn((title, grid, note)) == ["收入总表", TWO_ROWS, "注：没有。"]
    assert isinstance(grid, Grid)
    assert [title.line_no, grid.rows[0][0].line_no, grid.rows[1][0].line_no, note.line_no] == [1, 2, 3, 4]
    assert grid.rows[1][1].box == Box(150, 70, 250, 90)
    assert (grid.rows[1][1].page_no, grid.rows[1][1].field_no) == (1, 1)


def test_a_merged_cell_has_its_text_at_the_top_left_and_blanks_beside() -> None:
    def page(pen: Pen) -> None:
        pen.line(50, 50, 250, 50)
        pen.line(50, 70, 250, 70)
        pen.line(50, 90, 250, 90)
        pen.line(50, 50, 50, 90)
        pen.line(250, 50, 250, 90)
        pen.line(150, 70, 150, 90)
        pen.text(130, 64, "本年收入")
        pen.text(55, 84, "项目")
        pen.text(155, 84, "决算数")

    assert drawn(read_pdf(pdf(page)).blocks) == [[["本年收入", ""], ["项目", "决算数"]]]


def test_a_wrapped_cell_is_joined_without_a_space_between_chinese_and_with_one_between_words() -> None:
    def page(pen: Pen) -> None:
        pen.grid([50, 150, 250], [50, 90])
        pen.text(55, 64, "机关事业单位")
        pen.text(55, 78, "养老保险")
        pen.text(155, 64, "Total")
        pen.text(155, 78, "budget")

    assert drawn(read_pdf(pdf(page)).blocks) == [[["机关事业单位养老保险", "Total budget"]]]


def test_white_and_thick_fills_are_backgrounds_and_thin_dark_ones_are_rules() -> None:
    def page(pen: Pen) -> None:
        pen.fill(50, 30, 200, 20, grey=1.0)  # a white title row above
        pen.fill(50, 50, 200, 20, grey=0.8)  # a shaded header
        pen.fill(100, 50, 0.8, 40, grey=1.0)  # a white hair line parts nothing
        for y in (50, 70, 90):
            pen.fill(50, y, 200, 0.5, grey=0.0)
        for x in (50, 150, 250):
            pen.fill(x, 50, 0.5, 40, grey=0.0)
        pen.text(130, 44, "收入总表")
        pen.text(55, 64, "项目")
        pen.text(155, 64, "预算数")
        pen.text(55, 84, "合计")
        pen.text(155, 84, "1.00")

    assert drawn(read_pdf(pdf(page)).blocks) == ["收入总表", TWO_ROWS]


def test_a_line_of_two_fonts_is_one_line() -> None:
    def page(pen: Pen) -> None:
        pen.text(50, 50, "收入总计")
        pen.text(92, 50, "2995.39", font="Times-Roman")
        pen.text(125, 52, "万元。")  # baselines of one line may differ a little

    assert drawn(read_pdf(pdf(page)).blocks) == ["收入总计2995.39万元。"]


def test_a_space_stands_where_there_is_a_gap() -> None:
    def page(pen: Pen) -> None:
        pen.text(50, 50, "编制部门：某局")
        pen.text(200, 50, "单位：元")

    assert drawn(read_pdf(pdf(page)).blocks) == ["编制部门：某局 单位：元"]


def test_an_underline_and_a_lone_frame_are_no_grids() -> None:
    def page(pen: Pen) -> None:
        pen.text(50, 50, "第一部分")
        pen.line(50, 53, 90, 53)
        pen.text(55, 84, "框中文字")
        pen.grid([50, 150], [70, 90])

    assert drawn(read_pdf(pdf(page)).blocks) == ["第一部分", "框中文字"]


def test_a_character_printed_twice_to_look_bold_is_one() -> None:
    def page(pen: Pen) -> None:
        for shift in (0, 0.3):
            pen.text(50 + shift, 50, "合计1,100.00")

    assert drawn(read_pdf(pdf(page)).blocks) == ["合计1,100.00"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_the_way_its_text_runs(turn: int) -> None:
    def page(pen: Pen) -> None:
        pen.canvas.translate(200, 150)
        pen.canvas.rotate(turn)
        pen.canvas.translate(-200, -150)
        pen.text(150, 40, "收入总表")
        two_rows(pen)

    assert drawn(read_pdf(pdf(page)).blocks) == ["收入总表", TWO_ROWS]


def test_what_lies_outside_the_cropped_page_is_not_on_it() -> None:
    def page(pen: Pen) -> None:
        pen.canvas.setCropBox((0, 0, 400, 250))
        pen.text(50, 30, "裁掉的")
        pen.text(50, 80, "留下的")

    assert drawn(read_pdf(pdf(page)).blocks) == ["留下的"]


def test_a_table_goes_on_over_a_page_break_in_the_same_columns() -> None:
    """The last page has only a total, merged over the two code columns: it has fewer columns of its own."""

    def first(pen: Pen) -> None:
        pen.grid([50, 90, 130, 250], [200, 220, 240])
        for x, header, text in ((55, "类", "201"), (95, "款", "01"), (135, "合计", "5.00")):
            pen.text(x, 214, header)
            pen.text(x, 234, text)
        pen.text(195, 290, "- 1 -")

    def second(pen: Pen) -> None:
        pen.grid([50.8, 130.5, 249.4], [50, 70])
        pen.text(80, 64, "合计")
        pen.text(135, 64, "5.00")

    blocks = read_pdf(pdf(first, second)).blocks
    assert drawn(blocks) == [[["类", "款", "合计"], ["201", "01", "5.00"]], "- 1 -", [["合计", "", "5.00"]]]
    after = blocks[-1]
    assert isinstance(after, Grid)
    assert [(cell.page_no, cell.field_no) for cell in after.rows[0]] == [(2, 0), (2, 1), (2, 2)]


def test_a_table_below_a_title_of_its_own_does_not_go_on() -> None:
    def first(pen: Pen) -> None:
        pen.grid([50, 90, 130, 250], [200, 220, 240])
        pen.text(55, 214, "类")

    def second(pen: Pen) -> None:
        pen.text(150, 40, "支出总表")
        pen.grid([50, 130, 250], [50, 70, 90])
        pen.text(55, 64, "项目")

    grids = [block for block in read_pdf(pdf(first, second)).blocks if isinstance(block, Grid)]
    assert [len(grid.rows[0]) for grid in grids] == [3, 2]


def test_a_picture_without_text_is_illegible_where_nothing_can_recognise_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_document, "is_installed", lambda: False)

    def scanned(pen: Pen) -> None:
        from PIL import Image  # noqa: PLC0415

        pen.canvas.drawInlineImage(Image.new("L", (40, 30), 200), 0, 0, 400, 300)

    blocks = read_pdf(pdf(scanned, lambda pen: pen.text(50, 50, "说明"))).blocks
    assert blocks[0] == Illegible(line_no=1, page_no=1)
    assert drawn(blocks) == ["说明"]
    with pytest.raises(UnreadableDocumentError, match="install the ocr extra"):
        read_pdf(pdf(scanned))


def test_a_page_that_pdfium_cannot_load_is_read_by_pdfplumber(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(two_rows)

    def fails(page: object, **options: object) -> None:
        raise pdfium.PdfiumError("Failed to load page.")

    monkeypatch.setattr(pdf_document, "page_content", fails)
    assert drawn(read_pdf(data).blocks) == [TWO_ROWS]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n", "damaged or cut short"),
        (pdf(two_rows)[:600], "damaged or cut short"),
        (pdf(two_rows, encrypt=StandardEncryption("secret")), "asks for a password"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        read_pdf(data)


def test_a_document_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_document, "_MOST_PAGES", 1)
    with pytest.raises(UnreadableDocumentError, match="it has 2 pages; at most 1 are read"):
        read_pdf(pdf(two_rows, two_rows))


def test_a_page_of_impossible_size_is_refused() -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(20_000, 300)
    file = io.BytesIO()
    document.save(file)
    with pytest.raises(UnreadableDocumentError, match="page 1 is 20,000 by 300 points"):
        read_pdf(file.getvalue())


def test_half_a_character_that_a_damaged_font_names_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be written as text by anybody, and would take the whole document down."""
    named = calls.get_unicode
    monkeypatch.setattr(
        calls, "get_unicode", lambda page, index: 0xDC00 if index == 3 else named(page, index)
    )
    page = as_pdf(content_of("某局2024年部门预算\n\n某局收支预算的情况说明如下。\n"), WIDE)
    said = "".join(texts_of(read_blocks(page, "application/pdf").blocks))
    assert "\ufffd" in said
    assert said.encode()
