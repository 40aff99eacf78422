"""Findings as they are shown: what each rests on, and a draft held against what was approved."""
