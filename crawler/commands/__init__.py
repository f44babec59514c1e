"""The project's Scrapy commands, one file each: newsroom, extract, outlets, record, explain and others.

Scrapy imports every command to run one. So the top of a command's file imports what its line in the list and its
options need; a function that works imports what it works with.
"""

from crawler.usage import name_mistakes

name_mistakes()
