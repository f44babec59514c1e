"""Preload what every command needs, in the process from which commands are forked."""

from importlib import import_module
from pathlib import Path

import scrapy.commands.crawl
import scrapy.shell  # noqa: F401  all commands are imported to list them
import twisted.internet.asyncioreactor  # noqa: F401  the reactor itself is installed by the command
from scrapy.settings import default_settings

from crawler.items import Article
from crawler.reading.page import read_page
from crawler.text.credit.credits import read_credits
from crawler.text.dateline.opening import read_opening
from crawler.text.languages import read_language
from crawler.text.places import look_up
from tests.bounds.patterns import modules

ROOT = Path(__file__).resolve().parents[2]


def import_all() -> None:
    """Import the project, and the modules that Scrapy's default settings name."""
    modules()
    for name, value in vars(default_settings).items():
        named = [*value.keys(), *value.values()] if isinstance(value, dict) and name.endswith("_BASE") else [value]
        for dotted in named:
            if isinstance(dotted, str) and dotted.startswith("scrapy."):
                import_module(dotted.rpartition(".")[0])


def read_something() -> Article:
    """Read one page, so that the lexicons are loaded."""
    page = ROOT / "tests" / "pages" / "indiatv" / "nepal_bridge_bhasha.html"
    article = read_page(page.read_bytes(), "https://www.indiatv.in/world/asia/warm-2026-11-24-1")
    lines = [block.text for block in article.body]
    read_credits(lines, read_opening(lines, published=None))
    read_language(lines[0])
    look_up("सियोल")
    return article


import_all()
read_something()
