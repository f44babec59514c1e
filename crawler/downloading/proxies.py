"""Send an outlet's requests, robots.txt too, through a proxy of its own: the setting PROXIES names it."""

import base64
import logging
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, UsageError
from scrapy.http import Response

from crawler.url_parts import split_proxy_url

logger = logging.getLogger(__name__)

_ENTRY = re.compile(r"(?P<outlet>[\w-]{1,100})\s*=\s*(?P<value>\S.*)")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOGIN = "Proxy-Authorization"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy of an outlet. Its `repr` shows no user and no password."""

    url: str
    """Its URL without user and password: `http://proxy.example:3128`."""
    login: str | None = field(default=None, repr=False)
    """The value of the header Proxy-Authorization, or None if the proxy asks for no password."""


class ProxyMiddleware:
    """Names the outlet's proxy on each of its requests; the password is in the request only while it is sent.

    So neither a recording nor `scrapy fetch --headers` shows it.
    """

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        entries, outlet = crawler.settings.getlist("PROXIES"), getattr(crawler.spider, "name", "")
        if not entries or crawler.settings.get("ARCHIVE_REPLAY"):  # a replay asks no proxy
            raise NotConfigured
        try:
            proxy = read_proxies(entries, os.environ, only=outlet).get(outlet)
        except ValueError as error:
            raise UsageError(f"PROXIES: {error}", print_help=False) from error
        if proxy is None:
            raise NotConfigured
        message = (
            "%s: all its requests go through the proxy %s, which looks up the hosts itself: here only literal "
            "addresses, names without a dot and ports are checked, and a public name of a private address is not seen"
        )
        logger.info(message, outlet, proxy.url)
        return cls(proxy)

    def process_request(self, request: Request) -> None:
        """Name the proxy and its login on a request."""
        request.meta["proxy"] = self.proxy.url
        if self.proxy.login:
            request.headers[_LOGIN] = self.proxy.login

    def process_response(self, request: Request, response: Response) -> Response:
        """Forget the login, and return the response."""
        request.headers.pop(_LOGIN, None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Forget the login."""
        request.headers.pop(_LOGIN, None)


def proxy_of(crawler: Crawler) -> Proxy | None:
    """Return the outlet's own proxy in a crawl, or None if its requests take no proxy or that of the environment."""
    middleware = crawler.get_downloader_middleware(ProxyMiddleware)
    return middleware.proxy if middleware else None


def read_proxies(
    entries: Iterable[str], environment: Mapping[str, str], *, only: str | None = None
) -> dict[str, Proxy]:
    """Return the proxy of each outlet that `entries` of PROXIES name (`zee=ZEE_PROXY`), or of the outlet `only`.

    Raise ValueError, whose text shows no password, for an invalid entry, or a variable that `environment` lacks.

    >>> read_proxies(["zee=http://127.0.0.1:3128"], {})
    {'zee': Proxy(url='http://127.0.0.1:3128')}
    """
    pairs = [_pair(entry) for entry in entries]
    return {outlet: _named(outlet, value, environment) for outlet, value in pairs if only in (None, outlet)}


def proxied_outlets(entries: Iterable[str]) -> list[str]:
    """Return the outlets that entries of PROXIES name; raise ValueError, which does not show a wrong entry.

    >>> proxied_outlets(["zee=ZEE_PROXY"])
    ['zee']
    """
    return [_pair(entry)[0] for entry in entries]


def _pair(entry: str) -> tuple[str, str]:
    found = _ENTRY.fullmatch(entry.strip())
    if found is None:
        raise ValueError("each entry is an outlet and its proxy, as zee=ZEE_PROXY")
    return found["outlet"], found["value"]


def _named(outlet: str, value: str, environment: Mapping[str, str]) -> Proxy:
    if _VARIABLE.fullmatch(value) is None:
        proxy = _at(value, of=outlet)
        if proxy.login:
            raise ValueError(
                f"{outlet}: a password on the command line can be read by others: "
                f"put the proxy's URL into an environment variable, and write {outlet}=NAME_OF_THE_VARIABLE"
            )
        return proxy
    if not environment.get(value):
        raise ValueError(f"{outlet}: the environment variable {value} is not set; it holds the proxy's URL")
    return _at(environment[value], of=f"{outlet}: {value}")


def _at(url: str, *, of: str) -> Proxy:
    """Return the proxy at a URL; raise ValueError, without the URL in its text, if it is none. `of` names its place."""
    parts = split_proxy_url(url)
    if parts is None or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"{of}: not the URL of a proxy, which is http://HOST:PORT or http://USER:PASSWORD@HOST:PORT")
    if parts.scheme != "http":
        raise ValueError(f"{of}: only http:// proxies are supported, which pages by HTTPS pass through unread")
    place = parts.netloc.rpartition("@")[2]
    login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    has_login = parts.username is not None or parts.password is not None
    encoded = f"Basic {base64.b64encode(login.encode()).decode('ascii')}" if has_login else None
    return Proxy(url=f"http://{place}", login=encoded)
