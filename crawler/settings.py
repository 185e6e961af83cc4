"""The settings: the numbered lists below are the crawler's architecture, top to bottom."""

from typing import Any

BOT_NAME = "gov_reports"
SPIDER_MODULES = ["spiders.gov_reports", "spiders.portals"]
NEWSPIDER_MODULE = "spiders.portals"
COMMANDS_MODULE = "crawler.commands"

# --- What the operator sets (-s NAME=VALUE) -------------------------------------------------------
ARCHIVE: str | None = None  # the database; gov_reports.db, or sandbox.db with SANDBOX
CONTACT: str | None = None  # an address or page by which the portals can reach the operator
REPORT: str | None = None  # a file for the run report as JSON
SANDBOX = False  # crawl the miniature gov.cn on this machine instead of the real one
SANDBOX_SIZE = "medium"  # small, medium, large, country (every CMS), register (every host)
SANDBOX_SEED = 1
SANDBOX_OBSTACLES = ""  # the troubles of real portals in it: all, or NAME[=HOST[/PATH]],…
SANDBOX_FAULTS = 0.0  # the share of its answers that fail in passing, 0 to 1
SANDBOX_UNTIL = 0  # the last report year that is published in it; 0 is all
SANDBOX_FILES = ""  # reports that are files and pictures: true, quick or KIND,…; needs the extras
SANDBOX_CHANGES = ""  # what became of it since it was last seen: noise,NAME[=ADDRESS],…
SANDBOX_LOG = ""  # its own record of each request, one JSON object a line, goes to this file

# --- A request passes these from top to bottom, its response from bottom to top ------------------
DOWNLOADER_MIDDLEWARES: dict[Any, int | None] = {
    "crawler.middlewares.official_hosts.OfficialHosts": 50,
    "crawler.middlewares.scheme.Scheme": 55,  # http where https fails, and the reverse
    "crawler.middlewares.replay.Replay": 60,  # pages of a killed run: no robots, no network
    "crawler.middlewares.robots.Robots": 100,
    "crawler.middlewares.politeness.Politeness": 200,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawler.middlewares.retry.Retry": 550,  # by crawler/rules.py, like the back-off
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": 580,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "crawler.middlewares.conditional.Conditional": 605,  # asks whether a kept page has changed
    "crawler.middlewares.backoff.BackOff": 610,  # a host that refuses or fails is left alone
    "crawler.middlewares.capture.Capture": 620,  # sees what those above swallow
    "crawler.middlewares.compression.Compression": 650,  # the capture gets decoded bodies
    "crawler.middlewares.cookies.Cookies": 700,
    "crawler.middlewares.sandbox_proxy.SandboxProxy": 740,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
    # Replaced by ours above, or never wanted.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}

# --- Then a page passes these ---------------------------------------------------------------------
SPIDER_MIDDLEWARES: dict[Any, int | None] = {
    # The callback gets every final answer and turns its status into an outcome.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
}
ITEM_PIPELINES = {
    "crawler.pipelines.finding.Finding": 100,  # lists: rows, further pages, sub-lists
    "crawler.filing.Filing": 150,  # files that pages name: read beside the crawl
    "crawler.pipelines.reading.Reading": 200,  # articles: bytes to records, in worker processes
    "crawler.pipelines.storing.Storing": 300,  # the one transaction that ends a frontier row
}

# --- And beside it --------------------------------------------------------------------------------
EXTENSIONS: dict[Any, int | None] = {
    "crawler.extensions.progress.Progress": 100,
    "crawler.extensions.missing.Missing": 120,
    "crawler.extensions.packing.Packing": 150,
    "crawler.extensions.indexing.Indexing": 160,
    "crawler.extensions.run_summary.RunSummary": 200,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # it would run Python for whoever holds its token

# --- The queue: memory in front of the archive's frontier table; no JOBDIR, no HTTPCACHE ----------
SCHEDULER = "crawler.scheduler.FrontierScheduler"
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.DownloaderAwarePriorityQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier has one row an address;
# an address must pass again after a redirect to itself that sets a cookie

# --- Politeness: one slow connection for each registered domain -----------------------------------
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0.0  # jitter may fall below a Crawl-delay
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 64  # over all domains
CRAWL_DELAY_MAX = 60.0  # a longer Crawl-delay counts as this one, or one portal holds all up

# --- A host that refuses or fails is left alone; rules.py says which outcomes count ---------------
BACK_OFF_PAUSE = 60.0  # seconds after the first refusal in a row, then twice as long each time
BACK_OFF_PAUSE_MAX = 900.0
BACK_OFF_AFTER = 5  # refusals or failures in a row: the host is given up for this run

# --- Discovery: how many pages that lead nowhere a portal without columns may cost ----------------
EXPLORE_PAGES = 60
EXPLORE_PAGES_BELOW = 15  # the same for a department's own host, found on another one's pages

# --- Traps: links without an end ------------------------------------------------------------------
LISTS_PER_COLUMN = 2000  # a county with all its departments and years has about 900
LISTS_PER_PORTAL = 6000

# --- Slow hosts, old hosts, hosts that send too much ----------------------------------------------
DOWNLOAD_TIMEOUT = 45
DOWNLOAD_MAXSIZE = 50 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the run summary counts failures
REDIRECT_MAX_TIMES = 10
METAREFRESH_MAXDELAY = 5  # a longer one is a page that reloads itself
COOKIES_ENABLED = True
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.0"
DOWNLOAD_HANDLERS = {
    "https": "crawler.old_tls.OldTlsHandler",
    "data": None,  # nothing but http and https is ever opened
    "file": None,
    "ftp": None,
    "s3": None,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# --- One page gives one item: Scrapy's default starts 100 tasks for each --------------------------
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the callback's source at each page

# --- Reading --------------------------------------------------------------------------------------
READERS = 2  # worker processes
FILE_READERS = 1  # more of them for files, behind the others; 0 leaves files to rebuild --pending
READER_TIMEOUT = 120.0  # seconds for one document; one that takes longer is kept, unread
READER_MEMORY = 3_000_000_000  # bytes that a reading process may hold

# --- The terminal shows our progress; the log has what needs a person -----------------------------
LOG_LEVEL = "WARNING"
STATS_DUMP = False
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
