"""Pages as OFD, China's own format: signs and rules in millimetres, in a zip of XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from reportlab.pdfbase import pdfmetrics

from tests.typesetting.content import Content
from tests.typesetting.pages import Design, Page, Piece, Rule, laid_out
from tests.typesetting.pdf import FONT, registered

_MILLIMETRES = 25.4 / 72
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def as_ofd(content: Content, design: Design) -> bytes:
    """Typeset content as OFD."""
    return package([page_of(page, design) for page in laid_out(content, design)], design)


def page_of(page: Page, design: Design) -> str:
    """What is drawn on a page: shades, rules, then text."""
    return "".join(
        [
            *(filled(shade, "217 217 217") for shade in page.shades),
            *(line(rule) for rule in page.rules),
            *(text(piece, design.size) for piece in page.pieces),
        ]
    )


def package(
    pages: Sequence[str], design: Design, parts: Mapping[str, bytes] | None = None, template: str = ""
) -> bytes:
    """A document of pages, each given as what is drawn on it; ``parts`` are pictures by their names."""
    file = io.BytesIO()
    box = f"0 0 {_mm(design.width)} {_mm(design.height)}"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            _xml("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        )
        listed = "".join(
            f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
            for number in range(len(pages))
        )
        archive.writestr(
            "Doc_0/Document.xml",
            _xml(
                "Document",
                f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
                "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
                '<ofd:TemplatePage ID="900" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
                f"<ofd:Pages>{listed}</ofd:Pages>",
            ),
        )
        media = "".join(
            f'<ofd:MultiMedia ID="{name}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
            for name in parts or {}
        )
        archive.writestr(
            "Doc_0/DocumentRes.xml",
            _xml("Res", f"<ofd:MultiMedias>{media}</ofd:MultiMedias>").replace(
                "<ofd:Res ", '<ofd:Res BaseLoc="Res" '
            ),
        )
        for name, data in (parts or {}).items():
            archive.writestr(f"Doc_0/Res/{name}", data)
        archive.writestr("Doc_0/Tpls/Tpl_0/Content.xml", _xml("Page", _content(template)))
        used = '<ofd:Template TemplateID="900" ZOrder="Background"/>' if template else ""
        for number, drawn in enumerate(pages):
            archive.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml", _xml("Page", f"{used}{_content(drawn)}")
            )
    return file.getvalue()


def text(
    piece: Piece, size: float, *, colour: str = "0 0 0", attributes: str = "", shrunk: float = 1.0
) -> str:
    """A piece of text in a box of its own; distances between its signs as writers of OFD shorten them."""
    registered()
    widths = [float(pdfmetrics.stringWidth(sign, FONT, size)) for sign in piece.text]
    left, top = _mm(piece.x), _mm(piece.y - size)
    return (
        f'<ofd:TextObject ID="1" Boundary="{left} {top} {_mm(sum(widths) * shrunk)} {_mm(1.3 * size)}" '
        f'Font="1" Size="{_mm(size)}" {attributes}><ofd:FillColor Value="{colour}"/>'
        f'<ofd:TextCode X="0" Y="{_mm(size)}" DeltaX="{" ".join(_runs(widths[:-1]))}">'
        f"{escape(piece.text)}</ofd:TextCode></ofd:TextObject>"
    )


def line(rule: Rule) -> str:
    """A line of half a point."""
    x, y = _mm(rule.x1 - rule.x0), _mm(rule.y1 - rule.y0)
    return (
        f'<ofd:PathObject ID="1" Boundary="{_mm(rule.x0)} {_mm(rule.y0)} {x} {y}" LineWidth="0.176">'
        f'<ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>M 0 0 L {x} {y}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )


def filled(area: Rule, colour: str) -> str:
    """A filled rectangle without an outline."""
    x, y = _mm(area.x1 - area.x0), _mm(area.y1 - area.y0)
    return (
        f'<ofd:PathObject ID="1" Boundary="{_mm(area.x0)} {_mm(area.y0)} {x} {y}" Stroke="false" Fill="true">'
        f'<ofd:FillColor Value="{colour}"/><ofd:AbbreviatedData>M 0 0 L {x} 0 L {x} {y} L 0 {y} C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def pictured(name: str, area: Rule) -> str:
    """A picture of the package, laid over an area."""
    width, height = _mm(area.x1 - area.x0), _mm(area.y1 - area.y0)
    return (
        f'<ofd:ImageObject ID="1" Boundary="{_mm(area.x0)} {_mm(area.y0)} {width} {height}" '
        f'CTM="{width} 0 0 {height} 0 0" ResourceID="{name}"/>'
    )


def _runs(widths: Iterable[float]) -> list[str]:
    """Distances; three and more that are the same are said once."""
    found: list[list[str]] = []
    for width in map(_mm, widths):
        if found and found[-1][0] == width:
            found[-1].append(width)
        else:
            found.append([width])
    return [part for run in found for part in (["g", str(len(run)), run[0]] if len(run) > 2 else run)]


def _content(drawn: str) -> str:
    return f'<ofd:Content><ofd:Layer Type="Body" ID="1">{drawn}</ofd:Layer></ofd:Content>'


def _xml(name: str, inside: str) -> str:
    return f"{_DECLARATION}<ofd:{name} {_NAMESPACE}>{inside}</ofd:{name}>"


def _mm(points: float) -> str:
    return f"{points * _MILLIMETRES:.3f}"
