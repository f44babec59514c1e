"""Hide secrets in all that is logged, printed or kept: those that settings, environment and URLs hold."""

import base64
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote, unquote

from scrapy.settings import BaseSettings

HIDDEN = "***"
"""Stands in the place of a secret."""
_SHORTEST = 6
"""Length of a text below which it is no secret by itself: a shorter one would hide parts of words."""
_PIECE = 8
"""Length of a piece of a receiver's address from which it counts as a token."""
_SECRET_NAME = re.compile(
    r"""
    PASSW | PASSPHRASE | SECRET | TOKEN | CREDENTIAL | AUTHORIZATION
    | (?:API|ACCESS|PRIVATE)[-_]?KEY
    | (?:^|_)PASS$ | _PWD$       # MAIL_PASS, MYSQL_PWD; PWD is the current folder
    | AUTH$ | ^COOKIE$           # HTTPAUTH; SSH_AUTH_SOCK is a socket
    | OTLP_(?:[A-Z]+_)?HEADERS   # of OpenTelemetry: all, or those of traces alone
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
"""Parts of the names of settings, variables and headers that hold a secret."""
_RECEIVER_NAME = re.compile("WEBHOOK", re.ASCII | re.IGNORECASE)
"""Parts of the names of variables that hold the address of a receiver."""
_USER = re.compile(
    r"""
    (?<=://)
    [^\s/?#"'<>]{1,500}   # user and password; an `@` in them may stand as it is
    @                     # the last one before the path
    """,
    re.VERBOSE,
)
_QUERY = re.compile(
    r"""
    (?<=[?&;\#])
    ( (?:[\w.-]{0,40}[_.-])?                                       # X-Amz-, aws_
      (?: [a-z]{0,20}(?:password|passwd|token|secret|signature|accesskey(?:id)?)     # accessToken
        | (?:api|access|secret|private)?[_-]?key(?:[_-]?id)?
        | pass | pwd | sig | auth | credentials? ) = )
    ([^\s&;\#"'<>\\]{1,2000})                                     # a quote, or its backslash in JSON, ends it
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
"""A parameter in the query of a URL that holds a secret."""
_LOGIN = re.compile(r"(?!mailto:)[^\s:/?#@]{0,100}:[^\s@]{1,500}@[\w.\[\]:-]{1,300}/?", re.ASCII)
"""A URL without its scheme, as `http_proxy` may be: `user:password@host:3128`."""
_HOST = re.compile(r"[^:@]{1,300}[.][^:@]{1,100}(?::[0-9]{1,5})?|\[[^\]@]{1,100}\](?::[0-9]{1,5})?")
"""A host with a dot, perhaps with a port; another text may be a user with the beginning of a password."""
_DATABASES = ("postgresql://", "postgres://")
"""Schemes in which a user without a password is a name, as that of the database, and no token."""
_SEPARATORS = re.compile(r"[/@:?&=,;#\s]+")

_known: set[str] = set()
_pattern: re.Pattern[str] | None = None


def mask(text: str) -> str:
    """Return a text without secrets: `***` stands for what `hide_secrets` found, and for those that URLs show.

    These are users with passwords, and parameters with the name of a secret.

    >>> mask("https://user:word@proxy.example:3128/?page=1&token=abc is not reached")
    'https://***@proxy.example:3128/?page=1&token=*** is not reached'
    """
    found = _pattern.sub(HIDDEN, text) if _pattern is not None else text
    return _QUERY.sub(rf"\1{HIDDEN}", _USER.sub(_without_user, found))


def _without_user(found: re.Match[str]) -> str:
    is_name = ":" not in found[0] and found.string.endswith(_DATABASES, 0, found.start())
    return found[0] if is_name else f"{HIDDEN}@"


def hide_secrets(settings: BaseSettings) -> None:
    """Let `mask` know the secrets of the settings and of the environment, and mask each log record and traceback."""
    global _pattern
    given = {name: settings[name] for name in settings if settings.getpriority(name)}
    found = {*_secrets("", given), *_secrets("", dict(os.environ)), *_receivers(settings.get("ALARMS_TO"))}
    if new := {each for each in found if len(each) >= _SHORTEST} - _known:
        _known.update(new)
        _pattern = re.compile("|".join(re.escape(each) for each in sorted(_known, key=len, reverse=True)))
    logging.setLogRecordFactory(MaskedRecord)
    _mask_tracebacks()


@cache
def _mask_tracebacks() -> None:
    """Mask the traceback that ends the program; once, as the journal may then replace its form by JSON."""
    sys.excepthook = _print_masked


class MaskedRecord(logging.LogRecord):
    """A log record whose text and traceback hold no secrets."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.exc_info and self.exc_info[0]:
            self.exc_text = mask("".join(traceback.format_exception(*self.exc_info)).rstrip("\n"))

    def getMessage(self) -> str:  # noqa: N802  the name in logging
        """Return the message, masked."""
        return mask(super().getMessage())


def _print_masked(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    print(mask("".join(traceback.format_exception(kind, error, trace))), end="", file=sys.stderr)


def _secrets(name: str, value: Any) -> Iterator[str]:
    """Yield the secrets in a setting or variable: its value if its name says so, and what its URLs hold."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _of_url(str(key))
            yield from _secrets(str(key), each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _secrets(name, each)
    elif isinstance(value, str):
        yield from _of_url(value)
        if _RECEIVER_NAME.search(name):
            yield from _of_receiver(value)
        if _SECRET_NAME.search(name) and not _is_file(value):
            yield from (value, *(piece for piece in re.split(r"[\s:=,;]+", value) if len(piece) >= _PIECE))


def _is_file(value: str) -> bool:
    """Return whether a value is the path of a file or folder, as in GOOGLE_APPLICATION_CREDENTIALS."""
    with suppress(OSError, ValueError):  # too long for a path, or not allowed to look
        return Path(value).is_absolute() and Path(value).exists()
    return False


def _of_url(text: str) -> Iterator[str]:
    """Yield the secrets in a URL: its user with password, also as a proxy gets them, the password, its parameters.

    A password with a slash in it is cut by whoever takes that for the end of the host: its pieces are secrets too.
    """
    yield from _forms(found[2] for found in _QUERY.finditer(text))
    place = text if _LOGIN.fullmatch(text) and "://" not in text else text.partition("://")[2]
    user = place.rpartition("@")[0]
    if not user or _is_path(user) or (text.startswith(_DATABASES) and ":" not in user):
        return
    password = user.partition(":")[2]
    yield from _forms([user, password, *(each for each in _SEPARATORS.split(password) if len(each) >= _PIECE)])
    yield base64.b64encode(unquote(user).encode()).decode()


def _is_path(before: str) -> bool:
    """Return whether what stands before the last `@` of a URL is a host and a path: `social.example/@name`."""
    host, end = re.match(r"([^/?#]*)([/?#]?)", before).groups()  # type: ignore[union-attr]  # it matches any text
    return bool(end) and _HOST.fullmatch(host) is not None


def _receivers(path: Any) -> Iterator[str]:
    """Yield the secrets in the addresses of receivers that ALARMS_TO names or holds."""
    if not path:
        return
    lines = [str(path)]
    with suppress(OSError, ValueError):  # who reads the receivers names the fault
        lines += Path(path).read_text(encoding="utf-8").splitlines()
    for line in lines:
        yield from _of_receiver(line.strip())


def _of_receiver(address: str) -> Iterator[str]:
    """Yield the secrets in the address of a receiver, most of which have tokens in the place of host or path."""
    if "://" in address:
        pieces = _SEPARATORS.split(address.partition("://")[2])
        tokens = [each for each in pieces if len(each) >= _PIECE and "." not in each and each != "localhost"]
        yield from (address, *_of_url(address), *_forms(tokens))


def _forms(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts as they are, and as they stand in a URL and outside one."""
    for text in texts:
        yield from (text, quote(text, safe=""), unquote(text))
