"""The Scrapy components of a crawl, in the order in which a request meets them."""
