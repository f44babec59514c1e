"""The report of a gallery: its text is the captions of its pictures; on other pages they are not part of the text."""

from dataclasses import replace

from crawler.items import Block
from crawler.reading.blocks import Body
from crawler.reading.body import Report
from crawler.reading.images import part_caption
from crawler.reading.kind import is_gallery_page
from crawler.reading.lines import Line, Passage
from crawler.reading.metadata import Sources
from crawler.reading.subheads import mend_end
from crawler.reading.tree import Element
from crawler.reading.walk import read_passage

_FEWEST = 3
"""Captions of a gallery."""
_MOSTLY = 2
"""A page that does not call itself a gallery is one if its captions are this many times as long as its text."""
_SHORTEST = 20
_HIGHEST = 8
"""How far above the headline the element stands that holds all pictures."""


def with_captions(page: Sources, report: Report | None) -> Report | None:
    """Return the report of a gallery with the captions among its text; any other report as it is, also None.

    The credit of a picture is not part of the text, nor is the caption of a picture that leads to another article.
    """
    passage = report.passage if report else _pictures_after(page.h1, page.root)
    captions = [line for line in passage.lines if _is_own_caption(line)]
    if len(captions) < _FEWEST:
        return report
    texts = [block.text for block in report.body.blocks] if report else []
    if not is_gallery_page(page) and _size(captions) < _MOSTLY * sum(map(len, texts)):
        return report
    body = report.body if report else Body(captions=[(line.text, line.pictures) for line in captions])
    whole = replace(body, blocks=_in_page_order(passage, body.blocks, captions))
    mend_end(whole.blocks)
    return replace(report, body=whole) if report else Report(whole, passage, "generic", page.h1)


def is_told_by_captions(body: Body) -> bool:
    """Return whether captions are part of a body, as `with_captions` leaves it."""
    if len(body.captions) < _FEWEST:
        return False
    captions = {part_caption(text)[0] for text, _ in body.captions}
    return sum(block.text in captions for block in body.blocks) >= _FEWEST


def _pictures_after(h1: Element | None, root: Element) -> Passage:
    """Return the smallest part of a page around its headline that holds captions."""
    *tops, widest = [*(h1.iterancestors() if h1 is not None else ())][:_HIGHEST] or [root]
    passage = _after(h1, widest)
    if not _holds_captions(passage):
        return passage  # nor do the smaller ones
    return next(filter(_holds_captions, (_after(h1, top) for top in tops)), passage)


def _after(h1: Element | None, top: Element) -> Passage:
    return read_passage(top, keep=frozenset(), junk=frozenset(), after=h1)


def _holds_captions(passage: Passage) -> bool:
    return sum(map(_is_own_caption, passage.lines)) >= _FEWEST


def _is_own_caption(line: Line) -> bool:
    return line.mark == "caption" and not line.linked and len(line.text) >= _SHORTEST


def _size(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _in_page_order(passage: Passage, blocks: list[Block], captions: list[Line]) -> list[Block]:
    """Return blocks and captions as they follow each other on the page; blocks that stand on no line come first."""
    lines = {line.text for line in passage.lines}
    waiting = {block.text: block for block in blocks}
    ordered = [block for block in blocks if block.text not in lines]
    for line in passage.lines:
        if line.text in waiting:
            ordered.append(waiting.pop(line.text))
        elif any(line is caption for caption in captions) and (text := part_caption(line.text)[0]):
            ordered.append(Block(kind="paragraph", text=text))
    return list(dict.fromkeys(ordered))
