"""Lines to a body: junk out, links to other articles into `related`, captions to the images."""

import re
from dataclasses import dataclass, field

from crawler.items import Block, Related
from crawler.reading.address import absolute_url
from crawler.reading.junk import folded, junk
from crawler.reading.lines import Line

_SENTENCE_END = re.compile(r"[।.!?…॥][\s'\"’”)\]]*$|[:：]-?$")
_PHOTO_CREDIT = re.compile(
    r"[\s(\[|-]*[(\[]?\s*(?:file\s+)?(?:photo|image|pic|picture|फोटो|फ़ोटो|तस्वीर|इमेज|साभार)\s*(?:credit|courtesy|साभार|स्रोत|source)?"
    r"\s*[:：/–—-]+\s*(?P<credit>[^()\[\]]{2,60}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_TWEET = re.compile(r"pic\.twitter\.com/|^>?\s*[—–-]\s.{2,60}\(@\w+\)|^https?://\S+$")
_DATE_ROW = re.compile(
    r"(?:\b(?:19|20)\d{2}\b.*\bIST\b)|\bपब्लिश|^(?:updated|published|publish date|last updated|प्रकाशित|अपडेटेड)\b", re.I
)


@dataclass(slots=True)
class Body:
    """What the lines of a page hold."""

    blocks: list[Block] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    deck: str | None = None


def read_body(lines: list[Line], base: str, *, not_body: frozenset[str], captions: frozenset[str]) -> Body:
    """Return the body that these lines make.

    `not_body` are folded texts that stand elsewhere in the article (headline, bylines); `captions` folded texts
    of the images.
    """
    body = Body()
    pointing = False
    started = False
    for line in lines:
        plain = folded(line.text)
        if _is_end(plain, line.text):
            break
        if not plain and not _is_mark(line.text):
            continue
        if line.mark == "caption" or plain in captions or (_PHOTO_CREDIT.search(line.text) and len(line.text) < 250):
            body.captions.append(line.text)
            continue
        if line.mark == "deck" and not started:
            body.deck = body.deck or line.text
            continue
        if plain in not_body or _is_junk(line, plain, started):
            continue
        marker = _marker(plain)
        if marker is not None:
            pointing = len(plain) <= len(marker) + 2
            rest = line.text[_cut_length(line.text, marker) :].strip(" :：-–—|")
            if line.links:
                _point(body, line, base)
            elif rest:
                body.related.append(Related(title=rest))
            continue
        if line.mark == "related" or _is_pointer(line):
            _point(body, line, base)
            continue
        if pointing:
            if _is_title(line):
                body.related.append(Related(title=line.text))
                continue
            pointing = False
        if not started and line.kind == "subhead" and len(line.text) > 40:
            body.deck = body.deck or line.text
            continue
        if not started and line.kind == "list_item":
            continue
        text = _without_pointer(line, body, base)
        started = started or line.kind != "subhead"
        kind = "subhead" if _is_subhead(line) else line.kind
        body.blocks.append(Block(kind=kind, text=text))
    _drop_trailing_heads(body)
    return body


def _is_mark(text: str) -> bool:
    return False


def _is_end(plain: str, text: str) -> bool:
    if text.startswith("--") and "समाप्त" in text:
        return True
    return len(plain) < 60 and any(
        plain == phrase or (phrase.isascii() and plain.startswith(phrase)) for phrase in junk().end
    )


def _is_junk(line: Line, plain: str, started: bool) -> bool:
    words = junk()
    if plain in words.line or plain.startswith(words.start):
        return True
    if _TWEET.search(line.text):
        return True
    if not started and len(line.text) < 120 and _DATE_ROW.search(line.text):
        return True
    return bool(len(line.text) < 400 and words.promo.search(plain) and (line.linked or len(line.text) < 250))


def _marker(plain: str) -> str | None:
    for phrase in junk().also_read:
        if plain.startswith(phrase) and (len(plain) == len(phrase) or plain[len(phrase)] == " "):
            if phrase == "पढें" and len(plain) > len(phrase) + 100:
                continue
            return phrase
    return None


def _cut_length(text: str, marker: str) -> int:
    for size in range(len(marker), len(text) + 1):
        if folded(text[:size]) == marker and (size == len(text) or not ("\u0900" <= text[size] <= "\u0963")):
            return size
    return len(text)


def _is_pointer(line: Line) -> bool:
    return (
        line.linked > 0.85 * len(line.text.replace(" ", ""))
        and len(line.text) > 3
        and line.linked > 0
        and line.linked >= 0.85 * len(line.text)
    )


def _is_title(line: Line) -> bool:
    return len(line.text) <= 200 and not _SENTENCE_END.search(line.text)


def _is_subhead(line: Line) -> bool:
    if line.kind == "subhead":
        return True
    return (
        line.kind == "paragraph"
        and line.bold
        and 8 <= len(line.text) <= 140
        and not line.text.endswith(("।", ".", ")"))
    )


def _point(body: Body, line: Line, base: str) -> None:
    for title, href in line.links:
        url = absolute_url(href, base)
        if len(title.split()) >= 3 and url:
            body.related.append(Related(title=title, url=url))


def _without_pointer(line: Line, body: Body, base: str) -> str:
    """Cut `इसे भी पढ़ें: <link>` off the end of a paragraph."""
    if not line.links:
        return line.text
    title, href = line.links[-1]
    if not title or not line.text.endswith(title):
        return line.text
    before = line.text[: -len(title)].rstrip(" :：-–—|")
    for size in range(1, 30):
        marker = _marker(folded(before[-size:]))
        if marker and folded(before[-size:]) == marker and before[-size - 1 : -size] in ("", " ", "।", "."):
            body.related.append(Related(title=title, url=absolute_url(href, base)))
            return before[:-size].rstrip(" (|-–—")
    return line.text


def _drop_trailing_heads(body: Body) -> None:
    while body.blocks and body.blocks[-1].kind == "subhead":
        body.blocks.pop()
