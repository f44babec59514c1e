"""Every setting of the project; components are dotted strings, so this file imports no other module of ours."""

from pathlib import Path

BOT_NAME = "videsh"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "crawler.commands"
TEMPLATES_DIR = str(Path(__file__).parent / "templates")  # `scrapy genspider -t outlet`

# The operator's contact, a URL or an e-mail address; the add-on puts it into the User-Agent.
CONTACT = None
ADDONS = {"crawler.downloading.contact.ContactAddon": 100, "crawler.crawling.run_addon.RunAddon": 200}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "hi,en;q=0.5",
}

# Polite by default; no outlet may go below this (tests/test_outlets.py).
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Videsh"
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the spider logs each failure itself; an ERROR is a fault of the program
RETRY_AFTER_MAX = 300  # seconds; a host that asks for a longer pause gets no requests until it ends, also in later runs
CRAWL_DELAY_MAX = 60  # seconds; a host whose robots.txt asks for more gets no requests for a day
# After this many consecutive failures (timeouts, 429, 5xx, refused connections) a host gets no requests for this many
# minutes, also in the next run; its announced articles wait. 0: never.
HOST_LEFT_ALONE_AFTER = 5
HOST_LEFT_ALONE_MINUTES = 20
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1
AUTOTHROTTLE_MAX_DELAY = 60

# The current time of a crawl, for daily listings and rechecks; None: the real time, or in a replay the archive's.
CRAWL_TIME = None

# Deadlines of an outlet and of a run, for a run every 15 minutes; the next run does what is left. 0: no deadline.
OUTLET_MINUTES = 10
RUN_MINUTES = 12

# Safe by default.
DOWNLOADER = "crawler.downloading.downloader.ClosingDownloader"
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_VERIFY_CERTIFICATES = True
# These handlers check each IP address when they connect; Scrapy's others (HTTP/2, aiohttp, httpx) do not.
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloading.connection.CheckedDownloadHandler",
    "https": "crawler.downloading.connection.CheckedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
# Allowed beside public hosts at ports 80 and 443, as 127.0.0.1:8080, 10.0.0.0/8, mirror.lan:8080, [::1]:*.
ALLOWED_ADDRESSES: list[str] = []
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# The default of 100 starts 100 tasks per response (measured: a third of a crawl's CPU); a page yields one article.
CONCURRENT_ITEMS = 1
# Scrapy would parse the source of callbacks again and again, to find a mistake that mypy finds.
WARN_ON_GENERATOR_RETURN_VALUE = False

LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.crawling.log.ArticleLogFormatter"

# The store of what earlier runs saw; empty: a temporary store for this run.
STORE = "sqlite:///var/videsh.db"
# Known articles are fetched again this many hours after they were first seen, to find edits.
RECHECK_AFTER = [1, 6, 24, 168]
# Verify every Nth 304 of a listing with a full request.
LISTING_VERIFY_EVERY = 10
# A listing that announced no article in this many consecutive runs is reported as dead.
LISTING_DEAD_AFTER = 3
# Articles belong to one story only if they were published within this many days.
STORIES_WINDOW_DAYS = 7

# Articles in other languages are refused and counted.
LANGUAGES = ["hi"]

DOWNLOADER_MIDDLEWARES = {
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
    "crawler.downloading.answers.AnswersMiddleware": 860,
    "crawler.archive.recording.RecordMiddleware": 940,
    "crawler.downloading.response.MomentMiddleware": 950,
    "crawler.archive.replay.ReplayMiddleware": 960,
}

EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "crawler.crawling.handover.NotingFeedExporter": 0,
    "crawler.crawling.handover.HandoverExtension": 50,  # ends the export before the store is closed
    "crawler.crawling.bookkeeping.BookkeepingExtension": 100,
    "crawler.crawling.poison.PoisonExtension": 110,
    "crawler.crawling.figures.FiguresExtension": 200,  # after every extension that counts
    "crawler.crawling.deadline.DeadlineExtension": 300,
    "crawler.crawling.keeping.KeepingExtension": 400,
}

SPIDER_MIDDLEWARES = {
    "crawler.crawling.outcomes.OutcomesMiddleware": 60,
    "crawler.crawling.limit.LimitMiddleware": 100,
    "crawler.crawling.recheck.RecheckMiddleware": 900,
    "crawler.downloading.response.DropSelectorMiddleware": 980,
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

# Pipelines from this number on compare an article with others; `scrapy extract` and `record` stop before them.
FIRST_COMPARING_PIPELINE = 600

# Folder of exports, unless FEEDS or -O are set: EXPORTS/date=YYYY-MM-DD/run=<id>/.
EXPORTS = "exports"
# .jsonl, .jsonl.gz or .jsonl.zst
EXPORT_SUFFIX = ".jsonl"
# A run publishes a part after this many articles or minutes; 0: one part, at its end.
EXPORT_PART_ROWS = 200
EXPORT_PART_MINUTES = 2
# True: copies are written into the same file as articles.
EXPORT_TOGETHER = False

FEED_EXPORT_ENCODING = "utf-8"
# `-O out.jsonl.gz` and `-O out.jsonl.zst` compress their files.
FEED_EXPORTERS = {"gz": "scrapy.exporters.JsonLinesItemExporter", "zst": "scrapy.exporters.JsonLinesItemExporter"}
