"""The kind of an article, and how much of its text the page gave."""

import re

from crawler.items import Access, ArticleKind, Block
from crawler.reading.json_ld import Node, body_of, types
from crawler.reading.metadata import Sources
from crawler.reading.url_parts import path_of

_KIND_BY_TYPE: tuple[tuple[str, ArticleKind], ...] = (
    ("LiveBlogPosting", "live-blog"),
    ("OpinionNewsArticle", "opinion"),
)
_LIVE_PATH = re.compile(r"/(?:live|liveblog|live-?updates?|live-?blog)(?:/|$)|-live-(?:updates?|blog)|-liveblog", re.I)
_KIND_BY_PATH: tuple[tuple[re.Pattern[str], ArticleKind], ...] = (
    (_LIVE_PATH, "live-blog"),
    (
        re.compile(
            r"/(?:photo-?gallery|photo-?galleries|photos?|gallery|galleries|picture-?gallery|image-?gallery)/", re.I
        ),
        "gallery",
    ),
    (re.compile(r"/(?:videos?|watch|short-videos)/", re.I), "video"),
    (re.compile(r"/(?:opinion|blogs?|editorial|columns?|vichar|nazariya|sampadkiya)/", re.I), "opinion"),
)
_OPINION_SECTION = re.compile(
    r"^(?:opinion|blog|editorial|column|ओपिनियन|ब्लॉग|विचार|नजरिया|नज़रिया|संपादकीय|सम्पादकीय|कॉलम)s?$", re.I
)
_LIVE_HEADLINE = re.compile(r"\bLIVE\b|लाइव\s*(?:अपडेट|ब्लॉग)", re.IGNORECASE)
_CLOCK_LINE = re.compile(r"^\W*(?:\d{1,2}|[०-९]{1,2})[:.](?:\d{2}|[०-९]{2})")
_TEASER = re.compile(
    r"पूरी खबर (?:पढ़ने|पढ\u093cने) के लिए|पढ़िए पूरा|पूरा पढ़ें|पूरी खबर पढ़ें|ऐप पर पढ़ें|read (?:the )?full (?:story|article)"
    r"|subscribe to (?:read|continue)|सब्सक्राइब कर(?:ें|के) (?:पूरा|आगे)",
    re.IGNORECASE,
)
_SHORT = 600
"""Characters below which a body that points to the rest of it is a teaser."""


def read_kind(page: Sources, headline: str, section: str | None, body: list[Block]) -> ArticleKind:
    """Return the kind of an article: what JSON-LD says, then what its address and section say."""
    named = types(page.node)
    for name, kind in _KIND_BY_TYPE:
        if name in named:
            return kind
    path = path_of(page.url)
    for pattern, kind in _KIND_BY_PATH:
        if pattern.search(path):
            return kind
    if _LIVE_HEADLINE.search(headline) and sum(bool(_CLOCK_LINE.match(block.text)) for block in body) >= 3:
        return "live-blog"
    if section and _OPINION_SECTION.match(section):
        return "opinion"
    return _kind_of_others(page)


def is_live_page(page: Sources) -> bool:
    """Say whether JSON-LD or the address call a page a live blog."""
    return "LiveBlogPosting" in types(page.node) or _LIVE_PATH.search(path_of(page.url)) is not None


def _kind_of_others(page: Sources) -> ArticleKind:
    og_type = (page.meta("og:type") or "").lower()
    if og_type.startswith("video"):
        return "video"
    if not page.node:
        all_types = {name for node in page.nodes for name in types(node)}
        if "VideoObject" in all_types:
            return "video"
        if all_types & {"ImageGallery", "MediaGallery"}:
            return "gallery"
    return "report"


def _asks_for_payment(node: Node) -> bool:
    """Say whether JSON-LD calls an article, or a part of it, not free."""
    parts = node.get("hasPart")
    for told in (node, *(parts if isinstance(parts, list) else [parts])):
        if isinstance(told, dict) and str(told.get("isAccessibleForFree", "true")).lower() in ("false", "0", "no"):
            return True
    return False


def read_access(page: Sources, body: list[Block], page_text: str) -> Access:
    """Return how much of the text the page gave: a paid article is `full` where its markup holds all of it."""
    given = sum(len(block.text) for block in body)
    whole = body_of(page.node)
    tier = (page.meta("article:content_tier") or "").lower()
    if (_asks_for_payment(page.node) or tier in ("locked", "metered")) and given < max(_SHORT, 0.6 * len(whole)):
        return "paywalled"
    if given < _SHORT and _TEASER.search(page_text):
        return "teaser"
    return "full"
