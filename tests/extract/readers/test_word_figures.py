"""What makes a figure of a Word document another one than the one that is printed: fields, signs, notes."""

from __future__ import annotations

import io
import zipfile

import pytest

from extract.blocks import Grid
from extract.readers import read_blocks
from tests.extract.readers.test_word import DOCX, NAMESPACES, docx, p, tbl, tc

MORE = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
UNREAD = ("￼", "unread")


def cell_of(content: str, numbering: str = "", styles: str = "") -> tuple[str, str | None]:
    """The text and the doubt of a figure's cell that holds a paragraph."""
    cell = f"<w:tc><w:p {MORE}>{content}</w:p></w:tc>"
    blocks = read_blocks(docx(tbl(tc("项目") + tc("数"), tc("甲") + cell), numbering, styles), DOCX).blocks
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    return grid.rows[1][1].text, grid.rows[1][1].doubt


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str) -> str:
    told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + told + mark("separate") + result + mark("end")


NESTED = mark("begin") + field("DOCPROPERTY x", run("7")) + mark("separate") + run("4.46") + mark("end")
CHOICE = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
    '<w:listEntry w:val="1.00"/>'
    f'<w:listEntry w:val="4.46"/></w:ddList></w:ffData></w:fldChar></w:r>{mark("end")}'
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # fields: what they compute is shown, what they say to compute is not
        (field("=SUM(ABOVE)", run("4.46")), ("4.46", None)),
        (NESTED, ("4.46", None)),
        (field("=SUM(ABOVE)", ""), UNREAD),
        (mark("begin") + "<w:r><w:instrText>eq 4.46</w:instrText></w:r>" + mark("end"), UNREAD),
        (field("TC x", ""), ("", None)),
        ('<w:fldSimple w:instr="=A1"/>', UNREAD),
        (CHOICE, ("4.46", None)),
        # content controls
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('4.46')}</w:sdtContent></w:sdt>", ("4.46", None)),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('0.00')}</w:sdtContent></w:sdt>",
            ("0.00", "glued"),
        ),
        ("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent/></w:sdt>", UNREAD),
        # signs of a font of signs
        ('<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>' + run("4.46"), ("-4.46", None)),
        ('<w:r><w:sym w:font="Wingdings 3" w:char="F070"/></w:r>' + run("4.46"), ("▲4.46", None)),
        ('<w:r><w:sym w:font="Webdings" w:char="F070"/></w:r>' + run("4.46"), ("4.46", "unread")),
        # formulas
        ("<m:oMath><m:r><m:t>4.46</m:t></m:r></m:oMath>", ("4.46", None)),
        ("<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num></m:f></m:oMath>", UNREAD),
        # marks of notes, however they are raised
        (run("4.46") + run("1", '<w:position w:val="6"/>'), ("4.46", None)),
        (run("4.46") + run("1", '<w:sz w:val="10"/>'), ("4.461", "glued")),
        (run("446") + run("12", '<w:vertAlign w:val="superscript"/>'), ("446", "glued")),
        (
            run("4.46")
            + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>',
            ("4.46", None),
        ),
        # what nobody sees
        (run("9", '<w:sz w:val="2"/>') + run("4.46"), ("4.46", None)),
        (run("9", '<w:w w:val="1"/>') + run("4.46"), ("4.46", None)),
        (run("9", '<w:color w:val="FEFEFE"/>') + run("4.46"), ("4.46", None)),
        (run("9", '<w:color w:val="D9D9D9"/><w:shd w:fill="D9D9D9"/>') + run("4.46"), ("4.46", None)),
        (run("9", "<w14:textFill><w14:noFill/></w14:textFill>") + run("4.46"), ("4.46", None)),
        (run("4.46", '<w:color w:val="FEFEFE"/><w:shd w:fill="003366"/>'), ("4.46", None)),
        # two figures, and letters from the right
        ("<w:r><w:t>376</w:t><w:tab/><w:t>376.89</w:t></w:r>", ("376 376.89", "glued")),
        (f'<w:bdo w:val="rtl">{run("64.4")}</w:bdo>', ("64.4", "glued")),
    ],
)  # fmt: skip
def test_a_figure_is_what_is_printed_or_in_doubt(content: str, expected: tuple[str, str | None]) -> None:
    assert cell_of(content) == expected


def test_what_a_style_hides_or_raises_is_no_part_of_a_figure() -> None:
    styles = (
        '<w:style w:styleId="a"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    by_style = run("9", '<w:rStyle w:val="a"/>') + run("4.46")
    assert cell_of(by_style, styles=styles) == ("4.46", None)
    of_paragraph = '<w:pPr><w:pStyle w:val="b"/></w:pPr>' + run("9.00")
    assert cell_of(of_paragraph, styles=styles) == ("", None)


def test_the_number_of_a_numbered_paragraph_is_no_digit_of_its_figure() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbered = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>" + run("836.42")
    assert cell_of(numbered, numbering) == ("1836.42", "glued")


def test_a_cell_that_was_deleted_moves_no_figure() -> None:
    deleted = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{p('9.00')}</w:tc>"
    blocks = read_blocks(docx(tbl(tc("项目") + tc("数"), tc("甲") + deleted + tc("4.46"))), DOCX).blocks
    assert [cell.text for block in blocks if isinstance(block, Grid) for cell in block.rows[1]] == [
        "甲",
        "4.46",
    ]


@pytest.mark.parametrize(
    ("name", "chunk"),
    [
        ("a.html", "<html><meta charset=utf-8><table><tr><td>甲<td>4.46</table></html>".encode()),
        (
            "a.mht",
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n"
            "Content-Transfer-Encoding: 8bit\n\n<table><tr><td>甲<td>4.46</table>\n--b--\n".encode(),
        ),
        ("a.docx", docx(tbl(tc("甲") + tc("4.46")))),
    ],
)
def test_a_document_within_a_word_document_is_read_where_it_stands(name: str, chunk: bytes) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document {NAMESPACES} xmlns:r="{kind}"><w:body>{p("表一")}<w:altChunk r:id="c"/></w:body>'
            "</w:document>",
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="c" Type="{kind}/aFChunk" Target="{name}"/></Relationships>',
        )
        archive.writestr(f"word/{name}", chunk)
    blocks = read_blocks(file.getvalue(), DOCX).blocks
    assert [[cell.text for cell in row] for b in blocks if isinstance(b, Grid) for row in b.rows] == [
        ["甲", "4.46"]
    ]
