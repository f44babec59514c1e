"""The reasons why a request yields no article, their causes, and the exceptions that carry them."""

import re
from enum import StrEnum
from typing import Self

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    DropItem,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError


class Cause(StrEnum):
    """A group of reasons; with few exceptions, exit codes, health checks and retries depend on the group alone."""

    BLOCKED = "blocked"
    """The outlet turned the crawler away."""
    UNREACHABLE = "unreachable"
    """The host sent no usable response."""
    GONE = "gone"
    """The page does not exist; this is not an outage, and a retry is useless."""
    UNREADABLE = "unreadable"
    """The response should hold an article or a listing, but cannot be read."""
    UNWANTED = "unwanted"
    """The crawl does not want the article or the request, as a duplicate or an article over the limit."""
    NOT_ASKED = "not asked"
    """The request was not sent, which is not a failure."""
    OURS = "ours"
    """A fault of the program."""


class Reason(StrEnum):
    """A reason as one word, with its cause and a sentence for users; docs/reference.md lists them all."""

    cause: Cause
    meaning: str
    """A sentence for users."""

    def __new__(cls, word: str, cause: Cause, meaning: str) -> Self:
        reason = str.__new__(cls, word)
        reason._value_ = word
        reason.cause, reason.meaning = cause, meaning
        return reason

    # Blocked.
    BLOCKED = "blocked", Cause.BLOCKED, "the page or listing is a wall against crawlers, though it was answered 200"
    CONSENT_WALL = "consent-wall", Cause.BLOCKED, "the page asks for consent and gives no article"
    ASKED_TO_WAIT = "asked-to-wait", Cause.BLOCKED, "the host asked to be left alone for longer than a crawl waits"

    # Unreachable.
    TIMEOUT = "timeout", Cause.UNREACHABLE, "no answer, or not all of it, came in time"
    UNKNOWN_HOST = "unknown-host", Cause.UNREACHABLE, "the host's name has no address (DNS)"
    REFUSED_CONNECTION = "refused-connection", Cause.UNREACHABLE, "the host refused the connection"
    TLS = "tls", Cause.UNREACHABLE, "no secure connection: the certificate is not the host's, or TLS is broken"
    CONNECTION = "connection", Cause.UNREACHABLE, "the connection failed or broke"
    PROXY = (
        "proxy",
        Cause.UNREACHABLE,
        "the outlet's proxy (PROXIES) is not reached, or refuses; the outlet may be well",
    )
    LEFT_ALONE = "left-alone", Cause.UNREACHABLE, "the host failed several times in a row, and is left alone a while"
    SCHEME = "scheme", Cause.UNREACHABLE, "the address is neither http nor https"
    REDIRECT = "redirect", Cause.UNREACHABLE, "a redirect that is not followed, or one too many"
    ROBOTS_UNREACHABLE = "robots-unreachable", Cause.UNREACHABLE, "robots.txt failed, which forbids all (RFC 9309)"
    IGNORED = "ignored", Cause.UNREACHABLE, "a component of Scrapy or of yours ignored the request"

    # Gone.
    SOFT_404 = "soft-404", Cause.GONE, "the page was answered 200, and says that there is no such page"

    # Unreadable.
    EMPTY = "empty", Cause.UNREADABLE, "the page has no content, or the listing names no address"
    NOT_HTML = "not-html", Cause.UNREADABLE, "the content is not a web page"
    MOJIBAKE = "mojibake", Cause.UNREADABLE, "the text cannot be decoded in any charset"
    LEGACY_FONT = "legacy-font", Cause.UNREADABLE, "the text was typed for a font such as Kruti Dev or Chanakya"
    NOT_RENDERED = "not-rendered", Cause.UNREADABLE, "the browser failed on the page, which holds no article as sent"
    LISTING = "listing", Cause.UNREADABLE, "the page lists articles and holds none"
    NO_HEADLINE = "no-headline", Cause.UNREADABLE, "no headline was found on the page"
    NO_BODY = "no-body", Cause.UNREADABLE, "no paragraph of text was found on the page"
    CUT_SHORT = "cut-short", Cause.UNREADABLE, "the answer or listing breaks off before its end"
    TOO_LARGE = "too-large", Cause.UNREADABLE, "the answer or listing is larger than what is read"
    KILLS_READER = (
        "kills-reader",
        Cause.UNREADABLE,
        "three runs died on it; a listing rests for a day, a page for good",
    )
    DAMAGED = "damaged", Cause.UNREADABLE, "the content is packed and cannot be unpacked"
    CUT = "cut", Cause.UNREADABLE, "the content breaks off: what is missing may come with another try"
    UNREADABLE = "unreadable", Cause.UNREADABLE, "`scrapy extract` could not read the page or its record: it says why"
    HTML = "html", Cause.UNREADABLE, "a web page stands in a listing's place"
    NOT_XML = "not-xml", Cause.UNREADABLE, "the listing is damaged, or neither a feed nor a sitemap"
    BAD_BYTES = "bad-bytes", Cause.UNREADABLE, "bytes of the listing are not text; what they damage is left out"
    ENDLESS = "endless", Cause.UNREADABLE, "a listing leads to further listings without end"
    SILENT = "silent", Cause.UNREADABLE, "the listing has announced no article in its last runs"
    FROZEN = "frozen", Cause.UNREADABLE, "the listing announces nothing new, and others of its outlet do"

    # Unwanted.
    PRODUCT = "product", Cause.UNWANTED, "the page describes a product"
    LIVE_TV = "live-tv", Cause.UNWANTED, "the page shows a live channel"
    AUDIO = "audio", Cause.UNWANTED, "the page plays a podcast or a programme"
    WEB_STORY = "web-story", Cause.UNWANTED, "the page is a web story of pictures"
    ABOUT_OUTLET = "about-outlet", Cause.UNWANTED, "the page is about the outlet: contact, privacy, terms, login"
    ROMANISED = "romanised", Cause.UNWANTED, "the text is Hindi in Latin letters (hi-Latn)"
    BEFORE_SINCE = "before-since", Cause.UNWANTED, "the article is older than what `-a since` asks for"
    UNCHANGED = "unchanged", Cause.UNWANTED, "the article is as an earlier run read it"
    DUPLICATE_ADDRESS = "duplicate-address", Cause.UNWANTED, "this run has read the article already"
    DUPLICATE_TEXT = "duplicate-text", Cause.UNWANTED, "the outlet printed the same text at another address"
    DUPLICATE_REQUEST = "duplicate-request", Cause.UNWANTED, "the address was asked for before in this crawl"
    LIMIT = "limit", Cause.UNWANTED, "more articles were announced than `-a limit` asks for"
    DROPPED = "dropped", Cause.UNWANTED, "a pipeline that is not Videsh's dropped the article"

    # Not asked.
    ROBOTS = "robots", Cause.NOT_ASKED, "robots.txt does not allow it"
    PRIVATE_ADDRESS = "private-address", Cause.NOT_ASKED, "the host's name or address is not of the public web"
    PORT = "port", Cause.NOT_ASKED, "the port is not one of the web's (80, 443)"
    NOT_IN_ARCHIVE = "not-in-archive", Cause.NOT_ASKED, "a replay's archive holds no answer"
    NO_SUCH_DAY = "no-such-day", Cause.NOT_ASKED, "a daily listing has no address for the day yet"

    # Ours.
    SPIDER_ERROR = "spider-error", Cause.OURS, "the spider broke on the page"
    PIPELINE_ERROR = "pipeline-error", Cause.OURS, "a pipeline broke on the article"
    NO_OUTCOME = "no-outcome", Cause.OURS, "the spider gave neither an article nor a reason"
    ERROR = "error", Cause.OURS, "the download broke in a way that has no word"


