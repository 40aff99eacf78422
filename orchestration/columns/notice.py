"""What a generated file, or a generated part of one, says of itself."""

from __future__ import annotations

COMMAND = "python -m orchestration.columns"
NOTICE = f"Generated from extract/records by {COMMAND}: change it there."
