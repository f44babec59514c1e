"""What a crawl asks for again: components between Scrapy and the store of earlier runs."""
