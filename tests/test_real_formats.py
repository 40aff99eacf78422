"""Documents of every format: PDFs, a workbook and a broken file, and what must come out.

Every finding was read by hand in the printed pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("documents of every format")]

# as printed on the first form that states all spending
TOTALS = {
    "putuo-commerce-2025-budget-department.pdf": "371514655.00",
    "putuo-commerce-2025-budget-unit.pdf": "371514655.00",
    "putuo-finance-2024-final.pdf": "29400500.00",
    "putuo-social-work-2024-final.pdf": "3078200.00",
    "putuo-wanli-2024-budget-department.pdf": "156211123.00",
    "putuo-welfare-home-2024-budget-unit.pdf": "12121164.00",
}
Query = Callable[[str], list[tuple[object, ...]]]

# Every cause of a discrepancy: the document, what is wrong, the page, and what was meant where that is known.
CAUSES = {
    ("putuo-finance-2024-final.pdf", "figure", 21, "2961.68万元"),  # 0.3万元 is the other year's figure
    ("putuo-finance-2024-final.pdf", "figure", 21, "71.65%"),  # 71.73 % is printed of 2106.66 and 2940.05
    # 95.89 % of 年初预算, which was nothing: it is the rate of 全年预算, 321.02
    ("putuo-social-work-2024-final.pdf", "wording", 18, None),
    ("putuo-wanli-2024-budget-department.pdf", "figure", 9, "350.35万元"),
    # said twice, once with a rate that agrees with it: the form or the prose is wrong
    ("putuo-welfare-home-2024-budget-unit.pdf", "figure", 6, "696.48万元"),
    ("putuo-welfare-home-2024-budget-unit.pdf", "code", 9, "2101102"),  # printed 7|11|02, on two forms
    ("putuo-welfare-home-2024-budget-unit.pdf", "code", 14, "30228"),  # 工会经费
    ("putuo-welfare-home-2024-budget-unit.pdf", "code", 14, "30229"),  # 福利费
    ("putuo-welfare-home-2024-budget-unit.pdf", "code", 14, "30299"),  # 其他商品和服务支出
    ("putuo-welfare-home-2024-budget-unit.pdf", "code", 14, "30302"),  # 退休费
}


@pytest.fixture(scope="module")
def query(corpus: Path) -> Iterator[Query]:
    paths = [path for folder in ("pdf", "xlsx", "broken") for path in sorted((corpus / folder).glob("*.*"))]
    with built(read_files(paths)) as connection:
        yield lambda sql: connection.sql(sql).fetchall()


def test_a_broken_file_fails_alone_and_everything_else_is_read(query: Query) -> None:
    failed = "select file_name, failure_reason from staging.documents where status = 'failed'"
    ((file_name, reason),) = query(failed)
    assert file_name == "not-a-pdf-17-bytes.pdf"
    assert str(reason).startswith("it is named .pdf, but its content is plain text")
    assert query("select count(*) from staging.documents where status = 'read'") == [(8,)]


def test_blank_templates_are_recognised_and_give_no_amount(query: Query) -> None:
    templates = query("""
        select file_name, (select count(*) from staging.amounts where document_id = documents.document_id),
            (select count(*) > 7 from staging.forms
             where document_id = documents.document_id and form_key is not null)
        from staging.documents as documents where is_template order by all
    """)
    assert templates == [
        ("putuo-blank-template-2026-budget-department.xlsx", 0, True),
        ("shanghai-blank-template-2024-final.pdf", 0, True),
    ]


def test_every_cause_of_a_discrepancy_is_one_that_was_read_by_hand(query: Query) -> None:
    found = query("""
        select distinct documents.file_name, coalesce(causes.cause_kind, findings.kind),
            coalesce(causes.suspected_place, causes.places[1]), causes.suggested_text
        from marts.fct_causes as causes
        inner join marts.fct_findings as findings using (cause_id)
        inner join staging.documents as documents on causes.document_id = documents.document_id
        where causes.severity = 'discrepancy'
    """)
    assert set(found) == CAUSES


def test_every_unknown_code_is_one_that_was_read_by_hand(query: Query) -> None:
    found = query("""
        select documents.file_name, findings.places, split_part(findings.message_zh, '（', 1),
            findings.suggested_text
        from marts.fct_findings as findings
        inner join staging.documents as documents using (document_id)
        where findings.rule_id = 'code.not_in_list' order by all
    """)
    assert found == [
        ("putuo-wanli-2024-budget-department.pdf", [29], "3012", "30102"),  # printed 301 2
        ("putuo-wanli-2024-budget-department.pdf", [29], "3017", "30107"),
        ("putuo-welfare-home-2024-budget-unit.pdf", [9, 11], "71102", "2101102"),  # printed 7 11 02
        ("putuo-welfare-home-2024-budget-unit.pdf", [14], "30210", None),  # 车辆运行费: no item of the list
    ]


def test_a_department_and_its_unit_reconcile_with_each_other(query: Query) -> None:
    ((held, broken),) = query("""
        select count(*) filter (outcome = 'holds'), count(*) filter (outcome = 'breaks')
        from reconciliation.identity_results where rule_id = 'across.own_unit'
    """)
    assert isinstance(held, int)
    assert held > 250
    assert broken == 0


def test_the_leaves_of_the_preferred_restatement_are_the_printed_total_of_each_document(query: Query) -> None:
    totals = query("""
        select documents.file_name, (sum(lines.amount_yuan) filter (is_leaf and is_preferred))::varchar
        from marts.fct_spending_lines as lines
        inner join staging.documents as documents using (document_id) group by all
    """)
    assert dict(totals) == TOTALS


def test_every_document_is_asked_much_and_nearly_all_of_it_holds(query: Query) -> None:
    asked = query("""
        select documents.file_name, count(*) filter (outcome = 'holds'),
            count(*) filter (outcome = 'breaks') / count(*) < 0.04
        from reconciliation.identity_results
        inner join staging.documents as documents using (document_id)
        where outcome in ('holds', 'breaks') group by all order by all
    """)
    assert len(asked) == 6
    assert all(isinstance(held, int) and held > 190 and is_rare for _, held, is_rare in asked), asked
