"""Sets of measures and sources: typed, and refused where they are of something else."""

from __future__ import annotations

import pytest

from extract.column_sets import ColumnSet, column_sets
from extract.vocabulary import load_vocabulary


def test_the_members_of_a_set_are_parted_by_bars() -> None:
    rows = [{"says": "measure", "stage": None, "members": "basic|project", "note": None}]
    assert column_sets(rows) == (ColumnSet("measure", None, frozenset({"basic", "project"})),)


def test_a_set_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing that a column says"):
        column_sets([{"says": "year", "stage": None, "members": "a|b", "note": None}])


def test_every_member_is_a_measure_of_spending() -> None:
    vocabulary = load_vocabulary()
    measures = [each for each in vocabulary.column_sets if each.says == "measure"]
    assert measures
    assert all(each.values <= vocabulary.kinds for each in measures)
