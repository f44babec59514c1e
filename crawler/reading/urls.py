"""Addresses: which URL is the article's own, and which addresses are the same article."""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlunsplit

import tldextract

from crawler.reading.outlet import Outlet
from crawler.reading.url_parts import host_of, is_url, joined_url, path_of, split_url

_WAYBACK = re.compile(
    r"^(?:(?:https?:)?//web\.archive\.org)?/web/\d{1,14}[a-z_]*/(?P<original>https?:/.+|[^/]+\.[a-z]{2,}(?:/.*)?)$",
    re.IGNORECASE,
)
_AMP_CACHE = re.compile(r"^https?://[^/]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?(?P<original>.+)$", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_BROKEN_SCHEME = re.compile(r"^(https?):/{1,}(?=[^/])", re.IGNORECASE)
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref|ref_src|src|source|ncid|cmpid|ocid|amp|"
    r"outputtype|_gl|_ga|at_\w+|ns_\w+)$",
    re.IGNORECASE,
)
"""Query parameters that say how a reader came, never what the page is; stripped where no outlet says otherwise."""
_AMP_PREFIX = re.compile(r"^/(?:amp|amphtml)(?=/.)", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?:/amp/?|\.amp|(?<=\.)amphtml|_amp)$|\.amp(?=\.html?$)", re.IGNORECASE)
_MOBILE_HOST = re.compile(r"^(?:m|mobile|amp|wap|hindi-m)\.")
_NUMBER_AT_END = re.compile(
    r"""
    (?<!\d)(?!(?:19|20)\d\d(?!\d))  # a year tells no articles apart
    (?P<number>\d{4,20})
    (?:\.[a-z]{3,5})?/?$              # .html, .cms
    """,
    re.VERBOSE,
)
_LEAST_DIGITS = 5
"""A shorter number may be a part of a date, and tells no article where it stands outside its place."""
_ELSEWHERE = re.compile(r"\s*(?:#|(?!https?:)[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_SLASHES = re.compile(r"//+")
_IS_PLAIN = re.compile(r"^[\w/.~-]*$", re.ASCII)
_SAFE = "/-._~!$&'()*+,;=:@"

# The package's own snapshot of the public suffix list: no network, no cache folder.
_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)


def canonical_url(url: str, outlet: Outlet | None = None) -> str:
    """Return the one address of an article: no AMP or mobile twin, no tracking, no fragment, one spelling.

    Raise ValueError for what is no web address; `absolute_url` and `is_url` tell.

    >>> canonical_url("http://m.example.in/amp/world/news-12?utm_source=x#top")
    'https://example.in/world/news-12'
    """
    original = original_url(url)
    parts, host = _parts(original), host_of(original)
    path = _one_spelling(parts.path) or "/"
    path = _without_amp(path) if outlet is None else _SLASHES.sub("/", path)
    host = _MOBILE_HOST.sub("", host) if outlet is None else host
    address = urlunsplit(("https", _netloc(host, parts), path, _query(parts.query, outlet), ""))
    return _at_home(address, outlet) if outlet else address


def _at_home(address: str, outlet: Outlet) -> str:
    """Apply an outlet's own twins, then the marks of AMP that all sites share, and put the page on its first host."""
    for pattern, replacement in outlet.twins:
        address = re.sub(pattern, replacement, address)
    parts, host = _parts(address), host_of(address)
    path = _without_amp(parts.path) if _is_own_host(host, outlet) else parts.path
    first = outlet.hosts[0].partition("/")[0]
    host = first if _plain_host(host) == _plain_host(first) else host
    return urlunsplit(("https", _netloc(host, parts), path or "/", _query(parts.query, outlet), ""))


def _without_amp(path: str) -> str:
    return _AMP_SUFFIX.sub("", _AMP_PREFIX.sub("", path)) or "/"


def original_url(url: str) -> str:
    """Return the address that an archive's or an AMP cache's address wraps; any other one as it is."""
    url = url.strip()
    wayback = _WAYBACK.match(url)
    if wayback:
        original = _BROKEN_SCHEME.sub(r"\1://", wayback["original"])
        original = original if _SCHEME.match(original) else f"http://{original}"
    else:
        cached = _AMP_CACHE.match(url)
        original = f"https://{cached['original']}" if cached else url
    return original if is_url(original) else url


def article_id(address: str, outlet: Outlet | None) -> str:
    """Return the stable identifier of an article: from its outlet and its number, or else its canonical address."""
    slug, number = (outlet.slug, article_number(address, outlet)) if outlet else (None, None)
    parts = _parts(address)
    key = f"#{number}" if number else f"{_plain_host(host_of(address))}{parts.path.rstrip('/')}?{parts.query}"
    digest = hashlib.blake2b(f"{slug or ''}\n{key}".encode(), digest_size=10).hexdigest()
    return f"{slug or 'web'}-{digest}"


def article_number(address: str, outlet: Outlet) -> str | None:
    """Return the number that stays when an article's slug changes, where the outlet's rule names one."""
    found = _compiled(outlet.article).match(path_of(address))
    return found.groupdict().get("number") if found else None


