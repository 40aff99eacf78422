"""The figures of a lottery as tables of text, and what was missed as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.benchmarks.lottery.findings import FindingScores
from tests.benchmarks.lottery.scoring import ASPECTS, Scores

Row = dict[str, Any]
_HEADINGS = (
    "",
    "cells",
    "read %",
    "phantom",
    "unit %",
    "forms",
    "right %",
    "open %",
    "wrong %",
    "others",
    "wrong %",
)
_ALL = "all"


def figures(scores: Scores) -> str:
    """Figures read, phantom amounts, units, standard and other forms; what columns say; by groups."""
    groups: list[tuple[str, Callable[[Row], bool]]] = [(_ALL, lambda row: True)]
    for key in ("family", "format"):
        groups += [(f"{key} {value}", _is(key, value)) for value in _values(scores.forms, key)]
    groups += [("rare words", _is("has_rare_word", True)), ("no rare word", _is("has_rare_word", False))]
    lines = [_line(_HEADINGS)]
    lines += [_line(_reading(name, chosen, scores)) for name, chosen in groups]
    lines += ["", _line(("right/open/wrong %", *ASPECTS, "unit inferred"))]
    lines += [
        _line(_meaning(name, [cell for cell in scores.cells if chosen(cell)])) for name, chosen in groups
    ]
    if scores.unread:
        lines += ["", f"not read at all: {', '.join(scores.unread)}"]
    return "\n".join(lines)


def by_drawing(scores: Scores) -> str:
    """The same by the kind of form that was drawn."""
    lines = [_line(_HEADINGS)]
    for value in _values(scores.forms, "drawing"):
        lines.append(_line(_reading(value, _is("drawing", value), scores)))
    return "\n".join(lines)


def findings_figures(scores: FindingScores) -> str:
    """What reconciliation made of it."""
    lines = [
        f"equations known {scores.equations}, asked and held {_percent(scores.held, scores.equations)}",
        f"clean sets {scores.clean_sets}: with a discrepancy {scores.clean_with_discrepancy}, "
        f"with a suspect {scores.clean_with_suspect}",
        f"slips {scores.slips}: noticed {scores.slips_noticed}, "
        f"called a discrepancy {scores.slips_called_discrepancy}",
    ]
    for kind, (known, held) in sorted(scores.by_form.items()):
        lines.append(f"{kind:<55}{known:>8}{_percent(held, known):>9}")
    return "\n".join(lines)


def misses(scores: Scores) -> list[Row]:
    """One row for each figure, phantom and form that was not right, with the set and the format."""
    rows: list[Row] = []
    for cell in scores.cells:
        about = {key: cell[key] for key in ("set_no", "form_no", "family", "format", "drawing", "title")}
        about |= {key: cell[key] for key in ("has_rare_word", "cell_id", "text", "row_label", "where")}
        if not cell["is_read"]:
            rows.append({"what": "unread", **about})
            continue
        about["column_path"] = cell["column_path"]
        rows += [
            {"what": aspect, "verdict": cell[aspect], **about,
             "read_as": cell.get(f"{aspect}_read"), "meant": cell.get(f"{aspect}_meant")}
            for aspect in ("unit", *ASPECTS)
            if cell[aspect] not in (None, "right")
        ]  # fmt: skip
    rows += [{"what": "phantom", **phantom} for phantom in scores.phantoms]
    rows += [{"what": "form", **form} for form in scores.forms if form["verdict"] != "right"]
    return rows


def _reading(name: str, chosen: Callable[[Row], bool], scores: Scores) -> tuple[str, ...]:
    cells = [cell for cell in scores.cells if chosen(cell)]
    forms = [form for form in scores.forms if chosen(form)]
    read = [cell for cell in cells if cell["is_read"]]
    units = [cell["unit"] == "right" for cell in read if cell["unit_is_printed"]]
    verdicts = [form["verdict"] for form in forms if form["form_key"]]
    others = [form["verdict"] for form in forms if not form["form_key"]]
    # a phantom belongs to no form, so it has a format and a family of its set but no word
    is_of_sets = name == _ALL or name.startswith(("family", "format"))
    phantoms = str(sum(map(chosen, scores.phantoms))) if is_of_sets else ""
    return (
        name, str(len(cells)), _percent(len(read), len(cells)), phantoms, _percent(sum(units), len(units)),
        str(len(verdicts)),
        *(_percent(verdicts.count(each), len(verdicts)) for each in ("right", "open", "wrong")),
        str(len(others)), _percent(others.count("wrong"), len(others)),
    )  # fmt: skip


def _meaning(name: str, cells: Sequence[Row]) -> tuple[str, ...]:
    shares = []
    for aspect in ASPECTS:
        verdicts = [cell[aspect] for cell in cells if cell[aspect] is not None]
        shares.append(
            " / ".join(_percent(verdicts.count(each), len(verdicts)) for each in ("right", "open", "wrong"))
            if verdicts
            else "not staged"
        )
    inferred = [cell["unit"] == "right" for cell in cells if cell["unit"] and not cell["unit_is_printed"]]
    return (name, *shares, _percent(sum(inferred), len(inferred)))


def _line(cells: Sequence[str]) -> str:
    first, *rest = cells
    width = 22 if len(cells) < len(_HEADINGS) else 9
    return f"{first:<44}" + "".join(f"{cell:>{width}}" for cell in rest)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def _is(key: str, value: object) -> Callable[[Row], bool]:
    return lambda row: row.get(key) == value


def _values(rows: Iterable[Row], key: str) -> list[str]:
    return sorted({row[key] for row in rows})
