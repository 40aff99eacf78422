"""OFD (GB/T 33190), China's own format of laid out pages: a zip of XML that says where each sign stands."""

from extract.readers.ofd.document import read_ofd

__all__ = ["read_ofd"]
