"""Each connection goes to an IP address that was checked and is not resolved again; a refused one opens no socket."""

import os
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import twisted.internet
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.defer import Deferred, succeed
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.testing import MemoryReactorClock
from twisted.python.failure import Failure
from twisted.web.client import BrowserLikePolicyForHTTPS, HTTPConnectionPool

from crawler.downloading.allowed import Allowed
from crawler.downloading.connection import CheckedDownloadHandler, CheckedPool
from crawler.downloading.reach import Reach
from crawler.reasons import Reason, RequestRefused
from tests.commands.running import scrapy
from tests.site.publisher import Answer, Publisher

PUBLIC, PRIVATE, METADATA, NAT64 = "93.184.216.34", "10.0.0.1", "169.254.169.254", "64:ff9b::a00:1"


@pytest.fixture(autouse=True)
def _no_reactor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep Twisted from installing its global reactor: other tests need that none is installed."""
    monkeypatch.setattr(twisted.internet, "reactor", MemoryReactorClock(), raising=False)  # type: ignore[no-untyped-call]


class Answers:
    """A resolver that gives its answers one after another; the last one repeats."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def resolveHostName(self, receiver: Any, host: str, portNumber: int = 0, *rest: Any) -> Any:  # noqa: N802, N803
        """Answer at once."""
        self.asked.append(host)
        receiver.resolutionBegan(self)
        for address in self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, portNumber))
        receiver.resolutionComplete()
        return receiver


class Network:
    """A pool of connections over a simulated network that records connection attempts."""

    def __init__(self, resolver: Answers, *exceptions: str) -> None:
        self.reach = Reach()
        self.reactor = MemoryReactorClock()  # type: ignore[no-untyped-call]
        self.reactor.nameResolver = resolver  # type: ignore[assignment]
        like = HTTPConnectionPool(self.reactor)  # type: ignore[no-untyped-call]
        policy = BrowserLikePolicyForHTTPS()  # type: ignore[no-untyped-call]
        self.pool = CheckedPool(like, Allowed(exceptions), policy, timeout=60, reach=lambda: self.reach)

    def connect(self, host: str, port: int = 443, scheme: bytes = b"https") -> Any:
        """Request a connection; return the exception that it failed with, or None while it is being made."""
        ended: list[Any] = []
        deferred: Deferred[Any] = self.pool.getConnection((scheme, host.encode(), port, None), None)
        deferred.addBoth(ended.append)
        self.reactor.advance(5)
        return ended[0].value if ended and isinstance(ended[0], Failure) else None

    @property
    def connected(self) -> list[tuple[str, int]]:
        """Return the IP addresses of the connection attempts."""
        return [client[:2] for client in self.reactor.tcpClients]


def test_a_name_is_resolved_once_and_its_address_is_connected_to() -> None:
    resolver = Answers([PUBLIC])
    network = Network(resolver)

    assert network.connect("khabar.example") is None
    assert network.connected == [(PUBLIC, 443)]
    assert resolver.asked == ["khabar.example"]


def test_a_name_that_resolves_to_a_public_and_then_a_private_address_is_connected_to_once() -> None:
    network = Network(Answers([PUBLIC], [PRIVATE]))

    assert network.connect("khabar.example") is None
    refused = network.connect("khabar.example")

    assert isinstance(refused, RequestRefused)
    assert refused.reason is Reason.PRIVATE_ADDRESS
    assert str(refused).startswith("khabar.example has the address 10.0.0.1, which is not of the public web")
    assert network.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize("scheme", [b"http", b"https"])
@pytest.mark.parametrize("address", [PRIVATE, METADATA, NAT64, "127.0.0.1", "::1", "fe80::1", "::ffff:10.0.0.1"])
def test_a_name_with_a_private_address_opens_no_socket(address: str, scheme: bytes) -> None:
    network = Network(Answers([address]))

    assert isinstance(network.connect("khabar.example", 443, scheme), RequestRefused)
    assert network.connected == []


def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    network = Network(Answers([PRIVATE, PUBLIC, "::1", METADATA]))

    assert network.connect("khabar.example") is None
    assert network.connected == [(PUBLIC, 443)]


def test_an_address_in_an_unusual_notation_is_judged_as_the_resolver_reads_it() -> None:
    network = Network(Answers(["127.0.0.1"]))

    assert isinstance(network.connect("0x7f.1"), RequestRefused)
    assert network.connected == []


def test_a_port_other_than_80_and_443_opens_no_socket() -> None:
    network = Network(Answers([PUBLIC]), "10.0.0.0/8:22")

    assert network.connect("khabar.example", 22).reason is Reason.PORT
    assert network.connected == []


def test_an_exception_is_connected_to() -> None:
    network = Network(Answers(["127.0.0.1"]), "127.0.0.1:8080")

    assert network.connect("khabar.example", 8080, b"http") is None
    assert network.connected == [("127.0.0.1", 8080)]


def test_an_unknown_kind_of_connection_is_an_error() -> None:
    network = Network(Answers([PRIVATE]))

    with pytest.raises(TypeError, match="is not a key of a connection"):
        network.pool.getConnection((b"https", b"khabar.example", 443), None)


