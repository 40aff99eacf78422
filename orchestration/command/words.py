"""What the codes of causes, slips and evidence mean, in words."""

from __future__ import annotations

CAUSES = {
    "figure": "one figure is wrong",
    "missing_line": "a line that the sum needs is missing",
    "line_counted_twice": "a line is counted twice",
    "unlocated": "not located: no figure explains it better than all others",
}
ROUNDING = "perhaps nothing: each figure may be rounded as it should be"
SLIPS = {
    "one_digit": "one digit is another",
    "swapped_digits": "two neighbouring digits are swapped",
    "dropped_digit": "a digit is left out",
    "extra_digit": "a digit is too many",
    "moved_point": "the decimal point is in another place",
    "wrong_unit": "the unit is another",
    "wrong_row": "the figure of the row beside it",
    "left_blank": "nothing is printed where a figure belongs",
}
EVIDENCE = {
    "several": "strong: one correction repairs several identities",
    "only_one": "strong: no other figure could be wrong without breaking what holds",
    "likely": "weak: other figures could be wrong, but look less like a slip",
}


def said(words: dict[str, str], code: object) -> str | None:
    """The words for ``code``, with the code itself; a code without words stands for itself."""
    if code is None:
        return None
    return f"{words[str(code)]} ({code})" if str(code) in words else str(code)
