"""Turn the lines of a page into a body: each is a block of it, junk, or one of the other parts of the article."""

from dataclasses import dataclass, field
from functools import lru_cache

from crawler.items import Block, Related
from crawler.reading.above_body import AboveBody
from crawler.reading.captions import Captions
from crawler.reading.imprint import without_imprint
from crawler.reading.junk import fold_phrase, junk
from crawler.reading.labels import (
    TITLE_TAGS,
    author_openings,
    describes_journalist,
    introduces_author,
    lists_others,
    opens_box,
    opens_comments,
    opens_highlights,
    opens_next,
    opens_summary,
    opens_tags,
)
from crawler.reading.layout import LONGEST_STRAY, Layout, Setting
from crawler.reading.lines import Line
from crawler.reading.main_content import letters
from crawler.reading.notices import without_notice
from crawler.reading.photo_credits import without_photo_mark
from crawler.reading.phrases import (
    ends_post,
    is_credit_like,
    is_end,
    is_junk,
    is_plain_sentence,
    is_pointer,
    is_sentence,
    opens_as_junk,
)
from crawler.reading.posts import Posts
from crawler.reading.promotion import without_promotion
from crawler.reading.related import Pointers
from crawler.reading.repeats import without_repeats
from crawler.reading.subheads import is_subhead, mend_end
from crawler.reading.summaries import end_of_list, end_of_summary
from crawler.text.credit.byline_text import is_byline_row
from crawler.text.credit.disclaimer import read_disclaimer
from crawler.text.date_rows import is_date_row

_SHORTEST_PLAIN = 120
"""A sentence with at least so many characters is no date row, no label, no credit."""
_LONGEST_DOUBTFUL = 450
"""A line with at least so many characters is no label, caption or headline."""
_LONGEST_LABEL = 60
_AROUND_POSTS = ("छोडकर ", "छोडिए ", "पोस्ट ")
"""What the lines around a post of social media on BBC Hindi begin with."""
_OPENING = 40
"""Characters at the beginning of a line by which a paragraph is told from a line that is no text."""
_SURE = 20
"""Characters that are left of these at least when they are folded, and that are compared."""


@dataclass(slots=True)
class Body:
    """The body of a page, with the deck, captions and related articles among its lines."""

    blocks: list[Block] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    captions: list[tuple[str, int]] = field(default_factory=list)
    """Pairs of a caption and the number of pictures before it."""
    deck: str | None = None
    rows: list[str] = field(default_factory=list)
    """Lines before the body with its time, its place and its author."""
    above: list[str] = field(default_factory=list)
    """All short lines before the body, in page order."""
    signed: list[str] = field(default_factory=list)
    """Lines after the body that name its writer or editor: `Edited By: …`."""


def read_body(lines: list[Line], setting: Setting) -> Body:
    """Return the body of these lines; `setting` is what the reader knows of the page."""
    lines = without_imprint(lines)
    reader = _Reader(lines, setting)
    reader.read()
    if not reader.body.blocks:
        # The report consists of list items only, or of titles only.
        reader = _Reader(lines, setting, strict=False)
        reader.read()
    reader.body.blocks = without_repeats(reader.body.blocks)
    mend_end(reader.body.blocks)
    return reader.body


@lru_cache(maxsize=1)
def _usual_openings() -> tuple[str, ...]:
    """Return what lines that are no text may begin with on any page, as far as it is compared."""
    return tuple(text[:_SURE] for text in (*_AROUND_POSTS, *junk().openings_alone))


