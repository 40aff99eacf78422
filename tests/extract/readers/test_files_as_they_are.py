"""Files that are not quite what they should be are read as a person reads them, or told apart in words."""

from __future__ import annotations

import base64
import io
import struct
import zipfile

import openpyxl
import pytest
import xlwt
from PIL import Image, ImageDraw

from extract.blocks import Grid, Illegible, Text
from extract.document import read_document
from extract.landing import LandedFile, content_id
from extract.media_type import media_type
from extract.numerals import holds_figure, is_amount
from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers.scan import recognised_in
from extract.readers.xls_pictures import sheets_with_pictures

TABLE = "支出总表\n单位：万元\n项目\t合计\t人员\n合计\t1,836.42\t204.31\n教育支出\t1,836.42\t204.31\n"


def blocks_of(data: bytes) -> tuple[object, ...]:
    return read_blocks(data, media_type(data)).blocks


def doubts(data: bytes) -> list[str | None]:
    """Of the figures of all grids."""
    return [
        cell.doubt
        for block in blocks_of(data)
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        if is_amount(cell.text)
    ]


def picture(kind: str = "PNG") -> bytes:
    """A page that nothing is recognised on, large enough to be one."""
    image, file = Image.new("L", (600, 400), 255), io.BytesIO()
    for number in range(4000):
        ImageDraw.Draw(image).point((number * 7 % 600, number * 13 % 400), 200 + number % 50)
    image.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("place", [TABLE.index("人员"), TABLE.index("教育") + 1])
def test_a_broken_byte_leaves_no_figure_of_its_table_certain(place: int) -> None:
    prose = "\n本表反映单位本年度一般公共预算支出情况。" * 20
    data = (TABLE + prose).encode()
    broken = len(TABLE[:place].encode())
    damaged = data[:broken] + b"\xff" + data[broken + 1 :]
    assert doubts(data) == [None] * 4
    assert doubts(damaged) == ["placed"] * 4
    assert "were lost" in (read_blocks(damaged, "text/plain").caveat or "")


def test_a_broken_byte_in_markup_leaves_no_figure_of_the_page_certain() -> None:
    page = "<html><body><p>表</p><table><tr><td>合计</td><td>1.00</td></tr><tr><td>甲</td><td>1.00</td></tr>"
    page += "</table>" + "<p>本表反映支出情况。</p>" * 20
    data = page.encode() + "<p>注：\udcff</p>".encode("utf-8", "surrogateescape")
    assert doubts(page.encode()) == [None, None]
    assert doubts(data) == ["placed", "placed"]


def test_a_nul_byte_or_a_mark_before_broken_text_refuses_no_text() -> None:
    long = TABLE * 9
    for data in (
        long.encode().replace("育".encode(), b"\x00\x00\x00", 1),
        b"\xef\xbb\xbf\xff" + long.encode(),
    ):
        assert any(isinstance(block, Grid) for block in blocks_of(data))


def test_a_table_of_text_named_after_a_workbook_is_read_and_prose_is_not() -> None:
    def status(text: str) -> str:
        data = text.encode()
        return read_document(
            LandedFile(content_id(data), "a.xls", "text/plain", len(data)), data
        ).facts.status

    cover = "示例县农业技术服务中心\n2024年单位预算\n"
    assert status(cover + TABLE * 6) == "read"
    assert status("网页不存在，请稍后再试。") == "failed"


def test_digits_of_another_script_are_a_reject_and_no_amount() -> None:
    assert not is_amount("١٣٦٣٤.٢٩")
    assert holds_figure("١٣٦٣٤.٢٩")


def test_fields_may_be_parted_by_bars() -> None:
    text = "科目|合计|人员\n教育|1,836.42|204.31\n卫生|20.00|10.00\n合计|1,856.42|214.31\n"
    (grid,) = blocks_of(text.encode())
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.rows[1]] == ["教育", "1,836.42", "204.31"]


@pytest.mark.parametrize(
    ("shows", "expected"),
    [
        ('<img src="t.png" width="700" height="400">', [Text, Illegible]),
        ('<img src="t.png" style="width: 700px; height:400px">', [Text, Illegible]),
        ('<iframe src="/files/t.pdf"></iframe>', [Text, Illegible]),
        ('<img src="logo.png" width="60" height="60">', [Text]),
        ('<iframe src="/counter.html"></iframe>', [Text]),
        ('<img src="data:image/png;base64,not base 64!">', [Text]),
    ],
)
def test_what_a_page_only_points_to_is_illegible_where_it_is_large(shows: str, expected: list[type]) -> None:
    page = f"<html><body><p>支出总表</p><p>{shows}</p></body></html>"
    assert [type(block) for block in blocks_of(page.encode())] == expected


def test_a_picture_within_a_page_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.pictures.is_installed", lambda: False)
    source = base64.b64encode(picture()).decode()
    page = f'<html><body><p>支出总表</p><img src="data:image/png;base64,{source}"></body></html>'
    assert [type(block) for block in blocks_of(page.encode())] == [Text, Illegible]


def test_a_picture_in_a_cell_as_wps_has_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.pictures.is_installed", lambda: False)
    book, file, copied = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "支出总表", '=_xlfn.DISPIMG("ID_1",1)'
    book.save(file)
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    references = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(copied, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name))
        copy.writestr(
            "xl/cellimages.xml",
            f'<e:cellImages xmlns:e="urn:e" xmlns:x="{drawing}/spreadsheetDrawing" xmlns:a="{drawing}/main" '
            f'xmlns:r="{references}"><e:cellImage><x:pic><x:nvPicPr><x:cNvPr id="1" name="ID_1"/></x:nvPicPr>'
            '<x:blipFill><a:blip r:embed="rId1"/></x:blipFill></x:pic></e:cellImage></e:cellImages>',
        )
        copy.writestr(
            "xl/_rels/cellimages.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{references}/image" Target="media/i.png"/></Relationships>',
        )
        copy.writestr("xl/media/i.png", picture())
    assert [type(block) for block in blocks_of(copied.getvalue())] == [Text, Illegible]


@pytest.mark.parametrize(("figure", "expected"), [(None, [Text, Illegible]), (1836.42, [Grid])])
def test_a_sheet_with_nothing_but_a_picture_is_not_blank(figure: float | None, expected: list[type]) -> None:
    book, file = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "支出总表")
    if figure is not None:
        sheet.write(0, 1, figure)
    image = io.BytesIO()
    Image.new("RGB", (60, 40)).save(image, "BMP")
    sheet.insert_bitmap_data(image.getvalue(), 2, 0)
    book.save(file)
    assert sheets_with_pictures(file.getvalue()) == {1}
    kinds = [type(block) for block in blocks_of(file.getvalue())]
    assert kinds[-1] is expected[-1]


def test_a_picture_that_stops_its_library_is_illegible() -> None:
    metafile = struct.pack("<II", 1, 0) + bytes(32) + b" EMF" + bytes(4000)
    assert recognised_in(metafile) == (Illegible(1),)


@pytest.mark.parametrize("kind", ["BMP", "GIF", "WEBP"])
def test_other_kinds_of_pictures_are_pictures(kind: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="no text was recognised in the picture"):
        blocks_of(picture(kind))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML.*xlsx",
        ),
        (
            b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            "XML.*docx",
        ),
        (
            bytes.fromhex("d0cf11e0a1b11ae1")
            + bytes(22)
            + b"\x09\0"
            + bytes(16)
            + b"\x09\0\0\0"
            + bytes(500),
            "cut short",
        ),
    ],
)
def test_what_is_not_read_says_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        blocks_of(data)
