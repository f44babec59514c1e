"""Signals of our own, beside Scrapy's."""

fetch_failed = object()
"""An address could not be fetched, or gave no listing; sent with `request`, `reason` (one word) and `detail`."""

settled = object()
"""A request has come to its end; sent with `outcome`, a `crawler.crawling.ledger.Outcome`."""