class _Reader:
    def __init__(self, lines: list[Line], setting: Setting, *, strict: bool = True) -> None:
        self.lines = lines
        self.setting = setting
        self.strict = strict
        self.pointers = Pointers(lines, setting.base)
        self.body = Body(related=self.pointers.related)
        self.started = False
        self.in_tags = False
        self.box_end = -1
        """Index of the last line of the box that is skipped."""
        self.posts = Posts(self.body.blocks, self.body.rows, setting)
        self.layout = Layout(lines, setting)
        self.captions = Captions(self.body.captions, self.layout, setting)
        self.above = AboveBody(lines, self.layout, setting, self.body.rows, strict=strict)
        self.authors = author_openings(setting.not_body)
        self.labels = junk().labels
        own = [text[:_SURE] for text in (*self.authors, *setting.not_body) if text]
        self.openings = (*_usual_openings(), *own)

    def read(self) -> None:
        for number, line in enumerate(self.lines):
            if number <= self.box_end:
                continue
            if self.setting.is_live and self._is_post_time(line):
                continue
            if self._is_plainly_text(number, line):
                is_paragraph = self.started or len(line.text) >= _LONGEST_DOUBTFUL
                printed, line.text = line.text, without_promotion(line.text)
                if line.text and not (
                    self.pointers.take(number, line)
                    or (not is_paragraph and self.above.take(number, line, printed))
                    or self.captions.take_stray(number, line)
                ):
                    self._take(line)
            elif not self._read_doubtful(number, line):
                break
        self.body.deck = self.above.deck

    def _is_post_time(self, line: Line) -> bool:
        is_time = self.posts.take(line)
        self.started = self.started or self.posts.have_begun
        return is_time

    def _is_plainly_text(self, number: int, line: Line) -> bool:
        """Return whether a line is so long that it is a paragraph, or a sentence that begins as no other line does.

        Most lines are, and the other rules cost time.
        """
        text = line.text
        if line.mark is not None or not line.inside or len(text) < _SHORTEST_PLAIN:
            return False
        if len(text) >= _LONGEST_DOUBTFUL:
            return True
        if self.in_tags or line.linked or line.kind == "subhead" or text in self.setting.alts:
            return False
        if not self.started and line.element.tag in TITLE_TAGS:
            return False
        if not is_plain_sentence(text) or self._is_under_last_subhead(number):
            return False
        opening = fold_phrase(text[:_OPENING])
        may_be_other = opening.startswith(self.openings) or opening.partition(" ")[0] in junk().openings
        return len(opening) >= _SURE and not may_be_other

    def _read_doubtful(self, number: int, line: Line) -> bool:
        """Read a line that may be a label, a caption or a link; return whether the report continues."""
        if line.mark is None and len(line.text) > _LONGEST_LABEL and is_pointer(line):
            if not self._is_junk(line, fold_phrase(line.text)):
                self.pointers.take(number, line)
            return True
        printed = line.text
        plain = fold_phrase(printed)
        if not self.started and len(line.text) <= _LONGEST_LABEL:
            self.body.above.append(line.text)
        if self._ends_report(number, line, plain):
            return not self.started
        if ends_post(line.text):
            self._drop_post()
            return True
        is_aside = (
            not plain
            or self.captions.take(number, line)
            or self._is_row(number, line, plain)
            or self._is_tag(line, plain)
            or self._opens_box(number, line, plain)
            or self._is_junk(line, plain)
            or self._ends_author_box(number, line, plain)
            or self.pointers.take(number, line)
            or self._is_before_body(number, line, printed)
            or self.captions.take_stray(number, line)
        )
        if not is_aside:
            self._take(line)
        return True

    def _ends_report(self, number: int, line: Line, plain: str) -> bool:
        if is_end(line.text, plain) or opens_comments(line, plain):
            return True
        if plain not in self.labels:
            return False
        return (lists_others(plain) and not self.layout.is_among(number)) or (
            opens_next(plain) and any(other.kind == "subhead" for other in self.lines[number + 1 : number + 2])
        )

    def _drop_post(self) -> None:
        """Remove the last blocks as long as they belong to an embedded post: quotes, or in another script."""
        blocks = self.body.blocks
        while blocks and (
            blocks[-1].kind == "quote" or blocks[-1].text.startswith(">") or not letters(blocks[-1].text)
        ):
            blocks.pop()

    def _is_row(self, number: int, line: Line, plain: str) -> bool:
        """Return whether a line repeats other fields of the article: headline, author, date; collect it in `rows`."""
        is_above = not self.started or (number <= self.layout.meta_row and line.kind != "subhead")
        if (
            line.mark != "furniture"
            and plain not in self.setting.not_body
            and not (is_above and is_date_row(line.text))
        ):
            return False
        if is_above and line.mark != "related" and len(line.text) < LONGEST_STRAY:
            self.body.rows.append(line.text)
        return not (self.started and read_disclaimer(line.text))

    def _is_tag(self, line: Line, plain: str) -> bool:
        """Return whether a line is a label such as टैग or one of the tags below it."""
        if self.started and plain in self.labels and opens_tags(plain):
            self.in_tags = True
            return True
        self.in_tags = self.in_tags and len(line.text) <= _LONGEST_LABEL and not is_sentence(line.text)
        return self.in_tags and not is_credit_like(line.text)

    def _opens_box(self, number: int, line: Line, plain: str) -> bool:
        """Return whether a line is the label of a box (machine-written summary, podcast, other news); skip the box."""
        is_label = plain in self.labels
        if is_label and not self.started and self.strict and opens_highlights(plain):
            return self._skip_highlights(number)
        is_summary = opens_summary(line.text, plain)
        if not (is_summary or opens_box(line.text, plain) or (is_label and lists_others(plain))):
            return False
        self.box_end = self.layout.end_of_box(number)
        if self.box_end == number:
            self.box_end = (end_of_summary if is_summary else end_of_list)(self.lines, number)
        if self.box_end == number and any(
            describes_journalist(below.text, fold_phrase(below.text)) for below in self.lines[number + 1 : number + 2]
        ):
            self.box_end += 1
        return True

    def _skip_highlights(self, number: int) -> bool:
        """Skip an editor's summary above the body, which may be the deck; return whether the label has one below it."""
        end = self.above.take_highlights(number)
        self.box_end = max(self.box_end, end)
        return end > number

    def _is_junk(self, line: Line, plain: str) -> bool:
        if opens_as_junk(plain) and len(line.text) < LONGEST_STRAY and is_byline_row(line.text):
            (self.body.signed if self.started else self.body.rows).append(line.text)
            return True
        if self.started and introduces_author(line.text, plain, self.authors):
            return True
        if is_junk(line, plain):
            return not (self.started and read_disclaimer(line.text))
        line.text = without_promotion(line.text, is_linked=line.linked > 0)
        return not line.text

    def _ends_author_box(self, number: int, line: Line, plain: str) -> bool:
        """Return whether the last paragraph introduces the person whose name is the subhead above it; drop that too."""
        if not self._is_under_last_subhead(number):
            return False
        name = fold_phrase(self.body.blocks[-1].text)
        if not introduces_author(line.text, plain, author_openings(frozenset((name,)))):
            return False
        self.body.blocks.pop()
        return True

    def _is_under_last_subhead(self, number: int) -> bool:
        """Return whether a line directly follows a subhead, and no sentence follows the line."""
        return bool(self.body.blocks) and self.body.blocks[-1].kind == "subhead" and self.layout.is_last(number)

    def _is_before_body(self, number: int, line: Line, printed: str) -> bool:
        if self.started:
            return line.mark == "deck" and line.kind != "subhead"
        return self.above.take(number, line, printed)

    def _take(self, line: Line) -> None:
        text = without_notice(without_photo_mark(self.pointers.cut(line)))
        if not text:
            return
        kind = line.kind
        if self.started and kind == "paragraph" and line.bold and is_subhead(text):
            kind = "subhead"
        self.started = self.started or kind != "subhead"
        self.body.blocks.append(Block(kind=kind, text=text))
