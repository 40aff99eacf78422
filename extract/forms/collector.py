"""Collects the printed records of one form, and files every numeric cell in exactly one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from extract.blocks import Cell
from extract.figures import has_odd_gap
from extract.numerals import is_numeric_cell
from extract.printed import (
    DOCUMENT_ID_PREFIX,
    PrintedAmount,
    PrintedClaim,
    PrintedColumn,
    PrintedIndicator,
    PrintedLine,
    PrintedNumericCell,
    PrintedReject,
)


def place_id(document_id: str, cell: Cell) -> str:
    """Id of what stands at a place: document, page if any, line and field."""
    page = f"P{cell.page_no}" if cell.page_no is not None else ""
    return f"{document_id[:DOCUMENT_ID_PREFIX]}-{page}L{cell.line_no}F{cell.field_no}"


def bbox(cell: Cell) -> dict[str, float]:
    """The columns that say where on its page a cell stands; none where there is no page."""
    return {f"bbox_{side}": value for side, value in cell.box._asdict().items()} if cell.box else {}


def doubt_of(cell: Cell) -> str | None:
    """Why a cell may not be what a person sees: what its reader says of it or its parts, or its own gaps."""
    said = next((doubt for part in cell.parts if (doubt := doubt_of(part))), cell.doubt)
    if said is None and has_odd_gap(cell.text):
        said = "glued"
    return said or ("recognised" if cell.confidence is not None else None)


@dataclass(slots=True)
class Collector:
    """Records of one form as they are understood. Filing a cell twice is a programming error and raises."""

    document_id: str
    form_id: str
    columns: list[PrintedColumn] = field(default_factory=list)
    lines: list[PrintedLine] = field(default_factory=list)
    amounts: list[PrintedAmount] = field(default_factory=list)
    indicators: list[PrintedIndicator] = field(default_factory=list)
    claims: list[PrintedClaim] = field(default_factory=list)
    rejects: list[PrintedReject] = field(default_factory=list)
    numeric_cells: list[PrintedNumericCell] = field(default_factory=list)
    _filed: set[tuple[int | None, int, int]] = field(default_factory=set)

    def file(self, cell: Cell, destination: str) -> None:
        """Enter a numeric cell in the ledger; cells that are not numeric need no entry."""
        for part in cell.parts:
            self.file(part, destination)
        if cell.parts:
            return
        if not is_numeric_cell(cell.text):
            return
        place = (cell.page_no, cell.line_no, cell.field_no)
        if place in self._filed:
            raise ValueError(f"cell filed twice: line {cell.line_no}, field {cell.field_no}, {cell.text!r}")
        self._filed.add(place)
        self.numeric_cells.append(
            PrintedNumericCell(
                self.document_id,
                self.form_id,
                cell.page_no,
                cell.line_no,
                cell.field_no,
                cell.text,
                destination,
                cell.confidence,
                **bbox(cell),
            )
        )

    def is_filed(self, cell: Cell) -> bool:
        """Whether the ledger has this cell, or all parts of it, already."""
        if cell.parts:
            return all(self.is_filed(part) for part in cell.parts)
        return (cell.page_no, cell.line_no, cell.field_no) in self._filed

    def is_rejected(self, cell: Cell) -> bool:
        """Whether a cell of the row that is being read, numeric or not, was set aside."""
        place = (cell.page_no, cell.line_no, cell.field_no)
        return any(
            (reject.page_no, reject.line_no, reject.field_no) == place
            for reject in takewhile(lambda each: each.line_no == cell.line_no, reversed(self.rejects))
        )

    def amount(self, cell: Cell, line_id: str, col_no: int) -> None:
        """Take a printed money cell."""
        self.amounts.append(
            PrintedAmount(
                amount_id=place_id(self.document_id, cell),
                document_id=self.document_id,
                form_id=self.form_id,
                line_id=line_id,
                col_no=col_no,
                page_no=cell.page_no,
                line_no=cell.line_no,
                field_no=cell.field_no,
                amount_text=cell.text,
                doubt=doubt_of(cell),
                stored_text=cell.stored,
                confidence=cell.confidence,
                **bbox(cell),
            )
        )
        self.file(cell, "amounts")

    def rate(self, cell: Cell, subject: str, measure: str) -> None:
        """Take a percentage that a form states of money: a claim, since it restates two amounts."""
        self.claims.append(
            PrintedClaim(
                claim_id=place_id(self.document_id, cell),
                document_id=self.document_id,
                subject=subject,
                claim_text=cell.text,
                kind="rate",
                whole=measure,
                page_no=cell.page_no,
                line_no=cell.line_no,
                confidence=cell.confidence,
            )
        )
        self.file(cell, "claims")

    def reject(self, cell: Cell, reason_code: str, hint: str | None = None) -> None:
        """Set a cell aside with the reason it was not understood."""
        self.rejects.append(
            PrintedReject(
                document_id=self.document_id,
                form_id=self.form_id,
                page_no=cell.page_no,
                line_no=cell.line_no,
                field_no=cell.field_no,
                printed_text=cell.text,
                reason_code=reason_code,
                hint=hint,
                **bbox(cell),
            )
        )
        self.file(cell, "rejects")
