"""Tables without full rules: columns and rows by how words stand to each other. Of lower standing than rules."""

from extract.readers.aligned.tables import AlignedTable, aligned_tables
from extract.readers.aligned.words import Word, words_of

__all__ = ["AlignedTable", "Word", "aligned_tables", "words_of"]
