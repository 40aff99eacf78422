"""Texts, tables of text and delimited files that repeat what patterns and loops may stumble over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

PLAIN = "text/plain"
BEFORE = """某市水务局2024年部门预算

第一部分 部门预算情况说明

一、2024年部门预算收支说明

2024年收入预算100.00万元，比上年增加10.00万元，主要是人员增加。

"""
TITLE = "表2 部门收入总表\n"
UNIT = "单位：万元\n"
HEADER = "科目编码\t科目名称\t合计\t一般公共预算拨款\t政府性基金拨款\n"
ROW = "201\t一般公共服务支出\t100.00\t100.00\t\n"
TOTAL = "\t合计\t100.00\t100.00\t\n"

TOKENS = (
    "1", " ", "\u3000", "1,", "1.", ",", ".", "1 ", "-", "—", "%", "0%", "其中", "其中：",
    "其中1万元，", "（", "）", "(", "（1）", "（（一）", "一", "一、", "1、", "第一部分", "第", "表",
    "表1", "表1 ", "公开01表", "附表", "单位：", "单位：万元 ", "万元", "元", "1万元", "1万元，",
    "1万元、", "1.00万元；", "增加", "比上年增加1万元，", "增加1万元，增长10%，", "主要是",
    "主要原因是增加，", "占1%，", "百分之一", "一百", "壹", "2024年", "2024", "年", "、", "：", "；",
    "。", "《", "》", "“", "”", "[", "{", "<", "<td>", "预算", "决算", "部门", "部门预算", "支出",
    "收入", "合计", "小计", "项目", "项目支出", "一般公共预算", "三公经费", "部门收入总表",
    "支出总表（", "功能分类", "科目", "201", "2010101", "[2010101]", "20101人大事务", "的", "和", "与",
    "及", "等", "a", "a ", "Ａ", "\u200b", "\u202e", "😀", "\ufffd", "/", "\\", "_", "*", "|", ";", "\"",
    "'", "……", "....", "辆", "1辆，", "人", "1人，", "同比增长1%；", "其中：1万元；其中：",
    "增加（减少）", "机关运行经费1万元，", "政府采购1万元，", "局", "某局", "本级", "≥1", "100%", "优",
    "持平", "与上年持平，", "无变化", "基本", "较", "比", "人员经费", "因公出国（境）费", "__", "？",
    "1+2", "=", "甲", "栏次", "年初", "不存在", "没有政府性基金", "增加/减少1", "1至2", "1-2", "第1页",
    "PAGEREF", "#REF!", "￥", "①", "㎡", "项", "万", "亿", "款", "一般公共服务支出", "某市", "上年",
)  # fmt: skip
"""What is repeated, in each place of a document."""

_MOST_BYTES = 48_000
_MOST_COLUMNS = 900
_LONG = ("prose", "title", "caption", "header", "label", "figure", "wide_row", "wide_header", "name")

Make = Callable[[int], bytes]


def _filled(token: str, size: int) -> str:
    return token * max(1, size // len(token.encode()))


def _in_prose(token: str, size: int) -> str:
    return BEFORE + _filled(token, size) + "\n"


def _as_lines(token: str, size: int) -> str:
    return BEFORE + _filled(token + "\n", size)


def _as_paragraphs(token: str, size: int) -> str:
    line = token * max(1, 150 // len(token)) + "\n"
    return BEFORE + _filled(line, size)


def _as_title(token: str, size: int) -> str:
    return BEFORE + _filled(token, size) + "\n" + UNIT + HEADER + ROW + TOTAL


def _as_caption(token: str, size: int) -> str:
    return BEFORE + TITLE + "单位：" + _filled(token, size) + "\n" + HEADER + ROW + TOTAL


def _as_header(token: str, size: int) -> str:
    return BEFORE + TITLE + UNIT + HEADER.replace("一般公共预算拨款", _filled(token, size)) + ROW + TOTAL


def _as_label(token: str, size: int) -> str:
    return BEFORE + TITLE + UNIT + HEADER + ROW.replace("一般公共服务支出", _filled(token, size)) + TOTAL


def _as_figure(token: str, size: int) -> str:
    return BEFORE + TITLE + UNIT + HEADER + ROW.replace("100.00", _filled(token, size), 1) + TOTAL


def _as_wide_row(token: str, size: int) -> str:
    return BEFORE + TITLE + UNIT + HEADER + ROW + _filled(token + "\t", size) + "\n" + TOTAL


def _as_wide_header(token: str, size: int) -> str:
    return BEFORE + TITLE + UNIT + _filled(token + "\t", size) + "\n" + ROW + TOTAL


def _as_rows(token: str, size: int) -> str:
    row = ROW.replace("一般公共服务支出", token)
    return BEFORE + TITLE + UNIT + HEADER + _filled(row, size) + TOTAL


def _as_figures(token: str, size: int) -> str:
    row = ROW.replace("100.00", token, 1)
    return BEFORE + TITLE + UNIT + HEADER + _filled(row, size) + TOTAL


def _as_codes(token: str, size: int) -> str:
    row = ROW.replace("201", token, 1)
    return BEFORE + TITLE + UNIT + HEADER + _filled(row, size) + TOTAL


def _as_tables(token: str, size: int) -> str:
    return BEFORE + _filled(f"{token}\n{UNIT}{HEADER}{ROW}{TOTAL}\n", size)


def _as_paired_cells(token: str, size: int) -> str:
    return BEFORE + _filled(f"{token}\t{token}\n\n", size)


def _as_name(token: str, size: int) -> str:
    return f"{_filled(token, size)}2024年部门预算\n" + BEFORE + TITLE + UNIT + HEADER + ROW + TOTAL


PLACES: dict[str, Callable[[str, int], str]] = {
    "prose": _in_prose,
    "lines": _as_lines,
    "paragraphs": _as_paragraphs,
    "title": _as_title,
    "caption": _as_caption,
    "header": _as_header,
    "label": _as_label,
    "figure": _as_figure,
    "wide_row": _as_wide_row,
    "wide_header": _as_wide_header,
    "rows": _as_rows,
    "figures": _as_figures,
    "codes": _as_codes,
    "tables": _as_tables,
    "pairs": _as_paired_cells,
    "name": _as_name,
}

_WHOLE: dict[str, Callable[[int], str]] = {
    "repeated_headers": lambda size: BEFORE + TITLE + UNIT + _filled(HEADER, size),
    "repeated_forms": lambda size: BEFORE + _filled(TITLE + UNIT + HEADER + ROW + TOTAL + "\n", size),
    "contents": lambda size: BEFORE + "目录\n" + _filled("一、部门收入总表……1\n", size),
    "deep_headings": lambda size: BEFORE + _filled("一、总体情况\n（一）收入\n1.拨款\n（1）其他\n", size),
    "csv": lambda size: _filled("201,一般公共服务支出,100.00,100.00\n", size),
    "csv_quotes": lambda size: _filled('201,"一般""公共",100.00,"""\n', size),
    "csv_one_row": lambda size: "a,b,c\n1,2,3\n1,2,3\n" + _filled("1,", size),
    "csv_widths": lambda size: "".join("1," * (n % 50 + 3) + "\n" for n in range(size // 60)),
    "csv_bars": lambda size: _filled("201|一般公共服务支出|100.00\n", size),
    "semicolons_and_commas": lambda size: _filled("1,2;3,4;5,6|7|8\n", size),
    "blank_lines": lambda size: BEFORE + "\n" * size,
    "carriage_returns": lambda size: BEFORE + "\r" * size,
    "different_codes": lambda size: BEFORE
    + TITLE
    + UNIT
    + HEADER
    + "".join(f"{2010000 + n}\t某项{n}\t{n}.00\t{n}.00\t\n" for n in range(size // 40)),
    "different_labels": lambda size: BEFORE
    + TITLE
    + UNIT
    + HEADER
    + "".join(f"\t项目{n}\t{n}.00\t{n}.00\t\n" for n in range(size // 40)),
    "different_titles": lambda size: BEFORE
    + "".join(f"附表{n} 某某{n}情况表\n甲\t乙\n{n}\t{n}\n\n" for n in range(size // 60)),
    "different_claims": lambda size: BEFORE
    + "".join(f"{n}.某项{n}支出{n}.00万元，比上年增加{n}.00万元，增长1%。\n" for n in range(size // 90)),
    "performance": lambda size: BEFORE
    + "部门整体支出绩效目标表\n一级指标\t二级指标\t三级指标\t指标值\n"
    + "".join(f"产出指标\t数量指标\t指标{n}\t≥{n}\n" for n in range(size // 60)),
    "projects": lambda size: BEFORE
    + "".join(
        f"项目支出绩效目标表\n项目名称\t项目{n}\n年度资金总额\t{n}\n一级指标\t二级指标\t三级指标\t指标值\n"
        f"产出指标\t数量指标\t指标\t≥{n}\n\n"
        for n in range(size // 200)
    ),
}  # fmt: skip


def _encoded(make: Callable[[int], str], size: int) -> bytes:
    return make(size).encode()


def _repeated(put: Callable[[str, int], str], token: str, most: int, size: int) -> bytes:
    """As often as fits: no line, cell or row is longer than readers take."""
    return put(token, min(size, most)).encode() * max(1, size // most)


def _most_at_once(place: str, token: str) -> int:
    return _MOST_COLUMNS * (len(token.encode()) + 1) if place.startswith("wide_") else _MOST_BYTES


def texts() -> Iterator[tuple[str, str, Make]]:
    """Name, media type, and what makes so many bytes."""
    for place, put in PLACES.items():
        for token in TOKENS:
            if place not in _LONG:
                yield f"{place}:{token}", PLAIN, partial(_encoded, partial(put, token))
                continue
            most = _most_at_once(place, token)
            yield f"{place}:{token}", PLAIN, partial(_repeated, put, token, most)
    for name, make in _WHOLE.items():
        yield name, PLAIN, partial(_encoded, make)
