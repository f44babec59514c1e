"""The project's Scrapy commands, one file each: newsroom, extract, outlets, record, explain and others."""

from crawler.usage import name_mistakes

name_mistakes()
