"""Lines to a body: junk out, pointers to other articles into `related`, captions to the pictures."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from crawler.items import Block, Related
from crawler.reading.junk import folded
from crawler.reading.lines import Line
from crawler.reading.main_content import letters
from crawler.reading.phrases import (
    ends_post,
    introduces_author,
    is_clock,
    is_credit_like,
    is_date_row,
    is_end,
    is_junk,
    is_pointer,
    is_sentence,
    opens_as_junk,
    opens_comments,
    opens_summary,
    opens_tags,
    photo_credit,
)
from crawler.reading.promotion import without_promotion
from crawler.reading.related import Pointers
from crawler.reading.repeats import without_repeats
from crawler.reading.tree import Element
from crawler.text.credit.byline_text import is_byline_row
from crawler.text.credit.disclaimer import read_disclaimer

_LONGEST_SUBHEAD = 140
_SHORTEST_DECK = 40
_LONGEST_STRAY = 200
_LONGEST_DOUBTFUL = 450
"""Characters of a line above which it is no label, caption or headline."""
_LONGEST_LABEL = 60
_MOSTLY = 0.7
_LEAVES = frozenset(("p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "dd", "pre"))


@dataclass(slots=True)
class Body:
    """What the lines of a page hold."""

    blocks: list[Block] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    captions: list[tuple[str, int]] = field(default_factory=list)
    """Text of a caption, and how many pictures stand before it."""
    deck: str | None = None
    rows: list[str] = field(default_factory=list)
    """Lines before the body that print its time, its place and its author."""
    signed: list[str] = field(default_factory=list)
    """Lines behind it that print who wrote or edited it: `Edited By: …`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of a page before its lines are judged."""

    base: str
    container: Element | None
    not_body: frozenset[str]
    """Folded texts that stand elsewhere in the article: its headline, its bylines."""
    alts: frozenset[str]
    """The `alt` texts of the pictures, which captions repeat."""
    description: str | None
    """The page's own description, folded."""
    is_live: bool = False
    """Whether the page is a live blog: the times of its entries are kept, as subheads."""


def read_body(lines: list[Line], setting: Setting) -> Body:
    """Return the body, the deck, the captions and the pointers that these lines make."""
    reader = _Reader(lines, setting)
    reader.read()
    if not reader.body.blocks:
        # A report made of list items alone, or of titles alone.
        reader = _Reader(lines, setting, strict=False)
        reader.read()
    reader.body.blocks = without_repeats(reader.body.blocks)
    return reader.body


