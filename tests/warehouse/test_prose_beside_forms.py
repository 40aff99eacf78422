"""Prose beside the forms that it speaks of: words for either of two wholes accuse neither; slips are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built

FORMS = Path(__file__).with_name("forms_beside_prose.txt").read_text(encoding="utf-8")
PROSE = """第三部分 2024年度部门决算情况说明

一、收入支出决算总体情况说明

2024年度总收入970.00万元，其中本年收入950.00万元，年初结转和结余20.00万元。总收入较上年减少30.00万元，下降3.00%。

二、收入决算情况说明

2024年度收入合计950.00万元，其中：财政拨款收入900.00万元，占94.74%；其他收入50.00万元，占5.26%。

三、支出决算情况说明

2024年度，本部门支出为920.00万元，其中：农林水支出830.00万元，社会保障和就业支出90.00万元。

四、财政拨款收入支出决算总体情况说明

财政拨款收入总计920.00万元（含年初结转和结余20.00万元）、支出总计920.00万元（含年末结转和结余50.00万元）。与2023年相比，\
财政拨款收、支总计各增加20.00万元，增长2.22%。

本年财政拨款支出870.00万元。

五、一般公共预算财政拨款支出决算情况说明

1、“农林水支出”（类）2024年度决算780.00万元。

六、“三公”经费财政拨款决算情况

2024年度“三公”经费支出决算8.60万元，比上年增加0.60万元，增长7.50%，决算数小于预算数的主要原因是厉行节约。

1.因公出国（境）费用。2024年决算数0.00万元，与年初预算数持平。

2.公务接待费。2024年决算数1.00万元，比2024年年初预算数3.00万元减少2.00万元。国内公务接待40人次，人均接待费250.00元。

3.公务用车购置及运行维护费。2024年决算数7.60万元，比2024年年初预算数9.00万元减少1.40万元。
"""


def findings(folder: Path, prose: str) -> list[tuple[str, str]]:
    """Severity and rule of what is found in the forms and some prose."""
    file = folder / "drawn.txt"
    file.write_text(FORMS + prose, encoding="utf-8")
    with built(lambda: read_files([file])) as connection:
        return connection.sql("select severity, rule_id from marts.fct_findings order by all").fetchall()


def test_what_agrees_is_told_nothing_of(tmp_path: Path) -> None:
    assert findings(tmp_path, PROSE) == []


@pytest.mark.parametrize(
    ("printed", "slip", "found"),
    [
        # either whole is meant, and the figure is neither
        ("年度收入合计950.00", "年度收入合计905.00", "figure.stated_in_prose"),
        ("部门支出为920.00", "部门支出为902.00", "figure.stated_in_prose"),
        ("本年财政拨款支出870.00", "本年财政拨款支出807.00", "figure.stated_in_prose"),
        ("下降3.00%", "下降3.50%", "claims.change_rate"),
        ("增长2.22%", "增长2.52%", "claims.change_rate"),
        ("年度决算780.00", "年度决算708.00", "figure.stated_in_prose"),
        ("人均接待费250.00", "人均接待费205.00", "claims.average"),
        ("1、“农林水支出”（类）2024", "1、“节能环保支出”（类）2024", "claim.not_in_form"),
        ("2024年决算数7.60", "2024年决算数7.06", "claims.change_from_budget"),
    ],
)
def test_a_slip_is_told_against_the_form(tmp_path: Path, printed: str, slip: str, found: str) -> None:
    assert PROSE.count(printed) == 1
    assert found in {rule for _, rule in findings(tmp_path, PROSE.replace(printed, slip))}
