"""What a hostile page cannot do in the browser: reach another machine, leave, outlive its time, end the next page."""

import asyncio
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil
import pytest
from scrapy.http import Response

from crawler.browser.chromium import Chromium, chromium_path, is_extra_installed
from crawler.browser.visit import Visit
from crawler.limits import MOST_REQUESTS
from tests.browser.hostile_pages import FAILING, REACHING, STUBBORN, TEXT

pytestmark = [
    pytest.mark.soak,
    pytest.mark.foreign,
    pytest.mark.skipif(
        not is_extra_installed() or chromium_path(None) is None,
        reason="needs the extra `browser` and Chromium: pip install -e '.[browser]', apt-get install chromium",
    ),
]
URL = "https://khabar.example/world/one-1"
MOST = 16 * 1024 * 1024
PAGE = "<!doctype html><html><head><meta charset=utf-8><title>ख़बर</title></head><body>{}</body></html>"


@dataclass
class Seen:
    """What came of one visit."""

    html: str = ""
    error: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    reached: int = 0
    """Connections and datagrams that the page sent to other machines."""


@contextmanager
def trap() -> Iterator[tuple[int, int, list[bytes]]]:
    """Yield a port for TCP and one for UDP, and the list of what they get."""
    got: list[bytes] = []
    with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        for each in (tcp, udp):
            each.bind(("127.0.0.1", 0))
            each.setblocking(False)
        tcp.listen()
        yield tcp.getsockname()[1], udp.getsockname()[1], got
        for take in (lambda: tcp.accept()[0].close(), lambda: udp.recv(1)):
            try:
                while True:
                    take()
                    got.append(b"x")
            except BlockingIOError:
                continue


async def _answer(url: str, headers: Mapping[str, str]) -> Response | None:
    if url.endswith("/never"):
        await asyncio.sleep(30)
    if "/many" in url or url.endswith("/text.json"):
        return Response(url, headers={"Content-Type": "application/json"}, body="मंत्री ने कहा।".encode())
    return None


def visit(*bodies: str) -> list[Seen]:
    """Let one browser visit pages with these bodies, one after another."""
    return asyncio.run(_visits(bodies))


async def _visits(bodies: tuple[str, ...]) -> list[Seen]:
    path = chromium_path(None)
    assert path
    chromium = Chromium(path, "Videsh/0 (+tests@example.org)")
    try:
        return [await _visited(chromium, body) for body in bodies]
    finally:
        await chromium.stop()


BEFORE = f"{TEXT}<!-- the browser dies before it -->"
DURING = TEXT + "<script>setInterval(() => document.body.append('x'), 9);</script>"


def kill_browsers() -> None:
    """Kill the browser of this process, as the kernel does that has no memory left."""
    for each in psutil.Process().children(recursive=True):
        if "chrom" in each.name():
            each.kill()


async def _visited(chromium: Chromium, body: str) -> Seen:
    seen = Seen()
    if body == BEFORE:
        kill_browsers()
    if body == DURING:
        asyncio.get_running_loop().call_later(0.7, kill_browsers)
    with trap() as (tcp, udp, got):
        body = body.replace("TRAP", str(tcp)).replace("UDP", str(udp))
        one = Visit(
            URL,
            PAGE.format(body).encode(),
            "text/html; charset=utf-8",
            fetch=_answer,
            is_own=lambda url: url.startswith("https://khabar.example/"),
            seconds=2,
        )
        context: Any = await chromium.new_context()
        try:
            seen.html = await one.rendered(context, MOST)
        except Exception as error:  # noqa: BLE001  what the crawl notes
            seen.error = str(error)
        try:
            await asyncio.wait_for(context.close(), 3)
        except Exception:  # noqa: BLE001  as the crawl does
            await chromium.stop()
    seen.counts, seen.reached = dict(one.counts), len(got)
    return seen


def test_the_page_that_scripts_made_is_returned_with_what_they_were_answered() -> None:
    script = "fetch('/text.json').then(a => a.text()).then(text => document.body.append(text + navigator.userAgent))"

    (seen,) = visit(f"{TEXT}<script>{script}</script>")

    assert "मंत्री ने कहा।Videsh/0 (+tests@example.org)</body>" in seen.html
    assert seen.html.startswith("<!DOCTYPE html><html>")
    assert seen.counts == {"answered": 1}


def test_no_page_reaches_another_machine_or_leaves() -> None:
    found = dict(zip(REACHING, visit(*(TEXT + body for body in REACHING.values())), strict=True))

    assert {name: seen.reached for name, seen in found.items()} == dict.fromkeys(REACHING, 0)
    assert [name for name, seen in found.items() if TEXT not in seen.html] == []
    assert [name for name, seen in found.items() if "root:" in seen.html or "answered" in seen.counts] == []


def test_a_page_without_an_end_is_read_when_its_time_is_over() -> None:
    found = dict(zip(STUBBORN, visit(*(TEXT + body for body in STUBBORN.values())), strict=True))

    assert [(name, seen.error) for name, seen in found.items() if TEXT not in seen.html] == []
    assert found["many requests"].counts["answered"] <= MOST_REQUESTS
    assert found["many requests"].counts["aborted"] >= 500 - MOST_REQUESTS


def test_after_the_browser_has_died_the_next_page_gets_a_new_one() -> None:
    found = visit(TEXT, BEFORE, DURING, TEXT)

    assert [TEXT in seen.html for seen in found] == [True, True, False, True]
    assert "has been closed" in found[2].error or "crashed" in found[2].error


def test_a_page_that_fails_says_why_and_the_next_one_is_rendered() -> None:
    bodies = [body for each, _ in FAILING.values() for body in (TEXT + each, TEXT)]

    found = visit(*bodies)

    for (name, (_, words)), failed, after in zip(FAILING.items(), found[::2], found[1::2], strict=True):
        assert words in failed.error, name
        assert TEXT in after.html, name
