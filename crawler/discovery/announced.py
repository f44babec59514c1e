"""What the listings announced: each article once, with the evidence of all of them."""

from crawler.discovery.listing import Link
from crawler.reading.outlet import Outlet
from crawler.reading.urls import article_id


class Announced:
    """The articles of an outlet that a crawl has heard of, by the ids that their canonical addresses give."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._links: dict[str, Link] = {}
        self._asked: set[str] = set()

    def note(self, link: Link) -> None:
        """Keep what a listing says of an article."""
        key = self._id(link)
        earlier = self._links.get(key)
        self._links[key] = earlier.joined(link) if earlier else link

    def ask(self, link: Link) -> bool:
        """Return whether an article is to be asked for: once a crawl, whoever announces it."""
        key = self._id(link)
        is_new = key not in self._asked
        self._asked.add(key)
        return is_new

    def of(self, link: Link) -> Link:
        """Return a link with what all listings announced of its article."""
        return link.joined(self._links.get(self._id(link), link))

    def _id(self, link: Link) -> str:
        return article_id(link.url, self._outlet)
