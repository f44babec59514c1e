"""The kinds of listings, as outlets' spiders name them; each is one class, with its reader, in one file."""

from crawler.discovery.sections import Section
from crawler.discovery.xml_listing import Feed, NewsSitemap

__all__ = ["Feed", "NewsSitemap", "Section"]
