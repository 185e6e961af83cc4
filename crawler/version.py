"""The version of the installed project, for the user agent and the run's record."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def project_version() -> str:
    """Return the version of pyproject.toml, or ``dev`` when run from a bare checkout."""
    try:
        return version("gov-reports")
    except PackageNotFoundError:
        return "dev"
