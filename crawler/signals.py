"""Signals of our own, beside Scrapy's."""

fetch_failed = object()
"""An address could not be fetched, or gave no listing; sent with `request`, `reason` (one word) and `detail`."""

page_reading = object()
"""A page is about to be read; sent with `response`."""

page_done = object()
"""A page was read, and gives no article to the pipelines; sent with `response`."""

settled = object()
"""A request has come to its end; sent with `outcome`, a `crawler.crawling.ledger.Outcome`."""