class _Reader:
    def __init__(self, lines: list[Line], setting: Setting, *, strict: bool = True) -> None:
        self.lines = lines
        self.setting = setting
        self.strict = strict
        self.pointers = Pointers(lines, setting.base)
        self.body = Body(related=self.pointers.related)
        self.started = False
        self.in_tags = self.in_summary = False
        self.clock = -1
        """Number of blocks when the last time of an entry was read."""
        self.in_paragraphs = not setting.is_live and _in_paragraphs(lines)
        self.meta_row = _meta_row(lines, setting)
        self.parents = {line.element.getparent() for line in lines if line.element.tag == "p"} - {None}

    def read(self) -> None:
        for number, line in enumerate(self.lines):
            if self.setting.is_live and is_clock(line.text):
                self._take_clock(line.text)
            elif _is_plainly_text(line):
                line.text = without_promotion(line.text)
                if not self.pointers.take(number, line):
                    self._take(line)
            elif not self._read_doubtful(number, line):
                break
        _mend_end(self.body.blocks)

    def _take_clock(self, text: str) -> None:
        """Take the time of a live blog's entry; a time that another follows is the page's own."""
        if self.clock == len(self.body.blocks):
            self.body.rows.append(self.body.blocks.pop().text)
        self.body.blocks.append(Block(kind="subhead", text=text))
        self.clock = len(self.body.blocks)
        self.started = True

    def _read_doubtful(self, number: int, line: Line) -> bool:
        """Read a line that may be a label, a caption or a pointer; say whether the report goes on."""
        if line.mark is None and len(line.text) > _LONGEST_LABEL and is_pointer(line):
            if not self._is_junk(line, folded(line.text)):
                self.pointers.take(number, line)
            return True
        plain = folded(line.text)
        if is_end(line.text, plain) or opens_comments(line, plain):
            return not self.started
        if ends_post(line.text):
            self._drop_post()
            return True
        is_aside = (
            not plain
            or self._is_caption(number, line)
            or self._is_row(line, plain)
            or self._is_tag(line, plain)
            or self._is_summary(line, plain)
            or self._is_junk(line, plain)
            or self.pointers.take(number, line)
            or self._is_before_body(number, line, plain)
            or self._is_stray(number, line)
        )
        if not is_aside:
            self._take(line)
        return True

    def _drop_post(self) -> None:
        """Take back the lines of an embedded post: quoted, or in another script than the report."""
        blocks = self.body.blocks
        while blocks and (
            blocks[-1].kind == "quote" or blocks[-1].text.startswith(">") or not letters(blocks[-1].text)
        ):
            blocks.pop()

    def _is_row(self, line: Line, plain: str) -> bool:
        """Take what stands elsewhere in the article: its headline again, its author, its date."""
        if (
            line.mark != "furniture"
            and plain not in self.setting.not_body
            and (self.started or not is_date_row(line.text))
        ):
            return False
        if not self.started and len(line.text) < _LONGEST_STRAY:
            self.body.rows.append(line.text)
        return not (self.started and read_disclaimer(line.text))

    def _is_tag(self, line: Line, plain: str) -> bool:
        """Take the short lines under a label such as टैग: they are words, not credits."""
        if self.started and opens_tags(plain):
            self.in_tags = True
            return True
        self.in_tags = self.in_tags and len(line.text) <= _LONGEST_LABEL and not is_sentence(line.text)
        return self.in_tags and not is_credit_like(line.text)

    def _is_summary(self, line: Line, plain: str) -> bool:
        """Take the list under the label of a summary that a machine wrote."""
        if opens_summary(plain):
            self.in_summary = True
            return True
        self.in_summary = self.in_summary and line.kind == "list_item"
        return self.in_summary

    def _is_junk(self, line: Line, plain: str) -> bool:
        if is_byline_row(line.text) and len(line.text) < _LONGEST_STRAY and opens_as_junk(plain):
            (self.body.signed if self.started else self.body.rows).append(line.text)
            return True
        if self.started and introduces_author(line.text, plain, self.setting.not_body):
            return True
        if is_junk(line, plain):
            return not (self.started and read_disclaimer(line.text))
        line.text = without_promotion(line.text, is_linked=line.linked > 0)
        return not line.text

    def _is_caption(self, number: int, line: Line) -> bool:
        printed = photo_credit(line.text)
        is_alt = line.text in self.setting.alts and line.kind != "subhead"
        if line.mark is None and printed and not printed[1] and self._is_paragraph(number, line, printed[0]):
            line.text = printed[0]  # a paragraph that ends in (फाइल फोटो)
            return False
        if line.mark == "caption" or is_alt or printed or self._is_under_picture(number, line):
            self.body.captions.append((line.text, line.pictures))
            return True
        return False

    def _is_paragraph(self, number: int, line: Line, text: str) -> bool:
        """Say whether what stands before a photo mark is a paragraph, not the caption of the picture right above it."""
        return is_sentence(text) and (len(text) > _LONGEST_STRAY or not self._follows_picture(number, line))

    def _is_under_picture(self, number: int, line: Line) -> bool:
        """Say whether a short line that is no sentence stands in one element with the picture right before it."""
        return (
            line.mark is None
            and line.kind == "paragraph"
            and not line.linked
            and line.element is not self.setting.container
            and line.element not in self.parents
            and self._follows_picture(number, line)
            and not is_sentence(line.text)
            and not is_credit_like(line.text)
            and next(line.element.iter("img", "amp-img"), None) is not None
        )

    def _follows_picture(self, number: int, line: Line) -> bool:
        return line.pictures > (self.lines[number - 1].pictures if number else 0)

    def _is_before_body(self, number: int, line: Line, plain: str) -> bool:
        """Judge a line before the first paragraph: deck, date row, share bar or list of highlights."""
        if self.started:
            return line.mark == "deck" and line.kind != "subhead"
        if line.mark == "deck":
            self._offer_deck(line)
            return True
        if not line.inside or number < self.meta_row:
            if number + 1 == self.meta_row and len(line.text) <= _LONGEST_LABEL:
                self.body.rows.append(line.text)  # a place above its time of update: जकार्ता
            self._offer_deck(line)
            return True
        if line.kind == "paragraph" and plain == self.setting.description and self._stands_apart(number, line):
            self._offer_deck(line)
            return True
        if line.kind == "subhead" and (len(line.text) > _SHORTEST_DECK or plain == self.setting.description):
            self._offer_deck(line)
            return True
        return line.kind == "list_item" and self.strict and not self.setting.is_live

    def _stands_apart(self, number: int, line: Line) -> bool:
        """Say whether the paragraphs after a line stand in another element than it does."""
        place = bisect_right(self._sentences, number)
        if place == len(self._sentences):
            return False
        mine, other = line.element.getparent(), self.lines[self._sentences[place]].element.getparent()
        if mine is not None and other is not None and len(mine) == len(other) == 1:
            return mine.getparent() is not other.getparent()  # each paragraph has a wrapper of its own
        return other is not mine

    @cached_property
    def _sentences(self) -> list[int]:
        return [at for at, line in enumerate(self.lines) if line.kind == "paragraph" and is_sentence(line.text)]

    def _offer_deck(self, line: Line) -> None:
        if self.body.deck is None and len(line.text) >= _SHORTEST_DECK and line.kind != "list_item":
            self.body.deck = line.text

    def _is_stray(self, number: int, line: Line) -> bool:
        """Say whether a short line stands in a `div` of its own among the paragraphs: a label or a bare caption."""
        if not self.in_paragraphs or line.element.tag in _LEAVES or line.element is self.setting.container:
            return False
        if line.element in self.parents:
            return False  # loose text directly between paragraphs
        is_among = line.element.getparent() in self.parents and not line.linked
        if is_among and is_sentence(line.text) and not self._follows_picture(number, line):
            return False
        return len(line.text) < _LONGEST_STRAY and not is_credit_like(line.text)

    def _take(self, line: Line) -> None:
        text = self.pointers.cut(line)
        if not text:
            return
        kind = line.kind
        if self.started and kind == "paragraph" and line.bold and _is_subhead(text):
            kind = "subhead"
        self.started = self.started or kind != "subhead"
        self.body.blocks.append(Block(kind=kind, text=text))


