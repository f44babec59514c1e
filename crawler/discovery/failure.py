"""Why an address could not be fetched, in one word and in a sentence."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "unknown-host"),
    (DownloadConnectionRefusedError, "refused-connection"),
    (ResponseDataLossError, "cut-short"),
    (DownloadCancelledError, "too-large"),
    (UnsupportedURLSchemeError, "scheme"),
    (DownloadFailedError, "connection"),
)

GONE = frozenset({"http-404", "http-410"})
"""Reasons that say that there is nothing at an address: no outage, and no use to try again."""


def reason_of(error: BaseException | None) -> tuple[str, str]:
    """Return why a request failed: one word of a small closed set, and a sentence."""
    if isinstance(error, HttpError):
        return _answered(error.response)
    if isinstance(error, IgnoreRequest):
        return _ignored(error)
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason, str(error) or reason
    return "error", f"{type(error).__name__}: {error}"


def _answered(response: Response) -> tuple[str, str]:
    location = response.headers.get("Location")
    if location and 300 <= response.status < 400:
        return "redirect", f"redirected to {location.decode('latin-1')}: only http and https are followed"
    return f"http-{response.status}", f"the server answered {response.status}"


def _ignored(error: IgnoreRequest) -> tuple[str, str]:
    detail = str(error)
    if detail == "Forbidden by robots.txt":
        return "robots", "robots.txt does not allow it"
    return getattr(error, "reason", "ignored"), detail
