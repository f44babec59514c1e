"""Make scenarios by what the server breaks: TLS, robots.txt, a feed, a sitemap, one page, every page.

Each function adds what is broken to `does`. A `make` returns a response, or the body of an ordinary one.
"""

from collections.abc import Callable, Mapping
from typing import TypedDict, Unpack

from tests.crawling.site import address
from tests.hostile.outlet import COUNT, FEED, HOST, HTML, PAGE, ROBOTS, SITEMAP, TEXT, XML
from tests.hostile.scenario import Scenario
from tests.hostile.wires import Raw
from tests.site.publisher import Answer, Tunnel

Make = Callable[[], Answer | bytes]


class Rest(TypedDict, total=False):
    """The other fields of a scenario."""

    or_articles: Mapping[str, int]
    output: str
    settings: Mapping[str, str]
    cpu: float
    megabytes: float


def on_tls(name: str, does: str, tunnel: Tunnel, outcome: str) -> Scenario:
    """Return a scenario of TLS; `outcome` is that of each listing."""
    return Scenario(name=name, does=f"TLS: {does}", tunnels={HOST: tunnel}, articles={}, listings={outcome: 3})


def on_robots(name: str, does: str, make: Make, outcome: str = "read", **rest: Unpack[Rest]) -> Scenario:
    """Return a scenario of robots.txt; `outcome` is that of each listing."""
    return Scenario(
        name=name,
        does=f"robots.txt: {does}",
        answers=lambda: {ROBOTS: _answer(make(), TEXT)},
        articles={"exported": COUNT} if outcome == "read" else {},
        listings={outcome: 3},
        **rest,
    )


def on_feed(name: str, does: str, make: Make, outcome: str = "read", **rest: Unpack[Rest]) -> Scenario:
    """Return a scenario of the feed; `outcome` is its own, and the other listings are read."""
    return _on_listing(FEED, name, f"a feed: {does}", make, outcome, **rest)


def on_sitemap(name: str, does: str, make: Make, outcome: str = "read", **rest: Unpack[Rest]) -> Scenario:
    """Return a scenario of the sitemap; `outcome` is its own, and the other listings are read."""
    return _on_listing(SITEMAP, name, f"a sitemap: {does}", make, outcome, **rest)


def _on_listing(url: str, name: str, does: str, make: Make, outcome: str, **rest: Unpack[Rest]) -> Scenario:
    return Scenario(
        name=name,
        does=does,
        answers=lambda: {url: _answer(make(), XML)},
        listings=_but_one(3, "read", outcome),
        **rest,
    )


def on_page(name: str, does: str, make: Make, outcome: str = "exported", **rest: Unpack[Rest]) -> Scenario:
    """Return a scenario of one page; `outcome` is that of its article, and the others are exported."""
    return Scenario(
        name=name,
        does=f"a page: {does}",
        answers=lambda: {PAGE: _answer(make(), HTML)},
        articles=_but_one(COUNT, "exported", outcome),
        **rest,
    )


def on_every_page(
    name: str,
    does: str,
    make: Callable[[int], Answer | bytes],
    articles: Mapping[str, int],
    **rest: Unpack[Rest],
) -> Scenario:
    """Return a scenario of all pages, each made from the number of its article."""
    return Scenario(
        name=name,
        does=f"every page: {does}",
        answers=lambda: {address(number): _answer(make(number), HTML) for number in range(COUNT)},
        articles=articles,
        **rest,
    )


def until_left_alone(name: str, does: str, answer: Answer, reason: str, output: str) -> Scenario:
    """Return a scenario of all pages in which the host is left alone after one or two failures of this reason."""
    return on_every_page(
        name,
        does,
        lambda _: answer,
        {f"failed/{reason}": 1, "failed/left-alone": 4},
        or_articles={f"failed/{reason}": 2, "failed/left-alone": 3},
        output=output,
    )


def raw(send: Raw) -> Make:
    """Return a response that `send` writes itself."""
    return lambda: Answer(raw=send)


def _answer(made: Answer | bytes, headers: Mapping[str, str]) -> Answer:
    return made if isinstance(made, Answer) else Answer(body=made, headers=headers)


def _but_one(count: int, usual: str, outcome: str) -> dict[str, int]:
    """Return the counts of `count` outcomes that are all usual but for one."""
    return {usual: count} if outcome == usual else {usual: count - 1, outcome: 1}
