"""scrapy parse: run a callback of the outlet of a URL, and print what it yields."""

from scrapy.commands import parse

from crawler.trying import TryingCommand


class Command(TryingCommand, parse.Command):
    pass
