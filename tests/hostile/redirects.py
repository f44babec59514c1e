"""Scenarios of redirects: loops, into private networks, to other schemes, by `<meta refresh>`."""

from collections.abc import Mapping

from tests.crawling.site import HOME
from tests.hostile.outlet import COUNT, HTML, PAGE, ROBOTS, page
from tests.hostile.scenario import Scenario
from tests.hostile.targets import Make, on_every_page, on_page, on_robots, on_sitemap
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


def _circle() -> Mapping[str, Answer]:
    other = f"{HOME}/world/asia/other-2026-11-24-700999"
    return {PAGE: _to(other), other: _to(PAGE)}


def _chain() -> Mapping[str, Answer]:
    def step(number: int) -> str:
        return f"{HOME}/world/step-{number}"

    return {PAGE: _to(step(0)), **{step(number): _to(step(number + 1)) for number in range(50)}}


def _refreshing(to: str) -> Make:
    tag = f'<meta http-equiv="refresh" content="0; url={to}">'.encode()
    return lambda: page().replace(b"<head>", b"<head>" + tag, 1)


SCENARIOS = (
    Scenario(name="redirect-circle", does="a page: a redirect loop", answers=_circle, articles=_REFUSED),
    on_page("redirect-itself", "redirects to itself", lambda: _to(PAGE), "failed/redirect"),
    Scenario(name="redirect-chain", does="a page: 50 redirects in a row", answers=_chain, articles=_REFUSED),
    on_every_page(
        "redirect-private",
        "redirects to an address of a private network",
        lambda number: _to(_PRIVATE[number]),
        {"failed/redirect": COUNT},
    ),
    on_every_page(
        "redirect-schemes",
        "redirects to a file, a script, data, ftp or gopher",
        lambda number: _to(_SCHEMES[number]),
        {"failed/redirect": COUNT},
    ),
    on_page(
        "redirect-elsewhere",
        "redirects to a domain that is not the outlet's",
        lambda: _to("https://login.example.org/"),
        "failed/redirect",
    ),
    on_page(
        "redirect-nowhere",
        "a redirect without a Location",
        lambda: Answer(status=302, body=b"moved"),
        "failed/http-302",
    ),
    on_page("redirect-no-address", "redirects to an invalid URL", lambda: _to("http://[::1"), "failed/redirect"),
    on_page(
        "redirect-noise",
        "redirects to bytes that are not text",
        lambda: _to("/\xff\xfe\x80 \x7f"),
        "failed/http-404",
    ),
    on_robots("redirect-robots", "a redirect loop", lambda: _to(ROBOTS)),
    on_sitemap(
        "redirect-sitemap",
        "redirects to the metadata address of a cloud",
        lambda: _to("http://169.254.169.254/latest/meta-data/"),
        "failed/redirect",
    ),
    on_page("refresh-private", "an article, and a refresh to a private address", _refreshing("http://10.0.0.1/")),
    on_page("refresh-itself", "an article, and a refresh to itself", _refreshing(PAGE)),
    on_page(
        "refresh-elsewhere",
        "an article, and a refresh to another domain",
        _refreshing("https://ads.example.org/"),
    ),
)
