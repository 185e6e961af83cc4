"""Workbooks: what a cell prints, which cells are seen, and the sheets as tables and paragraphs."""
