"""The numbers of a body's reports over the years, and how each cell prints them.

Within a report the sums of the form hold; from year to year 上年结转 continues 结转下年度 and
现行有效 continues its chain. Then a known share of reports prints something less tidy, as real
ones do; ``Figures.flaws`` says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from crawler.sandbox.dice import dice
from crawler.sandbox.forms import OUTCOMES, PEOPLE, ROUTES, T3, T4, Form, form_of
from crawler.sandbox.model import Body

Counts = dict[str, dict[str, int]]
Printed = dict[str, dict[str, dict[str, str | None]]]  # table, row, column; None: a blank cell

YEARS = range(2019, 2026)
_PEOPLE_WEIGHTS = (82, 9, 1, 2, 4, 2)
_RESULT_WEIGHTS = {"granted": 40, "partial": 10, "unavailable_not_held": 25}
_SCALES = {"government": (40, 90, 160), "department": (0, 1, 2, 4, 9, 20), "township": (0, 0, 1)}


@dataclass(frozen=True)
class Figures:
    """What the tables of one report print.

    Attributes:
        tables: Each printed cell; a cell that the table does not have is absent.
        counts: Totals that the prose repeats: ``received``, ``carried``, ``closed``, ``forward``,
            ``review``, ``litigation``, ``licence``, ``penalty``, ``normative``.
        flaws: ``blank_zeros``, ``blank_row``, ``slash``, ``bad_total``, ``bad_row``,
            ``bad_review``; empty when every cell is printed and every sum holds.
        profile: Local changes of the form: ``five_columns``, ``wide_repeal``, ``no_rules``,
            ``other_docs``.
    """

    tables: Printed
    counts: dict[str, int]
    flaws: tuple[str, ...]
    profile: frozenset[str]


def figures(seed: int, body: Body) -> dict[int, Figures]:
    """Return the figures of every report year of a body, as one consistent history."""
    chance = dice(seed, "figures", body.key)
    scale = chance.choice(_SCALES[body.kind])
    forward = dict.fromkeys(PEOPLE, 0)
    valid = chance.randint(0, 30)
    items = {key: chance.randint(1, 90) for key in ("licence", "penalty", "coercion", "admin_fee")}
    history = {}
    for year in YEARS:
        form = form_of(year)
        profile = _profile(body, year, chance)
        requests, forward = _requests(form, scale, forward, chance)
        review = _review(scale, chance)
        issued, repealed = chance.choice((0, 0, 1, 2, 5)), min(valid, chance.choice((0, 0, 1, 3)))
        if year <= 2020:
            tables = _table2_2019(body, valid, issued, items, profile, chance)
            valid += issued
        else:
            lapsed = min(valid - repealed, chance.choice((0, 0, 2)))
            valid += issued - repealed - (lapsed if "five_columns" in profile else 0)
            tables = _table2_2021(body, valid, issued, repealed, lapsed, profile, chance)
        tables[T3] = {row: _text(cells) for row, cells in requests.items()}
        tables[T4] = {"cases": _text(review)}
        counts = {
            "received": requests["new_received"]["total"],
            "carried": requests["carried_over"]["total"],
            "closed": requests["results_total"]["total"],
            "forward": requests["carried_forward"]["total"],
            "review": review["review_total"],
            "litigation": review["litigation_direct_total"]
            + review["litigation_after_review_total"],
            "licence": int(tables["t2_art20_5"]["licence"]["decisions"] or 0),
            "penalty": int(tables["t2_art20_6"]["penalty"]["decisions"] or 0),
            "normative": issued,
        }
        history[year] = Figures(tables, counts, _flaw(tables, chance), profile)
    return history


def _profile(body: Body, year: int, chance: Random) -> frozenset[str]:
    """Local profiles of formats.json, in the places where they were seen."""
    roll = chance.random()
    province, county = body.place.code[:2], body.place.level == "county"
    found = set()
    if year <= 2020 and body.place.code.startswith("4207") and roll < 0.5:
        found.add("other_docs")
    if year >= 2023 and body.place.code.startswith("4206") and roll < 0.6:
        found.add("five_columns")
    if year >= 2021 and province == "43" and roll < 0.4:
        found.add("wide_repeal")
    if year >= 2021 and province == "42" and county and roll < 0.3:
        found.add("no_rules")
    return frozenset(found)


def _requests(
    form: Form, scale: int, before: dict[str, int], chance: Random
) -> tuple[Counts, dict[str, int]]:
    """Draw table 3; every request gets an applicant and ends as a result or carried forward."""
    new = dict.fromkeys(PEOPLE, 0)
    for who in chance.choices(PEOPLE, _PEOPLE_WEIGHTS, k=chance.randint(0, 2 * scale)):
        new[who] += 1
    rows: Counts = {
        row.key: dict.fromkeys(PEOPLE, 0) for row in form.tables[T3].rows if not row.heading
    }
    forward = dict.fromkeys(PEOPLE, 0)
    results = form.result_rows
    weights = [_RESULT_WEIGHTS.get(row, 2) for row in results]
    for who in PEOPLE:
        open_cases = new[who] + before[who]
        forward[who] = min(open_cases, chance.choice((0, 0, 0, 1, 2)))
        for row in chance.choices(results, weights, k=open_cases - forward[who]):
            rows[row][who] += 1
        rows["results_total"][who] = open_cases - forward[who]
    rows["new_received"], rows["carried_over"], rows["carried_forward"] = new, dict(before), forward
    for cells in rows.values():
        cells["total"] = sum(cells.values())
    return rows, {who: forward[who] for who in PEOPLE}


def _review(scale: int, chance: Random) -> dict[str, int]:
    cells: dict[str, int] = {}
    for route in ROUTES:
        parts = [chance.choice((0, 0, 0, 1, scale // 20 + 1)) if scale else 0 for _ in OUTCOMES]
        cells |= {f"{route}_{outcome}": n for outcome, n in zip(OUTCOMES, parts, strict=True)}
        cells[f"{route}_total"] = sum(parts)
    return cells


def _table2_2019(
    body: Body, valid: int, issued: int, items: dict[str, int], profile: frozenset[str],
    chance: Random,
) -> Printed:  # fmt: skip
    made = {"made_new": issued, "published_new": issued, "published_total": valid + issued}
    nothing = dict.fromkeys(made, 0)
    first = {"rules": _text(nothing), "normative_docs": _text(made)}
    if "other_docs" in profile:
        other = chance.randint(20, 400)
        first["other_active_docs"] = _text(
            {"made_new": other, "published_new": other, "published_total": other + valid}
        )

    def matter(key: str, *, decided: bool = True) -> dict[str, str | None]:
        before, change = items[key], chance.choice((0, 0, 0, 2, 5, -1))
        change = max(change, -before)
        items[key] += change
        signed = f"+{change}" if change > 0 and chance.random() < 0.5 else str(change)
        cells: dict[str, str | None] = {"items_prev_year": str(before), "items_change": signed}
        if decided:
            cells["decisions"] = str(_decisions(body, chance))
        return cells

    services: dict[str, str | None] = {
        "items_prev_year": str(items.setdefault("other_services", chance.randint(0, 40))),
        "items_change": "0",
        "decisions": str(chance.randint(0, 900)),
    }  # fmt: skip
    amount = chance.randint(0, 90_000_000) / 100
    money = chance.choice((f"{amount:.2f}", f"{amount:.0f}元", f"{amount / 10_000:.2f}万元", "0"))
    projects = "0" if money == "0" else str(chance.randint(1, 60))
    return {
        "t2_art20_1": first,
        "t2_art20_5": {"licence": matter("licence"), "other_services": services},
        "t2_art20_6": {"penalty": matter("penalty"), "coercion": matter("coercion")},
        "t2_art20_8": {"admin_fee": matter("admin_fee", decided=False)},
        "t2_art20_9": {
            "central_procurement": {"procurement_projects": projects, "procurement_amount": money}
        },
    }


def _table2_2021(
    body: Body, valid: int, issued: int, repealed: int, lapsed: int, profile: frozenset[str],
    chance: Random,
) -> Printed:  # fmt: skip
    documents = {"issued": issued, "repealed": repealed}
    if "five_columns" in profile:
        documents |= {"expired": lapsed, "modified": chance.choice((0, 0, 1))}
    documents["valid"] = valid
    nothing = dict.fromkeys(documents, 0)
    if body.kind == "government" and body.place.level == "prefecture":
        nothing["valid"] = 6  # only a city with districts may make 规章
    fee = chance.choice((0.0, 0.0, chance.randint(1, 900_000) / 1000))
    return {
        "t2_art20_1": {"rules": _text(nothing), "normative_docs": _text(documents)},
        "t2_art20_5": {"licence": {"decisions": str(_decisions(body, chance))}},
        "t2_art20_6": {
            "penalty": {"decisions": str(_decisions(body, chance))},
            "coercion": {"decisions": str(chance.choice((0, 0, 0, 3, 17)))},
        },
        "t2_art20_8": {"admin_fee": {"fee_amount_wanyuan": f"{fee:.3f}" if fee else "0"}},
    }


def _decisions(body: Body, chance: Random) -> int:
    if body.kind == "township":
        return chance.choice((0, 0, 4, 31))
    return chance.choice((0, 12, 127, chance.randint(200, 9999)))


def _text(cells: dict[str, int]) -> dict[str, str | None]:
    return {key: str(value) for key, value in cells.items()}


def _flaw(tables: Printed, chance: Random) -> tuple[str, ...]:
    """Print some reports as untidily as real ones; at most one flaw a report."""
    roll = chance.random()
    requests, cases = tables[T3], tables[T4]["cases"]
    if roll < 0.08:
        for cells in requests.values():
            for who in PEOPLE[1:]:
                cells[who] = None if cells[who] == "0" else cells[who]
        return ("blank_zeros",)
    if roll < 0.11 and set(requests["carried_forward"].values()) == {"0"}:
        requests["carried_forward"] = dict.fromkeys(requests["carried_forward"], None)
        return ("blank_row",)
    if roll < 0.15:
        rules = tables["t2_art20_1"]["rules"]
        rules.update(dict.fromkeys(rules, "/"))
        return ("slash",)
    if roll < 0.18:
        requests["results_total"]["total"] = str(int(requests["results_total"]["total"] or 0) + 1)
        return ("bad_total",)
    if roll < 0.20:
        requests["granted"]["natural_person"] = str(
            int(requests["granted"]["natural_person"] or 0) + 3
        )
        return ("bad_row",)
    if roll < 0.22:
        cases["review_total"] = str(int(cases["review_total"] or 0) + 2)
        return ("bad_review",)
    return ()
