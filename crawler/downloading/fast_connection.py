"""The download handler of the extra `fast`: aiohttp, with the same checks of addresses and the same names of failures.

Importing this imports aiohttp; the setting FAST switches it on.
"""

import socket
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.downloading.allowed import Allowed
from crawler.downloading.answers import answers_of
from crawler.downloading.proxies import proxy_of
from crawler.reasons import ProxyFailedError, RequestRefused

_NO_LOGIN = 407


@dataclass(slots=True)
class _Attempt:
    """A request that may open a connection."""

    host: str
    by_proxy: bool
    refusal: RequestRefused | None = None
    """Why an address of its host was not connected to."""
    is_tried: bool = False
    """Whether another one was."""


_attempt: ContextVar[_Attempt] = ContextVar("attempt")


class FastDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's handler over aiohttp, which raises RequestRefused for addresses that are not allowed.

    Each IP address is checked when its socket is made, so that no DNS answer can change it; of several addresses those
    that are allowed are tried.
    """

    experimental = False  # the tests of crawls run with it too

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._allowed = Allowed(crawler.settings.getlist("ALLOWED_ADDRESSES"))
        like = self._session
        counted = aiohttp.TraceConfig()
        counted.on_connection_create_end.append(self._made)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                local_addr=self._bind_address,
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                socket_factory=self._checked_socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=like._response_class,
            skip_auto_headers=like.skip_auto_headers,
            trace_configs=[counted],
        )
        like.detach()

    async def download_request(self, request: Request) -> Response:
        """Return the response; raise RequestRefused if the URL is not allowed, DownloadFailedError if it fails.

        A failure of the outlet's own proxy is a ProxyFailedError.
        """
        attempt = _Attempt(urlparse_cached(request).hostname or "", bool(request.meta.get("proxy")))
        self._allowed.check_url(request.url, by_proxy=attempt.by_proxy)
        _attempt.set(attempt)
        try:
            response = await super().download_request(request)
        except DownloadConnectionRefusedError as error:
            if attempt.refusal is not None and not attempt.is_tried:
                raise attempt.refusal from error
            raise self._named(error, attempt) from error
        except (CannotResolveHostError, DownloadFailedError) as error:
            raise self._named(error, attempt) from error
        if response.status == _NO_LOGIN and (proxy := proxy_of(self.crawler)):
            raise ProxyFailedError(f"the proxy {proxy.url} answered {_NO_LOGIN}: it wants another user and password")
        return response

    def _checked_socket(self, address: Any) -> socket.socket:
        """Return a socket for an address, as aiohttp wants it; raise OSError, so that it tries the next one."""
        attempt = _attempt.get()
        family, kind, protocol, _, (number, port, *_) = address
        try:
            if not attempt.by_proxy:
                self._allowed.check(attempt.host, ip_address(number), port)
        except RequestRefused as refusal:
            attempt.refusal = refusal
            raise OSError(str(refusal)) from refusal
        attempt.is_tried = True
        return socket.socket(family, kind, protocol)

    async def _made(self, *_: Any) -> None:
        answers_of(self.crawler).reach.made += 1

    def _named(self, error: Exception, attempt: _Attempt) -> Exception:
        """Return the failure of a request by the name that Scrapy's own handler gives it, and count its connection."""
        cause, reach = error.__cause__, answers_of(self.crawler).reach
        proxy = proxy_of(self.crawler) if attempt.by_proxy else None
        if proxy is not None and (fault := _fault_of_proxy(cause)):
            return ProxyFailedError(f"the proxy {proxy.url} {fault}")
        if isinstance(cause, aiohttp.ClientSSLError):
            reach.made += 1
            return DownloadFailedError(f"SSLError: {cause}")
        if isinstance(error, CannotResolveHostError):
            reach.unresolved += 1
        elif isinstance(cause, aiohttp.ClientConnectorError):
            is_refused = isinstance(cause.os_error, ConnectionRefusedError)
            reach.refused += is_refused and not attempt.by_proxy
            reach.failed += not is_refused or attempt.by_proxy
            if not is_refused:
                return DownloadFailedError(f"{type(cause.os_error).__name__}: {cause.os_error}")
        elif isinstance(cause, aiohttp.ClientHttpProxyError):
            reach.failed += 1
        return error


def _fault_of_proxy(cause: BaseException | None) -> str | None:
    """Return what a proxy did wrong; None if it works and its own connection to the outlet failed.

    A proxy answers CONNECT with 4xx if it refuses (407: wrong password), and with 5xx if it does not reach the host.
    """
    if isinstance(cause, aiohttp.ClientHttpProxyError):
        return f"refuses: it answered {cause.status}" if 400 <= cause.status < 500 else None
    if isinstance(cause, aiohttp.ClientConnectorDNSError):
        return "has a name without an address (DNS)"
    if isinstance(cause, aiohttp.ClientProxyConnectionError):
        return f"cannot be reached: {cause.os_error}"
    return None
