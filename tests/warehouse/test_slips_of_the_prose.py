"""One slip in prose that is right otherwise: which rule notices it, and how gravely."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built

DRAWN = """示例县档案馆2024年单位预算

第二部分 预算情况说明

一、收支预算总体情况

2024年收入预算800.00万元，比上年增加30.00万元，增长3.90%，主要是人员经费增加。

二、三公经费

2024年三公经费预算5.50万元，比上年减少0.50万元，下降8.33%。其中：因公出国（境）费0万元，与上年持平；公务接待费1.50万元，比上年下降25%，主要是压减接待；公务用车购置及运行维护费4.00万元（其中公务用车购置费0万元，公务用车运行维护费4.00万元），与上年持平。

三、机关运行经费

2024年机关运行经费预算58.60万元，比上年增加2.10万元，增长3.72%。

四、政府采购

2024年，示例县档案馆安排政府采购预算36.50万元，其中货物类26.50万元，服务类10.00万元。

五、国有资产

截至2023年底，本单位共有车辆5辆，其中：应急保障用车2辆、其他用车3辆。
"""


def findings(folder: Path, text: str) -> list[tuple[str, str]]:
    """Severity and rule of what is found in a text."""
    file = folder / "drawn.txt"
    file.write_text(text, encoding="utf-8")
    with built(lambda: read_files([file])) as connection:
        return connection.sql("select severity, rule_id from marts.fct_findings order by all").fetchall()


def test_what_agrees_is_told_nothing_of(tmp_path: Path) -> None:
    assert findings(tmp_path, DRAWN) == []


@pytest.mark.parametrize(
    ("printed", "slip", "found"),
    [
        # 0万元 is nothing, and rounds nothing
        ("运行维护费4.00万元）", "运行维护费4.40万元）", [("discrepancy", "claims.list_sum")]),
        ("接待费1.50万元", "接待费1.80万元", [("discrepancy", "claims.list_sum")]),
        ("主要是人员经费增加", "主要是人员经费减少", [("note", "wording.reason_against_direction")]),
        ("主要是压减接待", "主要是接待增加", [("note", "wording.reason_against_direction")]),
        ("比上年减少0.50万元", "比上年（增加/减少）0.50万元", [("discrepancy", "wording.placeholder")]),
        ("2024年机关运行", "2023年机关运行", [("note", "wording.other_year")]),
        ("示例县档案馆安排", "示例县统计局安排", [("note", "wording.other_publisher")]),
        ("服务类10.00万元", "服务类19.00万元", [("discrepancy", "claims.list_sum")]),
        ("截至2023年底", "截至2021年底", [("note", "wording.count_date")]),
        ("其他用车3辆", "其他用车4辆", [("discrepancy", "wording.count_parts")]),
    ],
)
def test_a_slip_is_noticed(tmp_path: Path, printed: str, slip: str, found: list[tuple[str, str]]) -> None:
    assert DRAWN.count(printed) == 1
    assert findings(tmp_path, DRAWN.replace(printed, slip)) == found
