"""Parse URLs, and reject those that no HTTP client can request; all other code uses these functions."""

import re
from functools import lru_cache
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urljoin, urlsplit

from crawler.limits import LONGEST_ADDRESS

_SCHEMES = ("http", "https")
_NEVER_IN_A_URL = re.compile(
    "["
    r"\x00-\x1f\x7f-\x9f"  # control characters
    r"\ud800-\udfff"  # surrogates, which UTF-8 cannot encode
    r"\ufdd0-\ufdef\ufffe\uffff"  # Unicode's noncharacters
    "]"
)
_ROOTED = re.compile(r"/(?:[\w~%-]+/)*(?:[\w~%-]+(?:\.\w+)?)?", re.ASCII)
"""A path from the root of a host on which `urljoin` has nothing to change: without dots, parameters and query."""
_PLAIN = re.compile(r"https?://(?P<host>[a-z0-9.-]+)(?:/[!-~]*)?")
"""A URL in ASCII whose host alone decides whether it can be requested; `urlsplit` takes four times as long."""
_IPV6 = re.compile(r"(?:[^@\[\]]*@)?\[[^\[\]]*\](?::[0-9]*)?")
_NEVER_IN_A_HOST = re.compile(r"""[\s<>"'`{}|\\^%@!$&()*+,;=~/?#\[\]]""")
_WRAPPED = str.maketrans("", "", "\t\r\n")
"""Line breaks and tabs inside a URL, which browsers remove (WHATWG URL standard)."""
_AROUND = "\ufeff\u200b\u200e\u200f\u2060"
"""Zero-width characters that are copied along with a URL."""
_LONGEST_HOST = 253  # characters (RFC 1035)
_LONGEST_LABEL = 63


def split_url(url: str) -> SplitResult | None:
    """Return the parts of an http or https URL, or None for a URL that cannot be requested.

    >>> split_url("http://[url]/") is split_url("https://khabar.example:99999/") is None
    True
    """
    return _split(url) if len(url) <= LONGEST_ADDRESS else None


@lru_cache(maxsize=512)
def _split(url: str) -> SplitResult | None:
    if _NEVER_IN_A_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme in _SCHEMES and _ascii_host(parts.netloc) is not None else None


def split_proxy_url(url: str) -> SplitResult | None:
    """Return the parts of a URL of any scheme, or None if its port is no number; a proxy's may be `socks5:`."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def is_url(text: str) -> bool:
    """Return whether a text is an http or https URL that can be requested."""
    return _is_plain_url(text) or split_url(text) is not None


def _is_plain_url(text: str) -> bool:
    found = _PLAIN.fullmatch(text) if len(text) <= LONGEST_ADDRESS else None
    return found is not None and _ascii_host(found["host"]) is not None


def host_of(url: str) -> str:
    """Return the host of a URL in lower case and ASCII (IDNA); "" if the text is not a URL."""
    parts = split_url(url)
    return (_ascii_host(parts.netloc) if parts else None) or ""


def path_of(url: str) -> str:
    """Return the path of a URL; "" if the text is not a URL."""
    parts = split_url(url)
    return parts.path if parts else ""


def joined_url(base: str, printed: str) -> str | None:
    """Return a URL from a page, made absolute with the URL `base`; None if the result cannot be requested."""
    if _is_plain_url(printed):
        return printed
    plain = printed.strip().strip(_AROUND)
    plain = (plain if plain.isprintable() else plain.translate(_WRAPPED)).strip()  # a line break is not printable
    if _ROOTED.fullmatch(plain) and (parts := split_url(base)):
        whole = f"{parts.scheme}://{parts.netloc}{plain}"
        return whole if len(whole) <= LONGEST_ADDRESS else None
    if not plain.startswith(("http://", "https://")):
        try:
            plain = urljoin(base, plain)
        except ValueError:
            return None
    return plain if is_url(plain) else None


@lru_cache(maxsize=256)  # most links of a page lead to one host
def _ascii_host(netloc: str) -> str | None:
    """Return the host in ASCII, or None if host or port is invalid."""
    parts = SplitResult("", netloc, "", "", "")
    try:
        is_valid = parts.port != 0 and "\\" not in netloc
    except ValueError:
        is_valid = False
    host = (parts.hostname or "").removesuffix(".")
    if "[" in netloc or "]" in netloc:
        is_valid = is_valid and _IPV6.fullmatch(netloc) is not None and _is_ipv6(host)
        return host if is_valid else None
    if not is_valid:
        return None
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    labels = host.split(".")
    if len(host) > _LONGEST_HOST or not all(0 < len(label) <= _LONGEST_LABEL for label in labels):
        return None
    return None if _NEVER_IN_A_HOST.search(host) else host


def _is_ipv6(host: str) -> bool:
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True
