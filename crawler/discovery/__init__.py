"""Where articles are announced: feeds, news sitemaps, section pages."""
