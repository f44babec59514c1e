"""One page in the browser: its own HTML, the answers to its scripts, and the page that they made."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from scrapy.http import Response

from crawler.limits import LARGEST_ANSWER, MOST_REQUESTS

Fetch = Callable[[str, Mapping[str, str]], Awaitable[Response | None]]
"""Returns the response to a script's request, by URL and headers, or None if it is not allowed or fails."""

_KINDS = frozenset({"script", "xhr", "fetch"})
"""What is answered; pictures, styles, fonts, media, frames, beacons and sockets are not: no text needs them."""
_NOT_SENT = (
    "sec-",
    "cookie",
    "host",
    "user-agent",
    "accept-encoding",
    "accept-language",
    "proxy-",
    "range",
    "upgrade-",
)
"""Beginnings of headers that a script's request does not keep: the crawler has its own, or sends none."""
_NOT_KEPT = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})
_REST = 0.5
"""Seconds for which nothing may change in a page that is finished."""
_READ = """
most => {
    const html = document.documentElement ? document.documentElement.outerHTML : "";
    return typeof html === "string" && html.length <= most ? "<!DOCTYPE html>" + html : null;
}
"""
_BEFORE = """
window.open = () => null;
delete window.RTCPeerConnection;
let changes = 0;
new MutationObserver(seen => { changes += seen.length; }).observe(
    document, {subtree: true, childList: true, characterData: true}
);
Object.defineProperty(window, "videshState", {value: () => [document.readyState, changes]});
"""
"""Runs before the page's own scripts: no other windows, and a count of the page's changes."""
_STATE = "() => window.videshState()"
_READING = 3
"""Seconds for reading a page whose time is over."""


class NotRenderedError(Exception):
    """The browser could not finish a page; the text says why."""


class Visit:
    """A visit of the browser to one page, whose HTML is `body` with the Content-Type `kind`.

    `fetch` gets the response to a script's request, `is_own` tells whether a URL is the outlet's. `seconds` is the time
    that the page has; then it is taken as it is.
    """

    def __init__(
        self, url: str, body: bytes, kind: str, *, fetch: Fetch, is_own: Callable[[str], bool], seconds: float
    ) -> None:
        self.counts: Counter[str] = Counter()
        """Requests of the page that were `answered`, that `failed`, and that were `aborted` unasked."""
        self._url, self._body, self._kind = url, body, kind
        self._fetch, self._is_own = fetch, is_own
        self._seconds = seconds
        self._ends = time.monotonic() + seconds
        self._has_page = False
        self._is_over = False
        self._waiting = 0
        self._one = asyncio.Lock()

    async def rendered(self, context: Any, most: int) -> str:
        """Return the page as its scripts made it, at most `most` characters; raise NotRenderedError if that fails."""
        self._ends = time.monotonic() + self._seconds
        try:
            async with asyncio.timeout(self._seconds + _READING):
                return await self._rendered(context, most)
        except TimeoutError as error:
            raise NotRenderedError(f"its scripts did not rest within {self._seconds:g} seconds") from error
        finally:
            self._is_over = True

    async def _rendered(self, context: Any, most: int) -> str:
        await context.add_init_script(_BEFORE)
        await context.route("**/*", self._answer)
        await context.route_web_socket("**/*", lambda socket: socket.close())
        page = await context.new_page()
        context.on("page", lambda other: asyncio.ensure_future(_close(other)))
        await page.goto(self._url, wait_until="commit", timeout=self._seconds * 1000)
        await self._until_it_rests(page)
        html = await page.evaluate(_READ, most)
        if not isinstance(html, str):
            raise NotRenderedError(f"its scripts made more than {most} characters of it")
        return html

    async def _until_it_rests(self, page: Any) -> None:
        """Wait until the page is loaded, no request of it waits, and nothing changes; or until its time is over."""
        before: Any = None
        while time.monotonic() < self._ends:
            now = await page.evaluate(_STATE)
            if now == before and now[:1] == ["complete"] and not self._waiting:
                return
            before = now
            await asyncio.sleep(_REST)

    async def _answer(self, route: Any) -> None:
        """Answer one request of the page; Playwright calls it for each."""
        self._waiting += 1
        try:
            with suppress(Exception):  # the page, or the browser, has closed meanwhile
                await self._answered(route)
        finally:
            self._waiting -= 1

    async def _answered(self, route: Any) -> None:
        asked = route.request
        if not self._has_page and asked.url == self._url and asked.is_navigation_request():
            self._has_page = True
            await route.fulfill(status=200, headers={"content-type": self._kind}, body=self._body)
            return
        response = await self._response(asked)
        if response is None:
            await route.abort("aborted")  # with any other word a refused navigation would replace the page
            return
        await route.fulfill(status=response.status, headers=_headers(response), body=response.body)

    async def _response(self, asked: Any) -> Response | None:
        """Return the response to a script's request, or None if it is none that we ask for."""
        is_text = asked.resource_type in _KINDS and asked.method == "GET" and not asked.is_navigation_request()
        if not is_text or not self._is_own(asked.url) or self.counts.total() >= MOST_REQUESTS:
            self.counts["aborted"] += 1
            return None
        async with self._one:  # in turn, and none for a page that is over
            is_late = self._is_over or time.monotonic() >= self._ends
            headers = {name: value for name, value in asked.headers.items() if not name.startswith(_NOT_SENT)}
            response = None if is_late else await self._fetch(asked.url, headers)
        if response is None or len(response.body) > LARGEST_ANSWER:
            self.counts["failed"] += 1
            return None
        self.counts["answered"] += 1
        return response


async def _close(page: Any) -> None:
    with suppress(Exception):
        await page.close()


def _headers(response: Response) -> dict[str, str]:
    names = [name.decode("latin-1").lower() for name in response.headers]
    return {
        name: b", ".join(response.headers.getlist(name)).decode("latin-1") for name in names if name not in _NOT_KEPT
    }
