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
from typing import NamedTuple, TypeVar

import polars as pl

from extract import records
from extract.landing import CATALOGUE_SCHEMA
from extract.records import Record, declared_columns
from orchestration.home.lake import Lake

YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
FIRST_AMOUNT = 2  # fields 0 and 1 hold code and label
BUDGET, UNREADABLE = "b" * 64, "f" * 64
CURRENT_BATCH, SUPERSEDED_BATCH = "000000002", "000000001"


class Row(NamedTuple):
    """One printed row: code, label and the printed text of each amount, None where the cell is blank."""

    code: str | None
    label: str
    amounts: tuple[str | None, ...]
    row_kind: str = "item"
    line_key: str | None = None
    outline_level: int | None = None


class PrintedForm(NamedTuple):
    """A form that rows are being added to."""

    form_id: str
    form_key: str
    side_key: str
    measures: tuple[str, ...]
    unit: str | None


R = TypeVar("R", bound=Record)


def known(record: type[R], **columns: object) -> R:
    """A record of which this is known: each other column that may be NULL is."""
    nothing = {column.name: None for column in declared_columns(record) if column.is_nullable}
    return record(**(nothing | columns))


class Disclosure:
    """Collects the staged records of one document, one printed form after the other."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id
        self.records: list[Record] = []
        self._line_no = 0
        self._form_no = 0

    def money_form(
        self, form_key: str, side_key: str, unit: str | None, measures: tuple[str, ...], rows: Iterable[Row]
    ) -> None:
        """Add a form with a code, a label and one money column per measure."""
        form = self._form(form_key, side_key, measures, unit)
        for row_no, row in enumerate(rows, start=1):
            self._line(form, row_no, row)

    def performance_form(self, subject: str, money: str, indicator: str, target: int) -> None:
        """Add a performance form about one project: its money, and an indicator, ``target`` times or more."""
        form = self._form("performance_project_target", "project_funds", ("total",), "万元", subject)
        self._line(form, 1, Row(None, "实施期资金总额", (money,), "total", "implementation_total"))
        self._line_no += 1
        self.records.append(
            known(
                records.Indicator,
                indicator_id=f"{form.form_id}-i{self._line_no}",
                document_id=self.document_id,
                form_id=form.form_id,
                form_key=form.form_key,
                subject=subject,
                level_1="产出指标",
                level_2="数量指标",
                indicator=indicator,
                target_text=f"≥{target}次",
                comparator="≥",
                target_number=Decimal(target),
                target_unit="次",
                target_value=Decimal(target),
                target_measure="次",
                is_quantitative=True,
                are_comparable=False,
                line_no=self._line_no,
            )
        )
        self._numeric_cell(form.form_id, 2, f"≥{target}次", "indicators")

    def reject(self, text: str) -> None:
        """Add a numeric cell outside any form that was not understood."""
        self._line_no += 1
        self.records.append(
            known(
                records.Reject,
                document_id=self.document_id,
                line_no=self._line_no,
                field_no=0,
                printed_text=text,
                reason_code="unknown_header",
            )
        )
        self._numeric_cell(None, 0, text, "rejects")

    def no_change(self, subject: str, text: str) -> None:
        """Add a line of prose that says that ``subject`` did not change."""
        self._line_no += 1
        self.records.append(
            known(
                records.Remark,
                remark_id=f"{self.document_id[:8]}-W{self._line_no}",
                document_id=self.document_id,
                kind="no_change",
                subject=subject,
                compared_with="last_year",
                text=text,
                line_no=self._line_no,
            )
        )

    def _form(
        self,
        form_key: str,
        side_key: str,
        measures: tuple[str, ...],
        unit: str | None,
        subject: str | None = None,
    ) -> PrintedForm:
        self._line_no += 1
        self._form_no += 1
        form_id = f"{self.document_id[:8]}-{self._form_no}"
        self.records.append(
            known(
                records.Form,
                form_id=form_id,
                document_id=self.document_id,
                form_no=self._form_no,
                form_key=form_key,
                recognised_by="title",
                certainty=Decimal(1),
                printed_number=f"表{self._form_no}",
                printed_title=form_key,
                unit_text=unit and f"单位：{unit}",
                unit=unit,
                subject=subject,
                is_blank=False,
                is_template=False,
                is_illegible=False,
                first_line=self._line_no,
            )
        )
        self.records += [
            known(
                records.Column,
                form_id=form_id,
                document_id=self.document_id,
                side_no=0,
                col_no=col_no,
                column_path=measure,
                measure=measure,
                fund="general_public",
            )
            for col_no, measure in enumerate(measures, start=FIRST_AMOUNT)
        ]
        return PrintedForm(form_id, form_key, side_key, measures, unit)

    def _line(self, form: PrintedForm, row_no: int, row: Row) -> None:
        self._line_no += 1
        line = known(
            records.Line,
            line_id=f"{form.form_id}-{row_no}",
            form_id=form.form_id,
            document_id=self.document_id,
            form_key=form.form_key,
            side_no=0,
            side_key=form.side_key,
            row_no=row_no,
            line_no=self._line_no,
            row_label=row.label,
            label_plain=row.label,
            row_kind=row.row_kind,
            line_key=row.line_key,
            outline_level=row.outline_level,
            code=row.code,
        )
        self.records.append(line)
        if row.code:
            self._numeric_cell(form.form_id, 0, row.code, "codes")
        for field_no, text in enumerate(row.amounts, start=FIRST_AMOUNT):
            if text is not None:
                self._amount(form, line, field_no, text)

    def _amount(self, form: PrintedForm, line: records.Line, field_no: int, text: str) -> None:
        number = None if text == "-" else Decimal(text)
        worth = None if number is None or form.unit is None else YUAN[form.unit]
        measure = form.measures[field_no - FIRST_AMOUNT]
        self.records.append(
            known(
                records.Amount,
                amount_id=f"{line.line_id}-{field_no}",
                document_id=self.document_id,
                form_id=form.form_id,
                form_key=form.form_key,
                line_id=line.line_id,
                side_no=line.side_no,
                side_key=form.side_key,
                line_no=line.line_no,
                field_no=field_no,
                row_no=line.row_no,
                col_no=field_no,
                row_label=line.row_label,
                row_kind=line.row_kind,
                code=line.code,
                column_path=measure,
                measure=measure,
                fund="general_public",
                amount_text=text,
                amount_kind="dash" if number is None else "number" if number else "zero",
                unit=form.unit,
                amount_yuan=None if worth is None else number * worth,
                last_digit_yuan=None if worth is None else worth.scaleb(int(number.as_tuple().exponent)),
            )
        )
        if number is not None:
            self._numeric_cell(form.form_id, field_no, text, "amounts")

    def _numeric_cell(self, form_id: str | None, field_no: int, text: str, destination: str) -> None:
        self.records.append(
            known(
                records.NumericCell,
                document_id=self.document_id,
                form_id=form_id,
                line_no=self._line_no,
                field_no=field_no,
                printed_text=text,
                destination=destination,
            )
        )


def staged_records() -> list[Record]:
    """Return the staged records of the small disclosure."""
    budget = Disclosure(BUDGET)
    total = ("total", "form_total")
    budget.money_form(
        "budget_expenditure_by_function",
        "function",
        "万元",
        ("total", "personnel", "project"),
        [
            Row(None, "合计", ("30.00", "20.00", "10.00"), *total),
            Row("208", "社会保障和就业支出", ("30.00", "20.00", "10.00")),
            Row("20805", "行政事业单位养老支出", ("30.00", "20.00", "10.00")),
            Row("2080501", "行政单位离退休", ("10.00", "10.00", "-")),
            Row("2080505", "机关事业单位基本养老保险缴费支出", ("20.00", "10.00", "10.00")),
        ],
    )
    budget.money_form(
        "budget_revenue",
        "unit",
        "元",
        ("total",),
        [
            Row(None, "合计", ("300000.00",), *total),
            Row("509001", "甲县医疗保障局", ("300000.00",)),
        ],
    )
    budget.money_form(
        "budget_special_projects",
        "unit_project",
        "万元",
        ("project",),
        [
            Row(None, "合计", ("10.00",), *total),
            Row("509001", "甲县医疗保障局", ("10.00",), outline_level=6),
            Row(None, "基金监管", ("4.00",), outline_level=90),
            Row(None, "网络运行", ("6.00",), outline_level=90),
        ],
    )
    budget.money_form(
        "budget_three_public",
        "unit",
        "万元",
        ("three_public", "meetings"),
        [Row(None, "合计", ("0.00", "1.20"), *total)],
    )
    budget.money_form(
        "budget_procurement", "purchase", "万元", ("total",), [Row(None, "网络运行", ("2.50",))]
    )
    budget.money_form(
        "budget_carryover", "function", None, ("total",), [Row("208", "社会保障和就业支出", ("7",))]
    )
    budget.performance_form("基金监管", money="4.00", indicator="检查次数", target=12)
    budget.no_change("会议费", "持平")
    budget.reject("88.8")
    cells = sum(isinstance(record, records.NumericCell) for record in budget.records)
    return [
        _document(BUDGET, "read", numeric_cell_count=cells),
        _document(UNREADABLE, "failed", numeric_cell_count=None),
        *budget.records,
    ]


def _document(document_id: str, status: str, numeric_cell_count: int | None) -> records.Document:
    read = status == "read"
    return known(
        records.Document,
        document_id=document_id,
        file_name=f"{document_id[:4]}.txt",
        media_type="text/plain" if read else "application/octet-stream",
        encoding="utf-8" if read else None,
        publisher_name="甲县医疗保障局" if read else None,
        publisher_name_from="cover" if read else None,
        document_level="department" if read else None,
        region="甲县" if read else None,
        county="甲县" if read else None,
        fiscal_year=2024 if read else None,
        stage="budget" if read else None,
        scope="own" if read else None,
        extractor_version="0+test",
        status=status,
        failure_reason=None if read else "not a text document",
        numeric_cell_count=numeric_cell_count,
        is_template=False,
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
        schema=dict.fromkeys(("document_id", "batch", "extractor_version", "status"), pl.String),
        orient="row",
    )
    manifest.write_parquet(home / "lake" / "manifest.parquet")
    Lake(home / "lake").write_landings(pl.DataFrame(schema=CATALOGUE_SCHEMA))


def write_small_lake(home: Path) -> None:
    """Write the small disclosure twice, as superseded (with one row too many) and as current batch."""
    current = staged_records()
    superseded = [
        *current,
        known(
            records.Reject,
            document_id=BUDGET,
            line_no=1,
            field_no=0,
            printed_text="superseded",
            reason_code="unknown_header",
        ),
    ]
    write_batch(home, SUPERSEDED_BATCH, frames_of(superseded))
    write_batch(home, CURRENT_BATCH, frames_of(current))
    write_manifest(home, {BUDGET: CURRENT_BATCH, UNREADABLE: CURRENT_BATCH})


def write_empty_lake(home: Path) -> None:
    """Write a lake that holds no document yet."""
    write_batch(home, CURRENT_BATCH, frames_of([]))
    write_manifest(home, {})
