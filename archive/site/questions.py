"""The usual questions, as queries that can be looked at, changed and downloaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A query of Datasette's.

    Attributes:
        name: Its address.
        title: What it answers, in Chinese.
        title_en: The same in English.
        sql: One short query over public names.
    """

    name: str
    title: str
    title_en: str
    sql: str


QUESTIONS = (
    Question(
        "refusals",
        "县级部门不予公开的比例与理由，按领域",
        "Refusals of county departments, by sector and ground",
        """SELECT sector, year, count(*) AS reports, sum(r_done_tot) AS concluded,
  sum(d_refused) AS refused, round(1.0 * sum(d_refused) / sum(r_done_tot), 4) AS share,
  sum(r_denied_secret_tot) AS state_secret, sum(r_denied_law_tot) AS other_law,
  sum(r_denied_security_tot) AS security, sum(r_denied_third_tot) AS third_party,
  sum(r_denied_internal_tot) AS internal, sum(r_denied_deliber_tot) AS deliberative,
  sum(r_denied_casefile_tot) AS case_file, sum(r_denied_query_tot) AS admin_query
FROM panel JOIN publishers ON publishers.id = publisher_id
WHERE panel.org_type = 'department' AND panel.admin_level = 'county'
  AND d_refused IS NOT NULL AND r_done_tot IS NOT NULL
GROUP BY sector, year ORDER BY year DESC, concluded DESC""",
    ),
    Question(
        "recipients",
        "收到申请最多的机关",
        "The bodies that receive most requests",
        """SELECT publisher, province, prefecture, year, r_new_tot AS received,
  r_done_tot AS concluded, d_refused AS refused, report_key
FROM panel WHERE r_new_tot IS NOT NULL ORDER BY r_new_tot DESC LIMIT 100""",
    ),
    Question(
        "carry_overs",
        "上年结转与上一年报告不符",
        "Carry-overs that do not match last year's report",
        """SELECT now.publisher, now.year, before.r_carry_out_tot AS carried_out_last_year,
  now.r_carry_in_tot AS carried_in, now.report_key
FROM panel AS now JOIN panel AS before
  ON before.publisher_id = now.publisher_id AND before.report_scope = now.report_scope
  AND before.year = now.year - 1
WHERE now.r_carry_in_tot != before.r_carry_out_tot ORDER BY now.year DESC, now.publisher""",
    ),
    Question(
        "late",
        "迟发的报告",
        "Late reports",
        """SELECT publisher, province, year, published_on, days_late, report_key
FROM panel WHERE days_late > 0 ORDER BY days_late DESC LIMIT 500""",
    ),
    Question(
        "missing",
        "谁没有收录，为什么",
        "Who is missing, and why",
        """SELECT publishers.name, publishers.division_code, coverage.year, status, detail, as_of
FROM coverage JOIN publishers ON publishers.id = publisher_id
WHERE status NOT IN ('found', 'not_due', 'not_obliged')
ORDER BY coverage.year DESC, division_code LIMIT 1000""",
    ),
    Question(
        "altered",
        "发布后改动了什么",
        "What was altered after publishing",
        """SELECT publishers.name, year, changes.kind, table_key, row_key, column_key,
  old_raw, new_raw, report_key
FROM report_versions JOIN changes ON to_version = report_versions.id
JOIN reports ON reports.id = changes.report_id JOIN publishers ON publishers.id = publisher_id
WHERE reason = 'revised' ORDER BY report_versions.id DESC LIMIT 1000""",
    ),
)
