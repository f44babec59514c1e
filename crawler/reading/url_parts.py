"""The one gate for addresses: what cannot be taken apart, or never asked for, is no address."""

import re
from functools import lru_cache
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urljoin, urlsplit

from crawler.limits import LONGEST_ADDRESS

_SCHEMES = ("http", "https")
_NEVER_IN_A_URL = re.compile(
    "["
    r"\x00-\x1f\x7f-\x9f"  # control characters
    r"\ud800-\udfff"  # halves of UTF-16: no text can be encoded with them
    r"\ufdd0-\ufdef\ufffe\uffff"  # no characters
    "]"
)
_IPV6 = re.compile(r"(?:[^@\[\]]*@)?\[[^\[\]]*\](?::[0-9]*)?")
_NEVER_IN_A_HOST = re.compile(r"""[\s<>"'`{}|\\^%@!$&()*+,;=~/?#\[\]]""")
_WRAPPED = str.maketrans("", "", "\t\r\n")
"""What browsers leave out of an address that is printed on two lines."""
_AROUND = "\ufeff\u200b\u200e\u200f\u2060"
"""Signs without a width that are copied along with an address."""
_LONGEST_HOST = 253
_LONGEST_LABEL = 63


def split_url(url: str) -> SplitResult | None:
    """Return the parts of an http or https address, or None for what nobody can ask for.

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
    """Say whether a text is an address that can be asked for."""
    return split_url(text) is not None


def host_of(url: str) -> str:
    """Return an address's host in lower case, as DNS writes it; an empty text for what is no address."""
    parts = split_url(url)
    return (_ascii_host(parts) if parts else None) or ""


def path_of(url: str) -> str:
    """Return an address's path; an empty text for what is no address."""
    parts = split_url(url)
    return parts.path if parts else ""


def joined_url(base: str, printed: str) -> str | None:
    """Return the address that a page prints, made absolute; None for what is no address."""
    plain = printed.strip().strip(_AROUND).translate(_WRAPPED).strip()
    if not plain.startswith(("http://", "https://")):
        try:
            plain = urljoin(base, plain)
        except ValueError:
            return None
    return plain if is_url(plain) else None


def _ascii_host(parts: SplitResult) -> str | None:
    """Return the host in ASCII, or None for one that DNS cannot know."""
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
