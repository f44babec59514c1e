"""The project's own signals, beside Scrapy's."""

fetch_failed = object()
"""A request failed, or its response is not a listing; sent with `request`, `reason` (an `AnyReason`) and `detail`."""

crawl_closing = object()
"""The crawl closes, and its pending requests are cancelled; sent each time that they are."""

page_reading = object()
"""A page is about to be read; sent with `response`."""

page_done = object()
"""A page was read and yields no article for the pipelines; sent with `response`."""

outcome_recorded = object()
"""A request has its outcome; sent with `outcome`, a `crawler.crawling.ledger.Outcome`."""
