"""Read an article from the full text that a feed prints, and tell a full text from a summary."""

import html
import json
import re
import unicodedata
from datetime import datetime

from lxml import etree

from crawler.discovery.entries import Entry
from crawler.discovery.links import FeedText, Link
from crawler.discovery.printed import read_title
from crawler.items import Article
from crawler.limits import LONGEST_FEED_TEXT
from crawler.reading.outlet import Outlet
from crawler.reasons import NotAnArticle

_LEAST = 400
"""Characters of the shortest text that counts as full; summaries in feeds have 100 to 350."""
_LONG = 1_500
"""Characters of a text that is no summary, though the entry's description may repeat it."""
_LONGER = 1.5
"""How many times as long as the entry's description a shorter text is, to be more than that."""
_BREAKS_OFF = re.compile(r"(?:…|\.\s?\.\s?\.|\[\s?(?:…|\.{3})\s?\])[\s\"'’”)\]]{0,5}$")
"""An ellipsis at the end."""
_READ_ON = re.compile(
    r"""
    (?: (?:आगे|और|पूर[ाी](?:\s[\u0900-\u0963]{2,20})?|विस्तार\sसे)\s       # further, more, the whole (report), in detail
        पढ़(?:ें|िए|िये|ना\sजारी\sरखें
          | ने\sके\sलिए\s(?:[\u0900-\u0963]{1,15}\s){1,4}(?:करें|लें|बनें)  # click here, subscribe, become a member
          )
      | (?:read|continue)\s(?:more|on|reading|the\s(?:full|whole)\s(?:story|article|report))
    )
    [^\w\u0900-\u0963]{0,10}$                                           # at the end: no title of a further article
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONTINUES = re.compile(r"(?:continue\sreading|read\sthe\srest\sof)\s", re.IGNORECASE)
"""The beginning of a link that WordPress puts under a summary; the title of the article follows."""
_READ = frozenset("पढ़ें पढ़े पढ़िए पढ़िये पढ़ना पढ़ने".split())
_ABOUT_READING = _READ | frozenset(
    "आगे और पूरा पूरी पूरे खबर ख़बर समाचार रिपोर्ट लेख स्टोरी मूल विस्तार से यहां यहाँ पर जारी रखें के लिए क्लिक करें को".split()
)
"""The words of a line that does nothing but ask to read on: `पढ़ें पूरी खबर`, but not `यह भी पढ़ें`."""
_HINDI_WORD = re.compile("[\u0900-\u0963]{1,40}")
_FOOTER = re.compile(r" ?The\spost\s[^\n]{1,500}?\s(?:appeared\sfirst|first\sappeared)\son\s[^\n]{1,100}$")
"""The line that WordPress adds to full texts and summaries alike."""
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote)\b[^<>]{0,2000}>", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_TAIL = 2_000
"""Characters at the end of a text in which its last words are looked for."""


def feed_text(entry: Entry) -> FeedText | None:
    """Return the text of a feed's entry in `content:encoded` of RSS or `content` of Atom; None if it has neither.

    A text of more than LONGEST_FEED_TEXT characters is left out.
    """
    found = next(filter(None, map(_markup, entry.element)), None)
    if found is None or len(found) > LONGEST_FEED_TEXT:
        return None
    return FeedText(
        markup=found,
        summary=read_title(entry.text("description", "summary")),
        author=read_title(entry.text("creator")),
    )


def article_in_feed(link: Link, outlet: Outlet, fetched_at: datetime | None) -> Article | None:
    """Return the article that a feed printed in full, with `feed` as the provenance of each field.

    None if the feed prints no text, a summary, or nothing that the reader takes for an article.
    """
    from crawler.reading.page import read_page  # the whole reader: not for commands that only name listings

    text = link.text
    if text is None:
        return None
    try:
        article = read_page(_page(link, text), link.url, outlet, encoding="utf-8", fetched_at=fetched_at)
    except NotAnArticle:
        return None
    if is_summary(article, text):
        return None
    article.provenance = dict.fromkeys(article.provenance, "feed")
    return article


def is_summary(article: Article, text: FeedText) -> bool:
    """Return whether a feed's text, and the article that was read from it, is only a summary of the report.

    It is one if it is short, breaks off, ends by asking the reader to read on, or says little more than what the entry
    prints as a summary beside it.
    """
    length = sum(len(block.text) for block in article.body)
    if article.access != "full" or length < _LEAST:
        return True
    ends = (_end(article.body[-1].text), _end(_TAG.sub(" ", text.markup[-_TAIL:])))
    if any(_BREAKS_OFF.search(end) or _READ_ON.search(end) for end in ends):
        return True
    if any(map(_only_asks_to_read_on, _last_lines(text.markup))):
        return True
    return length < _LONG and length < _LONGER * len(text.summary or "")


def _last_lines(markup: str) -> tuple[str, ...]:
    """Return the last line of a text that is no footer, and its last link; they may not be parts of the article."""
    for block in reversed(_BLOCK.split(markup[-_TAIL:])):
        line, link = (_end(_TAG.sub(" ", part)) for part in (block, _LINK.split(block)[-1]))
        if line.strip():
            return line, link
    return ()


def _only_asks_to_read_on(line: str) -> bool:
    words = set(_HINDI_WORD.findall(line))
    return _CONTINUES.match(line.lstrip()) is not None or (bool(words & _READ) and words <= _ABOUT_READING)


def _end(text: str) -> str:
    plain = " ".join(html.unescape(text[-_TAIL:]).split())
    return _FOOTER.sub("", unicodedata.normalize("NFC", plain))


def _markup(part: etree._Element) -> str | None:
    """Return the HTML in an entry's element, or None if it is not the element of the text."""
    if not isinstance(part.tag, str):
        return None
    space, _, name = part.tag.removeprefix("{").rpartition("}") if "}" in part.tag else part.tag.rpartition(":")
    is_rss = name.lower() == "encoded" and "content" in space.lower()
    is_atom = name.lower() == "content" and "media" not in space.lower() and part.get("src") is None
    if not is_rss and not is_atom:
        return None
    if len(part):  # XHTML, or HTML that was not escaped
        return "".join(etree.tostring(each, encoding="unicode", method="html") for each in part) or None
    text = (part.text or "").strip()
    if is_atom and (part.get("type") or "text").lower() == "text" and "<p" not in text.lower():
        lines = filter(None, map(str.strip, text.splitlines()))
        return "".join(f"<p>{html.escape(line)}</p>" for line in lines) or None
    return text or None


def _page(link: Link, text: FeedText) -> bytes:
    """Return the entry as the page of an article, for the reader of pages."""
    title = link.title or ""
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": link.published.isoformat() if link.published else None,
        "dateModified": link.modified.isoformat() if link.modified else None,
        "author": {"@type": "Person", "name": text.author} if text.author else None,
    }
    data = json.dumps({name: value for name, value in about.items() if value}, ensure_ascii=False).replace(
        "<", "\\u003c"
    )
    page = f"""<!doctype html><html><head><meta charset="utf-8"><title>{html.escape(title)}</title>
        <link rel="canonical" href="{html.escape(link.url)}"><script type="application/ld+json">{data}</script></head>
        <body><article><h1>{html.escape(title)}</h1><div>{text.markup}</div></article></body></html>"""
    return page.encode("utf-8", "replace")
