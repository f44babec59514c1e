"""What the listings announced: each article once, with the evidence of all of them."""

from crawler.discovery.listing import Link


class Announced:
    """The articles that a crawl has heard of, by canonical address."""

    def __init__(self) -> None:
        self._links: dict[str, Link] = {}

    def add(self, link: Link) -> bool:
        """Keep an announcement, and return whether its article was not announced before."""
        earlier = self._links.get(link.url)
        self._links[link.url] = earlier.joined(link) if earlier else link
        return earlier is None

    def of(self, link: Link) -> Link:
        """Return a link with what all listings announced of its article."""
        return link.joined(self._links.get(link.url, link))
