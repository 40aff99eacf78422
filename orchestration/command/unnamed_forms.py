"""What a person should hear of forms that nobody could name: which, what was kept, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from orchestration.command.terminal import escape

_MOST_TITLES = 8


class UnnamedForm(NamedTuple):
    """A printed form that is none of the standard ones, as far as anybody could tell."""

    file_name: str
    printed_title: str | None
    amounts: int


def unnamed_forms_in_words(forms: Sequence[UnnamedForm]) -> str | None:
    """A few sentences about them, for the terminal; None where there is none."""
    if not forms:
        return None
    titles = list(dict.fromkeys(form.printed_title or "(no title)" for form in forms))
    more = f" and {len(titles) - _MOST_TITLES} more" if len(titles) > _MOST_TITLES else ""
    shown = ", ".join(f"“{escape(title)}”" for title in titles[:_MOST_TITLES])
    amounts = sum(form.amounts for form in forms)
    are = "form is none" if len(forms) == 1 else "forms are none"
    return (
        f"{len(forms):,} {are} of the standard ones, or not known to be: {shown}{more}. "
        f"Their {amounts:,} amounts are kept in staging.amounts, where form_key is NULL, with label, code, "
        "column and place; they are in no fact and in no equation of a standard form. If one is a standard "
        "form, a word of its title is missing in title_words.csv (see CONTRIBUTING)."
    )
