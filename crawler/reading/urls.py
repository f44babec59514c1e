"""URLs in one spelling: absolute, original and canonical; and which outlet and which domain a URL belongs to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode

from publicsuffixlist import PublicSuffixList

from crawler.limits import LONGEST_ADDRESS
from crawler.reading.outlet import Outlet
from crawler.url_parts import host_of, is_url, joined_url, path_of, split_url

_WAYBACK = re.compile(
    r"""
    ^ (?: (?:https?:)?//web\.archive\.org )?                        # absent in a link on an archived page
    /web/\d{1,14}[a-z_]*/                                           # the time of the capture, and how it is shown: id_
    (?P<original> https?:/.+ | [^/]+\.[a-z]{2,}(?:/.*)? ) $         # its scheme may lack a slash or be missing
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AMP_CACHE = re.compile(
    r"""
    ^https?://[^/]+\.cdn\.ampproject\.org
    /[a-z]/ (?:s/)?                                                 # kind of content; s: the original is HTTPS
    (?P<original>.+) $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_BROKEN_SCHEME = re.compile(r"^(https?):/{1,}(?=[^/])", re.IGNORECASE)
_TRACKING = re.compile(
    r"""
    ^(utm_\w+ | _gl | _ga                                           # Google Analytics
    | fbclid | gclid | dclid | msclkid | igshid | mc_[ce]id         # ids of clicks and mails
    | ref | ref_src | src | source | ncid | cmpid | ocid            # where the reader came from
    | amp | outputtype                                              # the AMP form of the page
    | at_\w+ | ns_\w+)$                                             # campaigns of the BBC
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Query parameters that do not identify the page; `canonical_url` removes them if the outlet is unknown."""
_AMP_PREFIX = re.compile(r"^/(?:amp|amphtml)(?=/.)", re.IGNORECASE)
_AMP_SUFFIX = re.compile(
    r"""
    (?: /amp/? | \.amp | (?<=\.)amphtml | _amp )$                   # …/amp, ….amp, ….amphtml
    | \.amp(?=\.html?$)                                             # ….amp.html
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MOBILE_HOST = re.compile(r"^(?:m|mobile|amp|wap|hindi-m)\.")
_IP_ADDRESS = re.compile(r"[0-9.]+|.*:.*", re.DOTALL)
_ELSEWHERE = re.compile(
    r"""
    \s* (?: \#                                # a fragment of the same page
          | (?!https?:)[a-z][a-z0-9+.-]*: )   # another scheme: javascript:, tel:, mailto:
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LEADS_ON = ("https:", "http:", "/")
"""The beginning of nearly all links, none of which leads elsewhere."""
_SLASHES = re.compile(r"//+")
_IS_PLAIN = re.compile(r"^(?:[\w/.~-]++|%E0%A[45]%[89AB][0-9A-F])*+$", re.ASCII)
"""A path without anything to encode but Devanagari, which is encoded already."""
_CHANGES_MEANING = re.compile(r"%(2f|25|3f|23)", re.IGNORECASE)
"""A slash, a percent sign, a question mark or a hash, each of which means something else when it is decoded."""
_SAFE = "/-._~!$&'()*+,;=:@"


def canonical_url(url: str, outlet: Outlet | None = None) -> str:
    """Return the canonical URL of an article: no AMP or mobile form, no tracking, no fragment, one spelling.

    Raise ValueError if `url` is not an http or https URL; test it with `is_url` or make it with `absolute_url`.

    >>> canonical_url("http://m.example.in/amp/world/news-12?utm_source=x#top")
    'https://example.in/world/news-12'
    """
    original = original_url(url)
    parts, host = parts_of_url(original), host_of(original)
    path = _one_spelling(parts.path) or "/"
    if outlet is None:
        return _https(_MOBILE_HOST.sub("", host), _without_amp(path), parts, None)
    return _at_home(_https(host, _SLASHES.sub("/", path), parts, outlet), outlet)


def _at_home(address: str, outlet: Outlet) -> str:
    """Apply the outlet's `twins`, remove the common forms of AMP, and replace the host by the outlet's first one."""
    for pattern, replacement in outlet.twins:
        address = re.sub(pattern, replacement, address)
    parts, host = parts_of_url(address), host_of(address)
    path = _without_amp(parts.path) if _is_own_host(host, outlet) else parts.path
    first = outlet.hosts[0].partition("/")[0]
    host = first if plain_host(host) == plain_host(first) else host
    return _https(host, path or "/", parts, outlet)


def _https(host: str, path: str, parts: SplitResult, outlet: Outlet | None) -> str:
    """Return a URL with a host and a path, and with the port and the parameters of another one."""
    query = _query(parts.query, outlet)
    return f"https://{_netloc(host, parts)}{path}?{query}" if query else f"https://{_netloc(host, parts)}{path}"


def _without_amp(path: str) -> str:
    if "amp" not in path.lower():
        return path or "/"
    return _AMP_SUFFIX.sub("", _AMP_PREFIX.sub("", path)) or "/"


def original_url(url: str) -> str:
    """Return the URL inside a URL of the Wayback Machine or the AMP cache; any other URL unchanged."""
    url = url.strip()
    if "/web/" not in url and "ampproject" not in url.lower():
        return url
    wayback = _WAYBACK.match(url)
    if wayback:
        original = _BROKEN_SCHEME.sub(r"\1://", wayback["original"])
        original = original if _SCHEME.match(original) else f"http://{original}"
    else:
        cached = _AMP_CACHE.match(url)
        original = f"https://{cached['original']}" if cached else url
    return original if is_url(original) else url


OutletsByHost = Mapping[str, Sequence[tuple[str, Outlet]]]
"""The outlets of each host, without `www.` and mobile forms, each with the entry of its `hosts`."""


def hosts_of(outlets: Iterable[Outlet]) -> OutletsByHost:
    """Return the outlets by host, for `outlet_at`."""
    hosts: dict[str, list[tuple[str, Outlet]]] = {}
    for outlet in outlets:
        for own in outlet.hosts:
            hosts.setdefault(plain_host(own.partition("/")[0]), []).append((own, outlet))
    return hosts


def outlet_of(url: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """Return the outlet that a URL belongs to, or None; the longest entry of `hosts` that matches wins."""
    return outlet_at(url, hosts_of(outlets))


def outlet_at(url: str, hosts: OutletsByHost) -> Outlet | None:
    """Return the outlet that a URL belongs to, or None; for many URLs it is quicker than `outlet_of`."""
    original = original_url(url)
    host, path = host_of(original), path_of(original)
    own: dict[str, Outlet] = {}
    for entry, outlet in hosts.get(plain_host(host), ()) if host else ():
        if path.startswith(f"/{entry.partition('/')[2]}"):
            own.setdefault(entry, outlet)
    return own[max(own, key=len)] if own else None


def is_of(url: str, outlet: Outlet) -> bool:
    """Return whether a URL belongs to an outlet."""
    original = original_url(url)
    host, path = plain_host(host_of(original)), path_of(original)
    return any(own == host and path.startswith(start) for own, start in _own_places(outlet.hosts))


def registered_domain(url: str) -> str:
    """Return the registered domain of a URL: `bbc.co.uk` for `feeds.bbc.co.uk`."""
    return _registered(host_of(url))


def absolute_url(href: str | None, base: str) -> str | None:
    """Return the absolute http or https URL of a link, or None for other links and invalid URLs."""
    if not href or (not href.startswith(_LEADS_ON) and leads_elsewhere(href)):
        return None
    href = href.strip()
    address = joined_url(base, original_url(href) if "/web/" in href else href)
    is_wrapped = address is not None and ("web.archive.org/" in address or ".ampproject.org/" in address)
    address = original_url(address) if address and is_wrapped else address
    return address if address and _is_short_when_encoded(address) else None


def _is_short_when_encoded(address: str) -> bool:
    """Return whether the canonical form of a URL is short.

    Encoded, a sign of ASCII takes three characters at most, a letter of Devanagari nine.
    """
    most = (3 if address.isascii() else 9) * len(address)
    return most <= LONGEST_ADDRESS or len(canonical_url(address)) <= LONGEST_ADDRESS


def leads_elsewhere(href: str) -> bool:
    """Return whether a link leads to no other web page: a fragment, `javascript:`, `tel:`, `mailto:`."""
    return _ELSEWHERE.match(href) is not None


@lru_cache(maxsize=2)
def _suffixes(*, is_encoded: bool) -> PublicSuffixList:
    """Return the public suffixes: the package's own copy of the list, without the suffixes of hosting companies.

    Encoding those beyond ASCII takes 15 of 24 ms, and only hosts that are encoded (`xn--…`) can have one.
    """
    return PublicSuffixList(only_icann=True, accept_encoded_idn=is_encoded)


@lru_cache(maxsize=256)
def _registered(host: str) -> str:
    if _IP_ADDRESS.fullmatch(host):
        return host
    suffixes = _suffixes(is_encoded="xn--" in host)
    return suffixes.privatesuffix(host) or ".".join(host.split(".")[-2:])


def parts_of_url(url: str) -> SplitResult:
    """Return the parts of a URL; raise ValueError if it is no URL of the web."""
    parts = split_url(url)
    if parts is None:
        raise ValueError(f"{url!r} is not a web address")
    return parts


def _netloc(host: str, parts: SplitResult) -> str:
    if ":" not in parts.netloc:
        return host
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in (None, 80, 443) else f"{shown}:{parts.port}"


@lru_cache(maxsize=1024)  # of each outlet's hosts, for each URL
def plain_host(host: str) -> str:
    """Return a host without `www.` and the beginnings of mobile forms."""
    return _MOBILE_HOST.sub("", host).removeprefix("www.")


def _is_own_host(host: str, outlet: Outlet) -> bool:
    plain = plain_host(host)
    return any(own == plain for own, _ in _own_places(outlet.hosts))


@lru_cache(maxsize=128)  # of each outlet
def _own_places(hosts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return for each entry of an outlet's `hosts` the host and the beginning of its paths."""
    entries = (entry.partition("/") for entry in hosts)
    return tuple((plain_host(host), f"/{start}") for host, _, start in entries)


def _one_spelling(path: str) -> str:
    """Percent-encode a path uniformly, whether its Devanagari is encoded or not."""
    if _IS_PLAIN.match(path):
        return path
    decoded = None if _CHANGES_MEANING.search(path) else _decoded(path)
    return quote(path, safe=_SAFE + "%") if decoded is None else quote(decoded, safe=_SAFE)


def _decoded(path: str) -> str | None:
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        return None


def _query(query: str, outlet: Outlet | None) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    if outlet is not None:
        kept = [pair for pair in pairs if pair[0] in outlet.keep_query]
    else:
        kept = [pair for pair in pairs if not _TRACKING.match(pair[0])]
    return urlencode(sorted(kept))
