"""Twins of the CMSs that run government portals, by the name of the family."""

from __future__ import annotations

from crawler.sandbox.model import Site
from crawler.sandbox.twins.dated import Dated
from crawler.sandbox.twins.gkmlpt import Gkmlpt
from crawler.sandbox.twins.hanweb import Hanweb
from crawler.sandbox.twins.hanweb_xxgk import HanwebAnnual, HanwebSearch
from crawler.sandbox.twins.jiangxi import Jiangxi
from crawler.sandbox.twins.jpaas import Jpaas
from crawler.sandbox.twins.lonsun import Lonsun
from crawler.sandbox.twins.query import Query
from crawler.sandbox.twins.sasac import Sasac
from crawler.sandbox.twins.search import HalfSearch, HunanApi, UcapJson
from crawler.sandbox.twins.trs import Trs
from crawler.sandbox.twins.twin import Twin
from crawler.sandbox.twins.ucap import Ucap
from crawler.sandbox.twins.vsb import Vsb

TWINS: dict[str, Twin] = {
    "trs": Trs(),
    "ucap": Ucap(),
    "ucap_json": UcapJson(),
    "hunan_api": HunanApi(),
    "half_search": HalfSearch(),
    "hanweb": Hanweb(),
    "hanweb_search": HanwebSearch(),
    "hanweb_annual": HanwebAnnual(),
    "jpaas": Jpaas(),
    "gkmlpt": Gkmlpt(),
    "lonsun": Lonsun(),
    "vsb": Vsb(),
    "jiangxi": Jiangxi(),
    "sasac": Sasac(),
    "dated": Dated(),
    "query": Query(),
}


def twin_of(site: Site) -> Twin:
    """Return the twin that serves a site."""
    return TWINS[site.family]
