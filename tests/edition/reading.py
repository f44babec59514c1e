"""A reader with a browser: opens a page of the edition from disk, and notes what it logs and requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Reader:
    """An open page."""

    page: Any
    logged: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[str]:
        """The headlines in the list."""
        found: list[str] = self.page.locator("#rows h3").all_inner_texts()
        return found

    @property
    def answer(self) -> str:
        """What the page says about its list: `3 में से 1 ख़बरें`."""
        return str(self.page.locator("#status").inner_text())

    def search(self, text: str) -> list[str]:
        """Type a text into the search field, and return the headlines that are found."""
        self.page.locator("#q").fill(text)
        self.page.evaluate("() => new Promise(done => setTimeout(done, 20))")  # the search is the task before this one
        return self.rows


@contextmanager
def opened(browser: Any, path: Path, hash: str = "", **context: Any) -> Iterator[Reader]:
    """Yield a reader of a page on disk."""
    window = browser.new_context(**context)
    try:
        reader = Reader(window.new_page())
        reader.page.on("console", lambda message: reader.logged.append(message.text))
        reader.page.on("pageerror", lambda error: reader.logged.append(str(error)))
        reader.page.on("request", lambda request: reader.requested.append(request.url))
        reader.page.goto(path.as_uri() + hash)
        yield reader
    finally:
        window.close()
