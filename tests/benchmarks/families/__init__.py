"""What a layout family is read like when the vocabulary never saw it: leave one family out.

``python -m tests.benchmarks.families`` takes away every row of the vocabulary that nothing outside a family
matches, and reads the family. What matches is recorded while titles, headers and documents are read; it is
written down nowhere.
"""
