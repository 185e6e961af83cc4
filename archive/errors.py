"""The errors of the archive. Each message says what is wrong, where, and what to do."""

# The names are what went wrong, as the user reads it.
# ruff: noqa: N818

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot do what was asked."""


class NotAnArchive(ArchiveError):
    """The file is there, but it is no archive of this project."""


class NewerArchive(ArchiveError):
    """The file was written by a later version of this project."""


class ArchiveLocked(ArchiveError):
    """Another process is writing to the archive."""


class ArchiveFailed(ArchiveError):
    """The disk refused a write: nothing more can be kept until a person has looked."""


class WrongWorld(ArchiveError):
    """A real crawl met a sandbox archive, or the other way round."""


class DamagedPayload(ArchiveError):
    """A payload is missing or its bytes do not match their hash."""
