"""The plain types of the sandbox: places, bodies, sites, columns and what is posted in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

BodyKind = Literal["government", "department", "township"]
PostKind = Literal["report", "companion", "attachment", "lookalike", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Place:
    """A division, or a zone that governs like one.

    Attributes:
        key: Short latin name, unique.
        name: Full name (靖州苗族侗族自治县).
        short: The name used in titles (靖州县).
        mark: How its bodies call it (市, 区 or 县), as in 市财政局.
        code: GB/T 2260, six digits.
        level: ``prefecture`` or ``county``.
        phone: Area code of telephone numbers.
    """

    key: str
    name: str
    short: str
    mark: str
    code: str
    level: str
    phone: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body that publishes reports.

    Attributes:
        key: ``place/slug``, unique.
        name: Full name (襄阳市经济和信息化局).
        shorts: Names it may be called by in a title (市经信局), the full name not among them.
        own: How it speaks of itself (我局, 县政府).
        slug: Its folder on a portal.
        first_year: First report year.
    """

    key: str
    name: str
    shorts: tuple[str, ...]
    own: str
    slug: str
    kind: BodyKind
    place: Place
    first_year: int


@dataclass(frozen=True, slots=True)
class Site:
    """One host, with the CMS that runs it and the looks of its pages.

    Attributes:
        host: The host name that pages link to; with or without ``www.`` it answers alike.
        scheme: ``http`` or ``https``.
        family: The twin that serves it (``twins.TWINS``).
        answers: ``http`` (a TLS connection is refused), ``https`` (http is redirected) or ``both``.
        platform: Bodies on one platform share one sequence of document ids.
        title: Name of the site (襄阳市审计局).
        identifier: The ten digits of 网站标识码.
        suffix: ``.shtml`` or ``.html``.
        list_skin: Key of the list layouts of the family.
        article_skin: Key of the article layouts of the family.
        code: Site code in addresses (``qy``), or what else a CMS knows the site by.
        charset: Charset its pages declare and use.
        gzip: Compresses though nobody asked.
        cookie: Name of a cookie that is set, or empty.
        robots: ``allow`` (200 with rules), ``missing`` (404) or ``forbidden`` (403).
        stub_tail: Its lists promise one page more than there is; that page is a stub.
        variant: A habit of its CMS that not all installations have, or empty.
        keeps: What it says of the age of its pages (``freshness.KEEPS``); empty: its host decides.
    """

    host: str
    scheme: str
    family: str
    platform: str
    place: Place
    title: str
    identifier: str
    suffix: str
    list_skin: str
    article_skin: str
    code: str = ""
    charset: str = "utf-8"
    gzip: bool = False
    cookie: str = ""
    robots: str = "allow"
    stub_tail: bool = False
    answers: str = "both"
    variant: str = ""
    keeps: str = ""

    @property
    def root(self) -> str:
        """Scheme and host, without a slash at the end."""
        return f"{self.scheme}://{self.host}"


@dataclass(slots=True, eq=False)
class Report:
    """One report of one body for one year, and every row it is listed in.

    Attributes:
        title: Its title as printed.
        agency: The name of the body that the title prints.
        posts: Where it stands, first filing first; more than one for a double filing.
        written: When it was first filed, if the date that it shows is another by now.
    """

    body: Body
    year: int
    title: str
    agency: str
    posts: list[Post] = field(default_factory=list)
    written: date | None = None


@dataclass(slots=True, eq=False)
class Post:
    """One row of a list and the page behind it.

    Attributes:
        kind: What stands behind the row.
        title: Title of page and row.
        shown: The date that row and page print.
        posted: The date in the address (not the same after a move of the site).
        body: The body that posted it.
        year: The report year it speaks of.
        why: For what is no report: the reason.
        href: For ``elsewhere``: the absolute address on another host.
        path: Address on its site; set when the world is numbered.
        charset: Charset that the page declares.
        encoding: Charset that its bytes are in.
        report: The report that it files.
        doubled: Its row writes the address with a double slash after the host.
        enclosed: A file that its page links to: the same report once more.
        first_url: Its first address, when it has moved.
        spelt: Its row writes the address in another ``scheme``, or the host with or without
            ``www``; empty when it does not.
    """

    kind: PostKind
    title: str
    shown: date
    posted: date
    body: Body
    year: int
    column: Column
    why: str = ""
    href: str = ""
    path: str = ""
    charset: str = "utf-8"
    encoding: str = "utf-8"
    report: Report | None = None
    doubled: bool = False
    spelt: str = ""
    enclosed: Post | None = None
    first_url: str = ""

    @property
    def url(self) -> str:
        """The absolute address, as the row that leads to it writes it."""
        if self.href:
            return self.href
        site, slash = self.column.site, "/" if self.doubled else ""
        scheme, host = site.scheme, site.host
        if self.spelt == "scheme":
            scheme = "http" if scheme == "https" else "https"
        elif self.spelt == "www":
            bare = host.removeprefix("www.")
            host = bare if bare != host else f"www.{host}"
        return f"{scheme}://{host}{slash}{self.path}"

    @property
    def place(self) -> str:
        """Host and path, as interfaces that give no scheme write it."""
        return f"{self.column.site.host}{'/' if self.doubled else ''}{self.path}"

    @property
    def is_spelt(self) -> bool:
        """Whether its row writes the whole address, in a spelling of its own."""
        return self.doubled or bool(self.spelt)


@dataclass(slots=True, eq=False)
class Column:
    """A column: a list of posts, a landing that leads to other columns, or one article.

    Attributes:
        path: Address of its first page (``/zwgk/gknb/``, ``/qy/gknb/list.shtml``).
        agency: The body it belongs to, None where many bodies publish.
        children: The columns that a landing leads to, with their labels.
        links: Columns of other hosts that a landing leads to: (label, absolute address).
        single: It has one post and shows that post's page instead of a list.
        look: How a page on the way from the home page looks (``entrances``); empty for pages of
            the disclosure area itself.
        files: What the pages of its posts enclose.
        is_news: It holds news, whatever words they share with reports.
    """

    site: Site
    path: str
    name: str
    agency: Body | None = None
    children: list[Column] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    single: bool = False
    rows: int = 15
    look: str = ""
    is_news: bool = False
    files: list[Post] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The absolute address of its first page."""
        return f"{self.site.root}{self.path}"

    @property
    def is_landing(self) -> bool:
        """Whether it lists nothing itself."""
        return not self.posts and bool(self.children or self.links)

    @property
    def folder(self) -> str:
        """The directory that relative links start from, with its slash."""
        return self.path[: self.path.rindex("/") + 1]

    @property
    def pages(self) -> int:
        """Number of list pages, at least 1."""
        return max(1, -(-len(self.posts) // self.rows))


def walk(column: Column) -> list[Column]:
    """Return the column and all below it, parents first."""
    return [column, *(below for child in column.children for below in walk(child))]
