"""The samples add up, apart from the slips that warehouse/README.md lists, and copy nobody's prose.

The sums are read with nothing but the standard library, so that they can disagree with ``extract``; then the
warehouse is held to the same list.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

SAMPLES = Path(__file__).parents[1] / "warehouse" / "samples"
DOCUMENTS = sorted(SAMPLES.glob("*.txt"))
TEMPLATE = "blank-template.txt"

MONEY = re.compile(r"-?[\d,]+(\.\d+)?")
CODE = re.compile(r"\d{3}(\d{2}){0,2}|\d{6}")
TITLE = re.compile(r"[^。，；：\t]*表([（(].*[)）])?")
FORM_NUMBER = re.compile(r"(表|公开)\d+(-\d+)?表?")
# Each total, and the columns it is the sum of; the first set of parts that a form prints is the one asked.
ROW_SUMS = (
    ("合计", ("人员经费支出", "公用经费支出", "专项业务经费支出")),
    ("合计", ("人员经费支出", "公用经费支出")),
    ("合计", ("小计", "政府性基金拨款", "事业收入")),
    ("合计", ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")),
    ("本年收入合计", ("财政拨款收入", "上级补助收入", "经营收入")),
    ("本年支出合计", ("基本支出", "项目支出")),
    ("本年支出合计", ("小计", "项目支出")),
    ("本年支出合计", ("人员经费", "公用经费")),
    ("小计", ("人员经费", "公用经费")),
    ("小计", ("基本支出", "项目支出")),
)
RESTATED_COLUMNS = ("人员经费支出", "公用经费支出")
PROJECT_SUBTOTALS = ("专用项目", "其他履职经费", "其他履职专项业务经费")


class Figure(NamedTuple):
    """One printed amount: its place, its value and what one step of its last digit is worth."""

    line: int
    column: int
    value: Decimal
    step: Decimal


class Sum(NamedTuple):
    """An equation that was asked: what about, and the two sides."""

    about: str
    left: list[Figure]
    right: list[Figure]

    @property
    def lines(self) -> set[int]:
        return {figure.line for figure in (*self.left, *self.right)}

    @property
    def holds(self) -> bool:
        residual = sum(f.value for f in self.left) - sum(f.value for f in self.right)
        return abs(residual) <= sum(f.step for f in (*self.left, *self.right)) / 2


@dataclass
class Row:
    line: int
    cells: list[str]

    def figure(self, column: int) -> Figure | None:
        text = self.cells[column].strip() if column < len(self.cells) else ""
        if not MONEY.fullmatch(text):
            return None
        value = Decimal(text.replace(",", ""))
        return Figure(self.line, column, value, Decimal(1).scaleb(int(value.as_tuple().exponent)))


@dataclass
class Form:
    title: str
    header: list[str]
    rows: list[Row] = field(default_factory=list)


def text_of(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def plain(text: str) -> str:
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")


def forms_of(text: str) -> list[Form]:
    """Forms under their titles; the parts of a form that a page break cut are one, a repeated total once."""
    forms: list[Form] = []
    title = ""
    for line, printed in enumerate(text.split("\n"), start=1):
        if "\t" not in printed:
            if TITLE.fullmatch(plain(printed)) and not FORM_NUMBER.fullmatch(plain(printed)):
                title = plain(printed)
            continue
        cells = [plain(cell) for cell in printed.split("\t")]
        if not forms or forms[-1].title != title:
            forms.append(Form(title, []))
        form = forms[-1]
        if not form.rows and not any(MONEY.fullmatch(cell) for cell in cells):
            if not cells[0].startswith("单位："):
                form.header = merged(form.header, cells)
        elif cells not in (row.cells for row in form.rows if "合计" in row.cells):
            form.rows.append(Row(line, cells))
    return forms


def merged(upper: list[str], lower: list[str]) -> list[str]:
    """Header texts column by column, the lowest printed one."""
    width = max(len(upper), len(lower))
    padded = [row + [""] * (width - len(row)) for row in (upper, lower)]
    return [low or up for up, low in zip(*padded, strict=True)]


def printed(figures: list[Figure | None]) -> list[Figure]:
    return [figure for figure in figures if figure is not None]


def equation(about: str, left: Figure | None, right: list[Figure | None]) -> Iterator[Sum]:
    """A sum, when its total and at least one part are printed; a blank part counts for nothing."""
    if left is not None and printed(right):
        yield Sum(about, [left], printed(right))


def row_sums(form: Form) -> Iterator[Sum]:
    asked: set[str] = set()
    for total, parts in ROW_SUMS:
        if total in asked or not {total, *parts} <= set(form.header):
            continue
        asked.add(total)
        columns = [form.header.index(part) for part in parts]
        for row in form.rows:
            figures = [row.figure(column) for column in columns]
            yield from equation(f"{form.title} {total}", row.figure(form.header.index(total)), figures)


def is_coded(form: Form) -> bool:
    return bool(form.header) and "编码" in form.header[0] and "采购" not in form.title


def coded_rows(form: Form) -> list[Row]:
    return [row for row in form.rows if CODE.fullmatch(row.cells[0])]


def parent_code(code: str, codes: set[str]) -> str | None:
    return max((c for c in codes if c != code and code.startswith(c)), key=len, default=None)


def column_sums(form: Form) -> Iterator[Sum]:
    """The total against the top rows, and each code against the codes below it, column by column."""
    rows = coded_rows(form)
    codes = {row.cells[0] for row in rows}
    children: dict[str | None, list[Row]] = {}
    for row in rows:
        children.setdefault(parent_code(row.cells[0], codes), []).append(row)
    totals = [row for row in form.rows if "合计" in row.cells[:4]][:1]
    for column in range(2, len(form.header)):
        for row in totals:
            below = [child.figure(column) for child in children.get(None, [])]
            yield from equation(f"{form.title} 合计", row.figure(column), below)
        for row in rows:
            below = [child.figure(column) for child in children.get(row.cells[0], [])]
            yield from equation(f"{form.title} {row.cells[0]}", row.figure(column), below)


def project_sums(form: Form) -> Iterator[Sum]:
    """In a list of projects, rows without a code are projects of the unit above, or its subtotals."""
    if "项目金额" not in form.header:
        return
    column = form.header.index("项目金额")
    unit: Row | None = None
    projects: dict[int, list[Figure | None]] = {}
    for row in form.rows:
        if CODE.fullmatch(row.cells[0]):
            unit = row
        elif unit is not None and (row.cells[0] == "-" or row.cells[1] in PROJECT_SUBTOTALS):
            yield from equation(f"{form.title} {row.cells[1]}", row.figure(column), [unit.figure(column)])
        elif unit is not None:
            projects.setdefault(unit.line, []).append(row.figure(column))
    for row in coded_rows(form):
        yield from equation(f"{form.title} 项目", row.figure(column), projects.get(row.line, []))


def summary_sums(form: Form) -> Iterator[Sum]:
    """In a summary, each side has numbered items, sub-items in brackets, a total and a grand total."""
    sides = [
        c
        for c, name in enumerate(form.header[:-1])
        if form.header[c + 1] in ("预算数", "决算数", "合计") and name
    ]
    grand_totals: list[Figure] = []
    for side in sides:
        entries = [(row.cells[side], row.figure(side + 1)) for row in form.rows if side + 1 < len(row.cells)]
        yield from side_sums(form.title, entries)
        grand_totals += printed([figure for label, figure in entries if label in ("收入总计", "支出总计")])
    for left, right in combinations(grand_totals, 2):
        yield Sum(f"{form.title} 收支平衡", [left], [right])


def side_sums(title: str, entries: list[tuple[str, Figure | None]]) -> Iterator[Sum]:
    total = next((figure for label, figure in entries if label.startswith("本年") and "合计" in label), None)
    items: list[Figure | None] = []
    below: list[list[Figure | None]] = []
    for label, figure in entries:
        if re.match(r"\d+[、.]", label):
            items.append(figure)
            below.append([])
        elif re.match(r"（\d+）", label) and below:
            below[-1].append(figure)
        elif label.startswith("一、"):
            yield from equation(f"{title} {label}", figure, [total])
    yield from equation(f"{title} 本年合计", total, items)
    for item, parts in zip(items, below, strict=True):
        yield from equation(f"{title} 分项", item, parts)


def restatements(forms: list[Form]) -> Iterator[Sum]:
    """Personnel and public operating costs of a code are the same in every form by function."""
    by_function = [form for form in forms if form.header and form.header[0] == "功能科目编码"]
    for left, right in combinations(by_function, 2):
        for name in RESTATED_COLUMNS:
            restated = {row.cells[0]: row.figure(right.header.index(name)) for row in coded_rows(right)}
            for row in coded_rows(left):
                figure = row.figure(left.header.index(name))
                yield from equation(f"{row.cells[0]} {name}", figure, [restated.get(row.cells[0])])


def sums_of(text: str) -> list[Sum]:
    """Every equation that the forms of a document imply."""
    forms = forms_of(text)
    asked = list(restatements(forms))
    for form in forms:
        asked += row_sums(form)
        if is_coded(form):
            asked += [*column_sums(form), *project_sums(form)]
        elif any("总计" in cell or "合计" in cell for row in form.rows for cell in row.cells):
            asked += summary_sums(form)
    return asked


def broken(text: str) -> list[Sum]:
    return [asked for asked in sums_of(text) if not asked.holds]


class Slip(NamedTuple):
    file: str
    line: int
    printed: str


def listed_slips(heading: str) -> list[Slip]:
    """The rows of one table of slips in warehouse/README.md."""
    readme = (SAMPLES.parent / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"#### {heading}\n", 1)[1].split("\n#", 1)[0]
    rows = re.findall(r"^\| `([^`]+)` \| (\d+) \| ([^|]+?) \|", section, flags=re.MULTILINE)
    return [Slip(file, int(line), text) for file, line, text in rows]


BROKEN_SUMS = listed_slips("Sums that do not add up")
OTHER_SLIPS = listed_slips("Slips that no sum shows")


def lines_listed_for(path: Path) -> set[int]:
    return {slip.line for slip in BROKEN_SUMS if slip.file == path.name}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_sum_holds_unless_it_touches_a_listed_slip(path: Path):
    unexplained = [asked for asked in broken(text_of(path)) if not asked.lines & lines_listed_for(path)]
    assert unexplained == []


@pytest.mark.parametrize("slip", BROKEN_SUMS, ids=lambda slip: f"{slip.file}:{slip.line}")
def test_every_listed_slip_breaks_a_sum(slip: Slip):
    assert any(slip.line in asked.lines for asked in broken(text_of(SAMPLES / slip.file)))


@pytest.mark.parametrize("slip", [*BROKEN_SUMS, *OTHER_SLIPS], ids=lambda slip: f"{slip.file}:{slip.line}")
def test_every_listed_slip_stands_where_the_list_says(slip: Slip):
    assert slip.printed in text_of(SAMPLES / slip.file).split("\n")[slip.line - 1]


def test_every_sample_but_the_template_is_asked_many_sums():
    asked = {path.name: len(sums_of(text_of(path))) for path in DOCUMENTS}
    assert asked.pop(TEMPLATE) == 0
    assert min(asked.values()) > 30


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if p.name != TEMPLATE], ids=lambda path: path.stem)
def test_changing_any_figure_that_a_sum_reads_breaks_a_sum_there(path: Path):
    """The guard wakes, whichever figure is mistyped."""
    lines = text_of(path).split("\n")
    read = {(f.line, f.column) for asked in sums_of("\n".join(lines)) for f in (*asked.left, *asked.right)}
    for line, column in sorted(read):
        cells = lines[line - 1].split("\t")
        cells[column] = str(Decimal(cells[column].replace(",", "")) + 2_000_000)  # beyond every tolerance
        changed = [*lines[: line - 1], "\t".join(cells), *lines[line:]]
        assert any(line in asked.lines for asked in broken("\n".join(changed))), (line, column)


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("final-accounts-2020-gaoling.txt", codecs.BOM_UTF8),
        ("department-budget-2024-hanbin.txt", codecs.BOM_UTF16_LE),
        ("final-accounts-2023-example.txt", codecs.BOM_UTF16_BE),
    ],
)
def test_samples_cover_the_byte_order_marks(name: str, mark: bytes):
    assert (SAMPLES / name).read_bytes().startswith(mark)


def test_a_sample_is_in_an_encoding_that_only_its_bytes_tell():
    data = (SAMPLES / "department-budget-2022-changan.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert "预算" in data.decode("gb18030")


def test_a_sample_ends_its_lines_as_windows_does():
    data = (SAMPLES / "department-budget-2023-example.txt").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 0


def cited_by_discrepancies(warehouse: Path) -> dict[str, list[set[int]]]:
    """The lines that each finding of severity ``discrepancy`` cites, by file name."""
    cited: dict[str, list[set[int]]] = {}
    with duckdb.connect(warehouse / "disclosures.duckdb", read_only=True) as connection:
        for file, places in connection.sql("""
            select documents.file_name, findings.places
            from marts.fct_findings as findings
            inner join staging.documents as documents using (document_id)
            where findings.severity = 'discrepancy'
        """).fetchall():
            cited.setdefault(file, []).append(set(places))
    return cited


@pytest.mark.parametrize("slip", BROKEN_SUMS, ids=lambda slip: f"{slip.file}:{slip.line}")
def test_the_warehouse_finds_every_sum_that_is_listed(sample_warehouse: Path, slip: Slip):
    assert any(slip.line in lines for lines in cited_by_discrepancies(sample_warehouse)[slip.file])


def test_the_warehouse_blames_no_publisher_for_anything_else(sample_warehouse: Path):
    listed = {(slip.file, slip.line) for slip in (*BROKEN_SUMS, *OTHER_SLIPS)}
    unlisted = [
        (file, sorted(lines))
        for file, findings in cited_by_discrepancies(sample_warehouse).items()
        for lines in findings
        if not listed & {(file, line) for line in lines}
    ]
    assert unlisted == []


def test_the_template_is_known_as_one_and_states_no_fact(sample_warehouse: Path):
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        facts = connection.execute(
            """
            select
                documents.publisher_name,
                bool_or(forms.is_template),
                (select count(*) from staging.amounts where document_id = documents.document_id),
                (select count(*) from staging.indicators where document_id = documents.document_id)
            from staging.documents as documents
            inner join staging.forms as forms using (document_id)
            where documents.file_name = $name
            group by all
            """,
            {"name": TEMPLATE},
        ).fetchall()
    assert facts == [(None, True, 0, 0)]


def sentences(text: str, length: int = 20) -> set[str]:
    """Every run of ``length`` Chinese characters that is not part of a form's title."""
    runs = re.findall(rf"[\u4e00-\u9fff]{{{length},}}", text)
    return {
        run[i : i + length] for run in runs if not run.endswith("表") for i in range(len(run) - length + 1)
    }


def test_no_sentence_is_copied_from_a_real_disclosure(corpus: Path):
    published = set().union(*(sentences(text_of(path)) for path in (corpus / "text").glob("*.txt")))
    for path in DOCUMENTS:
        assert sentences(text_of(path)) & published == set(), path.name


def test_a_copied_sentence_would_be_noticed():
    copied = "某单位负责制定全县公共图书馆开放时间并逐月公布借阅人数"
    assert sentences(f"一、{copied}。") & sentences(f"（一）职责。{copied}，并汇总。")
