"""Workbooks, Word documents and PDF pages of any size: sizes are of what is in them, before it is packed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DEFAULTS = (
    '<Default Extension="xml" ContentType="text/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
)

Make = Callable[[int], bytes]


def _zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + part)
    return file.getvalue()


def _relationships(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{links}</Relationships>'


def _workbook(sheet: str, *, strings: str = "", styles: str = "", sheets: int = 1) -> bytes:
    names = [f"worksheets/sheet{number}.xml" for number in range(1, sheets + 1)]
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}">{_DEFAULTS}'
            f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}.main+xml"/></Types>',
            "_rels/.rels": _relationships(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">'
            f"<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": _relationships(
                *(("worksheet", name) for name in names),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}">{styles}</styleSheet>',
            **{f"xl/{name}": f'<worksheet xmlns="{_SHEET}">{sheet}</worksheet>' for name in names},
        }
    )


def _cells(row: int, texts: tuple[str, ...]) -> str:
    cells = "".join(
        f'<c r="{chr(65 + n)}{row}" t="inlineStr"><is><t>{text}</t></is></c>' for n, text in enumerate(texts)
    )
    return f'<row r="{row}">{cells}</row>'


_HEAD = (
    ("某市水务局2024年部门预算",),
    ("部门收入总表",),
    ("单位：万元",),
    ("科目编码", "科目名称", "合计"),
)
_FIRST = "".join(_cells(number, texts) for number, texts in enumerate(_HEAD, start=1))


def _sheet(rows: str, more: str = "") -> str:
    return f"<sheetData>{_FIRST}{rows}</sheetData>{more}"


def _rows(row: Callable[[int], str], size: int) -> str:
    return "".join(row(number) for number in range(5, 5 + max(1, size // len(row(1000)))))


def _number(number: int, extra: str = "") -> str:
    return (
        f'<row r="{number}"{extra}><c r="A{number}"><v>{number}</v></c><c r="C{number}"><v>1.5</v></c></row>'
    )


def _format(number: int) -> str:
    return f'<numFmt numFmtId="{number}" formatCode="0.{"0" * (number % 9)}&quot;{number}&quot;"/>'


def _deep(size: int) -> str:
    return "(" * (size // 2) + "1" + ")" * (size // 2)


_WORKBOOKS: dict[str, Callable[[int], bytes]] = {
    "rows": lambda size: _workbook(_sheet(_rows(lambda n: _cells(n, ("201", "一般公共服务", "1.00")), size))),
    "numbers": lambda size: _workbook(_sheet(_rows(_number, size))),
    "hidden_rows": lambda size: _workbook(_sheet(_rows(lambda n: _number(n, ' hidden="1"'), size))),
    "labels": lambda size: _workbook(_sheet(_rows(lambda n: _cells(n, ("甲：1", "乙：2")), size))),
    "one_cell_rows": lambda size: _workbook(_sheet(_rows(lambda n: _cells(n, ("其中",)), size))),
    "merged": lambda size: _workbook(
        _sheet(
            _rows(lambda n: _cells(n, ("甲", "乙", "1")), size // 2),
            "<mergeCells>"
            + "".join(f'<mergeCell ref="A{2 * n}:B{2 * n + 1}"/>' for n in range(5, size // 80))
            + "</mergeCells>",
        )
    ),
    "far_cell": lambda size: _workbook(
        _sheet(_rows(_number, size) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    ),
    "wide_rows": lambda size: _workbook(
        _sheet(_rows(lambda n: f'<row r="{n}">' + "<c><v>1</v></c>" * 900 + "</row>", size))
    ),
    "shared_strings": lambda size: _workbook(
        _sheet(_rows(lambda n: f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 5}</v></c></row>', size)),
        strings="".join(f"<si><t>某项{n}</t></si>" for n in range(size // 30)),
    ),
    "rich_runs": lambda size: _workbook(
        _sheet('<row r="5"><c r="A5" t="s"><v>0</v></c></row>'),
        strings="<si>"
        + "<r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>" * (size // 55)
        + "</si>",
    ),
    "formats": lambda size: _workbook(
        _sheet(_rows(lambda n: f'<row r="{n}"><c r="C{n}" s="{n - 5}"><v>1.5</v></c></row>', size)),
        styles="<numFmts>"
        + "".join(_format(200 + n) for n in range(size // 120))
        + "</numFmts><cellXfs>"
        + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(size // 120))
        + "</cellXfs>",
    ),
    "long_format": lambda size: _workbook(
        _sheet('<row r="5"><c r="C5" s="0"><v>1.5</v></c></row>'),
        styles=f'<numFmts><numFmt numFmtId="200" formatCode="{"#," * (size // 2)}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs>',
    ),
    "formula_chain": lambda size: _workbook(
        _sheet(_rows(lambda n: f'<row r="{n}"><c r="C{n}"><f>C{n - 1}+1</f></c></row>', size))
    ),
    "formula_sums": lambda size: _workbook(
        _sheet(_rows(lambda n: f'<row r="{n}"><c r="C{n}"><f>SUM(C$4:C{n - 1})</f></c></row>', size))
    ),
    "formula_deep": lambda size: _workbook(_sheet(f'<row r="5"><c r="C5"><f>{_deep(size)}</f></c></row>')),
    "formula_long": lambda size: _workbook(
        _sheet(f'<row r="5"><c r="C5"><f>{"1+" * (size // 2)}1</f></c></row>')
    ),
    "sheets": lambda size: _workbook(_sheet(_number(5)), sheets=max(1, size // 2_000)),
    "columns": lambda size: _workbook(
        "<cols>" + "<col min='1' max='16384' hidden='0'/>" * (size // 40) + "</cols>" + _sheet(_number(5))
    ),
}  # fmt: skip


def _word(body: str) -> bytes:
    head = "".join(_paragraph(text) for text in ("某市水务局2024年部门预算", "收入预算100.00万元。"))
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}">{_DEFAULTS}'
            f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>',
            "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{head}{body}</w:body></w:document>',
        }
    )


def _paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _times(part: str, size: int) -> str:
    return part * max(1, size // len(part.encode()))


_CELL = f"<w:tc>{_paragraph('1')}</w:tc>"
_MERGED = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{_paragraph('1')}</w:tc>"
_SPANNED = f"<w:tc><w:tcPr><w:gridSpan w:val='999'/></w:tcPr>{_paragraph('1')}</w:tc>"
_NUMBERED = "<w:ilvl w:val='0'/><w:numId w:val='1'/>"
_RAISED = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"


def _table(rows: str) -> str:
    return f"<w:tbl>{rows}</w:tbl>"


def _nested(opening: str, closing: str, size: int) -> str:
    times = min(size // len(opening + closing), 2_000)
    return opening * times + _paragraph("1") + closing * times


_DOCUMENTS: dict[str, Callable[[int], bytes]] = {
    "paragraphs": lambda size: _word(_times(_paragraph("支出1.00万元。"), size)),
    "runs": lambda size: _word("<w:p>" + _times("<w:r><w:t>1</w:t></w:r>", size) + "</w:p>"),
    "raised": lambda size: _word("<w:p>" + _times(_RAISED, size) + "</w:p>"),
    "breaks": lambda size: _word("<w:p><w:r>" + _times("<w:t>1</w:t><w:br/>", size) + "</w:r></w:p>"),
    "rows": lambda size: _word(_table(_times(f"<w:tr>{_CELL * 3}</w:tr>", size))),
    "merged_rows": lambda size: _word(_table(_times(f"<w:tr>{_MERGED}{_CELL}</w:tr>", size))),
    "spanned_rows": lambda size: _word(_table(_times(f"<w:tr>{_SPANNED}{_CELL}</w:tr>", size))),
    "tables": lambda size: _word(_times(_table(f"<w:tr>{_CELL * 2}</w:tr>") + _paragraph("甲"), size)),
    "wide_row": lambda size: _word(_table(f"<w:tr>{_times(_CELL, size)}</w:tr>")),
    "nested_tables": lambda size: _word(_nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", size)),
    "nested_controls": lambda size: _word(_nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", size)),
    "fields": lambda size: _word(
        "<w:p>" + _times('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', size) + "</w:p>"
    ),
    "numbered": lambda size: _word(
        _times(_paragraph("甲", f"<w:pPr><w:numPr>{_NUMBERED}</w:numPr></w:pPr>"), size)
    ),
}  # fmt: skip


def _pdf(contents: list[bytes]) -> bytes:
    """Pages of 595 by 842 points with the font Helvetica as F."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for content in contents:
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    file = io.BytesIO(b"%PDF-1.4\n")
    file.seek(0, 2)
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%b\nendobj\n" % (number, each))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        file.write(b"%010d 00000 n \n" % place)
    file.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return file.getvalue()