RESTING = frozenset({Reason.ASKED_TO_WAIT, Reason.LEFT_ALONE})
"""Reasons of requests that were not sent because their host is left alone; their articles wait for a later run."""

_TURNED_AWAY = frozenset({401, 403, 429, 451})
_GONE = frozenset({404, 410})


class HttpReason(str):
    """A response's HTTP status as a reason: `http-404`."""

    meaning = "the server answered with this status"

    def __new__(cls, status: int) -> Self:
        reason = super().__new__(cls, f"http-{status}")
        reason.status = status
        return reason

    def __getnewargs__(self) -> tuple[int]:  # type: ignore[override]
        """Return what a copy in another process is made of."""
        return (self.status,)

    status: int

    @property
    def cause(self) -> Cause:
        """Return the cause that the status stands for."""
        if self.status in _TURNED_AWAY:
            return Cause.BLOCKED
        return Cause.GONE if self.status in _GONE else Cause.UNREACHABLE


class LanguageReason(str):
    """The language for which a text is refused, as a BCP 47 tag: `language-mr`."""

    meaning = "the text is in this language, which the setting LANGUAGES does not list"
    cause = Cause.UNWANTED

    def __new__(cls, tag: str) -> Self:
        return super().__new__(cls, f"language-{tag}")

    def __getnewargs__(self) -> tuple[str]:
        """Return what a copy in another process is made of."""
        return (self.removeprefix("language-"),)


