"""Every setting of the project; components are named by dotted string, so this file imports nothing of ours."""

from pathlib import Path

BOT_NAME = "videsh"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "crawler.commands"
TEMPLATES_DIR = str(Path(__file__).parent / "templates")  # `scrapy genspider -t outlet`

# Who we are: an operator sets CONTACT to an address that reaches them; the add-on makes the User-Agent from it.
CONTACT = None
ADDONS = {"crawler.downloading.contact.ContactAddon": 100, "crawler.crawling.run_addon.RunAddon": 200}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "hi,en;q=0.5",
}

# Polite by default; no outlet may go below this (tests/test_outlets.py).
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Videsh"
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the spider names each failure itself; an error is a fault of the program
RETRY_AFTER_MAX = 300  # seconds; a host that asks for more is left alone until then, also by later runs
CRAWL_DELAY_MAX = 60  # seconds; a host whose robots.txt asks for more is left alone for a day
# A host that fails so often in a row (timeouts, 429, 5xx, refused connections) is left alone for so many minutes, also
# by the next run; what it announced waits. 0: never.
HOST_LEFT_ALONE_AFTER = 5
HOST_LEFT_ALONE_MINUTES = 20
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1
AUTOTHROTTLE_MAX_DELAY = 60

# The moment that daily addresses and "lately" are reckoned from: None for now; a replay takes its archive's.
CRAWL_TIME = None

# Time is bounded, for a run every quarter of an hour: what is not done then is delivered by the next run. 0: no end.
OUTLET_MINUTES = 10
RUN_MINUTES = 12

# Safe by default.
DOWNLOADER = "crawler.downloading.downloader.ClosingDownloader"
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_VERIFY_CERTIFICATES = True
# These handlers check each address where they connect; Scrapy's others (HTTP/2, aiohttp, httpx) check none.
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloading.connection.CheckedDownloadHandler",
    "https": "crawler.downloading.connection.CheckedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
# Asked though they are no public hosts at port 80 or 443, as 127.0.0.1:8080, 10.0.0.0/8, mirror.lan:8080, [::1]:*.
ALLOWED_ADDRESSES: list[str] = []
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# The default of 100 starts 100 tasks a response (measured: a third of a crawl's CPU); a page yields one article.
CONCURRENT_ITEMS = 1
# Scrapy would read the source of a callback for many a page, to look for a mistake that mypy finds at once.
WARN_ON_GENERATOR_RETURN_VALUE = False

LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.crawling.log.ArticleLogFormatter"

# What earlier runs saw; empty: forgotten with the run.
STORE = "sqlite:///var/videsh.db"
# Known articles are looked at again so many hours after first sight, to catch edits.
RECHECK_AFTER = [1, 6, 24, 168]
# One 304 in so many is checked against the listing's content, to see whether the host tells the truth.
LISTING_VERIFY_EVERY = 10
# A listing that announced no article in so many runs in a row is reported as dead.
LISTING_DEAD_AFTER = 3
# Articles tell one story if they were published within so many days.
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
    "crawler.crawling.handover.HandoverExtension": 50,  # ends the run before the store is closed
    "crawler.crawling.bookkeeping.BookkeepingExtension": 100,
    "crawler.crawling.poison.PoisonExtension": 110,
    "crawler.crawling.figures.FiguresExtension": 200,  # after all that counts
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

# From here on a pipeline compares an article with others; `scrapy extract` and `record` stop before.
FIRST_COMPARING_PIPELINE = 600

# Where runs go, unless FEEDS or -O say otherwise: EXPORTS/date=YYYY-MM-DD/run=<id>/.
EXPORTS = "exports"
# .jsonl, .jsonl.gz or .jsonl.zst
EXPORT_SUFFIX = ".jsonl"
# A run publishes a part whenever so many articles or minutes have come together; 0: one part, at its end.
EXPORT_PART_ROWS = 200
EXPORT_PART_MINUTES = 2
# True: copies lie among the articles, in one file.
EXPORT_TOGETHER = False

FEED_EXPORT_ENCODING = "utf-8"
# -O out.jsonl.gz and out.jsonl.zst pack what they write.
FEED_EXPORTERS = {"gz": "scrapy.exporters.JsonLinesItemExporter", "zst": "scrapy.exporters.JsonLinesItemExporter"}
