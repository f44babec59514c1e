"""scrapy shell: Scrapy's console, with the spider of the outlet of a URL."""

from scrapy.commands import shell

from crawler.trying import TryingCommand


class Command(TryingCommand, shell.Command):
    pass
