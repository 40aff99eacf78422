"""Each violation planted alone in whole disclosures of four families is found; the whole ones are clean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built
from tests.warehouse.whole_disclosure import TERMS
from tests.warehouse.whole_families import families, family

pytestmark = pytest.mark.xdist_group("checks by family")

_ANY_NAME = "甲{}县卫生局"
# the national families that print it; the others do not have it
_NOT_EVERYWHERE = ("state_capital",)
_REQUIRED = (
    "revenue_expenditure_summary",
    "revenue",
    "expenditure",
    "fiscal_appropriation_summary",
    "expenditure_by_function",
    "basic_by_economic",
    "three_public",
    "government_fund",
)


def _out(pattern: str, by: str = "") -> Callable[[str], str]:
    def altered(text: str) -> str:
        found, times = re.subn(pattern, by, text)
        assert times, pattern
        return found

    return altered


def _chapter(heading: str) -> Callable[[str], str]:
    """Take out a heading of the prose with what stands below it."""
    return _out(rf"(?m)^{heading}\n\n(?:.+\n)+\n")


def _without_terms(text: str) -> str:
    stage = "预算" if "部门预算" in text else "决算"
    return text.replace(TERMS.replace("决算", stage), "").replace("第三部分 名词解释\n", "")


def _without_duties(text: str) -> str:
    return text.replace("一、主要职责", "一、历史沿革").replace("概况", "介绍").replace("基本情况", "介绍")


# What a family shows in other words or forms, so that nobody can tell: a list of basic expenditure that
# says of no source, a procurement form whose rows are of goods, works and services.
OPEN = {
    ("situation", "form.budget_basic_by_economic"): "cannot_be_judged",
    ("jiangsu", "procurement.parts"): "cannot_be_judged",
}
# by rule: how it is broken, in which stage
VIOLATIONS: dict[str, tuple[Callable[[str], str], str]] = {
    "detail.function": (_out(r"(?m)^2\d{6}\t.*\n"), "both"),
    "prose.duties": (_without_duties, "both"),
    "prose.terms": (_without_terms, "both"),
    "prose.procurement": (_chapter(".、政府采购支出情况说明"), "both"),
    "procurement.parts": (_out("、政府采购工程支出0.00万元、政府采购服务支出0.00万元"), "both"),
    "procurement.small_firms": (_out("授予中小企业合同金额.*?100%。"), "final"),
    "prose.agency_operating": (_chapter(".、机关运行经费支出情况说明"), "both"),
    "prose.agency_term": (_out("(?m)^机关运行经费：指.*\n", "财政拨款：指财政安排的资金。\n"), "both"),
    "three_public.reasons": (_out("(5.00万元，比上年增加1.00万元)，主要原因是人员增加", r"\1"), "both"),
    "prose.assets": (_chapter(".、国有资产占用情况说明"), "both"),
    "assets.dated": (_out(r"截至\d{4}年12月31日，"), "both"),
    "counts.reception_batches": (_out("公务接待8批次，60人次。"), "final"),
    "counts.vehicles_kept": (_out("公务用车保有量2辆。"), "final"),
    "numbering.headings": (_out("(?m)^五、政府采购", "六、政府采购"), "both"),
    "privacy.personal_data": (_out("没有其他需要说明的职责", "联系电话13800000000"), "both"),
    "privacy.draft_marks": (_out("(?m)^目录\n", "（征求意见稿）\n\n目录\n"), "both"),
}


def _named(text: str, publisher: str, number: int) -> str:
    return text.replace(publisher, _ANY_NAME.format(number))


def publisher_of(text: str) -> str:
    """The name that a whole disclosure begins with."""
    return text[: text.index("2")] if not text[0].isdigit() else text


def _planted() -> Iterator[tuple[str, str | None, str]]:
    """The family, the rule that is broken (None for none), and the text."""
    for whole in families():
        publisher = publisher_of(whole.text)
        yield whole.name, None, whole.text
        for key in _REQUIRED:
            form = f"{'budget' if whole.stage == 'budget' else 'final'}_{key}"
            assert form in whole.keys
            yield whole.name, f"form.{form}", family(whole.name, without=form).text
        for rule, (alter, stage) in VIOLATIONS.items():
            if stage in ("both", whole.stage):
                yield whole.name, rule, alter(whole.text)
        assert publisher in whole.text


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, str | None], dict[str, str]]:
    """The outcome by rule, of each family and what was planted. All are read in one go, each by its name."""
    planted = list(_planted())
    files = [
        NamedBytes(f"{number}.txt", _named(text, publisher_of(text), number).encode())
        for number, (_, _, text) in enumerate(planted)
    ]
    with built(stage_bytes(files), ["fct_disclosure_checks"]) as connection:
        rows = connection.execute(
            "select file_name, rule_id, outcome from marts.fct_disclosure_checks"
        ).fetchall()
    found: dict[tuple[str, str | None], dict[str, str]] = {(name, rule): {} for name, rule, _ in planted}
    for file_name, rule_id, outcome in rows:
        name, rule, _ = planted[int(file_name.removesuffix(".txt"))]
        found[name, rule][rule_id] = outcome
    return found


def _wrong(outcome: dict[str, str]) -> set[str]:
    return {rule for rule, came in outcome.items() if came in ("not_met", "remark")}


def test_whole_disclosures_of_each_family_are_clean(
    outcomes: dict[tuple[str, str | None], dict[str, str]],
) -> None:
    whole = {name: outcome for (name, rule), outcome in outcomes.items() if rule is None}
    assert set(whole) == {"national_nine", "central", "situation", "jiangsu"}
    for name, outcome in whole.items():
        assert outcome, name
        assert "not_met" not in outcome.values(), name
        assert {rule for rule in _wrong(outcome) if not rule.endswith(_NOT_EVERYWHERE)} == set(), name


def test_each_violation_planted_alone_is_found_in_each_family(
    outcomes: dict[tuple[str, str | None], dict[str, str]],
) -> None:
    missed = [
        (name, rule)
        for (name, rule), outcome in outcomes.items()
        if rule is not None and rule not in _wrong(outcome) and (name, rule) not in OPEN
    ]
    assert missed == []
    assert {key: outcomes[key][str(key[1])] for key in OPEN} == OPEN
    assert len(outcomes) > 80
