"""What is typed around a table leaves it; what belongs to it stays, by structure."""

from __future__ import annotations

from extract.blocks import Grid, Text
from extract.readers.printed_rows import PrintedCell, PrintedRow
from extract.readers.table_layout import split_rows


def rows(drawing: str) -> list[PrintedRow]:
    """``| a | b |`` is a ruled row, ``: a | b`` one without rules; ``<3`` after a text merges 3 columns."""
    drawn = []
    for line_no, line in enumerate((each.strip() for each in drawing.strip("\n").split("\n")), start=1):
        is_ruled = line.startswith("|")
        fields = [field.strip() for field in line.strip("|:").split("|")] if line else []
        cells = []
        for column, field in enumerate(fields):
            text, _, width = field.partition("<")
            if text:
                cells.append(PrintedCell(text.replace("\\n", "\n"), column, int(width or 1)))
        edges = (0, len(fields)) if is_ruled else None
        drawn.append(PrintedRow(line_no, tuple(cells), is_ruled, edges))
    return drawn


def shown(drawing: str) -> list[object]:
    return [
        [tuple(cell.text for cell in row) for row in block.rows] if isinstance(block, Grid) else block.text
        for block in split_rows(rows(drawing))
        if isinstance(block, Grid | Text)
    ]


def test_rules_tell_a_table_from_its_title_its_unit_line_and_its_notes() -> None:
    assert shown("""
        : 表1
        : 收入总表<3
        : 编制部门：某局 | | 单位：元
        | 项目 | 合计 | 拨款 |
        | 合计 | 3.00 | 3.00 |
        | 一、拨款 | | |
        : 注：本表反映收入。
        """) == [
        "表1",
        "收入总表",
        "编制部门：某局",
        "单位：元",
        [("项目", "合计", "拨款"), ("合计", "3.00", "3.00"), ("一、拨款", "", "")],
        "注：本表反映收入。",
    ]


def test_without_rules_a_table_is_where_rows_have_several_cells() -> None:
    assert shown("""
        : 收入总表<3
        : 编制部门：某局 | | 单位：元

        : 项目 | 合计 | 拨款
        : 其中：

        : 合计 | 3.00 | 3.00
        : 一、拨款
        : 教育 | 1.00 | 1.00
        : 注：本表反映收入。
        """) == [
        "收入总表",
        "编制部门：某局",
        "单位：元",
        [("项目", "合计", "拨款")],
        "其中：",
        [("合计", "3.00", "3.00"), ("一、拨款", "", ""), ("教育", "1.00", "1.00")],
        "注：本表反映收入。",
    ]


def test_a_blank_row_does_not_split_a_table() -> None:
    assert len(shown("| 项目 | 数 |\n| | |\n| 合计 | 1.00 |\n\n| 教育 | 1.00 |")) == 1


def test_forms_below_each_other_are_two_tables() -> None:
    forms = """
        : 表1<2
        : 部门：甲 | 单位：元
        {0} 项目 | 数 |
        {0} 合计 | 1.00 |
        : 表2<2
        : 部门：甲 | 单位：万元
        {0} 项目 | 数 |
        {0} 合计 | 2.00 |
        """
    expected = [
        *("表1", "部门：甲", "单位：元", [("项目", "数"), ("合计", "1.00")]),
        *("表2", "部门：甲", "单位：万元", [("项目", "数"), ("合计", "2.00")]),
    ]
    assert shown(forms.format("|")) == expected
    assert shown(forms.format(":").replace(" |\n        :", "\n        :")) == expected


def test_a_title_and_a_unit_inside_the_frame_leave_it() -> None:
    assert shown("""
        | 收入总表<2 | |
        | 部门：甲 | 单位：元 |
        | 项目 | 数 |
        | 合计 | 1.00 |
        | 注：略<2 | |
        """) == ["收入总表", "部门：甲", "单位：元", [("项目", "数"), ("合计", "1.00")], "注：略"]


def test_without_rules_a_coded_row_alone_is_one_of_the_table_and_a_note_is_not() -> None:
    drawing = ": 科目 | 合计 | 拨款\n: 201教育支出 | 1.00 | 1.00\n: {last}"
    header = [("科目", "合计", "拨款"), ("201教育支出", "1.00", "1.00")]
    assert shown(drawing.format(last="2080505缴费支出")) == [[*header, ("2080505缴费支出", "", "")]]
    assert shown(drawing.format(last="某某说明")) == [header, "某某说明"]
    assert shown(drawing.format(last="2024年某某说明")) == [header, "2024年某某说明"]
    assert shown(drawing.format(last="2080505缴费支出<3")) == [header, "2080505缴费支出"]


def test_a_row_over_the_whole_width_in_the_middle_is_a_heading_of_the_table() -> None:
    assert shown("| 项目 | 数 |\n| 一、基本支出<2 | |\n| 合计 | 1.00 |") == [
        [("项目", "数"), ("一、基本支出", ""), ("合计", "1.00")]
    ]


def test_all_rows_have_the_columns_of_the_table_and_keep_their_number() -> None:
    (grid,) = split_rows(
        [
            PrintedRow(3, (PrintedCell("项目", 1), PrintedCell("数", 2, 2)), False),
            PrintedRow(4, (PrintedCell("甲", 1), PrintedCell("1.00", 2)), False),
        ],
        page_no=2,
    )
    assert isinstance(grid, Grid)
    assert [[(c.text, c.line_no, c.field_no, c.page_no) for c in row] for row in grid.rows] == [
        [("项目", 3, 1, 2), ("数", 3, 2, 2), ("", 3, 3, 2)],
        [("甲", 4, 1, 2), ("1.00", 4, 2, 2), ("", 4, 3, 2)],
    ]


def test_lines_of_a_wrapped_cell_are_joined_and_lines_of_prose_are_not() -> None:
    assert shown(": 一、概况\\n （一）职责\n| 事业单位\\n经营收入 | Gross\\nTotal |\n| 甲 | 1.00 |") == [
        "一、概况",
        "（一）职责",
        [("事业单位经营收入", "Gross Total"), ("甲", "1.00")],
    ]
