"""The day on which a website says that something was published: beside its link, or on its own page."""

from __future__ import annotations

import pytest

from extract.sources.website.pages import read_page

_AT = "http://example.test/zw/index.html"


def beside(row: str) -> list[str | None]:
    return [link.published_on for link in read_page(row.encode(), _AT).links]


def on_page(body: str, head: str = "") -> str | None:
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), _AT).published_on


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ('<ul><li><a href="a.html">预算</a><span>2024-02-05</span></li></ul>', "2024-02-05"),
        ('<ul><li><span>[2024/2/5]</span><a href="a.html">2024年部门预算</a></li></ul>', "2024-02-05"),
        ('<table><tr><td><a href="a.html">预算</a></td><td>2024年2月5日</td></tr></table>', "2024-02-05"),
        ('<ul><li><a href="a.html">预算 2024-02-05</a></li></ul>', None),  # is of the title
        ('<ul><li><a href="a.html">预算</a>2024-02-05 更新 2024-03-01</li></ul>', None),
        ('<ul><li><a href="a.html">预算</a>2024-02-31</li></ul>', None),
        ('<div>2024-02-05<a href="a.html">预算</a></div>', None),  # is of no row of a list
    ],
)
def test_a_list_says_the_day_in_the_row_of_its_link(row: str, day: str | None) -> None:
    assert beside(row) == [day]


@pytest.mark.parametrize(
    ("body", "head", "day"),
    [
        ("<p>发布时间：2024-02-05 10:30</p>", "", "2024-02-05"),
        ("<p>时间: 2024年2月5日 来源：财政局</p>", "", "2024-02-05"),
        ("<p>发布时间：2024-03-01</p>", '<meta name="PubDate" content="2024-02-05 09:00">', "2024-02-05"),
        ("<p>打印时间：2024-02-05</p><p>成文日期：2024-02-01</p>", "", None),
        ("<p>2024-02-05</p>", "", None),
    ],
)
def test_a_page_says_the_day_of_its_own_publication(body: str, head: str, day: str | None) -> None:
    assert on_page(body, head) == day
