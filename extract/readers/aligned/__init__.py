"""Tables without full rules: columns and rows by how words stand to each other, where no rules tell."""

from extract.readers.aligned.columns import Columns
from extract.readers.aligned.grids import as_grid
from extract.readers.aligned.tables import AlignedTable, aligned_tables
from extract.readers.aligned.words import Word, words_of

__all__ = ["AlignedTable", "Columns", "Word", "aligned_tables", "as_grid", "words_of"]
