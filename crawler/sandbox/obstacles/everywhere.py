"""The plan ``all``: each obstacle stands somewhere, and more than half of the hosts are healthy.

A host that gives a crawler reason to keep away (challenges, silence, broken connections) is out of
reach as a whole, so that a crawler that backs off loses nothing that the truth calls reachable.
"""

from __future__ import annotations

from crawler.sandbox.obstacles.places import Places, Spot
from crawler.sandbox.obstacles.placing import Placed, barrier, place

HOSTS: tuple[tuple[str, str], ...] = (
    # 华容: an open landing, and behind it nothing but errors, circles and challenges.
    ("error_always", "www.hbhr.gov.cn/hrqxxgk/xxgknb/2025/"),
    ("redirect_endless", "www.hbhr.gov.cn/hrqxxgk/xxgknb/2024/"),
    ("redirect_self", "www.hbhr.gov.cn/hrqxxgk/xxgknb/2023/"),
    ("challenge_412", "www.hbhr.gov.cn/hrqxxgk/xxgknb/2022/"),
    ("challenge_412", "www.hbhr.gov.cn/hrqxxgk/xxgknb/2021/"),
    ("challenge_521", "www.hbhr.gov.cn/hrqxxgk/xxgknb/2020/"),
    ("not_gzip", "www.hbhr.gov.cn/hrqxxgk/xxgknb/2019/"),
    ("robots_403", "www.hbhr.gov.cn"),
    # 宜城: as good as dead, where no wall answers 200.
    ("no_http", "www.ych.gov.cn/xxgk/xxgknb/2025/"),
    ("closed_early", "www.ych.gov.cn/xxgk/xxgknb/2024/"),
    ("reset_always", "www.ych.gov.cn/xxgk/xxgknb/2023/"),
    ("slow_forever", "www.ych.gov.cn/xxgk/xxgknb/2022/"),
    ("block_waf", "www.ych.gov.cn/xxgk/xxgknb/2021/"),
    ("block_stub", "www.ych.gov.cn/xxgk/xxgknb/2020/"),
    ("header_broken", "www.ych.gov.cn/xxgk/xxgknb/2019/"),
    ("robots_404", "www.ych.gov.cn"),
    # 鄂城: a robots.txt that fails, which means keep away.
    ("robots_503", "www.echeng.gov.cn"),
    # 靖州: an https that nobody can speak; its http is open.
    ("weak_curve", "www.jzx.gov.cn"),
    # 襄城: moved to an https of ten years ago; all of it is to be had with patience.
    ("to_https", "www.xyxcq.gov.cn"),
    ("old_tls", "www.xyxcq.gov.cn"),
    ("robots_slow", "www.xyxcq.gov.cn"),
    ("meta_refresh", "www.xyxcq.gov.cn/zwgk/xxgknb/xcqnbzl/$"),
    ("cookie_to_self", "www.xyxcq.gov.cn/zwgk/xxgknb/xcqnbzl/bm_xc3322/sjuj/"),
    # 祁阳: https that leads to http, and trouble with single pages.
    ("old_tls_1_1", "www.qy.gov.cn"),
    ("to_http", "www.qy.gov.cn"),
    ("js_jump", "www.qy.gov.cn/qy/gknb/list.shtml$"),
    # 道县: traps in its one long list.
    ("trap_calendar", "www.dx.gov.cn/dx/ndbg/"),
    ("trap_query", "www.dx.gov.cn/dx/ndbg/"),
    ("trap_pager", "www.dx.gov.cn/dx/ndbg/"),
    ("trap_session", "www.dx.gov.cn/dx/ndbg/"),
    ("page_2_missing", "www.dx.gov.cn/dx/ndbg/"),
    ("robots_disallow", "www.dx.gov.cn/dx/ndbg/rili/2027/"),
    ("robots_10mb", "www.dx.gov.cn"),
    ("robots_delay", "www.dx.gov.cn"),
)
"""Laid on hosts and columns: (name, host and path)."""

SINGLE: tuple[str, ...] = (
    "reset_first", "error_first", "slow_drip", "forced_gzip", "odd_encoding", "wrong_charset",
    "header_garbage", "gone_404", "gone_410", "soft_404", "home_page", "redirect_loop",
    "redirect_foreign", "redirect_loopback", "redirect_ipv6", "redirect_ten", "redirect_lan",
    "redirect_metadata", "short_length", "cut_chunks", "bomb", "too_large",
    "too_large_unsaid",
)  # fmt: skip
"""Laid on one report each, of the hosts below."""
_SINGLE_HOSTS = ("www.xyxcq.gov.cn", "www.qy.gov.cn", "www.dx.gov.cn")


def everywhere(places: Places) -> list[tuple[str, str]]:
    """Return the plan that has every obstacle once or more.

    Args:
        places: Of the world; the reports that get an obstacle of their own are those that a
            crawler comes to.
    """
    hosts = place(HOSTS)
    free = [
        f"{host}{way[-1].path}$"
        for host in _SINGLE_HOSTS
        for way in places.ways(host)
        if barrier(hosts, way) is None and not _taken(hosts, way[-1])
    ]
    return [*HOSTS, *zip(SINGLE, free, strict=False)]


def _taken(hosts: list[Placed], spot: Spot) -> bool:
    """Tell whether something stands at an address that answers instead of its page."""
    return any(
        one.meets(spot.host, spot.path, spot.role) and one.kind.act and not one.kind.moves
        for one in hosts
    )