def bears_number(address: str, number: str, outlet: Outlet) -> bool:
    """Return whether an address bears an article's number, in whatever section it now lies."""
    is_long = len(number) >= _LEAST_DIGITS
    return article_number(address, outlet) == number or (is_long and number in _DIGITS.findall(address))


def announced_id(address: str, announced: str, outlet: Outlet) -> str:
    """Return the id of an article that a listing announced at one address and that its page puts at another one.

    It is that of the announced address where both bear the same number, in whatever section the article now lies.
    """
    number = article_number(announced, outlet)
    is_same = number is not None and bears_number(address, number, outlet)
    return article_id(announced if is_same else address, outlet)


def is_same_article(one: str, other: str, outlet: Outlet | None) -> bool:
    """Return whether two addresses name one article: by its number, or else by their paths.

    The number is that of the outlet's rule; without an outlet, that at a path's end. Paths are the same but for AMP
    and mobile marks, a trailing slash and the case of letters; parameters that tell articles apart are equal: those of
    `keep_query`, and without an outlet those with a number. So are ports that are none of the web's.
    """
    first, second = canonical_url(one, outlet), canonical_url(other, outlet)
    if _parts(first).port != _parts(second).port:
        return False  # of a site behind its cache: nobody can ask there
    if _place(first, outlet) == _place(second, outlet):
        return True
    if outlet is None:
        found = [_NUMBER_AT_END.search(path_of(address)) for address in (first, second)]
        return all(found) and len({match["number"] for match in found if match}) == 1
    numbers = {article_number(first, outlet), article_number(second, outlet)} - {None}
    return len(numbers) == 1 and all(bears_number(each, str(*numbers), outlet) for each in (first, second))


def outlet_of(url: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """Return the outlet on whose host a page lies: the longest matching host wins, `hosts` may hold a path."""
    original = original_url(url)
    host, path = host_of(original), path_of(original)
    if not host:
        return None
    best: tuple[int, Outlet] | None = None
    for outlet in outlets:
        for own in outlet.hosts:
            own_host, _, own_path = own.partition("/")
            fits = host == own_host or _plain_host(host) == _plain_host(own_host)
            if fits and path.startswith(f"/{own_path}") and (best is None or len(own) > best[0]):
                best = (len(own), outlet)
    return best[1] if best else None


def registered_domain(url: str) -> str:
    """Return the domain that a site's owner registered: `bbc.co.uk` of `feeds.bbc.co.uk`."""
    return _registered(host_of(url))


def absolute_url(href: str | None, base: str) -> str | None:
    """Return a link's absolute http(s) address, or None for anything else and for what is no address."""
    if not href or leads_elsewhere(href):
        return None
    href = href.strip()
    address = joined_url(base, original_url(href) if "/web/" in href else href)
    is_wrapped = address is not None and ("web.archive.org/" in address or ".ampproject.org/" in address)
    return original_url(address) if address and is_wrapped else address


def leads_elsewhere(href: str) -> bool:
    """Return whether a link leads to no web page: into its own page, to a script, a telephone, a file."""
    return _ELSEWHERE.match(href) is not None


@lru_cache(maxsize=256)
def _registered(host: str) -> str:
    found = _extract(host)
    if found.top_domain_under_public_suffix or found.ipv4 or found.ipv6:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _parts(url: str) -> SplitResult:
    parts = split_url(url)
    if parts is None:
        raise ValueError(f"{url!r} is no web address")
    return parts


def _place(address: str, outlet: Outlet | None) -> tuple[str, list[tuple[str, str]]]:
    parts = _parts(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return parts.path.rstrip("/").lower(), [pair for pair in pairs if outlet or _DIGITS.search(pair[1])]


def _netloc(host: str, parts: SplitResult) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in (None, 80, 443) else f"{shown}:{parts.port}"


def _plain_host(host: str) -> str:
    return _MOBILE_HOST.sub("", host).removeprefix("www.")


def _is_own_host(host: str, outlet: Outlet) -> bool:
    return any(_plain_host(host) == _plain_host(own.partition("/")[0]) for own in outlet.hosts)


def _one_spelling(path: str) -> str:
    """Percent-encode a path in one way, whether it came as Devanagari or encoded."""
    if _IS_PLAIN.match(path):
        return path
    if not _decodes(path):
        return quote(path, safe=_SAFE + "%")
    return quote(unquote(path, errors="strict"), safe=_SAFE)


def _decodes(path: str) -> bool:
    # An encoded slash, percent sign or question mark means something else when decoded.
    if re.search(r"%(2f|25|3f|23)", path, re.IGNORECASE):
        return False
    try:
        unquote(path, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _query(query: str, outlet: Outlet | None) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    if outlet is not None:
        kept = [pair for pair in pairs if pair[0] in outlet.keep_query]
    else:
        kept = [pair for pair in pairs if not _TRACKING.match(pair[0])]
    return urlencode(sorted(kept))
