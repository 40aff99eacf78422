"""PDFs with one trouble each, as people report of real files: what becomes of each figure."""
