"""Determine the kind of an article, and whether the page holds its whole text."""

import re
from functools import lru_cache

from crawler.items import Access, ArticleKind, Block
from crawler.limits import MOST_OF_A_KIND
from crawler.reading.headline import mentions_live, names_live_page, without_live_label
from crawler.reading.json_ld import Node, body_of, text_of, types
from crawler.reading.junk import fold_phrase
from crawler.reading.lines import Line
from crawler.reading.live import has_posts, is_post_time
from crawler.reading.metadata import Sources, is_same_headline
from crawler.reading.tree import Element, text_of_element
from crawler.url_parts import path_of

_KIND_BY_TYPE: tuple[tuple[str, ArticleKind], ...] = (
    ("LiveBlogPosting", "live-blog"),
    ("OpinionNewsArticle", "opinion"),
    ("ReviewNewsArticle", "review"),
    ("Review", "review"),
    ("CriticReview", "review"),
)
_LIVE_PATH = re.compile(
    r"""
    /(?:live|liveblog|live-?updates?|live-?blog)(?:/|$)     # a whole part of the path: not /livelihood/
    |/live-(?:updates?|blog)-                               # the beginning of a slug
    |-live-(?:updates?|blog)|-liveblog                      # the end of a slug; `-live-` alone may be live-in
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GALLERY_PATH = re.compile(
    r"/(?:photo-?gallery|photo-?galleries|photos?|gallery|galleries|picture-?gallery|image-?gallery)/", re.IGNORECASE
)
_GALLERIES = frozenset(("ImageGallery", "MediaGallery"))
_KIND_BY_PATH: tuple[tuple[re.Pattern[str], ArticleKind], ...] = (
    (_LIVE_PATH, "live-blog"),
    (_GALLERY_PATH, "gallery"),
    (re.compile(r"/(?:videos?|watch|short-videos)/", re.IGNORECASE), "video"),
    (
        re.compile(
            r"""
            /(?:(?:movie|film|book|web-?series|tech|gadget)s?-?)?
            (?:reviews?|sameeksha|samiksha)/
            """,
            re.VERBOSE | re.IGNORECASE,
        ),
        "review",
    ),
    (re.compile(r"/(?:opinion|blogs?|editorial|columns?|vichar|nazariya|sampadkiya)/", re.IGNORECASE), "opinion"),
)
"""Kinds by whole parts of the path; a slug with such a word (`/world/opinion-polls-4512`) says nothing."""
_OPINION_SECTION = re.compile(
    r"^(?:opinion|blog|editorial|column|ओपिनियन|ब्लॉग|विचार|नजरिया|संपादकीय|सम्पादकीय|कॉलम)s?$", re.IGNORECASE
)
_WORK = (
    r"(?:movie|film|book|web\ ?series|ott|tech|gadget|mobile|smartphone|car|bike|auto"
    r"|फिल्म|मूवी|सिनेमा|पुस्तक|किताब|बुक|नाटक|वेब\ सीरीज|ओटीटी|टेक|गैजेट|मोबाइल|ऑटो|कार|बाइक)"
)
_REVIEW_SECTION = re.compile(rf"^(?:{_WORK}s?[ -])?(?:reviews?|रिव्यू|रिव्यूज|समीक्षा)$", re.IGNORECASE)
_REVIEW_HEADLINE = re.compile(
    rf"""
    (?:रिव्यू|(?<![a-z])reviews?
    |(?<![a-z\u0900-\u0963]){_WORK}[ ]समीक्षा)     # a whole word: no मानवाधिकार समीक्षा, which ends in कार
    \s?[:：|-]\s                                   # no `review petition`, no रिव्यू करेगी
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""`समीक्षा:` needs the word for a work before it: alone it means a government's review."""
_LIVE_HEADLINE = re.compile(r"\bLIVE\b|लाइव\s*(?:अपडेट|ब्लॉग)", re.IGNORECASE)
_CLOCK_LINE = re.compile(r"^\W*(?:\d{1,2}|[०-९]{1,2})[:.](?:\d{2}|[०-९]{2})")
_TEASER = re.compile(
    r"""
    पूरी\ खबर\ (?:पढ़ने|पढ\u093cने)\ के\ लिए|पूरी\ खबर\ पढ़ें|पढ़िए\ पूरा|पूरा\ पढ़ें      # read the whole
    |ऐप\ पर\ पढ़ें                                                               # in the app
    |read\ (?:the\ )?full\ (?:story|article)
    |subscribe\ to\ (?:read|continue)|सब्सक्राइब\ कर(?:ें|के)\ (?:पूरा|आगे)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TEASER_WORDS = ("खबर पढ", "पढ\u093cिए पूरा", "पूरा पढ", "ऐप पर", "सब्सक्राइब", "ead", "EAD", "ubscribe", "UBSCRIBE")
"""Each match of `_TEASER` contains one of these; searching for them takes a tenth of the pattern's time."""
_REVIEWS = frozenset(("Review", "CriticReview"))
_PLAYERS = ("video", "iframe", "amp-video", "amp-youtube", "amp-brightcove", "amp-iframe")
_FRAMES = frozenset(("iframe", "amp-iframe"))
_PLAYER = re.compile(
    r"""
    youtube|youtu\.be|dailymotion|vimeo|jwplatform|jwplayer|brightcove|kaltura
    |video|player
    |/embed|av-?embeds?        # most newsrooms' own players
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NO_PLAYER = re.compile(
    r"""
    twitter\.com|(?<![a-z])x\.com|instagram\.com|facebook\.com/plugins/post   # posts
    |google\.[a-z.]{2,6}/maps|datawrapper|infogram|flourish|docs\.google        # maps, charts
    |imasdk|doubleclick|googlesyndication|(?<![a-z])ads?(?![a-z])               # advertisements
    |soundcloud|spotify|podcast                                                # sound alone
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLAYER_NAME = re.compile(
    r"""
    (?<![a-z])                                      # whole words: not novideoplayer
    (?:
        jw-?player
        |(?:video|youtube|brightcove)[-_]?          # the brand alone may be a link to a channel: youtube-icon
         (?:player|embed|container|wrapper)
    )
    (?![a-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The class or id of the element that a script puts a player in."""
_LAST_LINES = 12
"""Lines at the end of a page among which the call to read on is."""
_FEW = 4
_SHORT = 600
"""A body with fewer characters may be a teaser or a video's caption."""


def read_kind(page: Sources, headline: str, section: str | None, body: list[Block]) -> ArticleKind:
    """Return the kind of an article by JSON-LD, else by its URL, headline, section and markup."""
    named = types(page.node) | (_REVIEWS if _is_reviewed(page) else frozenset())
    for name, kind in _KIND_BY_TYPE:
        if name in named:
            return kind
    if kind_by_path := _kind_by_path(path_of(page.url)):
        return kind_by_path
    if _is_labelled_live(page) or (
        mentions_live(headline)
        and _LIVE_HEADLINE.search(headline)
        and sum(_is_time_of_post(block.text) for block in body) >= 3
    ):
        return "live-blog"
    sections = [fold_phrase(name) for name in (section, *_sections(page)) if name]
    if any(map(_OPINION_SECTION.match, sections)):
        return "opinion"
    if any(map(_REVIEW_SECTION.match, sections)) or _reviews(headline):
        return "review"
    if _is_short(body) and _begins_with_a_player(page, body):
        return "video"
    return _kind_of_others(page, body)


def _reviews(headline: str) -> bool:
    may_review = "समीक्षा" in headline or "रिव्यू" in headline or "review" in headline.lower()
    return may_review and _REVIEW_HEADLINE.search(headline) is not None


@lru_cache(maxsize=16)  # a page is asked several times whether it is live
def _kind_by_path(path: str) -> ArticleKind | None:
    return next((kind for pattern, kind in _KIND_BY_PATH if pattern.search(path)), None)


def _is_time_of_post(text: str) -> bool:
    return _CLOCK_LINE.match(text) is not None or is_post_time(text.partition(" (")[0])


def _is_reviewed(page: Sources) -> bool:
    """Return whether JSON-LD holds a review that the page is, or that names the work that it is about."""
    if not page.types & _REVIEWS:
        return False
    reviews = [node for node in page.nodes if types(node) & _REVIEWS]
    return any(isinstance(node.get("itemReviewed"), dict) or not page.node for node in reviews)


def _sections(page: Sources) -> list[str | None]:
    """Return all sections that JSON-LD gives an article."""
    named = page.node.get("articleSection")
    return [text_of(each) for each in named[:MOST_OF_A_KIND]] if isinstance(named, list) else []


def _is_short(body: list[Block]) -> bool:
    return len(body) <= _FEW and sum(len(block.text) for block in body) < _SHORT


def _begins_with_a_player(page: Sources, body: list[Block]) -> bool:
    """Return whether a player is before the first paragraph, in the part of the page that holds the headline."""
    first = " ".join(body[0].text.split())[:40] if body else ""
    around = next(page.h1.iterancestors("article", "main"), None) if page.h1 is not None else None
    begun = page.h1 is None or around is not None
    for element in (page.root if around is None else around).iter("h1", "p", "div", *_PLAYERS):
        if element is page.h1:
            begun = True
        elif element.tag == "p":
            if begun and first and first in text_of_element(element):
                return False
        elif begun and _is_player(element):
            return True
    return False


def _is_player(element: Element) -> bool:
    if element.tag in ("h1", "div"):
        return element.tag == "div" and _PLAYER_NAME.search(f"{element.get('class')} {element.get('id')}") is not None
    if element.tag not in _FRAMES:
        return True
    source = element.get("src") or element.get("data-src") or ""
    return _PLAYER.search(source) is not None and not _NO_PLAYER.search(source)


def is_live_page(page: Sources) -> bool:
    """Return whether a page is a live blog, by JSON-LD, by its URL, or by the label of its headline: `LIVE: …`."""
    if "LiveBlogPosting" in types(page.node) or _kind_by_path(path_of(page.url)) == "live-blog":
        return True
    return without_live_label(page.h1_text) != page.h1_text or _is_labelled_live(page)


def _is_labelled_live(page: Sources) -> bool:
    """Return whether a headline has the label of a live page inside it, and times of posts stand below it."""
    if page.h1 is None or not names_live_page(page.h1_text):
        return False
    return has_posts(next(page.h1.iterancestors("article", "main"), page.root))


def is_gallery_page(page: Sources) -> bool:
    """Return whether a page calls itself a gallery, by its URL or in JSON-LD."""
    return _GALLERY_PATH.search(path_of(page.url)) is not None or bool(page.types & _GALLERIES)


def own_video(page: Sources) -> Node | None:
    """Return the VideoObject that a page is about, or None; a video inside an article does not count."""
    if "VideoObject" not in page.types:
        return None
    titles = [title for title in (page.meta("og:title"), page.title) if title]
    titles += [page.h1_text] if page.h1_text else []
    videos = [node for node in page.nodes if "VideoObject" in types(node)]
    for video in videos:
        name = text_of(video.get("name")) or text_of(video.get("headline"))
        if name and any(is_same_headline(name, title) for title in titles):
            return video
    return videos[0] if len(videos) == 1 and not page.node and not videos[0].get("name") else None


def own_piece(page: Sources) -> Node | None:
    """Return the only gallery or review in JSON-LD on a page without an article in it, or None."""
    pieces = [node for node in page.nodes if types(node) & (_GALLERIES | _REVIEWS)]
    return pieces[0] if len(pieces) == 1 and not page.node else None


def _kind_of_others(page: Sources, body: list[Block]) -> ArticleKind:
    is_video = (page.meta("og:type") or "").lower().startswith("video")
    if is_video and (not page.node or _is_short(body)):
        return "video"
    if not page.node:
        if "VideoObject" in page.types and (own_video(page) or _is_short(body)):
            return "video"
        if page.types & _GALLERIES:
            return "gallery"
    return "report"


def _asks_for_payment(node: Node) -> bool:
    """Return whether JSON-LD states that the article or a part of it is not free."""
    parts = node.get("hasPart")
    for each in (node, *(parts if isinstance(parts, list) else [parts])):
        if isinstance(each, dict) and str(each.get("isAccessibleForFree", "true")).lower() in ("false", "0", "no"):
            return True
    return False


def read_access(page: Sources, body: list[Block], lines: list[Line]) -> Access:
    """Return whether the page holds the whole text; a paid article is `full` if its markup does."""
    given = sum(len(block.text) for block in body)
    whole = body_of(page.node)
    tier = (page.meta("article:content_tier") or "").lower()
    if (_asks_for_payment(page.node) or tier in ("locked", "metered")) and given < max(_SHORT, 0.6 * len(whole)):
        return "paywalled"
    if given >= _SHORT:
        return "full"
    end = " ".join([line.text for line in lines[-_LAST_LINES:]])
    return "teaser" if any(map(end.__contains__, _TEASER_WORDS)) and _TEASER.search(end) else "full"
