"""The numbers of a report's running text: which one says what, of whom, in which words."""

from extract.indicators.find import find

__all__ = ["find"]
