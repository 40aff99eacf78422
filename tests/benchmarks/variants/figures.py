"""Figures as people type them, and such as nobody can read."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

DECORATED: tuple[Callable[[str], str], ...] = (
    lambda figure: f"￥{figure}", lambda figure: f"RMB {figure}", lambda figure: f"人民币{figure}",
    lambda figure: figure.replace(",", "、"), lambda figure: figure.replace(",", "，"),
    lambda figure: figure.replace(",", "’"), lambda figure: figure.replace(",", "\u2009"),
    lambda figure: figure.replace(",", "\u00a0"), lambda figure: figure.replace(".", "·"),
    lambda figure: f"\u200e{figure}", lambda figure: f"\u202a{figure}\u202c",
    lambda figure: figure[:1] + "\u00ad" + figure[1:],
    lambda figure: f"{figure}\ufeff", lambda figure: f"{figure}①", lambda figure: f"{figure}¹",
    lambda figure: f"{figure}*",
    lambda figure: f"{figure}（注1）", lambda figure: f"{Decimal(figure.replace(',', '')):E}",
    lambda figure: figure.translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．")),
)  # fmt: skip
UNREADABLE: tuple[Callable[[str], str], ...] = (
    lambda figure: "#REF!", lambda figure: "####", lambda figure: "1" * 40, lambda figure: f"约{figure}",
    lambda figure: f"{figure}\n{figure}", lambda figure: figure.replace(".", "\ufffd."),
    lambda figure: "1.2.3",
)  # fmt: skip
