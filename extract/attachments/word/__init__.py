"""Word documents: the parts of a package, numbers of lists, text of paragraphs, tables, body."""
