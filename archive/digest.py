"""The content digest: equal for two archives that say the same, however they came to it.

In it: reports, versions, sections, cells, checks, those between years, indicators, statuses. Not
in it: times, row ids, the number at the end of a report key (it follows the order of arrival), the
bytes, the log of fetches.
"""

from __future__ import annotations

import json
from hashlib import sha256

from archive.db import Archive

# A report is named by what it is and where it stands.
_NAME = (
    "publishers.key || ':' || coalesce(year, '') || ':' || report_scope || ':' || reports.address"
)

_PARTS = {
    "report": f"""SELECT {_NAME}, agency, title, published_on, signed_on, due_on, format, kind,
        is_primary, duplicate_of IS NOT NULL, source_rank
        FROM reports JOIN publishers ON publishers.id = publisher_id""",
    "version": f"""SELECT {_NAME}, number, reason, content_sha256, flags
        FROM report_versions JOIN reports ON reports.id = report_id
        JOIN publishers ON publishers.id = publisher_id""",
    "section": f"""SELECT {_NAME}, report_versions.number, sections.number, heading, text, parts
        FROM sections JOIN report_versions ON report_versions.id = version_id
        JOIN reports ON reports.id = report_id JOIN publishers ON publishers.id = publisher_id""",
    "cell": f"""SELECT {_NAME}, number, table_key, row_key, column_key, occurrence, raw, value,
        missing, unit, unit_source, at
        FROM cells JOIN report_versions ON report_versions.id = version_id
        JOIN reports ON reports.id = report_id JOIN publishers ON publishers.id = publisher_id""",
    "check": f"""SELECT {_NAME}, number, check_id, scope, verdict, left_value, right_value, cause
        FROM checks JOIN report_versions ON report_versions.id = version_id
        JOIN reports ON reports.id = report_id JOIN publishers ON publishers.id = publisher_id""",
    "indicator": f"""SELECT {_NAME}, number, indicators.key, value, unit, subject, basis, quote,
        section, status
        FROM indicators JOIN report_versions ON report_versions.id = version_id
        JOIN reports ON reports.id = report_id JOIN publishers ON publishers.id = publisher_id""",
    "cross": f"""SELECT {_NAME}, check_id, scope, left_value, right_value, verdict,
        assumes_blank_zero, cause, (SELECT address FROM reports WHERE reports.id = earlier_id)
        FROM cross_checks JOIN reports ON reports.id = report_id
        JOIN publishers ON publishers.id = publisher_id""",
    "status": """SELECT key, year, status FROM coverage
        JOIN publishers ON publishers.id = publisher_id""",
}


def content_digest(archive: Archive) -> str:
    """Return the SHA-256 over what the archive says, 64 hexadecimal digits."""
    total = sha256()
    for part, sql in _PARTS.items():
        # Rows are hashed one by one, so that a large archive is never held as text.
        rows = sorted(
            sha256(json.dumps([part, *row], ensure_ascii=False).encode("utf-8")).digest()
            for row in archive.conn.execute(sql)
        )
        for row in rows:
            total.update(row)
    return total.hexdigest()
