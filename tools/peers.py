"""The other article extractors with which `tools/eval.py` compares our reader."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module, metadata
from typing import Any

from crawler.reading.markup import decoded
from tools.page_scores import Reading

_LINE_END = re.compile(
    r"""
    </(?:p|h\d|li|div|blockquote)>      # the end of a block, which is a line of a body
    | <br\s*/?>                         # a line break within a block
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Peer:
    """One other extractor."""

    package: str
    """Its name on PyPI."""
    read: Callable[[bytes, str], Reading]
    """Reads the bytes of a page with a URL."""
    lacks: Sequence[str] = ()
    """Names of the scores that do not apply, because it does not extract that field."""


def version_of(package: str) -> str | None:
    """Return the installed version of a package, or None."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").split("\n") if line.strip())


def _trafilatura(page: bytes, url: str) -> Reading:
    found: Any = import_module("trafilatura").bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, target_language=None
    )
    if found is None:
        return Reading()
    return Reading(headline=found.title, published_at=found.date, body=_lines(found.text))


def _newspaper(page: bytes, url: str) -> Reading:
    article: Any = import_module("newspaper").Article(url, language="hi", fetch_images=False)
    article.download(input_html=decoded(page))
    article.parse()
    published = article.publish_date.isoformat() if article.publish_date else None
    return Reading(headline=article.title, published_at=published, body=_lines(article.text))


def _readability(page: bytes, url: str) -> Reading:
    document: Any = import_module("readability").Document(decoded(page))
    try:
        summary = document.summary()
    except import_module("readability.readability").Unparseable:
        return Reading()
    lxml_html = import_module("lxml.html")
    body = _LINE_END.sub(r"\g<0>\n", summary)
    return Reading(headline=document.short_title(), body=_lines(lxml_html.fromstring(body).text_content()))


def _justext(page: bytes, url: str) -> Reading:
    justext: Any = import_module("justext")
    paragraphs = justext.justext(page, justext.get_stoplist("Hindi"), encoding="utf-8")
    return Reading(body=tuple(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate))


PEERS = (
    Peer("trafilatura", _trafilatura),
    Peer("newspaper4k", _newspaper),
    Peer("readability-lxml", _readability, lacks=("published",)),
    Peer("jusText", _justext, lacks=("headline", "published")),
)