@pytest.mark.parametrize(
    "key",
    [(b"http-proxy", b"proxy.lan", 3128, None), (b"https", b"khabar.example", 443, "proxy.lan", 3128, None, None)],
)
def test_a_connection_to_a_proxy_is_made_unchecked(key: tuple[Any, ...]) -> None:
    network = Network(Answers([PRIVATE]))

    network.pool.getConnection(key, TCP4ClientEndpoint(network.reactor, PRIVATE, 3128))

    assert network.connected == [(PRIVATE, 3128)]


class ThisMachine(CachingThreadedResolver):
    """A resolver that gives every name the address of this machine."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """Answer at once."""
        return succeed("127.0.0.1")


class Server(ThreadingHTTPServer):
    """An HTTP server that answers each path from a table, and records the requests."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []

    @property
    def port(self) -> int:
        """Return the server's port."""
        return int(self.server_address[1])


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        page = self.server.pages.get(self.path, "")
        is_address = page.startswith("http://")
        self.send_response(302 if is_address else 200 if page else 404)
        self.send_header("Location", page if is_address else "/")
        self.send_header("Content-Length", "0" if is_address else str(len(page.encode())))
        self.end_headers()
        self.wfile.write(b"" if is_address else page.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Keep silent."""


@pytest.fixture
def servers() -> Iterator[tuple[Server, Server]]:
    both = Server(), Server()
    for server in both:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield both
    for server in both:
        server.shutdown()
        server.server_close()


@pytest.mark.skipif("VIDESH_FAST" in os.environ, reason="with FAST=1 the system resolves names, not Scrapy's resolver")
def test_a_sites_links_into_a_private_network_are_not_requested(servers: tuple[Server, Server]) -> None:
    site, trap = servers
    home, inner = f"http://khabar.example:{site.port}", f"http://int.khabar.example:{trap.port}"
    feed = '<link rel="alternate" type="application/rss+xml" href="{}">'
    feeds = [f"{inner}/feed.xml", "http://169.254.169.254/latest/meta-data/", "http://intranet/", f"{home}/to-inner"]
    site.pages = {
        "/": f"<html><head><title>ख़बर</title>{''.join(map(feed.format, feeds))}</head><body><p>ख़बर</p></body></html>",
        "/robots.txt": f"User-agent: *\nAllow: /\nSitemap: {inner}/robots-sitemap.xml\n",
        "/to-inner": f"{inner}/redirected.xml",
    }
    values = {
        "STORE": "",
        "TWISTED_DNS_RESOLVER": "tests.downloading.test_connection.ThisMachine",
        "ALLOWED_ADDRESSES": f"127.0.0.1:{site.port},93.184.216.34:{trap.port}",
        "DOWNLOAD_DELAY": "0",
        "AUTOTHROTTLE_ENABLED": "False",
    }
    settings = [word for name, value in values.items() for word in ("-s", f"{name}={value}")]

    done = scrapy("discover", f"{home}/", *settings, environment=dict.fromkeys(("http_proxy", "https_proxy"), ""))

    assert done.code == 0, done.err
    assert trap.asked == []
    assert {"/", "/robots.txt", "/to-inner"} <= set(site.asked)
    for refused in (*feeds, f"{inner}/robots-sitemap.xml"):
        assert f"{refused}: " in done.err
    assert done.err.count("int.khabar.example has the address 127.0.0.1, which is not of the public web") >= 3
    assert not any(refused in done.out for refused in (*feeds, inner)), "what was not read is not proposed"
    assert "Traceback" not in done.err


def test_a_proxy_is_asked_for_host_names_but_not_for_ip_addresses_or_names_without_a_dot(
    tmp_path: Path,
) -> None:
    home = "https://khabar.example"
    inner = ["http://10.0.0.1/feed.xml", "http://[::1]/feed.xml", "http://intranet/feed.xml", f"{home}:8443/feed.xml"]
    feeds = "".join(f'<link rel="alternate" type="application/rss+xml" href="{url}">' for url in inner)
    page = f"<html><head><title>ख़बर</title>{feeds}</head><body><p>ख़बर</p></body></html>"
    quick = ("-s", "STORE=", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")

    with Publisher({f"{home}/": Answer(body=page.encode())}, tmp_path) as publisher:
        done = scrapy("discover", f"{home}/", *quick, environment=publisher.environment)

    assert done.code == 0, done.err
    assert f"{home}/" in publisher.urls()
    assert all(url.startswith(f"{home}/") for url in publisher.urls())
    assert all(f"{url}: " in done.err and url not in done.out for url in inner)


def test_everything_is_fetched_by_the_handler_that_checks_addresses() -> None:
    handlers = get_project_settings().getdict("DOWNLOAD_HANDLERS")
    others = {*default_settings.DOWNLOAD_HANDLERS_BASE} - {"http", "https"}

    assert {load_object(handlers[scheme]) for scheme in ("http", "https")} == {CheckedDownloadHandler}
    assert all(handlers[scheme] is None for scheme in others)
