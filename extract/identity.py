"""Whose report it is, of which year, published and signed when: claims, and the choice made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from extract.codes import org_code, uscc
from extract.damage import host_rank
from extract.fields import PageFields
from extract.normal import match_form
from extract.record import Agency, AgencySource, Claim, Section, Source
from extract.titles import judge, title_year
from extract.writer import candidates, signature

_PERIOD = re.compile(
    r"(?:统计|所列|数据|期限|时限|周期|时间)[^。]{0,24}?(20\d\d)年1月1日(?:起|开始)?,?(?:至|到|—|-|~)"
    r"[^。]{0,4}?(?:(20\d\d)年)?(?:12月31日|底)"
)
_STATED = re.compile(
    r"(20\d\d)年度?[^。《》]{0,30}?(?:信息|政务)公开(?:工作)?[^。《》]{0,8}(?:报告|年报|总结)|(20\d\d)年度?的?年度?报告"
)
_SUBJECT_YEAR = re.compile(r"(?:^|[。;；])(?:截至|截止)?(20\d\d)年(?!\d)|(?<!\d)(20\d\d)年度")

_SCOPES = (
    (
        "whole_territory",
        r"(?:数据|内容|报告)[^。]{0,20}(?:包括|包含|涵盖|汇总|含)[^。]{0,50}"
        r"(?:各县|各区|县\(?市|各乡镇|各镇|乡\(?镇|街道)"
        r"|(?:汇总|综合)[^。]{0,20}(?:各县|各区|各乡镇|各镇)[^。]{0,60}(?:编制|而成)",
    ),
    (
        "government_with_departments",
        r"(?:数据|内容|报告)[^。]{0,20}(?:包括|包含|涵盖|汇总|含)[^。]{0,40}(?:各部门|工作部门|各单位|直部门|直单位)",
    ),
    ("office_only", r"(?:仅|只)(?:包括|包含|涵盖|含|指|为)[^。]{0,16}(?:办公室|办公厅)"),
    (
        "vertical_system",
        r"(?:数据|内容|报告)[^。]{0,20}(?:包括|包含|涵盖|含)[^。]{0,30}(?:全系统|本系统|各级[^。]{0,6}(?:税务|海关|气象))",
    ),
    ("own_body", r"(?:仅|只)(?:包括|包含|涵盖|含|为)[^。]{0,12}(?:本机关|本单位|局机关|本级)"),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report is known by.

    Attributes:
        agency: The body that wrote it; None where no source names it.
        year: The report year, never from an address.
        title: As printed.
        published_on: ISO date of the page.
        signed_on: ISO date of the signature.
        report_scope: One of ``enums.report_scope``; unknown unless the text says.
        claims: Every statement met, the chosen ones included.
        flags: Quality flags of formats.json that identity can tell.
    """

    agency: Agency | None = None
    year: int | None = None
    title: str | None = None
    published_on: str | None = None
    signed_on: str | None = None
    report_scope: str = "unknown"
    claims: tuple[Claim, ...] = ()
    flags: tuple[str, ...] = field(default=())


def identify(
    fields: PageFields,
    sections: Sequence[Section],
    lines: Sequence[str],
    source: Source,
) -> Identity:
    """Decide whose report it is, and of when.

    Args:
        fields: What the page says about itself.
        sections: The sections, the preamble included.
        lines: The report's lines in order.
        source: What the list said that led here.

    Returns:
        The choices, and every claim they were made from.
    """
    claims = [*fields.claims, *_from_row(source)]
    title = _title(fields, source)
    bodies = candidates(fields, lines, source)
    claims += [claim for _, claim in bodies]
    years = _years(fields, sections, lines, source)
    claims += years
    _, signed_on, quote = signature(lines)
    if signed_on:
        claims.append(Claim("signed_on", signed_on, "signature", quote))
    published = next((claim for claim in claims if claim.field == "published_on"), None)
    scope, said = _scope(lines)
    if said:
        claims.append(Claim("report_scope", scope, "body", said))
    agency = _agency(bodies[0][1], fields) if bodies else None
    return Identity(
        agency=agency,
        year=int(years[0].value) if years else None,
        title=title,
        published_on=published.value if published else None,
        signed_on=signed_on,
        report_scope=scope,
        claims=tuple(dict.fromkeys(claims)),
        flags=tuple(_flags(years, published, agency, source)),
    )


def _from_row(source: Source) -> list[Claim]:
    found = []
    if source.row_title:
        found.append(Claim("title", source.row_title, "list_row", source.row_title))
    if source.row_date:
        found.append(Claim("published_on", source.row_date, "list_row", source.row_date))
    return found


