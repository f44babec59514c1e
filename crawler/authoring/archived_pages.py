"""Read the pages of an archive, one after another: each is an article, or is refused with a reason."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from scrapy import Request
from scrapy.http import Headers

from crawler.archive.reader import Answer, ArchiveError, ArchiveFile, Bodies
from crawler.archive.whole_answers import KeptAnswer, read_whole_answers
from crawler.authoring.page_language import stated_languages
from crawler.authoring.rereading import OtherLanguage, Page, Rereader, read_page_of
from crawler.authoring.wanted import Wanted
from crawler.downloading.content_encoding import unpacked_page
from crawler.items import Article
from crawler.reading.markup import declared_charset, is_html
from crawler.reasons import NotAnArticle, Reason
from crawler.url_parts import host_of

_log = logging.getLogger(__name__)

_OTHER_CONTENT = "answers are not HTML (feeds, robots.txt, redirects, errors)"
OTHER_LANGUAGES = "pages are not in the languages asked for"
_OTHER_SITES = "answers are not of the outlets and hosts asked for"


class Reading(NamedTuple):
    """What came of one page of an archive."""

    url: str
    """Its address; of damage, the archive's."""
    offset: int
    """Where its record begins in the archive, in bytes."""
    found: Article | NotAnArticle


@dataclass(slots=True, kw_only=True)
class Pass:
    """One pass through archives: revisits find their pages in those that were read before."""

    rereader: Rereader
    wanted: Wanted = field(default_factory=Wanted)
    damaged: list[str] = field(default_factory=list)
    """A sentence about each damage."""
    skipped: Counter[str] = field(default_factory=Counter)
    """How many answers were not read, by what they are."""
    _bodies: Bodies = field(default_factory=Bodies)

    def pages(self, archive: ArchiveFile) -> Iterator[KeptAnswer]:
        """Yield the wanted pages of an archive, and count what is skipped; raise ArchiveError if it is none."""
        found = read_whole_answers(
            archive, wants_url=self._wants_url, wants=self._wants, damaged=self.damaged, bodies=self._bodies
        )
        for each in found:
            if each is None:
                self.skipped[_OTHER_SITES] += 1
            elif isinstance(each, KeptAnswer) and self._is_page(each):
                yield each
            elif isinstance(each, KeptAnswer) or each.is_answer:
                is_page = isinstance(each, Answer) and may_be_page(each)
                self.skipped[OTHER_LANGUAGES if is_page else _OTHER_CONTENT] += 1
            else:
                self.skipped[f"{each.kind} records are not read"] += 1

    def load(self, kept: KeptAnswer) -> Page:
        """Return an archived page; raise OtherLanguage if its first 64 KB show that it is not wanted."""
        page = self._unpacked(kept)
        if not self.wanted.may_be_in_language(kept.language, page.body):
            raise OtherLanguage
        return page

    def _is_page(self, kept: KeptAnswer) -> bool:
        """Return whether an archived answer that `may_be_page` is one: by its bytes, if it has no Content-Type."""
        try:
            return kept.is_typed or is_html(self._unpacked(kept).body)
        except (ArchiveError, ValueError):
            return True  # reading it raises the error again

    def _unpacked(self, kept: KeptAnswer) -> Page:
        """Return an archived answer as a page with a decompressed body; raise ArchiveError if its body is missing."""
        content = kept.content()
        headers = Headers(content.headers)
        packings = map(bytes.decode, headers.getlist("Content-Encoding"))
        found = unpacked_page(content.body, packings, self.rereader.largest_page)
        return Page(
            url=Request(kept.url).url,
            body=found.body,
            encoding=declared_charset(headers.get("Content-Type")),
            fetched_at=kept.at,
            damage=found.damage or (Reason.CUT if kept.is_cut else None),
        )

    def _wants(self, answer: Answer) -> bool:
        languages = self.wanted.languages
        is_told = bool(languages) and bool(answer.language)
        return may_be_page(answer) and (not is_told or bool(languages & stated_languages(answer.language)))

    def _wants_url(self, url: str) -> bool:
        wanted = self.wanted
        if not wanted.outlets and not wanted.hosts:
            return True
        host = host_of(url)
        if any(host == each or host.endswith(f".{each}") for each in wanted.hosts):
            return True
        outlet = self.rereader.outlet_of(url) if wanted.outlets else None
        return outlet is not None and outlet.slug in wanted.outlets


def readings(archive: ArchiveFile, through: Pass) -> Iterator[Reading]:
    """Yield what came of each wanted page of an archive, and at the end what is damaged in it.

    Raise ArchiveError if the file is no archive, or cannot be read to its end.
    """
    for kept in through.pages(archive):
        try:
            found, damage = read_page_of(partial(through.load, kept), through.rereader.article)
        except OtherLanguage:
            through.skipped[OTHER_LANGUAGES] += 1
            continue
        if damage and isinstance(found, Article):
            _log.warning("%s: %s: %s; what came of it is read", kept.url, damage, damage.meaning)
        yield Reading(kept.url, kept.offset, found)
    for sentence in through.damaged:
        yield Reading(str(archive), 0, NotAnArticle(Reason.DAMAGED, sentence))
    through.damaged.clear()


def may_be_page(answer: Answer) -> bool:
    """Return whether an archived answer is a web page by its Content-Type, or has none."""
    return (
        answer.status == 200 and answer.is_answer and (not answer.content_type or "html" in answer.content_type.lower())
    )