def _is_plainly_text(line: Line) -> bool:
    return len(line.text) >= _LONGEST_DOUBTFUL and line.mark is None and line.inside


def _is_subhead(text: str) -> bool:
    return 3 <= len(text) <= _LONGEST_SUBHEAD and not text.endswith(("।", ".", ")", "]")) and not is_credit_like(text)


def _in_paragraphs(lines: list[Line]) -> bool:
    """Say whether nearly all text of a body stands in `p` and not in `div`s."""
    in_p = in_all = 0
    for line in lines:
        if line.inside and line.mark is None and not is_pointer(line):
            size = len(line.text)
            in_all += size
            in_p += size if line.element.tag in _LEAVES else 0
    return in_p >= _MOSTLY * in_all


def _meta_row(lines: list[Line], setting: Setting) -> int:
    """Return the number of the last date or byline row that stands before the second paragraph; -1 for none."""
    last = clock = -1
    sentences = 0
    for number, line in enumerate(lines[:60]):
        if line.mark == "related" or (sentences and number and is_pointer(lines[number - 1])):
            continue  # the time of another article
        if (
            line.mark == "furniture"
            or is_date_row(line.text)
            or (number and len(line.text) < _LONGEST_STRAY and folded(line.text) in setting.not_body)
        ):
            last = number
            clock = number if setting.is_live and is_clock(line.text) else clock
        elif (
            is_sentence(line.text)
            and line.kind in ("paragraph", "list_item")
            and line.mark is None
            and not photo_credit(line.text)
        ):
            sentences += 1
            if sentences == 2 or clock >= 0:  # an entry of a live blog stands under its time
                break
    return last


def _mend_end(blocks: list[Block]) -> None:
    """Drop headings that nothing follows."""
    while len(blocks) > 1 and blocks[-1].kind == "subhead":
        last = blocks.pop()
        if is_sentence(last.text) or is_credit_like(last.text):
            blocks.append(Block(kind="paragraph", text=last.text))
            return
