"""Scenarios of redirects: loops, into private networks, to other schemes, by `<meta refresh>`."""

from collections.abc import Callable, Mapping

from tests.crawling.site import HOME, address
from tests.hostile.outlet import COUNT, HTML, PAGE, ROBOTS, SITEMAP, page
from tests.hostile.scenario import Scenario
from tests.site.publisher import Answer

_REFUSED = {"exported": COUNT - 1, "failed/redirect": 1}
_PRIVATE = (
    "http://127.0.0.1/admin",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:10.0.0.1]/",
    "http://2130706433/",
    "http://localhost/",
)
_SCHEMES = ("file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://www.indiatv.in/a", "gopher://x/")


def _to(location: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=HTML | {"Location": location})


def _each(locations: tuple[str, ...]) -> Callable[[], Mapping[str, Answer]]:
    """Return one redirecting article for each target."""
    return lambda: {address(number): _to(location) for number, location in enumerate(locations)}


def _circle() -> Mapping[str, Answer]:
    other = f"{HOME}/world/asia/other-2026-11-24-700999"
    return {PAGE: _to(other), other: _to(PAGE)}


def _chain() -> Mapping[str, Answer]:
    def step(number: int) -> str:
        return f"{HOME}/world/step-{number}"

    return {PAGE: _to(step(0)), **{step(number): _to(step(number + 1)) for number in range(50)}}


def _refreshing(to: str) -> Callable[[], Mapping[str, Answer]]:
    tag = f'<meta http-equiv="refresh" content="0; url={to}">'.encode()
    return lambda: {PAGE: Answer(body=page().replace(b"<head>", b"<head>" + tag, 1))}


SCENARIOS = (
    Scenario(name="redirect-circle", does="a page: a redirect loop", answers=_circle, articles=_REFUSED),
    Scenario(
        name="redirect-itself", does="a page: redirects to itself", answers=lambda: {PAGE: _to(PAGE)}, articles=_REFUSED
    ),
    Scenario(name="redirect-chain", does="a page: 50 redirects in a row", answers=_chain, articles=_REFUSED),
    Scenario(
        name="redirect-private",
        does="every page: redirects to an address of a private network",
        answers=_each(_PRIVATE),
        articles={"failed/redirect": COUNT},
    ),
    Scenario(
        name="redirect-schemes",
        does="every page: redirects to a file, a script, data, ftp or gopher",
        answers=_each(_SCHEMES),
        articles={"failed/redirect": COUNT},
    ),
    Scenario(
        name="redirect-elsewhere",
        does="a page: redirects to a domain that is not the outlet's",
        answers=lambda: {PAGE: _to("https://login.example.org/")},
        articles=_REFUSED,
    ),
    Scenario(
        name="redirect-nowhere",
        does="a page: a redirect without a Location",
        answers=lambda: {PAGE: Answer(status=302, headers=HTML, body=b"moved")},
        articles={"exported": COUNT - 1, "failed/http-302": 1},
    ),
    Scenario(
        name="redirect-no-address",
        does="a page: redirects to an invalid URL",
        answers=lambda: {PAGE: _to("http://[::1")},
        articles=_REFUSED,
    ),
    Scenario(
        name="redirect-noise",
        does="a page: redirects to bytes that are not text",
        answers=lambda: {PAGE: _to("/\xff\xfe\x80 \x7f")},
        articles={"exported": COUNT - 1, "failed/http-404": 1},
    ),
    Scenario(
        name="redirect-robots",
        does="robots.txt: a redirect loop",
        answers=lambda: {ROBOTS: _to(ROBOTS)},
    ),
    Scenario(
        name="redirect-sitemap",
        does="a sitemap: redirects to the metadata address of a cloud",
        answers=lambda: {SITEMAP: _to("http://169.254.169.254/latest/meta-data/")},
        listings={"read": 2, "failed/redirect": 1},
    ),
    Scenario(
        name="refresh-private",
        does="a page: an article, and a refresh to a private address",
        answers=_refreshing("http://10.0.0.1/"),
    ),
    Scenario(
        name="refresh-itself",
        does="a page: an article, and a refresh to itself",
        answers=_refreshing(PAGE),
    ),
    Scenario(
        name="refresh-elsewhere",
        does="a page: an article, and a refresh to another domain",
        answers=_refreshing("https://ads.example.org/"),
    ),
)
