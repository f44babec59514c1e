"""scrapy check: run the contracts of the outlets' spiders; each listing announces articles, and an article is read."""

from scrapy.commands import check

from crawler.trying import TryingCommand


class Command(TryingCommand, check.Command):
    pass
