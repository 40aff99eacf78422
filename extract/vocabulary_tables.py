"""Where the vocabulary's tables lie, and those that reading depends on; told without loading any."""

from __future__ import annotations

from pathlib import Path

VOCABULARY_DIR = Path(__file__).resolve().parents[1] / "dbt_project" / "seeds" / "vocabulary"
TABLES = (
    "caption_patterns",
    "column_headers",
    "column_sets",
    "count_subjects",
    "document_words",
    "form_evidence",
    "form_meanings",
    "form_titles",
    "forms",
    "grid_signatures",
    "head_labels",
    "header_words",
    "indicator_levels",
    "measures",
    "name_patterns",
    "prose_words",
    "quantity_words",
    "regions",
    "remark_patterns",
    "row_labels",
    "row_words",
    "spending_forms",
    "title_words",
    "units",
)
"""The tables that reading depends on. The others are for SQL alone: a change reads no document again."""
