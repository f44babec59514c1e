"""Scrapy extensions: outcomes, progress, reports, guards."""
