"""Reports that are no web pages: each reader turns one kind of file into a ``Paper``."""
