"""PDF: text with its places, or pages that are pictures."""

from extract.attachments.pdf.reader import read

__all__ = ["read"]
