"""Record a crawl as WARC; replay it with no network."""
