"""One base for each CMS: how it lists, pages and dates its columns."""
