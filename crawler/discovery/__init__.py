"""Discover articles through listings: feeds, news sitemaps and section pages."""
