"""Every setting of the project; components are dotted strings, so this file imports no other module of ours.

Settings that Scrapy does not have are followed by a docstring: docs/reference.md prints it.
"""

from pathlib import Path

BOT_NAME = "videsh"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "crawler.commands"
SPIDER_CONTRACTS = {  # of `scrapy check`
    "spiders.contracts.ListingContract": 10,
    "spiders.contracts.AnnouncedContract": 10,
    "spiders.contracts.ReadsContract": 10,
}
TEMPLATES_DIR = str(Path(__file__).parent / "templates")  # `scrapy genspider -t outlet`

CONTACT = None
"""The operator's contact, a URL or an e-mail address; part of the User-Agent. Set it before you crawl live sites."""
ADDONS = {
    "crawler.downloading.contact.ContactAddon": 100,
    "crawler.crawling.run_addon.RunAddon": 200,
    "crawler.crawling.needless.NeedlessAddon": 300,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "hi,en;q=0.5",
}

# Polite by default; no outlet may go below this (tests/test_outlets.py).
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Videsh"
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the spider logs each failure itself; an ERROR is a fault of the program
RETRY_AFTER_MAX = 300
"""Longest pause, in seconds, for which a crawl waits if a host asks for it (Retry-After).

A host that asks for a longer one gets no requests until it ends, also in later runs.
"""
CRAWL_DELAY_MAX = 60
"""Longest Crawl-delay of a robots.txt, in seconds; a host that asks for more gets no requests for a day."""
HOST_LEFT_ALONE_AFTER = 5
"""Consecutive failures of a host (timeouts, 429, 5xx, refused connections) after which it is left alone. 0: never."""
HOST_LEFT_ALONE_MINUTES = 20
"""Minutes for which a failing host gets no requests, also in the next run; its announced articles wait."""
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1
DOWNLOAD_DELAY_JITTER = 0  # Scrapy draws anew whenever it looks at the queue: gaps of 0.8 to 1.8 seconds instead of 1
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1
AUTOTHROTTLE_MAX_DELAY = 60

CRAWL_TIME = None
"""The current time of a crawl, for daily listings and rechecks, as `2026-11-24T10:00:00+05:30`.

None: the real time, or in a replay the archive's.
"""

OUTLET_MINUTES = 10
"""Minutes that the crawl of one outlet may take; the next run does what is left. 0: no deadline; a replay has none."""
RUN_MINUTES = 12
"""Minutes that a whole run may take, of the 15 between two runs. 0: no deadline; a replay has none."""
LANES_AT_ONCE = 50
"""Number of outlets that a worker of `newsroom --workers` crawls at the same time at most; a core serves about 50."""
LANE_MINUTES = 10
"""Minutes after an outlet was taken for which no run with `--share` takes it again; less than runs are apart."""

# Safe by default.
DOWNLOADER = "crawler.downloading.downloader.ClosingDownloader"
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_VERIFY_CERTIFICATES = True
# This handler, and that of FAST, check each IP address when they connect; Scrapy's own do not.
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloading.connection.CheckedDownloadHandler",
    "https": "crawler.downloading.connection.CheckedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
