"""The form lottery: consistent disclosures in random layouts, each with the truth about every figure.

``python -m tests.benchmarks.lottery`` draws them, has them read and says how much was understood. What draws knows
nothing of what reads: no module but ``scoring``, ``reading_sets``, ``report`` and ``__main__`` imports ``extract``,
and nothing here looks into the reader's vocabulary.
"""
