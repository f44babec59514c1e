"""The handler of the extra `fast` connects to checked addresses only, and names failures as Scrapy's own handler does.

tests/site/test_crawl.py crawls with it too, and `VIDESH_FAST=1 make test` runs all tests of commands with it.
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, UsageError
from scrapy.http import Response
from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings
from scrapy.utils.test import get_crawler

from crawler.crawling.run_addon import RunAddon
from crawler.downloading.fast_connection import FastDownloadHandler
from crawler.downloading.reach import Reach
from crawler.reasons import Reason, RequestRefused, reason_of
from crawler.runs.checks import check_settings

PUBLIC, PRIVATE, METADATA, NAT64 = "93.184.216.34", "10.0.0.1", "169.254.169.254", "64:ff9b::a00:1"


class Server(ThreadingHTTPServer):
    """An HTTP server that answers every path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: Any) -> None:
        """Keep silent."""


@pytest.fixture
def port() -> Iterator[int]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def crawler_with(*exceptions: str) -> Crawler:
    return get_crawler(settings_dict={"TWISTED_REACTOR_ENABLED": False, "ALLOWED_ADDRESSES": list(exceptions)})


@pytest.fixture(autouse=True)
def reach(monkeypatch: pytest.MonkeyPatch) -> Reach:
    """The counter of connection attempts, which a crawl's middleware has."""
    counter = Reach()
    monkeypatch.setattr("crawler.downloading.fast_connection.answers_of", lambda _: SimpleNamespace(reach=counter))
    return counter


def fetch(
    url: str, crawler: Crawler, monkeypatch: pytest.MonkeyPatch, *addresses: str
) -> tuple[Response | Exception, list[str]]:
    """Return what a request for a URL gives, and the addresses of the sockets; each name has the same addresses."""
    tried: list[str] = []

    async def ask() -> Response | Exception:
        loop = asyncio.get_running_loop()
        connect = loop.sock_connect

        async def resolve(host: str, port: int, **_: Any) -> list[Any]:
            if not addresses:
                raise socket.gaierror(socket.EAI_NONAME, "no such name")
            kinds = [(socket.AF_INET6 if ":" in each else socket.AF_INET, each) for each in addresses]
            return [(kind, socket.SOCK_STREAM, 6, "", (each, port, *((0, 0) * (":" in each)))) for kind, each in kinds]

        async def note(made: socket.socket, address: Any) -> None:
            tried.append(address[0])
            await connect(made, address if address[0].startswith("127.") else ("127.0.0.1", 1))

        monkeypatch.setattr(loop, "getaddrinfo", resolve)
        monkeypatch.setattr(loop, "sock_connect", note)
        handler = FastDownloadHandler(crawler)
        try:
            return await handler.download_request(Request(url, meta={"download_timeout": 5}))
        except Exception as error:  # noqa: BLE001
            return error
        finally:
            await handler.close()

    return asyncio.run(ask()), tried


def test_an_allowed_address_is_connected_to(port: int, reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    crawler = crawler_with(f"127.0.0.1:{port}")

    got, tried = fetch(f"http://khabar.example:{port}/", crawler, monkeypatch, "127.0.0.1")

    assert isinstance(got, Response)
    assert (got.body, tried) == (b"ok", ["127.0.0.1"])
    assert reach.made == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("address", [PRIVATE, METADATA, NAT64, "127.0.0.1", "::1", "::ffff:10.0.0.1"])
def test_a_name_with_a_private_address_opens_no_socket(
    scheme: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    got, tried = fetch(f"{scheme}://khabar.example/", crawler_with(), monkeypatch, address)

    assert isinstance(got, RequestRefused)
    assert got.reason is Reason.PRIVATE_ADDRESS
    assert str(got).startswith(f"khabar.example has the address {ip_address(address)}, which is not of the public web")
    assert tried == []


def test_of_several_addresses_only_the_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = (PRIVATE, PUBLIC, "::1", METADATA)

    got, tried = fetch("http://khabar.example/", crawler_with(), monkeypatch, *addresses)

    assert isinstance(got, Exception)
    assert set(tried) == {PUBLIC}
    assert not isinstance(got, RequestRefused)


@pytest.mark.parametrize("addresses", [(PRIVATE, METADATA), (PRIVATE, "::1", "127.0.0.1")])
def test_a_name_with_private_addresses_alone_is_refused(
    addresses: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    got, tried = fetch("http://khabar.example/", crawler_with(), monkeypatch, *addresses)

    assert isinstance(got, RequestRefused)
    assert tried == []


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://[::1]/", "http://intranet/", "http://khabar.example:22/"])
def test_a_url_that_is_not_allowed_is_not_resolved(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    got, tried = fetch(url, crawler_with(), monkeypatch, PUBLIC)

    assert isinstance(got, RequestRefused)
    assert tried == []


def test_failures_have_the_reasons_that_scrapys_handler_gives(
    port: int, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = int(unused.getsockname()[1])
    crawler = crawler_with("127.0.0.1:*")

    unknown, _ = fetch("http://khabar.example/", crawler, monkeypatch)
    refused, _ = fetch(f"http://khabar.example:{closed}/", crawler, monkeypatch, "127.0.0.1")
    no_tls, _ = fetch(f"https://khabar.example:{port}/", crawler, monkeypatch, "127.0.0.1")

    reasons = [reason_of(each)[0] for each in (unknown, refused, no_tls) if isinstance(each, Exception)]
    assert reasons == [Reason.UNKNOWN_HOST, Reason.REFUSED_CONNECTION, Reason.TLS]
    assert (reach.unresolved, reach.refused, reach.made, reach.failed) == (1, 1, 1, 0)


def test_fast_sets_the_event_loop_and_both_handlers() -> None:
    settings = get_project_settings()
    settings.set("FAST", "1", priority="cmdline")

    RunAddon.update_pre_crawler_settings(settings)

    assert settings["ASYNCIO_EVENT_LOOP"] == "uvloop.Loop"
    name = f"{FastDownloadHandler.__module__}.{FastDownloadHandler.__name__}"
    assert {scheme: settings["DOWNLOAD_HANDLERS"][scheme] for scheme in ("http", "https")} == dict.fromkeys(
        ("http", "https"), name
    )
    assert DownloadFailedError in map(load_object, settings["RETRY_EXCEPTIONS"])
    assert not any("http11" in str(each) for each in settings["RETRY_EXCEPTIONS"]), "it would import Scrapy's handler"


def test_fast_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.runs.profiles.find_spec", lambda name: None)
    settings = get_project_settings()
    settings.set("FAST", "1", priority="cmdline")

    with pytest.raises(UsageError, match=r"pip install 'videsh\[fast\]'"):
        check_settings(settings)
