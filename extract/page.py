"""A page: its tree, its article, and what it says about itself."""

from extract.container import container
from extract.fields import PageFields, fields, text_fields
from extract.tree import cut, is_html, lines, lines_of, parse

__all__ = [
    "PageFields",
    "container",
    "cut",
    "fields",
    "is_html",
    "lines",
    "lines_of",
    "parse",
    "text_fields",
]
