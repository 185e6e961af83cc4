"""The researcher's pack: the public file, its exports, and what one must know to use them."""
