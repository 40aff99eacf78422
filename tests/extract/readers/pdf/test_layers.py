"""Text in layers (optional content) that a viewer does not show is no text; what is shown is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.blocks import Text
from extract.readers import read_blocks

_HIDDEN, _SHOWN = "5 0 R", "6 0 R"  # two layers, the first of which is off


def one_page(membership: str, *, as_form: bool = False) -> bytes:
    """A page with a figure in a layer, or in several by ``membership``, and one in none."""
    figure = b"BT /F1 12 Tf 50 150 Td (B 678.90) Tj ET"
    marked = b"/X0 Do" if as_form else b"/OC /M0 BDC " + figure + b" EMC"
    fonts = b"/Font<</F1 8 0 R>>"
    return _file(
        [
            b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R 6 0 R]/D<</OFF[5 0 R]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<<"
            + fonts
            + b"/Properties<</M0 7 0 R>>/XObject<</X0 9 0 R>>>>>>",
            _stream(b"", b"BT /F1 12 Tf 50 200 Td (A 123.45) Tj ET " + marked),
            b"<</Type/OCG/Name(off)>>",
            b"<</Type/OCG/Name(on)>>",
            f"<</Type/OCMD{membership}>>".encode(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            _stream(
                b"/Type/XObject/Subtype/Form/BBox[0 0 400 300]/OC 7 0 R/Resources<<" + fonts + b">>", figure
            ),
        ]
    )


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.6\n", []
    for number, written in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            size,
            table,
            size,
            len(out),
        )
    )


def figures(data: bytes) -> list[str]:
    """The lines of a page."""
    return [block.text for block in read_blocks(data, "application/pdf").blocks if isinstance(block, Text)]


@pytest.mark.parametrize("as_form", [False, True])
@pytest.mark.parametrize(
    "membership",
    [
        f"/OCGs {_HIDDEN}",
        f"/OCGs[{_HIDDEN} {_SHOWN}]/P/AllOn",
        f"/VE[/Not {_SHOWN}]",
        f"/VE[/And {_HIDDEN} {_SHOWN}]",
        f"/VE[/Not[/Or {_HIDDEN} {_SHOWN}]]",
        f"/OCGs {_SHOWN}/VE[/Not {_SHOWN}]",
    ],
)
def test_a_figure_in_layers_that_are_not_shown_is_not_read(membership: str, as_form: bool) -> None:
    assert figures(one_page(membership, as_form=as_form)) == ["A 123.45"]


@pytest.mark.parametrize("as_form", [False, True])
@pytest.mark.parametrize(
    "membership",
    [f"/OCGs {_SHOWN}", f"/VE[/Or {_HIDDEN} {_SHOWN}]", f"/VE[/Not {_HIDDEN}]"],
)
def test_a_figure_in_layers_that_are_shown_is_read(membership: str, as_form: bool) -> None:
    assert figures(one_page(membership, as_form=as_form)) == ["A 123.45", "B 678.90"]
