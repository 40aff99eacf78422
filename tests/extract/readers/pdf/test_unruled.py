"""Tables without full rules come back as if they were ruled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.blocks import Grid, Illegible, Text
from extract.readers.encoding import decode
from extract.readers.pdf import read_pdf
from extract.readers.pdf.content import Character
from extract.readers.pdf.lying import is_lying
from tests.benchmarks.troubled.__main__ import compared, figures
from tests.extract.readers.pdf.drawing import Pen, pdf
from tests.typesetting import UNRULED, as_pdf, samples
from tests.typesetting.from_text import content_of
from tests.typesetting.samples import SAMPLES

HEAD = ["科目", "合计", "基本支出", "项目支出"]
ROWS = [
    HEAD,
    ["教育", "30.00", "10.00", "20.00"],
    ["社保", "7.00", "", "7.00"],
    ["总计", "37.00", "10.00", "27.00"],
]


def words(pen: Pen, rows: Sequence[Sequence[str]], top: float = 64) -> None:
    for number, row in enumerate(rows):
        for x, text in zip((50, 130, 200, 290), row, strict=False):
            pen.text(x, top + 18 * number, text)


def grids(data: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.rows]
        for block in read_pdf(data).blocks
        if isinstance(block, Grid)
    ]


def test_words_below_each_other_are_columns_and_none_is_cut() -> None:
    assert grids(pdf(lambda pen: words(pen, ROWS))) == [ROWS]


def test_a_caption_above_is_no_row() -> None:
    def page(pen: Pen) -> None:
        pen.text(150, 30, "支出总表")
        pen.text(300, 46, "单位：万元")
        words(pen, ROWS)

    assert grids(pdf(page)) == [ROWS]


def test_a_heading_over_several_columns_stands_at_the_first_of_them() -> None:
    def page(pen: Pen) -> None:
        pen.text(330, 46 - 18, "单位：万元")
        pen.text(235, 46, "其中")  # over the middle of the last two columns
        words(pen, ROWS)

    assert grids(pdf(page)) == [[["科目", "合计", "其中", ""], ["", "", "基本支出", "项目支出"], *ROWS[1:]]]


def test_a_heading_over_headings_leaves_no_column_beside_it_without_one() -> None:
    def page(pen: Pen) -> None:
        for x, y, text in (
            (300, 26, "单位：万元"), (44, 62, "编码"), (86, 62, "名称"),  # as high as the head
            (165, 44, "拨款安排的支出"),  # over all but those two
            (130, 70, "小计"), (232, 62, "车辆费用"),
            (195, 80, "小计"), (245, 80, "购置"), (290, 80, "运行"),
        ):  # fmt: skip
            pen.text(x, y, text)
        for number in range(3):
            for x, text in zip(
                (44, 86, 128, 193, 243, 288), ("501", "某局", "9.00", "8.00", "1.00", "7.00"), strict=True
            ):
                pen.text(x, 100 + 18 * number, text)

    [grid] = grids(pdf(page))
    assert grid[:3] == [
        ["编码", "名称", "拨款安排的支出", "", "", ""],
        ["", "", "小计", "车辆费用", "", ""],
        ["", "", "", "小计", "购置", "运行"],
    ]


def test_text_wrapped_in_its_cell_is_one_row() -> None:
    def page(pen: Pen) -> None:
        words(pen, [HEAD], 60)
        for number, (first, second) in enumerate((("机关事业单位", "养老保险"), ("住房改革", "支出"))):
            pen.text(50, 86 + 40 * number, first)
            pen.text(50, 98 + 40 * number, second)
            for x in (130, 200, 290):
                pen.text(x, 92 + 40 * number, f"{number + 1}.50")

    assert grids(pdf(page)) == [
        [HEAD, ["机关事业单位养老保险", "1.50", "1.50", "1.50"], ["住房改革支出", "2.50", "2.50", "2.50"]]
    ]


def test_a_table_goes_on_overleaf_in_the_columns_of_its_head() -> None:
    def second(pen: Pen) -> None:
        words(pen, [["农林", "5.00", "", "5.00"], ["住房", "6.00", "", "6.00"]], 30)

    _, overleaf = grids(pdf(lambda pen: words(pen, ROWS), second))
    assert overleaf == [["农林", "5.00", "", "5.00"], ["住房", "6.00", "", "6.00"]]


def test_a_list_of_contents_and_prose_are_no_tables() -> None:
    def page(pen: Pen) -> None:
        for number, title in enumerate(("收入总表", "支出总表", "三公经费表")):
            pen.text(50, 60 + 18 * number, title)
            pen.text(300, 60 + 18 * number, str(number + 3))
        pen.text(50, 150, "2024年收入预算1,836.42万元，比上年增加12.50万元。")
        pen.text(50, 168, "其中财政拨款1,000.00万元，事业收入836.42万元。")

    assert grids(pdf(page)) == []


def test_rows_of_figures_that_are_no_table_make_their_form_illegible() -> None:
    def page(pen: Pen) -> None:
        pen.text(150, 30, "支出总表")
        pen.text(50, 60, "合计")
        pen.text(130, 60, "30.00")
        pen.text(200, 60, "1,020.00")

    blocks = read_pdf(pdf(page)).blocks
    assert [type(block) for block in blocks] == [Text, Illegible, Text]


def test_the_three_designs_without_full_rules_give_the_figures_of_all_samples() -> None:
    texts = sorted([*SAMPLES.glob("*.txt"), *Path(samples.__file__).parent.glob("*.txt")])
    for name, design in UNRULED.items():
        total: Counter[str] = Counter()
        for path in texts:
            typeset = as_pdf(content_of(decode(path.read_bytes()).text), design)
            total += compared(figures(path.read_bytes(), "text/plain"), figures(typeset, "application/pdf"))
        print(name, dict(total))
        assert total["right"] + total["marked"] >= 0.99 * total["figures"], name
        assert total["wrong"] == 0, name


def characters(text: str) -> list[Character]:
    return [Character(sign, 10.0 * x, 10.0 * x + 9, 50, 40, 52, 12) for x, sign in enumerate(text)]


@pytest.mark.parametrize(
    "text",
    [
        "\ue032\ue030\ue032\ue034年预算\ue031\ue032\ue033",  # digits of private use
        "\x01\x02\x03\x04\x05\x06\x07年",  # no characters at all
        "礻俔卓兜丠贁朏勞丯徔屌杢亼乂亗仏",  # Chinese that nobody writes
        "合计1/836/42 1/836/42 1/204/31 2/187/65 3/444/46 4/444/47",
        "合计 B,IDG.EC CAE.DB C,BIH.GF D,EEE.EG E,EEE.EH 合计",  # letters for digits
        "合计 ,. . ,. . ,. 合计",  # digits that are said to be nothing
        "合计 2,:4:.31 :47.53 1,2:5.42 3,298.:6 4,55:.58 1:.25",  # digits that are said to be the next
        "5357年部门预算",  # digits that are said to be other digits
    ],
)
def test_a_text_layer_that_cannot_be_what_is_printed_is_told(text: str) -> None:
    assert is_lying(characters(text))


@pytest.mark.parametrize(
    "text",
    [
        "2024年部门预算公开，合计1,836.42万元，电话021-52564588，网址http://www.gov.cn/a/b，2024/8/1。",
        "臺灣省政府預算書：歲入歲出總表、經費支出明細表共計壹佰元整",
        "Total 1,836.42 / 204.31 (2024/08/01)",
        "1.收入 2.支出 3.结余 4.项目 5.其他 6.合计 1,836.42 204.31 0.00 1.00 2.00 3.00",
        "预计到2035年，比1949年增长，1200年前",
    ],
)
def test_what_people_print_is_not_called_a_lie(text: str) -> None:
    assert not is_lying(characters(text))
