"""One form as it is printed: its rows and columns, each figure with its trust and a link to itself."""

from __future__ import annotations

from typing import Any

from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.blocks import Block, Fact, Facts, Made, Note, Page
from orchestration.exploring.listing import PRINTED
from orchestration.exploring.pages.documents import crumbs_of, document_of

# `|| ''` as in the module of figures: only the document's rows are looked at.
_CELLS = """
    select lines.row_no, lines.side_no, lines.row_label, lines.code, lines.economic_code_government,
        lines.row_kind, lines.page_no, lines.line_no, lines.line_id, amounts.col_no, amounts.amount_text,
        amounts.amount_id, trusted.trust
    from staging.lines as lines
    left join staging.amounts as amounts
        on lines.line_id = amounts.line_id and amounts.document_id = $document
    left join reconciliation.amount_trust as trusted
        on amounts.amount_id = trusted.amount_id and trusted.document_id = $document
    where lines.document_id = $document and lines.form_id || '' = $form
    order by lines.row_no, lines.side_no, amounts.col_no
    limit $most
"""
_COLUMNS = """
    select side_no, col_no, column_path from staging.columns
    where document_id = $document and form_id || '' = $form
    order by side_no, col_no
"""
_FACTS = (
    "printed_number", "form_key", "recognised_by", "certainty", "unit", "unit_source", "subject",
    "blank_reason", "first_page", "first_line",
)  # fmt: skip
_MOST_CELLS = 2_500
_MARKS = {"disputed": "✗", "quarantined": "?", "unchecked": "·"}
"""Beside a figure, so that its trust is not said by colour alone; a reconciled one has none."""


def form_page(asked: Asked) -> Page:
    """One form. Raises :class:`NotThereError`."""
    words = asked.wording
    form_id = asked.named["form"]
    document = document_of(asked, form_id.partition("-")[0])
    of = {"form": form_id, "document": document["document_id"]}
    form = asked.asking.row(
        "from staging.forms where document_id = $document and form_id || '' = $form", **of
    )
    if form is None:
        raise NotThereError(asked.path)
    facts = [
        Fact(words.column(name), words.said(name, form[name])) for name in _FACTS if form[name] is not None
    ]
    blocks: list[Block] = [Facts("", facts), Note(words["trust_marks"])]
    cells = asked.asking.rows(_CELLS, **of, most=_MOST_CELLS)
    if len(cells) == _MOST_CELLS:
        blocks.append(Note(words["form_cut"], is_grave=True))
    columns = asked.asking.rows(_COLUMNS, **of)
    for side in sorted({cell["side_no"] for cell in cells}):
        blocks.append(_side(asked, side, cells, columns))
    title = form["printed_title"] or words.value("form_key", form["form_key"] or "") or words["form"]
    return Page(title, blocks, crumbs_of(asked, document))


def _side(asked: Asked, side: int, cells: list[Any], columns: list[Any]) -> Made:
    """One side of a form (a summary has revenue at the left and expenditure at the right) as a table."""
    words, links = asked.wording, asked.links
    own = [cell for cell in cells if cell["side_no"] == side]
    numbers = sorted({cell["col_no"] for cell in own if cell["col_no"] is not None})
    paths = {each["col_no"]: each["column_path"] for each in columns if each["side_no"] == side}
    rows: dict[str, dict[str, Any]] = {}
    for cell in own:
        row = rows.setdefault(cell["line_id"], {"first": cell})
        if cell["col_no"] is not None:
            row[f"col_{cell['col_no']}"] = cell
    names = ["code", "row_label", *(f"col_{number}" for number in numbers)]
    ids = [f"id_{number}" for number in numbers]
    table = []
    for row in rows.values():
        first = row["first"]
        found = [row.get(f"col_{number}") for number in numbers]
        code = first["code"] or first["economic_code_government"]
        table.append(
            [
                code,
                first["row_label"],
                *(None if cell is None else _marked(cell) for cell in found),
                *(None if cell is None else cell["amount_id"] for cell in found),
            ]
        )
    hrefs = {
        f"col_{number}": (
            lambda row, key=f"id_{number}": links.maybe(f"/figures/{row[key]}") if row[key] else None
        )
        for number in numbers
    }
    return Made(
        f"side_{side}",
        words["side"].format(side) if side else words["rows_of_form"],
        [*names, *ids],
        ["VARCHAR", "VARCHAR", *[PRINTED] * len(numbers), *["VARCHAR"] * len(ids)],
        table,
        {f"col_{number}": paths.get(number) or f"{number}" for number in numbers},
        hidden=frozenset(ids),
        hrefs=hrefs,
    )


def _marked(cell: Any) -> str:
    mark = _MARKS.get(cell["trust"] or "", "")
    return f"{cell['amount_text']} {mark}".rstrip()