AnyReason = Reason | HttpReason | LanguageReason


class NotAnArticle(Exception):
    """A page holds no article; `detail` says what was found instead."""

    def __init__(self, reason: AnyReason, detail: str) -> None:
        super().__init__(reason, detail)  # pickled as they are, in a request of a job that is paused
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


class Refusal(DropItem):
    """A pipeline refuses an article; `detail` names the article and says why."""

    def __init__(self, reason: AnyReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}", log_level="INFO")
        self.reason = reason
        self.detail = detail


class RequestRefused(IgnoreRequest):
    """A request is not sent, or its response is not accepted; the text says why."""

    def __init__(self, reason: AnyReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class ProxyFailedError(DownloadFailedError):
    """The proxy that PROXIES names for an outlet could not be reached, or refused the request."""


_OF_EXCEPTIONS: tuple[tuple[type[BaseException], Reason], ...] = (
    (DownloadTimeoutError, Reason.TIMEOUT),
    (CannotResolveHostError, Reason.UNKNOWN_HOST),
    (DownloadConnectionRefusedError, Reason.REFUSED_CONNECTION),
    (ResponseDataLossError, Reason.CUT_SHORT),
    (DownloadCancelledError, Reason.TOO_LARGE),
    (UnsupportedURLSchemeError, Reason.SCHEME),
)


_TLS = re.compile(r"OpenSSL\.SSL|service_identity|SSLCert|SSLError")
"""Modules and classes in the text of a TLS failure."""
_FAILURE = re.compile(r"\[?<twisted\.python\.failure\.Failure [\w.]{1,200}: (?P<said>[^>]{1,2000})>\]?")
"""The `repr` of a Twisted Failure, which Twisted prints inside the text of another failure."""


def reason_of(error: BaseException | None) -> tuple[AnyReason, str]:
    """Return the reason for which a request failed, and a sentence for people."""
    if isinstance(error, HttpError):
        return _answered(error.response)
    if isinstance(error, RequestRefused):
        return error.reason, str(error)
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if isinstance(error, ProxyFailedError):
        return Reason.PROXY, str(error)
    if isinstance(error, DownloadFailedError):
        return _failed(str(error))
    for kind, reason in _OF_EXCEPTIONS:
        if isinstance(error, kind):
            return reason, str(error) or reason.meaning
    return Reason.ERROR, f"{type(error).__name__}: {error}"


def _answered(response: Response) -> tuple[AnyReason, str]:
    location = response.headers.get("Location")
    if location and 300 <= response.status < 400:
        return Reason.REDIRECT, f"redirected to {location.decode('latin-1')}: only http and https are followed"
    return HttpReason(response.status), f"the server answered {response.status}"


def _failed(text: str) -> tuple[AnyReason, str]:
    """Return the reason of a failed download; recognise TLS by the text, which is all that an archive stores."""
    said = _FAILURE.sub(r"\g<said>", text)
    if _TLS.search(text):
        return Reason.TLS, f"{Reason.TLS.meaning}: {said}"
    return Reason.CONNECTION, said or Reason.CONNECTION.meaning


def _ignored(text: str) -> tuple[AnyReason, str]:
    """Return the reason and detail of Scrapy's own IgnoreRequest; only its text tells the cases apart."""
    if text == "Forbidden by robots.txt":
        return Reason.ROBOTS, Reason.ROBOTS.meaning
    if text == "max redirections reached":
        return Reason.REDIRECT, text
    is_too_large = text.startswith("Ignored response")  # it passed DOWNLOAD_MAXSIZE when it was decompressed
    return (Reason.TOO_LARGE if is_too_large else Reason.IGNORED), text


def read_reason(word: str) -> AnyReason | None:
    """Return the reason with this word, or None if it is not the word of a reason.

    >>> read_reason("http-404").cause
    <Cause.GONE: 'gone'>
    """
    family, _, rest = word.partition("-")
    if family == "http" and rest.isascii() and rest.isdigit():
        return HttpReason(int(rest))
    if family == "language" and rest:
        return LanguageReason(rest)
    return next((reason for reason in Reason if reason == word), None)


def cause_of(outcome: str) -> Cause | None:
    """Return the cause of a counted outcome, as `refused/no-body`; None for an outcome without a reason."""
    reason = read_reason(outcome.partition("/")[2])
    return reason.cause if reason else None
