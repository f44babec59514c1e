"""Choose the body of an article: selectors, the generic reader, JSON-LD, app data, trafilatura."""

from dataclasses import dataclass, replace
from itertools import islice

from crawler.items import Source
from crawler.reading.blocks import Body, read_body
from crawler.reading.boxes import calls_to_register, comments, other_reports, skipped_boxes, summaries_of_buttons
from crawler.reading.designs import junk_elements
from crawler.reading.fallback import json_ld_lines, last_resort_lines, most_in_json_ld, read_app_lines
from crawler.reading.junk import fold_phrase
from crawler.reading.layout import Setting
from crawler.reading.lines import Line, Passage
from crawler.reading.main_content import Mass, continuations, joining, large_elements
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design
from crawler.reading.tree import Element
from crawler.reading.walk import read_passage

_CROSS_CHECK = 300
"""Characters of the shortest `articleBody` that a body is compared with."""
_TOO_LITTLE = 0.5
"""A body with less than this share of the characters in `articleBody` is incomplete."""


@dataclass(slots=True)
class Report:
    """The body of an article, its source, and the lines and pictures that it was read from."""

    body: Body
    passage: Passage
    source: Source
    top: Element | None = None
    """The lowest element around headline and body; None if the body is not from the page's elements."""
    disagreement: bool = False
    """Whether two readers found different bodies, or only the last resort found one."""


def read_report(
    page: Sources,
    design: Design | None,
    found: list[Element],
    mass: Mass,
    container: Element | None,
    known: list[str],
) -> Report | None:
    """Return the report of a page, or None if no reader finds one.

    `found` are the body's elements by the design's selectors, `container` is the body's element by the generic reader,
    `mass` its measure. `known` holds texts that are not part of a body: headline, bylines, titles.
    """
    printed = _selected(page, design, found, mass, known, container) or _generic(page, design, mass, known, container)
    if printed and _size(printed.body) >= _TOO_LITTLE * most_in_json_ld(page.node):
        return printed
    lines = json_ld_lines(page.node)
    size = sum(len(line.text) for line in lines)
    if printed and not (size >= _CROSS_CHECK and _size(printed.body) < _TOO_LITTLE * size):
        return printed
    in_json_ld = _of_lines(page, lines, known, "json-ld")
    if printed:
        return _completed(printed, in_json_ld) if in_json_ld else printed
    last = in_json_ld or _of_lines(page, read_app_lines(page.root), known, "generic")
    if last is None:
        last = _of_lines(page, last_resort_lines(page.root, page.url), known, "generic")
        if last:
            last.disagreement = True
    return last


def _completed(printed: Report, in_json_ld: Report) -> Report:
    """Return the body of JSON-LD with the deck, rows, captions and related articles of the incomplete printed body."""
    around = printed.body
    body = replace(
        in_json_ld.body,
        deck=around.deck,
        related=around.related or in_json_ld.body.related,
        rows=around.rows,
        above=around.above,
        captions=around.captions,
    )
    return replace(printed, body=body, source=in_json_ld.source, disagreement=True)


def _size(body: Body) -> int:
    return sum(len(block.text) for block in body.blocks)


def _setting(page: Sources, known: list[str], container: Element | None, passage: Passage) -> Setting:
    description = page.description
    return Setting(
        base=page.base,
        container=container,
        not_body=frozenset(fold_phrase(text) for text in known),
        alts=frozenset(" ".join((picture.get("alt") or "").split()) for picture in passage.pictures) - {""},
        description=fold_phrase(description) if description else None,
        is_live=page.is_live,
        now=page.fetched_at,
        zone=page.zone,
    )


def _selected(
    page: Sources,
    design: Design | None,
    found: list[Element],
    mass: Mass,
    known: list[str],
    container: Element | None,
) -> Report | None:
    if not found or design is None:
        return None
    top = joining(found[0], page.h1)
    others = _others(page, top)
    keep = (large_elements(mass) - others) | set(found)
    junk = junk_elements(page.root, top if len(found) == 1 else page.root, design.junk) | others
    passage = read_passage(top, keep=keep, junk=junk, after=_headline_below(top, page.h1), container=found[0])
    for part in found[1:]:
        _append(passage, read_passage(part, keep=keep, junk=junk))
    body = read_body(passage.lines, _setting(page, known, found[0] if len(found) == 1 else None, passage))
    if not body.blocks:
        return None
    return Report(body, passage, "selector", top, container is not None and _disagree(found, container, mass))


def _others(page: Sources, top: Element) -> frozenset[Element]:
    """Return the elements below `top` that are not the report: boxes to skip, comments, other reports."""
    appended = frozenset() if page.is_live else other_reports(page.h1, page.title)
    return appended | skipped_boxes(top) | comments(top) | summaries_of_buttons(top) | calls_to_register(top)


def _append(passage: Passage, further: Passage) -> None:
    for line in further.lines:
        line.pictures += len(passage.pictures)
    passage.lines += further.lines
    passage.pictures += further.pictures


def _generic(
    page: Sources, design: Design | None, mass: Mass, known: list[str], container: Element | None
) -> Report | None:
    if container is None:
        return None
    top = joining(container, page.h1)
    others = _others(page, top)
    junk = junk_elements(page.root, top, design.junk if design else None) | others
    keep = large_elements(mass) - others
    passage = read_passage(top, keep=keep, junk=junk, after=_headline_below(top, page.h1), container=container)
    for part in continuations(container, mass) if container is not top else []:
        if others.isdisjoint((part, *part.iterancestors())):
            _append(passage, read_passage(part, keep=keep, junk=junk))
    body = read_body(passage.lines, _setting(page, known, container, passage))
    return Report(body, passage, "generic", top) if body.blocks else None


def _of_lines(page: Sources, lines: list[Line], known: list[str], source: Source) -> Report | None:
    passage = Passage(lines)
    body = read_body(lines, _setting(page, known, None, passage)) if lines else Body()
    return Report(body, passage, source) if body.blocks else None


def _headline_below(top: Element, headline: Element | None) -> Element | None:
    if headline is None or not any(ancestor is top for ancestor in headline.iterancestors()):
        return None
    return headline


def _disagree(selected: list[Element], container: Element, mass: Mass) -> bool:
    """Return whether the selected body and the generic reader's are apart, or one has twice the other's text."""
    there = mass.total.get(container, 0)
    here = sum(mass.total.get(element, 0) for element in selected)
    above = {container, *container.iterancestors()}
    inside = any(element in above for element in selected)
    around = any(container in islice(element.iterancestors(), 200) for element in selected)
    return not (inside or around) or here < 0.5 * there or there < 0.5 * here
