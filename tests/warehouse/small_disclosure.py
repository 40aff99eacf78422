"""A small disclosure as staged frames, and the lake that holds it: what dbt reads, without reading any file.

The documents are made up. They hold one form of each kind that a mart is built from, and of each thing that
must not get lost or in the way: a dash, a form without a unit, a reject, a document that could not be read,
a batch that was superseded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import polars as pl

from extract import records
from extract.records import Record

YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
BUDGET, UNREADABLE = "b" * 64, "f" * 64
CURRENT_BATCH, SUPERSEDED_BATCH = "000000002", "000000001"


class Row(NamedTuple):
    """One printed row: its code and label and the printed text of each amount, None where the cell is blank."""

    code: str | None
    label: str
    amounts: tuple[str | None, ...]
    row_kind: str = "item"
    line_key: str | None = None


class Disclosure:
    """Collects the staged records of one document, one printed form after the other."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id
        self.records: list[Record] = []
        self._line_no = 0
        self._form_no = 0

    def money_form(
        self, form_key: str, side_key: str, measures: tuple[str, ...], rows: Iterable[Row], unit: str | None
    ) -> str:
        """Add a form with code, label and one amount column per measure, and return its form_id."""
        form_id = self._form(form_key, unit=unit)
        for number, measure in enumerate(measures):
            self.records.append(
                records.Column(form_id, self.document_id, 0, 2 + number, measure, measure, "general_public")
            )
        for row_no, row in enumerate(rows, start=1):
            self._money_line(form_id, form_key, side_key, measures, row_no, row, unit)
        return form_id

    def performance_form(self, form_key: str, subject: str, money: str, indicator: str, target: str) -> None:
        """Add a performance form about one project: its money, and one indicator with its target."""
        form_id = self._form(form_key, unit="万元", subject=subject)
        head = Row(None, "实施期资金总额", (money,), "total", "implementation_total")
        self._money_line(form_id, form_key, "project", ("total",), 1, head, "万元")
        self._line_no += 1
        self.records.append(
            records.Indicator(
                indicator_id=f"{form_id}-i{self._line_no}",
                document_id=self.document_id,
                form_id=form_id,
                form_key=form_key,
                subject=subject,
                level_1="产出指标",
                level_2="数量指标",
                level_3=None,
                indicator=indicator,
                target_text=target,
                actual_text=None,
                comparator="≥",
                target_number=Decimal(target.strip("≥次")),
                target_unit="次",
                actual_number=None,
                is_quantitative=True,
                note_text=None,
                weight_text=None,
                score_text=None,
                page_no=None,
                line_no=self._line_no,
            )
        )
        self._numeric_cell(form_id, 2, target, "indicators")

    def reject(self, text: str) -> None:
        """Add a numeric cell outside any form that was not understood."""
        self._line_no += 1
        self.records.append(
            records.Reject(self.document_id, None, None, self._line_no, 0, text, "unknown_header", None)
        )
        self._numeric_cell(None, 0, text, "rejects")

    def _form(self, form_key: str, unit: str | None, subject: str | None = None) -> str:
        self._line_no += 1
        self._form_no += 1
        form_id = f"{self.document_id[:8]}-{self._form_no}"
        self.records.append(
            records.Form(
                form_id=form_id,
                document_id=self.document_id,
                form_no=self._form_no,
                form_key=form_key,
                printed_number=f"表{self._form_no}",
                printed_title=form_key,
                unit_text=unit and f"单位：{unit}",
                unit=unit,
                subject=subject,
                is_blank=False,
                is_template=False,
                is_illegible=False,
                declared_in_contents=None,
                declared_blank=None,
                blank_reason=None,
                first_page=None,
                first_line=self._line_no,
            )
        )
        return form_id

    def _money_line(
        self,
        form_id: str,
        form_key: str,
        side_key: str,
        measures: tuple[str, ...],
        row_no: int,
        row: Row,
        unit: str | None,
    ) -> None:
        self._line_no += 1
        line_id = f"{form_id}-{row_no}"
        self.records.append(
            records.Line(
                line_id=line_id,
                form_id=form_id,
                document_id=self.document_id,
                form_key=form_key,
                side_no=0,
                side_key=side_key,
                row_no=row_no,
                page_no=None,
                line_no=self._line_no,
                row_label=row.label,
                label_plain=row.label,
                row_kind=row.row_kind,
                line_key=row.line_key,
                outline_level=None,
                code=row.code,
                economic_code_government=None,
            )
        )
        if row.code:
            self._numeric_cell(form_id, 0, row.code, "codes")
        for number, (measure, text) in enumerate(zip(measures, row.amounts, strict=True)):
            if text is not None:
                self._amount(form_id, form_key, line_id, side_key, row_no, row, 2 + number, measure, text, unit)

    def _amount(
        self,
        form_id: str,
        form_key: str,
        line_id: str,
        side_key: str,
        row_no: int,
        row: Row,
        field_no: int,
        measure: str,
        text: str,
        unit: str | None,
    ) -> None:
        number = None if text == "-" else Decimal(text)
        kind = "dash" if number is None else "number" if number else "zero"
        self.records.append(
            records.Amount(
                amount_id=f"{line_id}-{field_no}",
                document_id=self.document_id,
                form_id=form_id,
                form_key=form_key,
                line_id=line_id,
                side_no=0,
                side_key=side_key,
                page_no=None,
                line_no=self._line_no,
                field_no=field_no,
                row_no=row_no,
                col_no=field_no,
                row_label=row.label,
                row_kind=row.row_kind,
                code=row.code,
                economic_code_government=None,
                column_path=measure,
                measure=measure,
                fund="general_public",
                amount_text=text,
                amount_kind=kind,
                unit=unit,
                amount_yuan=None if number is None or unit is None else number * YUAN[unit],
                last_digit_yuan=None
                if number is None or unit is None
                else YUAN[unit].scaleb(int(number.as_tuple().exponent)),
            )
        )
        if number is not None:
            self._numeric_cell(form_id, field_no, text, "amounts")

    def _numeric_cell(self, form_id: str | None, field_no: int, text: str, destination: str) -> None:
        self.records.append(
            records.NumericCell(
                self.document_id, form_id, None, self._line_no, field_no, text, destination
            )
        )


