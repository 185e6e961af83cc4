"""What a document says: bytes in, record out. No Scrapy, no database, no network, no clock."""

# The reader's version. It stands in every record; a change of it is a re-extraction, never an
# edit by a government (DESIGN.md, promise 7).
VERSION = "3"
