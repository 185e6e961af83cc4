"""The archive: one SQLite file with every fetch, every payload and every reading of it."""
