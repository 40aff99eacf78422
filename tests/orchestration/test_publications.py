"""A website of thirty departments: who is missing, late, or need not publish, by what the website says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from extract.landing import LandingStore
from extract.sources.declared import WebsiteSource
from extract.sources.website import Fetcher, Visited, visit
from orchestration.collecting.overdue import Overdue, overdue
from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built
from orchestration.home.lake import Lake
from tests.extract.sources.government_site import Site, served

pytestmark = pytest.mark.xdist_group("publications")

APPROVED = date(2024, 1, 31)
DUE = date(2024, 2, 20)
MISSING = {7: "not_published", 19: "not_published", 25: "exempt"}
LATE = {3: 1, 11: 9, 28: 40}  # and by how many days
OWN_PAGE_SAYS = 11
_FORM = """{name}2024年部门预算

2024年部门一般公共预算“三公”经费支出表
单位：万元
项目\t预算数
“三公”经费合计\t8.00
公务接待费\t3.00
公务用车运行费\t5.00
"""


def name_of(number: int) -> str:
    return f"示例县第{number}局"


def published_on(number: int) -> date:
    return DUE + timedelta(LATE.get(number, -(number % 5)))


def a_site() -> Site:
    """A list with a day beside each link; of one, whose list says another day, the page itself says it."""
    site = Site()
    rows = []
    for number in range(1, 31):
        if number in MISSING:
            continue
        listed = DUE if number == OWN_PAGE_SAYS else published_on(number)
        rows.append(
            f'<li><a href="{number}.html">{name_of(number)}2024年部门预算</a><span>{listed}</span></li>'
        )
        own = (
            f'<meta name="PubDate" content="{published_on(number)} 10:30">' if number == OWN_PAGE_SAYS else ""
        )
        site.files[f"/{number}.html"] = (
            f"<html><head>{own}</head><body><p>打印日期 2030-01-01</p>"
            f'<a href="{number}.txt">附件.txt</a></body></html>'
        ).encode()
        site.files[f"/{number}.txt"] = _FORM.format(name=name_of(number)).encode()
    site.files["/index.html"] = f"<ul>{''.join(rows)}</ul>".encode()
    return site


def roster() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "region_code": "110101",
                "publisher_name": name_of(number),
                "document_level": "department",
                "fiscal_year": 2024,
                "stage": "budget",
                "approved_on": APPROVED,
                "is_exempt": MISSING.get(number) == "exempt",
            }
            for number in range(1, 31)
        ]
    )


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The staged frames of what is found there, and where and when it was found."""
    folder = tmp_path_factory.mktemp("publications")
    with served(a_site()) as site:
        source = WebsiteSource.model_validate(
            {
                "id": "site",
                "kind": "website",
                "where": f"{site.address}/index.html",
                "allow_private_addresses": True,
                "politeness": {"seconds_between_requests": 0},
            }
        )
        visited = Visited(folder / "visited.json")
        store = LandingStore(folder / "landing")
        now = datetime(2024, 6, 1, tzinfo=UTC)
        with Fetcher(source, visited, sleep=lambda _: None) as fetcher:
            found = visit(source, fetcher, visited, folder / "arriving", stamp_of=store.stamps(), now=now)
            store.land(found, now)
    lake = Lake(folder / "lake")
    lake.landings_file.parent.mkdir(parents=True)
    lake.write_landings(store.catalogue())
    documents = [
        NamedBytes(name, store.object_path(document_id).read_bytes())
        for document_id, name, _ in store.documents().iter_rows()
    ]
    return stage_bytes(documents), pl.read_parquet(lake.landings_file)


def test_two_are_missing_three_are_late_and_one_is_exempt(
    landed: tuple[dict[str, pl.DataFrame], pl.DataFrame],
) -> None:
    frames, landings = landed
    with built(
        frames, ["mart_publication_status"], landings=landings, seeds={"publication_roster": roster()}
    ) as connection:
        rows = connection.execute(
            """
            select publisher_name, publication_status, days_late, published_as
            from marts.mart_publication_status
            """
        ).fetchall()
        late = overdue(connection, today=DUE + timedelta(days=5))
    told = {name: (status, days) for name, status, days, _ in rows}
    expected: dict[str, tuple[str, int | None]] = {
        name_of(n): ("published_late", days) for n, days in LATE.items()
    }
    expected |= {name_of(n): (status, None) for n, status in MISSING.items()}
    assert {name: said for name, said in told.items() if said != ("published_in_time", None)} == expected
    assert len(told) == 30
    said_by = {name: by for name, _, _, by in rows}
    assert said_by[name_of(OWN_PAGE_SAYS)] == "page"
    assert sorted({by for name, by in said_by.items() if name != name_of(OWN_PAGE_SAYS) and by}) == [
        "list_page"
    ]
    assert late == [Overdue(name_of(n), 2024, "budget", DUE, 5) for n in (19, 7)]


def test_nothing_is_overdue_on_the_last_day(landed: tuple[dict[str, pl.DataFrame], pl.DataFrame]) -> None:
    frames, landings = landed
    with built(
        frames, ["mart_publication_status"], landings=landings, seeds={"publication_roster": roster()}
    ) as connection:
        assert overdue(connection, today=DUE) == []
