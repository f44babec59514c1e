"""scrapy view: open in a browser what the outlet of a URL gets for it."""

from scrapy.commands import view

from crawler.trying import TryingCommand


class Command(TryingCommand, view.Command):
    pass
