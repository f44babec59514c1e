"""The kinds of listings that spiders use; each is one class, with its reader, in a file of its own."""

from crawler.discovery.sections import Section
from crawler.discovery.xml_listing import Feed, NewsSitemap

__all__ = ["Feed", "NewsSitemap", "Section"]
