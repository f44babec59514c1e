"""The header of a page that says whether a browser has rendered it: part of the page in a crawl, archive and replay."""

from scrapy.http import Response

_HEADER = "X-Videsh-Browser"
_FAILED = "failed: "


def note_rendered(response: Response, version: str) -> Response:
    """Return a rendered page, in UTF-8, with the header that names the browser."""
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.headers[_HEADER] = version
    return response


def note_failed(response: Response, why: str) -> Response:
    """Return a page that is as the server sent it with the header that says why."""
    response.headers[_HEADER] = f"{_FAILED}{why}".encode("ascii", "replace")
    return response


def why_not_rendered(response: Response) -> str | None:
    """Return why the browser could not render a page; None if it did, or was not asked to."""
    said = (response.headers.get(_HEADER) or b"").decode("latin-1")
    return said.removeprefix(_FAILED) if said.startswith(_FAILED) else None