FAST = False
"""True: pages are fetched by aiohttp, on the event loop uvloop; needs the extra `fast`: docs/operating.md."""
ALLOWED_ADDRESSES: list[str] = []
"""Allowed beside public hosts at ports 80 and 443, as `127.0.0.1:8080,10.0.0.0/8,mirror.lan:8080,[::1]:*`."""
PROXIES: list[str] = []
"""Outlets with a proxy of their own, as `zee=ZEE_PROXY,ndtv=http://127.0.0.1:3128`; see docs/blocked_sites.md.

Behind `=` stands the environment variable with the proxy's URL (and password), or a URL without a password.
"""
BROWSER_OUTLETS: list[str] = []
"""Outlets whose pages are rendered by a browser, as `zee,ndtv`; needs the extra `browser`: docs/blocked_sites.md."""
BROWSER = None
"""Path or name of Chromium. None: the first of `chromium`, `chromium-browser`, `google-chrome` on PATH."""
BROWSER_SECONDS = 30
"""Seconds that a page has in the browser until its scripts rest; then it is read as it is."""
FEED_TEXT_OUTLETS: list[str] = []
"""Outlets whose refused pages are replaced by the full text in their feed, as `the_wire`: docs/blocked_sites.md."""
AMP_OUTLETS: list[str] = []
"""Outlets whose empty pages are replaced by their AMP forms, as `zee,ndtv`: docs/blocked_sites.md."""
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# The default of 100 starts 100 tasks per response (measured: a third of a crawl's CPU); a page yields one article.
CONCURRENT_ITEMS = 1
# Scrapy would parse the source of callbacks again and again, to find a mistake that mypy finds.
WARN_ON_GENERATOR_RETURN_VALUE = False

STATS_CLASS = "crawler.stats.Stats"
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.crawling.log.ArticleLogFormatter"

RUN_ID = None
"""Name of the run, in its records and in its folder. None: made from the time, as `20261124T043000Z-3f9a`."""
STORE = "sqlite:///var/videsh.db"
"""The store of what earlier runs saw: `sqlite:///PATH`, or `postgresql://USER@HOST/DATABASE` without a password.

Empty: a temporary store for this run. The password is in PGPASSWORD, or in the file that PGPASSFILE names.

A replay has a temporary one unless the command line names a store.
"""
DISK_LEAST_MB = 200
"""Megabytes that are to be free on the disks of STORE, EXPORTS and ARCHIVE_RECORD before runs begin. 0: no check."""
DISK_LOW_MB = 1000
"""Megabytes free there below which, or below three times what the last run used, runs begin with a warning. 0: none."""
ARCHIVE_RECORD = None
"""New WARC file (`.warc`, `.warc.gz`) for every exchange, or a folder: one file per outlet. None: no recording."""
ARCHIVES = "archive"
"""Folder of archives of which `scrapy clean` deletes the old ones, unless ARCHIVE_RECORD names another."""
ARCHIVE_REPLAY = None
"""WARC file, or a folder of them, that answers every request; no socket is opened. None: the network answers."""
RECHECK_AFTER = [1, 6, 24, 168]
"""Hours after an article was first seen at which it is fetched again, to find edits. Empty: never."""
LISTING_VERIFY_EVERY = 10
"""One in this many 304 answers of a listing is verified with a full request."""
LISTING_DEAD_AFTER = 3
"""Consecutive runs without an article after which a listing is reported as dead."""
STORIES_WINDOW_DAYS = 7
"""Days between two articles above which they do not belong to one story."""

LANGUAGES = ["hi"]
"""BCP 47 tags of the languages that are exported; articles in other languages are refused and counted."""

DOWNLOADER_MIDDLEWARES = {
    "crawler.crawling.listing_marks.RefuseListingMiddleware": 20,
    "crawler.crawling.conditional.ConditionalMiddleware": 30,
    "crawler.downloading.redirects.RedirectGuardMiddleware": 40,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.downloading.robots.RobotsMiddleware": 100,
    "crawler.downloading.politeness.PolitenessMiddleware": 560,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.downloading.follow.MetaRefreshMiddleware": 580,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.downloading.content_encoding.ContentEncodingMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.downloading.follow.RedirectMiddleware": 600,
    "crawler.downloading.proxies.ProxyMiddleware": 740,  # before Scrapy's, which takes http_proxy of the environment
    "crawler.downloading.answers.AnswersMiddleware": 860,
    "crawler.archive.recording.RecordMiddleware": 940,
    "crawler.browser.rendering.RenderMiddleware": 945,  # before the recording, which keeps what is read
    "crawler.downloading.response.MomentMiddleware": 950,
    "crawler.archive.replay.ReplayMiddleware": 960,
}

EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "crawler.crawling.handover.NotingFeedExporter": 0,
    "crawler.crawling.withdrawals.WithdrawalsExtension": 40,  # queues withdrawals before the export ends
    "crawler.crawling.handover.HandoverExtension": 50,  # ends the export before the store is closed
    "crawler.crawling.bookkeeping.BookkeepingExtension": 100,
    "crawler.crawling.poison.PoisonExtension": 110,
    "crawler.crawling.figures.FiguresExtension": 200,  # after every extension that counts
    "crawler.crawling.deadline.DeadlineExtension": 300,
    "crawler.crawling.write_guard.WriteGuardExtension": 400,
}

SPIDER_MIDDLEWARES = {
    "crawler.crawling.outcomes.OutcomesMiddleware": 60,
    "crawler.crawling.limit.LimitMiddleware": 100,
    "crawler.crawling.recheck.RecheckMiddleware": 900,
    "crawler.downloading.response.DropSelectorMiddleware": 980,
    "crawler.crawling.listing_marks.MarkListingMiddleware": 1010,  # the nearest to the spider
}

ITEM_PIPELINES = {
    "pipelines.other_items.OtherItemsPipeline": 50,
    "pipelines.normalise.NormalisePipeline": 100,
    "pipelines.dateline.DatelinePipeline": 200,
    "pipelines.credit.CreditPipeline": 300,
    "pipelines.language.LanguagePipeline": 400,
    "pipelines.validate.ValidatePipeline": 500,
    "pipelines.duplicates.DuplicatesPipeline": 600,
    "pipelines.seen.SeenPipeline": 700,
    "pipelines.story.StoryPipeline": 800,
}

FIRST_COMPARING_PIPELINE = 600
"""Order of the first pipeline that compares an article with others; `scrapy extract` and `record` stop before it."""

EXPORTS = "exports"
"""Folder of exports, or `s3://BUCKET/PREFIX`, unless FEEDS or `-O` are set: `EXPORTS/date=YYYY-MM-DD/run=RUN_ID/`."""
EXPORTS_SPOOL = "var/spool"
"""Folder for the files of a run on their way to S3; it has to stay until the next run, which finishes what died."""
EXPORT_SUFFIX = ".jsonl"
"""Format of an export's parts: `.jsonl`, `.jsonl.gz` or `.jsonl.zst`."""
EXPORT_PART_ROWS = 200
"""Articles after which a run publishes a part of its export. 0: parts are made by time alone."""
EXPORT_PART_MINUTES = 2
"""Minutes after which a run publishes a part of its export. 0: by rows alone; with both 0, one part at its end."""
EXPORT_TOGETHER = False
"""True: copies are written into the same file as articles."""

EDITION = "edition"
"""Folder into which `scrapy edition` builds the day's edition."""
EDITION_URL = None
"""Address at which the edition is served, as `https://news.example/`: its feeds then name their own. None: unknown."""
EDITION_ZONE = "Asia/Kolkata"
"""Time zone of the edition: its clock, and the day of articles that print none, by when they were first seen."""

METRICS = None
"""File into which each run writes its metrics, as `/var/lib/prometheus/node-exporter/videsh.prom`. None: no metrics."""
ALARMS_TO = None
"""File with the addresses that are told of alarms, one a line, as apprise writes them: `mailto://…`, `slack://…`.

None: nobody is told.
"""
TRACES = False
"""True: each run is exported as OpenTelemetry spans by OTLP, to the address in OTEL_EXPORTER_OTLP_ENDPOINT."""

FEED_EXPORT_ENCODING = "utf-8"
# `-O out.jsonl.gz` and `-O out.jsonl.zst` compress their files.
FEED_EXPORTERS = {"gz": "scrapy.exporters.JsonLinesItemExporter", "zst": "scrapy.exporters.JsonLinesItemExporter"}