def staged_records() -> list[Record]:
    """Return the staged records of the small disclosure."""
    budget = Disclosure(BUDGET)
    budget.money_form(
        "budget_expenditure_by_function",
        "function",
        ("total", "personnel", "project"),
        [
            Row(None, "合计", ("30.00", "20.00", "10.00"), "total", "form_total"),
            Row("208", "社会保障和就业支出", ("30.00", "20.00", "10.00")),
            Row("20805", "行政事业单位养老支出", ("30.00", "20.00", "10.00")),
            Row("2080501", "行政单位离退休", ("10.00", "10.00", "-")),
            Row("2080505", "机关事业单位基本养老保险缴费支出", ("20.00", "10.00", "10.00")),
        ],
        unit="万元",
    )
    budget.money_form(
        "budget_revenue",
        "unit",
        ("total",),
        [
            Row(None, "合计", ("300000.00",), "total", "form_total"),
            Row("509001", "甲县医疗保障局", ("300000.00",)),
        ],
        unit="元",
    )
    budget.money_form(
        "budget_special_projects",
        "unit_project",
        ("project",),
        [
            Row(None, "合计", ("10.00",), "total", "form_total"),
            Row("509001", "甲县医疗保障局", ("10.00",)),
            Row(None, "基金监管", ("4.00",)),
            Row(None, "网络运行", ("6.00",)),
        ],
        unit="万元",
    )
    budget.money_form(
        "budget_three_public",
        "unit",
        ("three_public", "meetings"),
        [Row(None, "合计", ("0.00", "1.20"), "total", "form_total")],
        unit="万元",
    )
    budget.money_form(
        "budget_procurement", "purchase", ("total",), [Row(None, "网络运行", ("2.50",))], unit="万元"
    )
    budget.money_form(
        "budget_carryover", "function", ("total",), [Row("208", "社会保障和就业支出", ("7",))], unit=None
    )
    budget.performance_form("performance_project_target", "基金监管", "4.00", "检查次数", "≥12次")
    budget.reject("88.8")
    cells = sum(isinstance(record, records.NumericCell) for record in budget.records)
    return [
        _document(BUDGET, "read", numeric_cell_count=cells),
        _document(UNREADABLE, "failed", numeric_cell_count=None),
        *budget.records,
    ]


def _document(document_id: str, status: str, numeric_cell_count: int | None) -> records.Document:
    read = status == "read"
    return records.Document(
        document_id=document_id,
        file_name=f"{document_id[:4]}.txt",
        media_type="text/plain" if read else "application/octet-stream",
        encoding="utf-8" if read else None,
        publisher_name="甲县医疗保障局" if read else None,
        publisher_name_from="cover" if read else None,
        parent_name=None,
        region="甲县" if read else None,
        fiscal_year=2024 if read else None,
        stage="budget" if read else None,
        scope="own" if read else None,
        extractor_version="0+test",
        status=status,
        failure_reason=None if read else "not a text document",
        numeric_cell_count=numeric_cell_count,
    )


def frames_of(staged: Iterable[Record]) -> dict[str, pl.DataFrame]:
    """Return one frame per staged table, also for tables without a row."""
    rows: dict[str, list[dict[str, object]]] = {record.table: [] for record in records.RECORDS}
    for record in staged:
        rows[record.table].append(asdict(record))
    return {
        record.table: pl.DataFrame(rows[record.table], schema=records.schema(record))
        for record in records.RECORDS
    }


def write_batch(home: Path, batch: str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write one batch of staged tables into the lake under ``home``."""
    directory = home / "lake" / "staging" / f"batch={batch}"
    directory.mkdir(parents=True)
    for table, frame in frames.items():
        frame.write_parquet(directory / f"{table}.parquet")


def write_manifest(home: Path, batch_of: Mapping[str, str]) -> None:
    """Name the current batch of every current document."""
    manifest = pl.DataFrame(
        [(document_id, batch, "0+test", "read") for document_id, batch in batch_of.items()],
        schema={key: pl.String for key in ("document_id", "batch", "extractor_version", "status")},
        orient="row",
    )
    manifest.write_parquet(home / "lake" / "manifest.parquet")


def write_small_lake(home: Path) -> None:
    """Write the small disclosure twice, as superseded (with one row too many) and as current batch."""
    current = staged_records()
    superseded = [*current, records.Reject(BUDGET, None, None, 1, 0, "superseded", "unknown_header", None)]
    write_batch(home, SUPERSEDED_BATCH, frames_of(superseded))
    write_batch(home, CURRENT_BATCH, frames_of(current))
    write_manifest(home, {BUDGET: CURRENT_BATCH, UNREADABLE: CURRENT_BATCH})


def write_empty_lake(home: Path) -> None:
    """Write a lake that holds no document yet."""
    write_batch(home, CURRENT_BATCH, frames_of([]))
    write_manifest(home, {})
