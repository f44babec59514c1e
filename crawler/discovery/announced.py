"""What the listings announced: each article once, with the evidence of all of them."""

from crawler.discovery.listing import Link


class Announced:
    """The articles that a crawl has heard of, by canonical address."""

    def __init__(self) -> None:
        self._links: dict[str, Link] = {}
        self._asked: set[str] = set()

    def note(self, link: Link) -> None:
        """Keep what a listing says of an article."""
        earlier = self._links.get(link.url)
        self._links[link.url] = earlier.joined(link) if earlier else link

    def ask(self, link: Link) -> bool:
        """Return whether an article is to be asked for: once a crawl, whoever announces it."""
        is_new = link.url not in self._asked
        self._asked.add(link.url)
        return is_new

    def of(self, link: Link) -> Link:
        """Return a link with what all listings announced of its article."""
        return link.joined(self._links.get(link.url, link))
