"""A place to look into the archive: our own pages on top of Datasette."""
