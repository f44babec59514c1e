"""scrapy fetch: print what the outlet of a URL gets for it."""

from scrapy.commands import fetch

from crawler.trying import TryingCommand


class Command(TryingCommand, fetch.Command):
    pass
