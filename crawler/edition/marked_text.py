"""The whole text of an article, with its dateline, its credits and the media that it quotes marked where they stand."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from crawler.edition.shown_text import shown_paragraph
from crawler.text.agencies import mentions
from crawler.text.fold import fold

TextMark = Literal["", "dateline", "credit", "cited"]
Segment = tuple[TextMark, str]
_Span = tuple[int, int, TextMark]
_OPENING = 3
"""Paragraphs among which the dateline is sought."""
_MOST = 100_000
"""Characters of a text that are shown."""
_AROUND = " \t,.;:!?()[]{}'\"‘’“”।–—-"
_TOKEN = re.compile(r"\S+")


def marked_text(record: dict[str, Any]) -> list[tuple[str, list[Segment]]]:
    """Return each block of a record's body: its kind, and its text in segments, each with its mark."""
    kinds, texts, left = [], [], _MOST
    for block in record["body"]:
        if left > 0:
            kinds.append(block["kind"])
            texts.append(shown_paragraph(block["text"][:left]))
            left -= len(texts[-1])
    spans: list[list[_Span]] = [_quoted(text, record["cited_media"]) for text in texts]
    for index, span in _printed(record, texts):
        spans[index] = [each for each in spans[index] if each[1] <= span[0] or span[1] <= each[0]] + [span]
    return [(kind, _segments(text, its)) for kind, text, its in zip(kinds, texts, spans, strict=True)]


def _printed(record: dict[str, Any], texts: Sequence[str]) -> Iterator[tuple[int, _Span]]:
    """Yield where the dateline and the credits are printed: number of the paragraph, and span in it."""
    if record["dateline"]:
        raw = shown_paragraph(record["dateline"]["raw"])
        for index, text in enumerate(texts[:_OPENING]):
            if raw and (start := text.find(raw)) >= 0:
                yield index, (start, start + len(raw), "dateline")
                break
    for credit in record["credits"]:
        raw, is_inline = shown_paragraph(credit["raw"]), credit["where"] == "inline"
        holding = [index for index, text in enumerate(texts) if raw and raw in text]
        if holding and credit["where"] in ("tail", "inline"):
            index = holding[0 if is_inline else -1]
            start = texts[index].find(raw) if is_inline else texts[index].rfind(raw)
            yield index, (start, start + len(raw), "credit")


def _quoted(text: str, cited: Sequence[str]) -> list[_Span]:
    """Return where media that the text quotes are named; folding keeps the number of words before each."""
    if not cited:
        return []
    tokens, folded = list(_TOKEN.finditer(text)), fold(text)
    spans: list[_Span] = []
    at, before = 0, 0
    for mention in mentions(folded):
        first = before + folded.count(" ", at, mention.start)
        last = first + folded.count(" ", mention.start, mention.end)
        at, before = mention.end, last
        if mention.agency.id in cited and last < len(tokens):
            start, end = _without_marks(text, tokens[first].start(), tokens[last].end())
            if start < end:
                spans.append((start, end, "cited"))
    return spans


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    whole = text[start:end]
    start += len(whole) - len(whole.lstrip(_AROUND))
    return start, start + len(whole.strip(_AROUND))


def _segments(text: str, spans: Sequence[_Span]) -> list[Segment]:
    found: list[Segment] = []
    at = 0
    for start, end, mark in sorted(spans):
        if start < at:
            continue
        if at < start:
            found.append(("", text[at:start]))
        found.append((mark, text[start:end]))
        at = end
    return [*found, ("", text[at:])] if at < len(text) else found