def _title(fields: PageFields, source: Source) -> str | None:
    """The first title that is a report's; else the first that may be; else the first."""
    titles = [claim.value for claim in fields.all("title")]
    titles += [source.row_title] if source.row_title else []
    verdicts = [(judge(title, column_is_annual=True), title) for title in titles]
    for wanted in ("report", "undecided"):
        for verdict, title in verdicts:
            if verdict.verdict == wanted and (wanted == "report" or verdict.year):
                return _without_site(title, titles)
    return titles[0] if titles else None


def _without_site(title: str, titles: Sequence[str]) -> str:
    """A title printed a second time without the site's name or advertisement behind its dash."""
    form = match_form(title)
    for other in titles:
        rest = form.removeprefix(match_form(other))
        if rest and rest != form and rest[0] in "-_|—–" and judge(other).verdict == "report":
            return other
    return title


def _years(
    fields: PageFields, sections: Sequence[Section], lines: Sequence[str], source: Source
) -> list[Claim]:
    """Claims about the report year, best first: title, list row, period of the data, the text."""
    found = []
    for claim in fields.all("title"):
        year = title_year(claim.value)
        if year and judge(claim.value, column_is_annual=True).verdict != "other":
            found.append(Claim("year", str(year), "title", claim.quote))
    row = title_year(source.row_title) if source.row_title else None
    if row:
        found.append(Claim("year", str(row), "list_row", source.row_title or ""))
    forms = [match_form(line[:5000]) for line in lines]
    for form in forms[:40]:
        period = _PERIOD.search(form)
        if period and period[2] in (None, period[1]):
            found.append(Claim("year", period[1], "period", period[0][:200]))
    stated = next((hit for form in forms[:12] if (hit := _STATED.search(form))), None)
    if stated:
        found.append(Claim("year", stated[1] or stated[2], "body", stated[0][:200]))
    found += _usual(sections, forms)
    # 2024年部门年报: the column's year; last, since some columns go by the year of publication.
    for name in [source.column_name or "", *(claim.value for claim in fields.all("column"))]:
        year = title_year(name)
        if year:
            found.append(Claim("year", str(year), "column", name))
    return found


def _usual(sections: Sequence[Section], forms: Sequence[str]) -> list[Claim]:
    """The year most sentences begin with. The fifth section speaks of the years round it."""
    kept = [match_form(part.text[:20_000]) for part in sections if part.number != 5]
    hits = [hit for form in (kept or forms) for hit in _SUBJECT_YEAR.finditer(form)]
    if not hits:
        return []
    year = Counter(hit[1] or hit[2] for hit in hits).most_common(1)[0][0]
    first = next(hit for hit in hits if year in (hit[1], hit[2]))
    return [Claim("year", year, "body", first.string[first.start() : first.start() + 60])]


def _agency(claim: Claim, fields: PageFields) -> Agency:
    index = fields.first("index_number")
    code = fields.first("site_id_code")
    source: AgencySource = claim.source  # type: ignore[assignment]  # made from AgencySource
    return Agency(
        name=claim.value,
        source=source,
        uscc=uscc(index.value) if index else None,
        org_code=org_code(index.value) if index else None,
        site_id_code=code.value.lower() if code else None,
        division_code=_division(claim.value, fields),
    )


def _division(name: str, fields: PageFields) -> str | None:
    """The division in the site's code, if the site belongs to the place the body's name names.

    A county's pages may stand on the city's site; then the site's code says nothing of them.
    """
    code = fields.first("site_id_code")
    if code is None or not code.value[:6].isdigit():
        return None
    for claim in [*fields.all("host_unit"), *fields.all("site_name")]:
        place = re.match(r"(.{2,12}?[省市县区州盟旗])(?:人民)?政府", match_form(claim.value))
        if place and match_form(name).startswith(place[1]):
            rest = match_form(name)[len(place[1]) :]
            # 襄阳市襄州区…: the name goes on to a place below the site's.
            if not re.match(r".{2,8}?[县区旗](?!块)", rest):
                return code.value[:6]
    return None


def _scope(lines: Sequence[str]) -> tuple[str, str]:
    for line in lines[:12]:
        form = match_form(line[:3000])
        for scope, pattern in _SCOPES:
            hit = re.search(pattern, form)
            if hit:
                return scope, hit[0][:200]
    return "unknown", ""


def _flags(
    years: Sequence[Claim],
    published: Claim | None,
    agency: Agency | None,
    source: Source,
) -> list[str]:
    host = (urlsplit(source.url or "").hostname or "").lower()
    best = {claim.source: claim.value for claim in reversed(years)}
    told = {best[place] for place in ("title", "list_row", "period") if place in best}
    checks = {
        "UNDATED": published is None,
        "YEAR_MISMATCH": len(told) > 1,
        "AGENCY_INFERRED": agency is not None and agency.source == "inferred",
        "MIRROR_HOST": bool(host) and host_rank(host, issuing=False) == "copy",
    }
    return [flag for flag, holds in checks.items() if holds]
