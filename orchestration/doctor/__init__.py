"""What can go wrong in a warehouse's home, looked for place by place; each fault with what to do about it."""

from orchestration.doctor.examination import CHECKS, examine, mend
from orchestration.doctor.fault import Check, Fault

__all__ = ["CHECKS", "Check", "Fault", "examine", "mend"]
