"""OFD, the national fixed-layout format (GB/T 33190-2016): a ZIP of XML pages."""

from __future__ import annotations

from extract.attachments.ofd.reader import read

__all__ = ["read"]
