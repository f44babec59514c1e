"""Explain, for `scrapy explain` only, why each agency that a report names is or is not a credit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.text.agencies import Mention, mentions
from crawler.text.credit.cited import read_source_cue
from crawler.text.credit.search import head_sign_offs, inline_sign_offs, tail_sign_offs
from crawler.text.credit.signoff import is_about_picture
from crawler.text.dateline.opening import Opening
from crawler.text.desks import is_desk
from crawler.text.fold import fold

_CLOSING_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{1,40})[)\]][।.\s]*$")
_LATIN = re.compile(r"[A-Za-z ./]+")
_LAST = 2
"""Lines at the end whose last brackets are explained even if they name no agency."""
_AROUND = 40  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsideredCredit:
    """Words that might be a credit, with the verdict and its reason."""

    raw: str
    """The words as printed."""
    line: int
    """Index of the line that holds them."""
    accepted: bool
    why: str
    """The rule that accepted them, or the reason for which they are refused."""


def consider_credits(lines: Sequence[str], opening: Opening) -> Iterator[ConsideredCredit]:
    """Yield the accepted credits, then the refused ones, each group in the order of the text.

    `lines` are the texts of the report's blocks; `opening` is the result of `read_opening`.
    """
    for _, raw in opening.agencies:
        yield ConsideredCredit(raw=raw, line=opening.line, accepted=True, why="agency of the dateline")
    tail = sorted(tail_sign_offs(lines, opening), key=lambda found: found[0])
    end = tail[0][0] if tail else len(lines)
    head = list(head_sign_offs(lines[:end], opening))
    inline = [found for found in inline_sign_offs(lines, end) if found[0] not in {number for number, _ in head}]
    signed = [*head, *inline, *tail]
    for number, sign_off in signed:
        yield ConsideredCredit(raw=sign_off.raw, line=number, accepted=True, why=sign_off.rule)
    taken = [(number, sign_off.start, sign_off.start + len(sign_off.raw)) for number, sign_off in signed]
    taken.append((opening.line, 0, opening.offset))
    for number, line in enumerate(lines):
        if number >= opening.line:
            spans = [(start, end) for where, start, end in taken if where == number]
            yield from _refused(line, number, spans, is_last=number >= len(lines) - _LAST)


def _refused(line: str, number: int, taken: list[tuple[int, int]], *, is_last: bool) -> Iterator[ConsideredCredit]:
    folded, named = fold(line), 0
    for mention in mentions(folded):
        start, end = _offset(line, mention.start), _offset(line, mention.end)
        if any(first <= start < last for first, last in taken):
            continue
        is_bracketed = line[:start].endswith(("(", "["))
        if mention.agency.kind == "unnamed" and not is_bracketed:
            continue
        named = end
        raw = line[start - 1 : end + 1] if is_bracketed else line[start:end]
        yield ConsideredCredit(raw=raw.strip(), line=number, accepted=False, why=_reason(mention, folded))
    closing = _CLOSING_BRACKET.search(line, max(0, len(line) - 2 * _AROUND)) if is_last else None
    if closing and named <= closing.start() and not any(first <= closing.start() < last for first, last in taken):
        is_own = is_desk(closing[1], bracketed=True)
        why = "the newsroom's own desk" if is_own else "no agency of that name in agencies.toml"
        yield ConsideredCredit(raw=closing[0].strip(), line=number, accepted=False, why=why)


def _reason(mention: Mention, folded: str) -> str:
    after = folded[mention.end : mention.end + 2 * _AROUND]
    cue = read_source_cue(after)
    if cue:
        return f"inside a sentence, followed by {cue}: quoted as a source"
    if not mention.agency.may_credit:
        return "a medium that is only ever quoted, never credited"
    if is_about_picture(folded[max(0, mention.start - _AROUND) : mention.start]):
        return "the credit of a picture"
    words = after.lstrip(" )]'\"").split()[:2]
    if mention.is_trap:
        return f"{folded[mention.start : mention.end]} means something else as well, and nothing shows the agency"
    if _LATIN.fullmatch(folded[mention.start : mention.end]) and not words:
        return "Latin letters after a report without a dateline: initials of a sub-editor"
    return f"inside a sentence, followed by {' '.join(words)}" if words else "part of the sentence before it"


def _offset(line: str, folded_offset: int) -> int:
    """Return the index of the character of `line` that stands at index `folded_offset` of `fold(line)`."""
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if len(fold(line[:middle])) <= folded_offset:
            low = middle
        else:
            high = middle - 1
    return low
