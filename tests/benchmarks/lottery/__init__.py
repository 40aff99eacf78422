"""The form lottery: consistent disclosures in random layouts, each with the truth about every figure.

``python -m tests.benchmarks.lottery`` draws them, has them read and says how much was understood. What
draws knows nothing of what reads: ``reading_sets`` alone imports ``extract``, which is under test, and
nothing here looks into the reader's vocabulary.
"""
