"""What a report says besides what was found, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from orchestration.paths import locale_of_terminal


class Language(StrEnum):
    """Of everything that a report says of its own."""

    ZH = "zh"
    EN = "en"


WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.ZH: {
        "title": "核对报告",
        "discrepancy": "数据不一致（疑似差错）",
        "suspect": "待人工核实（可能为识别误差）",
        "rounding": "尾差",
        "note": "提示",
        "printed": "原文",
        "should": "应为",
        "exact": "完全相等须为",
        "why": "依据",
        "where": "位置",
        "blank": "（空白）",
        "difference": "差额",
        "search": "查找",
        "all": "全部",
        "none": "没有发现问题。",
        "nothing_here": "没有符合条件的问题。",
        "keys": "快捷键：J 下一处，K 上一处，B 返回，/ 查找",
        "page": "第{}页",
        "sheet": "第{}个工作表",
        "line": "第{}行",
        "row": "第{}行",
        "held": "核对情况",
        "held_figures": "共读取数字 {figures} 个，其中 {asked} 个参与了至少一处核对关系。",
        "held_rules": "核对相符 {holds} 处，核对不符 {breaks} 处，未能核对 {not_asked} 处。",
        "rule": "核对关系",
        "holds": "核对相符",
        "breaks": "核对不符",
        "not_asked": "未核对",
        "failed": "未能读取",
        "unnamed": "未能识别种类的报表（数字已读取，按所在表格核对）",
        "documents": "文件",
        "same_cause": "同一原因引起的 {} 处",
        "made": "由 disclosures {} 于 {} 生成。原文件未作任何改动。",
        "no_place": "整份文件",
        "prose": "文字说明",
        "key": "编号",
        "set_aside": "已搁置",
        "gone": "以下搁置决定已不对应任何问题（原文已改动或已更正）：",
        "contents": "按严重程度",
        "drop_at": "请在浏览器打开 {}，把文件拖到页面上即可核对。按 Ctrl+C 结束。",
        "drop_here": "把预算或决算公开文件拖到这里，或从下面选取；同一单位的几份文件可以一起放。",
        "check": "核对",
        "checking": "正在核对，一份三十页的文件约需几秒……",
        "nothing_kept": "文件只在本机核对，核对完即删除，不上传，不留存。",
        "nothing_sent": "没有收到文件。",
        "too_large": "文件合计不能超过 {} MB。",
        "not_from_here": "请从本页面提交文件。",
        "against": "与批复数核对：批复文件 {figures} 个数字，可对应 {compared} 个，不一致 {differences} 处。",
        "against_one": "{where} {form} · {row} · {column}：公开稿 {draft}，批复 {approved}",
        "not_stated": "未列示",
    },
    Language.EN: {
        "title": "Report of a check",
        "discrepancy": "Discrepancy",
        "suspect": "Suspect",
        "rounding": "Rounding",
        "note": "Note",
        "printed": "Printed",
        "should": "Should be",
        "exact": "Exact with",
        "why": "Why",
        "where": "Where",
        "blank": "(blank)",
        "difference": "Difference",
        "search": "Search",
        "all": "All",
        "none": "Nothing was found.",
        "nothing_here": "Nothing matches.",
        "keys": "Keys: J next, K previous, B back, / search",
        "page": "page {}",
        "sheet": "sheet {}",
        "line": "line {}",
        "row": "row {}",
        "held": "What was held against what",
        "held_figures": "{figures} figures were read; {asked} of them stand in an identity that was asked.",
        "held_rules": "{holds} identities hold, {breaks} break, {not_asked} could not be asked.",
        "rule": "Identity",
        "holds": "hold",
        "breaks": "break",
        "not_asked": "not asked",
        "failed": "Not read",
        "unnamed": "Forms of no recognised kind (their figures are held against their own table)",
        "documents": "Documents",
        "same_cause": "{} findings of one cause",
        "made": "Made by disclosures {} on {}. The original file was not changed.",
        "no_place": "the whole document",
        "prose": "prose",
        "key": "Key",
        "set_aside": "Set aside",
        "gone": "These decisions are about nothing that was found (the text changed, or it was mended):",
        "contents": "By severity",
        "drop_at": "Open {} in a browser and drop files on the page to check them. Ctrl+C ends it.",
        "drop_here": "Drop budget or final-accounts disclosures here, or choose them below; several files of "
        "one publisher may come together.",
        "check": "Check",
        "checking": "Checking; a file of thirty pages takes some seconds …",
        "nothing_kept": "Files are checked on this machine and deleted afterwards; nothing is kept.",
        "nothing_sent": "No file was sent.",
        "too_large": "Files together may not be larger than {} MB.",
        "not_from_here": "Files are taken from this page alone.",
        "against": "Held against what was approved: {figures} figures there, {compared} of them found in the "
        "draft, {differences} differences.",
        "against_one": "{where} {form} · {row} · {column}: the draft says {draft}, approved was {approved}",
        "not_stated": "nothing",
    },
}


def language_of_terminal() -> Language:
    """English where the locale says so; otherwise Chinese, the language of what is checked."""
    return Language.EN if locale_of_terminal().lower().startswith("en") else Language.ZH