def _at(number: int) -> tuple[int, int]:
    return 20 + number * 7 % 550, 820 - number * 11 % 800


def _drawn(part: Callable[[int], str], size: int, pages: int = 1) -> bytes:
    count = max(1, size // len(part(100)) // pages)
    return _pdf(["\n".join(part(number) for number in range(count)).encode()] * pages)


_PAGES: dict[str, Callable[[int], bytes]] = {
    "characters": lambda size: _drawn(
        lambda n: "BT /F 4 Tf {} {} Td (12.50) Tj ET".format(*_at(n)), size
    ),
    "at_one_place": lambda size: _drawn(lambda _: "BT /F 9 Tf 100 700 Td (1) Tj ET", size),
    "long_line": lambda size: _pdf([b"BT /F 1 Tf 10 700 Td (" + b"1" * size + b") Tj ET"]),
    "level_rules": lambda size: _drawn(lambda n: "10 {1} m 580 {1} l S".format(*_at(n)), size),
    "upright_rules": lambda size: _drawn(lambda n: "{0} 10 m {0} 830 l S".format(*_at(n)), size),
    "short_rules": lambda size: _drawn(lambda n: "{0} {1} m {2} {1} l S".format(*_at(n), n % 500 + 30), size),
    "rectangles": lambda size: _drawn(lambda n: "{} {} 9 5 re f".format(*_at(n)), size),
    "grid": lambda size: _drawn(
        lambda n: "{0} {1} 40 9 re S BT /F 5 Tf {0} {1} Td (1.5) Tj ET".format(*_at(n)), size
    ),
    "clips": lambda size: _drawn(
        lambda n: "q {} {} 90 90 re W n BT /F 5 Tf 99 99 Td (1) Tj ET Q".format(*_at(n)), size
    ),
    "states": lambda size: _pdf([b"q " * (size // 2)]),
    "curves": lambda size: _drawn(lambda n: "{} {} m 1 2 3 4 5 6 c S".format(*_at(n)), size),
    "pages": lambda size: _drawn(
        lambda n: "BT /F 9 Tf {} {} Td (1.5) Tj ET".format(*_at(n)), size, pages=max(1, size // 2_000)
    ),
    "empty_pages": lambda size: _pdf([b" "] * max(1, size // 200)),
}  # fmt: skip


def packages() -> Iterator[tuple[str, str, Make]]:
    """Name, media type, and what makes so many bytes."""
    for kind, media_type, shapes in (
        ("xlsx", XLSX, _WORKBOOKS),
        ("docx", DOCX, _DOCUMENTS),
        ("pdf", PDF, _PAGES),
    ):
        for name, make in shapes.items():
            yield f"{kind}:{name}", media_type, partial(make)
