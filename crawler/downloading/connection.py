"""Connect to allowed IP addresses only: each is checked when the socket connects, so no DNS answer can change it."""

import asyncio
import re
from collections.abc import Callable, Hashable
from ipaddress import ip_address
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, TunnelError
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from scrapy.utils.defer import deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.error import ConnectError, ConnectionClosed, DNSLookupError
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool
from zope.interface import directlyProvides, providedBy  # type: ignore[import-untyped]

from crawler.downloading.allowed import Allowed
from crawler.downloading.answers import answers_of
from crawler.downloading.proxies import Proxy, proxy_of
from crawler.downloading.reach import Reach
from crawler.reasons import ProxyFailedError

_NO_LOGIN = 407
_STATUS = re.compile(r"\[\{'status': ([0-9]{3}),")
"""The status of a proxy's answer in the text of a TunnelError."""


class CheckedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler, which raises RequestRefused for addresses that are not allowed.

    Every request of a crawl or a command passes through it: pages, robots.txt, listings, each hop of a redirect.
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
            proxy=lambda: proxy_of(crawler),
        )

    async def download_request(self, request: Request) -> Response:
        """Return the response; raise RequestRefused if the URL is not allowed, DownloadFailedError if it fails.

        A failure of the outlet's own proxy is a ProxyFailedError.
        """
        self._allowed.check_url(request.url, by_proxy=bool(request.meta.get("proxy")))
        try:
            response = await super().download_request(request)
        except (TunnelError, ConnectError, ConnectionClosed, OSError) as error:  # Scrapy does not wrap these
            raise DownloadFailedError(f"{type(error).__name__}: {error}") from error
        if response.status == _NO_LOGIN and (proxy := proxy_of(self._crawler)):
            raise ProxyFailedError(f"the proxy {proxy.url} answered {_NO_LOGIN}: it wants another user and password")
        return response

    async def close(self) -> None:
        """Close the connections that are kept for later requests; wait for that a second at most.

        Scrapy 2.19 fires the Deferred of Twisted itself when the second is over. If the process is busy meanwhile, both
        fire at once, and AlreadyCalledError is logged.
        """
        closed = deferred_to_future(self._pool.closeCachedConnections())  # type: ignore[no-untyped-call]
        await asyncio.wait([closed], timeout=self._disconnect_timeout)


class CheckedPool(HTTPConnectionPool):
    """A connection pool that checks the IP address of each new connection, except those to a proxy.

    It takes reactor, persistence and factory from `like`, the pool that Scrapy made, and TLS options from `policy`.
    `timeout` is in seconds; `reach` returns the counter of connection attempts, `proxy` the outlet's own proxy.
    """

    def __init__(
        self,
        like: HTTPConnectionPool,
        allowed: Allowed,
        policy: Any,
        *,
        timeout: float,
        reach: Callable[[], Reach],
        proxy: Callable[[], Proxy | None] = lambda: None,
    ) -> None:
        super().__init__(like._reactor, persistent=like.persistent)  # type: ignore[no-untyped-call]
        self.maxPersistentPerHost = like.maxPersistentPerHost
        self._factory = like._factory
        self._allowed = allowed
        self._policy = policy
        self._timeout = timeout
        self._reach = reach
        self._proxy = proxy

    def getConnection(self, key: Hashable, endpoint: Any) -> Deferred[Any]:  # noqa: N802
        """Return a cached connection, or a new one to a checked address; count the attempt.

        `key` has the form that Scrapy 2.19 gives it; any other raises TypeError, so that nothing stays unchecked.
        """
        by_proxy = False
        match key:
            case (b"http" | b"https" as scheme, bytes(host), int(port), bind_address):
                endpoint = self._endpoint(scheme, host, port, bind_address)
            case (b"http-proxy", *_) | (_, _, _, str(), int(), *_):  # the second form ends with the proxy's host, port
                by_proxy = True
            case _:
                raise TypeError(f"{key!r} is not a key of a connection that Scrapy 2.19 makes")
        connection: Deferred[Any] = super().getConnection(key, endpoint)
        return connection.addBoth(self._counted, by_proxy=by_proxy)

    def _counted(self, result: Any, *, by_proxy: bool) -> Any:
        proxy = self._proxy() if by_proxy else None
        if proxy is None or not isinstance(result, Failure):
            self._reach().note(result, by_proxy=by_proxy)
            return result
        # An outlet's own proxy says nothing about this machine's network.
        if (fault := _fault_of_proxy(result.value)) is None:
            return result
        return Failure(ProxyFailedError(f"the proxy {proxy.url} {fault}"))  # type: ignore[no-untyped-call]

    def _endpoint(self, scheme: bytes, host: bytes, port: int, bind_address: Any) -> Any:
        reactor = _CheckedReactor(self._reactor, self._allowed, host.decode("ascii"))
        endpoint: Any = HostnameEndpoint(reactor, host, port, timeout=self._timeout, bindAddress=bind_address)
        if scheme == b"http":
            return endpoint
        return wrapClientTLS(self._policy.creatorForNetloc(host, port), endpoint, self._reactor)


def _fault_of_proxy(error: BaseException | None) -> str | None:
    """Return what a proxy did wrong; None if it works and its own connection to the outlet failed, or ran out of time.

    A proxy answers CONNECT with 4xx if it refuses (407: wrong password), and with 5xx if it does not reach the host.
    """
    if isinstance(error, TunnelError):
        status = _STATUS.search(str(error))
        if status is None:
            return "is none: it did not answer CONNECT by HTTP"
        return f"refuses: it answered {status[1]}" if status[1].startswith("4") else None
    if isinstance(error, DNSLookupError):
        return "has a name without an address (DNS)"
    if isinstance(error, ConnectError | OSError):
        return f"cannot be reached: {error}"
    return None


class _CheckedReactor:
    """A reactor that checks each IP address before it connects; HostnameEndpoint resolves the host name first."""

    def __init__(self, reactor: Any, allowed: Allowed, host: str) -> None:
        self._reactor = reactor
        self._allowed = allowed
        self._host = host
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, *args: Any, **kwargs: Any) -> Any:  # noqa: N802
        """Connect to an IP address; raise RequestRefused if it is not allowed, ValueError if `host` is a name."""
        self._allowed.check(self._host, ip_address(host), port)
        return self._reactor.connectTCP(host, port, *args, **kwargs)
