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
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or "\\" in parts.netloc or port == 0 or _ascii_host(parts) is None:
        return None
    return parts


def is_url(text: str) -> bool:
    """Return whether a text is an http or https URL that can be requested."""
    return split_url(text) is not None


def host_of(url: str) -> str:
    """Return the host of a URL in lower case and ASCII (IDNA); "" if the text is not a URL."""
    parts = split_url(url)
    return (_ascii_host(parts) if parts else None) or ""


def path_of(url: str) -> str:
    """Return the path of a URL; "" if the text is not a URL."""
    parts = split_url(url)
    return parts.path if parts else ""


def joined_url(base: str, printed: str) -> str | None:
    """Return a URL from a page, made absolute with the URL `base`; None if the result cannot be requested."""
    plain = printed.strip().strip(_AROUND).translate(_WRAPPED).strip()
    if not plain.startswith(("http://", "https://")):
        try:
            plain = urljoin(base, plain)
        except ValueError:
            return None
    return plain if is_url(plain) else None


def _ascii_host(parts: SplitResult) -> str | None:
    """Return the host in ASCII, or None if it is not a valid host name."""
    host = (parts.hostname or "").removesuffix(".")
    if "[" in parts.netloc or "]" in parts.netloc:
        return host if _IPV6.fullmatch(parts.netloc) and _is_ipv6(host) else None
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
