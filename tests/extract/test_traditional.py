"""A disclosure in traditional characters is the one in simplified characters, and names stay as printed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from extract import printed_frames, read_document, stage
from extract.blocks import Text
from extract.landing import LandedFile, content_id
from extract.printed import PrintedDocument
from extract.readers.encoding import decode
from extract.traditional import is_traditional

SAMPLES = sorted((Path(__file__).parents[2] / "warehouse" / "samples").glob("*.txt"))
TO_TRADITIONAL: Callable[[str], str] = import_module("opencc").OpenCC("s2t").convert
FIGURES = {
    "amounts": ("form_key", "measure", "fund", "code", "amount_yuan"),
    "claims": ("kind", "stated_as", "direction", "basis_year", "amount_yuan", "rate_percent"),
    "counts": ("count_key", "quantity"),
    "indicators": ("target_number", "target_unit"),
    "rejects": ("reason_code", "printed_text"),
    "relations": ("kind", "direction", "not_asked_because"),
    "documents": ("publisher_name", "fiscal_year", "stage", "status"),
}


def read(text: str) -> PrintedDocument:
    data = text.encode()
    return read_document(LandedFile(content_id(data), "a.txt", "text/plain", len(data)), data)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_is_what_it_is_in_simplified_characters(sample: Path) -> None:
    text = decode(sample.read_bytes()).text
    plain, other = (stage(printed_frames([read(each)])) for each in (text, TO_TRADITIONAL(text)))
    for table, columns in FIGURES.items():
        assert other[table].select(columns).equals(plain[table].select(columns)), table


def test_titles_labels_and_headers_stay_as_printed() -> None:
    text = """示例市某某局2024年度部門決算

收入支出決算總表
單位：萬元

項目\t決算數\t項目\t決算數
一、一般公共預算財政撥款收入\t9.00\t一、一般公共服務支出\t9.00
本年收入合計\t9.00\t本年支出合計\t9.00
總計\t9.00\t總計\t9.00

財政撥款收入總計9.00萬元，與上年相比減少1.00萬元。
"""
    document = read(text)
    (form,) = document.forms
    assert form.printed_title == "收入支出決算總表"
    assert {line.row_label for line in document.lines} >= {"一、一般公共服務支出", "總計"}
    assert {column.column_path.rsplit("/", 1)[-1] for column in document.columns} == {"決算數"}
    assert [claim.claim_text for claim in document.claims] == ["9.00万元", "1.00万元"]


def test_a_name_in_other_characters_makes_no_document_another() -> None:
    assert not is_traditional([Text("預算單位：某某總會", 1), Text("单位：万元", 2)])
    assert is_traditional([Text("財政撥款收支預算總表", 1), Text("單位：萬元", 2)])
