"""Connections to addresses that may be asked: each is checked where the socket is connected, with no look-up after."""

from collections.abc import Callable, Hashable
from ipaddress import ip_address
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, TunnelError
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.web.client import HTTPConnectionPool
from zope.interface import directlyProvides, providedBy  # type: ignore[import-untyped]

from crawler.downloading.allowed import Allowed
from crawler.downloading.answers import answers_of
from crawler.downloading.reach import Reach


class CheckedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's own handler, but that it connects to allowed addresses only; what else is asked raises RequestRefused.

    All that a crawl or a command fetches passes here: pages, robots.txt, listings, each hop of a redirect.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._allowed = Allowed(crawler.settings.getlist("ALLOWED_ADDRESSES"))
        self._pool = CheckedPool(
            self._pool,
            self._allowed,
            self._contextFactory,
            timeout=crawler.settings.getfloat("DOWNLOAD_TIMEOUT"),
            reach=lambda: answers_of(crawler).reach,
        )

    async def download_request(self, request: Request) -> Response:
        """Return the response, unless the URL shows already that it may not be asked."""
        self._allowed.check_url(request.url, by_proxy=bool(request.meta.get("proxy")))
        try:
            return await super().download_request(request)
        except (TunnelError, ConnectError, ConnectionClosed, OSError) as error:  # Scrapy leaves these as they are
            raise DownloadFailedError(f"{type(error).__name__}: {error}") from error


class CheckedPool(HTTPConnectionPool):
    """A pool of connections that makes those to hosts itself; those to a proxy are made as they come."""

    def __init__(
        self, like: HTTPConnectionPool, allowed: Allowed, policy: Any, *, timeout: float, reach: Callable[[], Reach]
    ) -> None:
        super().__init__(like._reactor, persistent=like.persistent)  # type: ignore[no-untyped-call]
        self.maxPersistentPerHost = like.maxPersistentPerHost
        self._factory = like._factory
        self._allowed = allowed
        self._policy = policy
        self._timeout = timeout
        self._reach = reach

    def getConnection(self, key: Hashable, endpoint: Any) -> Deferred[Any]:  # noqa: N802
        """Return a connection that is open, or a new one to a checked address."""
        by_proxy = False
        match key:
            case (b"http" | b"https" as scheme, bytes(host), int(port), bind_address):
                endpoint = self._endpoint(scheme, host, port, bind_address)
            case (b"http-proxy", *_) | (_, _, _, str(), int(), *_):  # the latter ends with the proxy's host and port
                by_proxy = True
            case _:
                raise TypeError(f"{key!r} is no key of a connection that Scrapy 2.19 makes")
        connection: Deferred[Any] = super().getConnection(key, endpoint)
        return connection.addBoth(self._noted, by_proxy=by_proxy)

    def _noted(self, result: Any, *, by_proxy: bool) -> Any:
        self._reach().note(result, by_proxy=by_proxy)
        return result

    def _endpoint(self, scheme: bytes, host: bytes, port: int, bind_address: Any) -> Any:
        reactor = _CheckedReactor(self._reactor, self._allowed, host.decode("ascii"))
        endpoint: Any = HostnameEndpoint(reactor, host, port, timeout=self._timeout, bindAddress=bind_address)
        if scheme == b"http":
            return endpoint
        return wrapClientTLS(self._policy.creatorForNetloc(host, port), endpoint, self._reactor)


class _CheckedReactor:
    """A reactor that connects to checked addresses; HostnameEndpoint gives it one at a time, as numbers."""

    def __init__(self, reactor: Any, allowed: Allowed, host: str) -> None:
        self._reactor = reactor
        self._allowed = allowed
        self._host = host
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, *args: Any, **kwargs: Any) -> Any:  # noqa: N802
        """Connect to an address, unless it may not be asked; a name, which would be looked up again, is no address."""
        self._allowed.check(self._host, ip_address(host), port)
        return self._reactor.connectTCP(host, port, *args, **kwargs)
