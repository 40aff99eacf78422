"""PDF documents: characters and rules of each page, by pdfium, to lines of text and grids of cells."""

from extract.readers.pdf.document import read_pdf

__all__ = ["read_pdf"]
