"""Score readings of whole pages: headline, publication time, words and 4-word runs of the body, exact bodies, junk."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\s।,.:;!?'\"‘’“”()\[\]\-–—|/*]+")
"""A word: what is neither white space nor punctuation, so that extractors that change punctuation score alike."""
_MARK = re.compile(r"^(?:## |- |> )")
"""The mark in a label of a subhead, a list item or a quote, as in Markdown."""
_RUN = 4
"""Words per run of `Scores.shingle_f1`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The right answer for one page."""

    file: Path
    url: str
    headlines: tuple[str, ...]
    """Accepted headlines."""
    body: tuple[str, ...]
    published_at: str | None = None
    optional: tuple[str, ...] = ()
    """Lines that a body may have or lack."""
    must_not: tuple[str, ...] = ()
    """Texts that a body must not contain, such as related headlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The result of one reader for one page."""

    headline: str | None = None
    published_at: str | None = None
    body: tuple[str, ...] = ()


@dataclass(slots=True)
class Scores:
    """Scores of one reader on a set of pages, from 0 to 1; all but `junk` are better if higher."""

    pages: int = 0
    headline: float = 0.0
    """Share of pages with the right headline, white space aside."""
    published: float = 0.0
    """Share of dated pages with the right minute."""
    word_f1: float = 0.0
    """Mean F1 of the words of a body."""
    shingle_f1: float = 0.0
    """Mean F1 of the runs of four words of a body."""
    exact: float = 0.0
    """Share of bodies that have exactly the right words."""
    worst: float = 1.0
    """Lowest F1 of four-word runs of any page."""
    worst_page: str = ""
    junk: float = 0.0
    """Share of the forbidden texts that the bodies contain."""
    misses: list[str] = field(default_factory=list)
    """The pages with a wrong headline, for people."""


def read_labels(folder: Path) -> list[Label]:
    """Return the labels in the file `labels.jsonl` of a folder of pages."""
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [_label(folder, json.loads(line)) for line in lines if line.strip()]


def _label(folder: Path, row: dict[str, Any]) -> Label:
    other = row.get("headline_alt") or []
    return Label(
        file=folder / row["file"],
        url=row["url"],
        headlines=(row["headline"], *([other] if isinstance(other, str) else other)),
        body=tuple(_MARK.sub("", line) for line in row["body"]),
        published_at=row.get("published_at"),
        optional=tuple(row.get("optional") or ()),
        must_not=tuple(row.get("must_not") or ()),
    )


def read_fixtures(folder: Path) -> list[Label]:
    """Return the project's own fixture pages as labels."""
    labels = []
    for file in sorted(folder.glob("*/*.html")):
        pair = file.with_suffix(".json")
        row = json.loads(pair.read_text(encoding="utf-8")) if pair.exists() else {}
        if "article" in row:
            article = row["article"]
            labels.append(
                Label(
                    file=file,
                    url=row["page"]["url"],
                    headlines=(article["headline"],),
                    body=tuple(block["text"] for block in article["body"]),
                    published_at=article["published_at"] or article["published_on"],
                    must_not=tuple(link["title"] for link in article["related"]),
                )
            )
    return labels


def score(labels: Sequence[Label], readings: Sequence[Reading]) -> Scores:
    """Return the scores of readings, which are in the order of their labels."""
    total = Scores(pages=len(labels))
    dated = forbidden = found = 0
    for label, reading in zip(labels, readings, strict=True):
        name = f"{label.file.parent.name}/{label.file.name}"
        right = _tight(reading.headline) in {_tight(headline) for headline in label.headlines}
        total.headline += right
        if not right:
            total.misses.append(f"{name}: headline {reading.headline!r}")
        if label.published_at:
            dated += 1
            total.published += _minute(reading.published_at) == _minute(label.published_at)
        have, want = _words(reading.body, label.optional), _words(label.body, label.optional)
        shingle_f1 = _f1(_runs(have), _runs(want))
        total.word_f1 += _f1(Counter(have), Counter(want))
        total.shingle_f1 += shingle_f1
        total.exact += have == want
        if shingle_f1 < total.worst or not total.worst_page:
            total.worst, total.worst_page = shingle_f1, name
        text = _flat("\n".join(reading.body))
        forbidden += len(label.must_not)
        found += sum(_flat(bad) in text for bad in label.must_not)
    for measure in ("headline", "word_f1", "shingle_f1", "exact"):
        setattr(total, measure, getattr(total, measure) / (len(labels) or 1))
    total.published /= dated or 1
    total.junk = found / (forbidden or 1)
    return total


def _flat(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def _tight(text: str | None) -> str:
    return _flat(text).replace(" ", "")


def _words(body: Iterable[str], optional: Iterable[str]) -> list[str]:
    extra = {_tight(_MARK.sub("", line)) for line in optional}
    lines = [line for part in body for line in part.split("\n") if _tight(line) not in extra]
    return _WORD.findall(_flat("\n".join(lines)))


def _runs(words: list[str]) -> Counter[tuple[str, ...]]:
    if len(words) < _RUN:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _f1(have: Counter[Any], want: Counter[Any]) -> float:
    if not have and not want:
        return 1.0
    return 2 * sum((have & want).values()) / (sum(have.values()) + sum(want.values()))


def _minute(value: str | None) -> float | str | None:
    if not value:
        return None
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return value
    return time.timestamp() // 60 if time.tzinfo else time.isoformat()[:16]
