"""OFD pages give the blocks that a person sees on them."""

from __future__ import annotations

import io
import zipfile

import PIL.Image
import pytest

from extract.blocks import Grid, Illegible, Text
from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers.ofd import read_ofd
from tests.typesetting import ofd
from tests.typesetting.content import Paragraph, Place, Table
from tests.typesetting.pages import Design, Piece, Rule, laid_out

DESIGN = Design(width=420, height=595, size=10)
ROWS = [["科目", "合计"], ["教育", "30.00"], ["总计", "1,237.00"]]
PLACES = [Place(row, column, 1, 1, ROWS[row][column]) for row in range(3) for column in range(2)]
TABLE = Table(3, 2, tuple(PLACES))
CONTENT = (Paragraph("某县2024年支出总表"), Paragraph("单位：万元"), TABLE)
[PAGE] = laid_out(CONTENT, DESIGN)
PRINTED = ofd.page_of(PAGE, DESIGN)
FIGURE = next(piece for piece in PAGE.pieces if piece.text == "30.00")


def rows(data: bytes) -> list[list[str]]:
    return [
        [cell.text for cell in row]
        for block in read_ofd(data).blocks
        if isinstance(block, Grid)
        for row in block.rows
    ]


def on_page(drawn: str, parts: dict[str, bytes] | None = None) -> bytes:
    return ofd.package([drawn], DESIGN, parts)


def test_signs_and_rules_are_lines_and_cells_with_their_places() -> None:
    data = on_page(PRINTED)
    read = read_blocks(data, media_type(data))
    assert [block.text for block in read.blocks if isinstance(block, Text)] == [
        "某县2024年支出总表",
        "单位：万元",
    ]
    assert rows(data) == ROWS
    [grid] = [block for block in read.blocks if isinstance(block, Grid)]
    box = grid.rows[1][1].box
    assert box is not None
    assert box.left < FIGURE.x < box.right
    assert box.top < FIGURE.y < box.bottom
    assert read.page_count == 1


@pytest.mark.parametrize(
    "unseen",
    [
        {"attributes": 'Visible="false"'},
        {"attributes": 'Alpha="0"'},
        {"attributes": 'Fill="false"'},
        {"colour": "255 255 255"},
        {"colour": "#FF #FF #FE"},
    ],
)
def test_what_nobody_sees_is_no_text(unseen: dict[str, str]) -> None:
    old = ofd.text(FIGURE._replace(text="99.00"), 10, **unseen)
    assert rows(on_page(PRINTED + old)) == rows(on_page(old + PRINTED)) == ROWS


def test_white_signs_upon_a_dark_fill_are_seen() -> None:
    x, y = FIGURE.x, FIGURE.y
    dark = ofd.filled(Rule(x - 2, y - 10, x + 40, y + 4), "0 0 120")
    drawn = PRINTED.replace(ofd.text(FIGURE, 10), dark + ofd.text(FIGURE, 10, colour="255 255 255"))
    assert rows(on_page(drawn)) == ROWS


def test_what_is_under_a_fill_or_an_opaque_picture_is_no_text() -> None:
    x, y = FIGURE.x, FIGURE.y
    box = Rule(x - 1, y - 9, x + 30, y + 3)
    old, new = ofd.text(FIGURE._replace(text="99.00"), 10), ofd.text(FIGURE, 10)
    rest = PRINTED.replace(new, "")
    assert rows(on_page(rest + old + ofd.filled(box, "255 255 255") + new)) == ROWS
    assert rows(on_page(rest + old + ofd.pictured("a.png", box) + new, {"a.png": paper("L")})) == ROWS
    # a seal lets through what is under it
    assert rows(on_page(rest + new + ofd.pictured("a.png", box), {"a.png": paper("RGBA")})) == ROWS


def paper(mode: str) -> bytes:
    file = io.BytesIO()
    PIL.Image.new(mode, (8, 8), 255 if mode == "L" else (255, 0, 0, 40)).save(file, "PNG")
    return file.getvalue()


def test_what_is_far_outside_of_its_box_is_clipped() -> None:
    far = ofd.text(FIGURE._replace(text="99.00"), 10).replace('X="0"', 'X="60"')
    assert rows(on_page(PRINTED + far)) == ROWS


def test_a_template_lies_under_each_page() -> None:
    data = ofd.package([PRINTED], DESIGN, template=ofd.text(Piece(40, 560, "县财政局印"), 10))
    assert [block.text for block in read_ofd(data).blocks if isinstance(block, Text)][-1] == "县财政局印"


def test_a_pale_word_across_a_table_is_a_watermark() -> None:
    mark = ofd.text(Piece(FIGURE.x - 40, FIGURE.y + 6, "样稿样稿"), 30, colour="200 200 200")
    assert rows(on_page(mark + PRINTED)) == ROWS


def test_text_turned_by_its_matrix_stands_upright() -> None:
    turned = PRINTED
    width, height = 595 * 25.4 / 72, 420 * 25.4 / 72
    # the whole page as a group, a quarter clockwise upon a page that lies on its side
    group = f'<ofd:PageBlock ID="9">{turned}</ofd:PageBlock>'
    assert rows(ofd.package([group], DESIGN)) == ROWS
    composite = (
        f'<ofd:CompositeObject ID="8" Boundary="0 0 {width:.3f} {height:.3f}" '
        f'CTM="0 1 -1 0 {width:.3f} 0" ResourceID="77"/>'
    )
    lying = Design(width=595, height=420, size=10)
    data = with_group(ofd.package([composite], lying), turned)
    assert rows(data) == ROWS


def with_group(data: bytes, drawn: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name.endswith("DocumentRes.xml"):
                unit = (
                    '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77" Width="1" Height="1">'
                    f"<ofd:Content>{drawn}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
                )
                part = part.replace("</ofd:Res>", f"{unit}</ofd:Res>")
            new.writestr(name, part)
    return file.getvalue()


def test_text_without_a_place_is_refused_in_words() -> None:
    drawn = '<ofd:TextObject ID="1"><ofd:TextCode>合计 1,836.42</ofd:TextCode></ofd:TextObject>'
    with pytest.raises(UnreadableDocumentError, match="does not say where its text stands"):
        read_ofd(on_page(drawn))


def test_a_part_that_is_missing_or_no_xml_is_named() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("OFD.xml", "<ofd><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></ofd>")
    assert media_type(file.getvalue()) == "application/ofd"
    with pytest.raises(UnreadableDocumentError, match=r"OFD document is damaged.*Doc_0/Document.xml"):
        read_ofd(file.getvalue())


def test_signs_that_say_nothing_make_a_page_illegible_with_the_reason() -> None:
    lie = ofd.text(Piece(40, 100, "".join(chr(0xE000 + code) for code in range(40))), 10)
    read = read_ofd(on_page(lie))
    assert read.blocks == (Illegible(1, 1),)
    assert read.caveat is not None
    assert "page 1" in read.caveat


def test_a_picture_that_cannot_be_opened_makes_its_page_illegible() -> None:
    everywhere = Rule(0, 0, DESIGN.width, DESIGN.height)
    read = read_ofd(
        ofd.package([PRINTED, ofd.pictured("a.jb2", everywhere)], DESIGN, {"a.jb2": b"\x97JB2\r\n"})
    )
    assert read.blocks[-1] == Illegible(1, 2)


def test_a_distance_said_a_billion_times_takes_no_room() -> None:
    drawn = PRINTED.replace('DeltaX="', 'DeltaX="g 1000000000 0 ', 1)
    assert rows(on_page(drawn)) == ROWS
