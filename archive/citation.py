"""How to cite a report: who, which year, under which title, where, fetched when, which bytes."""

from __future__ import annotations


def citation(
    *,
    agency: str,
    year: int | None,
    title: str | None,
    url: str,
    fetched_at: str,
    sha256: str,
) -> str:
    """Return a citation of a report as archived.

    Args:
        agency: The body's name as the report has it.
        year: The year reported on, if known.
        title: The title as printed, if any.
        url: Where the document stood.
        fetched_at: When it was fetched, UTC, ISO.
        sha256: The hash of its bytes, 64 hexadecimal digits.
    """
    named = f"《{title}》" if title else "（无题）"
    of = f"（{year}年度）" if year is not None else ""
    return f"{agency}：{named}{of}，{url}，{fetched_at[:10]} 存档，sha256:{sha256}"
