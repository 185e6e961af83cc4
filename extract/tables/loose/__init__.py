"""The form tables of a loose text: whatever an HTML page, a PDF or a copy has left of them."""

from extract.tables.loose.reader import read_text

__all__ = ["read_text"]
