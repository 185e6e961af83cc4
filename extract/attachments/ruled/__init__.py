"""From signs and rules with positions to paragraphs and tables, for files that are laid out pages.

PDF and OFD alike only say where each sign and each rule stands. What belongs together (lines,
paragraphs, cells, tables that go on on the next page) is told here, once for both.
"""
