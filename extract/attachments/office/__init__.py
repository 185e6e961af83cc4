"""LibreOffice as a converter that may do nothing but convert."""

from __future__ import annotations

from extract.attachments.office.libreoffice import convert

__all__ = ["convert"]
