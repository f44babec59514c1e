"""Read the pages of an archive, one after another: each is an article, or is refused with a reason."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from functools import partial
from typing import NamedTuple, TypeVar

from crawler.archive.reader import Answer, ArchiveFile, Bodies
from crawler.archive.whole_answers import KeptAnswer, read_whole_answers
from crawler.authoring.page_language import may_be_in, stated_languages
from crawler.authoring.rereading import Page, Rereader, may_be_page
from crawler.items import Article
from crawler.reasons import NotAnArticle, Reason, Refusal
from crawler.url_parts import host_of

_log = logging.getLogger(__name__)

_OTHER_CONTENT = "answers are not HTML (feeds, robots.txt, redirects, errors)"
OTHER_LANGUAGES = "pages are not in the languages asked for"
_OTHER_SITES = "answers are not of the outlets and hosts asked for"


Made = TypeVar("Made")


class Reading(NamedTuple):
    """What came of one page of an archive."""

    url: str
    """Its address; of damage, the archive's."""
    offset: int
    """Where its record begins in the archive, in bytes."""
    found: Article | NotAnArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pages of an archive are read: those of an outlet or host that is named, or all if none is."""

    outlets: frozenset[str] = frozenset()
    """Slugs."""
    hosts: frozenset[str] = frozenset()
    """Hosts in lower case; what lies below one belongs to it."""
    languages: frozenset[str] = frozenset()
    """Primary tags of BCP 47: `hi`."""

    def filters(self) -> dict[str, list[str]]:
        """Return what is wanted, by the name of the filter, for the mark of a job that may go on later."""
        return {field.name: sorted(getattr(self, field.name)) for field in fields(self)}

    def may_be_in_language(self, kept: KeptAnswer, body: bytes) -> bool:
        """Return whether a page may be in a language that is wanted; its record decides, else its first 64 KB."""
        if not self.languages or self.languages & stated_languages(kept.language):
            return True
        return may_be_in(self.languages, body)


class OtherLanguage(Exception):
    """A page is in none of the languages that are wanted."""


@dataclass(slots=True, kw_only=True)
class Pass:
    """One pass through archives: revisits find their pages in those that were read before."""

    rereader: Rereader
    wanted: Wanted = Wanted()
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
            elif isinstance(each, KeptAnswer) and self.rereader.is_page(each):
                yield each
            elif isinstance(each, KeptAnswer) or each.is_answer:
                is_page = isinstance(each, Answer) and may_be_page(each)
                self.skipped[OTHER_LANGUAGES if is_page else _OTHER_CONTENT] += 1
            else:
                self.skipped[f"{each.kind} records are not read"] += 1

    def load(self, kept: KeptAnswer) -> Page:
        """Return an archived page; raise OtherLanguage if its first 64 KB show that it is not wanted."""
        page = self.rereader.archived(kept)
        if not self.wanted.may_be_in_language(kept, page.body):
            raise OtherLanguage
        return page

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


def read_page_of(load: Callable[[], Page], read: Callable[[Page], Made]) -> tuple[Made | NotAnArticle, Reason | None]:
    """Return what `read` returns for a page, or why it holds no article, and the damage of its body, or None.

    No exception of one page stops the others. Raise OtherLanguage if `load` does.
    """
    damage: Reason | None = None
    try:
        page = load()
        damage = page.damage
        found = read(page)
    except OtherLanguage:
        raise
    except (NotAnArticle, Refusal) as refusal:  # by the reader, or by a pipeline, as of a language
        reason, detail = (damage, damage.meaning) if damage else (refusal.reason, refusal.detail)
        return NotAnArticle(reason, detail), damage
    except Exception as error:  # noqa: BLE001
        return NotAnArticle(Reason.UNREADABLE, f"{type(error).__name__}: {error}"), damage
    return found, damage
