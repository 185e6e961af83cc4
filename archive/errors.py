"""The errors of the archive. Each message says what is wrong, where, and what to do."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot do what was asked."""


class NotAnArchive(ArchiveError):  # noqa: N818 - reads as the sentence that the user sees
    """The file is there, but it is no archive of this project."""


class NewerArchive(ArchiveError):  # noqa: N818
    """The file was written by a later version of this project."""


class ArchiveLocked(ArchiveError):  # noqa: N818
    """Another process is writing to the archive."""


class WrongWorld(ArchiveError):  # noqa: N818
    """A real crawl met a sandbox archive, or the other way round."""


class DamagedPayload(ArchiveError):  # noqa: N818
    """A payload is missing or its bytes do not match their hash."""
