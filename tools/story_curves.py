"""Write docs/stories.md: each number that decides what one story is, with its set, its curve and the chosen point.

Every number is set to five values, the others stay as they are; each time the set is grouped, and the pairs of texts
that were joined are held against the truth. The sets are the project's own texts (tests/stories).
"""

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawler.stories import clusters, contradiction, density, similarity
from crawler.stories.index import MemoryIndex
from crawler.stories.rows import read_story_row
from crawler.stories.stories import Stories
from crawler.stories.text import Text
from tests.stories.forms import reports, translations
from tests.stories.invented import edit, invent, sentence
from tests.stories.score import score

_PAGE = Path(__file__).resolve().parent.parent / "docs" / "stories.md"

Set = list[tuple[dict[str, Any], str]]
"""Rows, and the story that each truly tells."""


@dataclass(frozen=True)
class Number:
    """One number of the code, and the values that its curve shows."""

    module: ModuleType
    name: str
    values: tuple[float, ...]
    kind: str
    what: str


def edited() -> Set:
    """Return invented reports, cut and edited in up to five outlets, and reports in forms with their copies."""
    return [(each.row, str(each.truth)) for each in invent(50, 51)] + forms()


def forms() -> Set:
    """Return events in forty forms with a copy of each, and some of these reports in another translation."""
    others = [other for _, other in translations("both")]
    return [(each.row, each.truth) for each in (*reports("both"), *others)]


def webs() -> Set:
    """Return prints of one hour that took half of their report each, and one of four paragraphs that all may take."""
    chance = random.Random(53)
    background = [[sentence(chance, "राजधानी") for _ in range(3)] for _ in range(4)]
    rows: Set = []
    for truth in range(40):
        report = [sentence(chance, "लीमा") for _ in range(12)]
        for copy in range(4):
            half = [report[at] for at in sorted(chance.sample(range(12), 7))]
            rows.append((_row(f"{truth}-{copy}", 1, [*half, *chance.choice(background)]), str(truth)))
    return rows


def crowds() -> Set:
    """Return 140 reports of two weeks with five sentences in common, and a story that forty outlets print."""
    chance = random.Random(55)
    paragraph = [sentence(chance, "राजधानी") for _ in range(5)]
    large = [sentence(chance, "मनीला") for _ in range(14)]
    rows: Set = []
    for number in range(140):
        own = [sentence(chance, "शहर") for _ in range(7)]
        rows.append((_row(f"r{number}", number % 14, [*own, *paragraph]), f"r{number}"))
    for number in range(40):
        rows.append((_row(f"large{number}", 7, edit(large, chance, 0.3)), "large"))
    return rows


def _row(id: str, day: int, body: list[str]) -> dict[str, Any]:
    at = f"2026-03-{1 + day:02}T10:00:00+05:30"
    return {"id": id, "outlet": f"outlet_{id}", "headline": "", "published_at": at, "body": body}


SETS: dict[str, Callable[[], Set]] = {"edited": edited, "forms": forms, "webs": webs, "crowds": crowds}
NUMBERS = (
    Number(
        similarity,
        "_NEEDED",
        (0.28, 0.32, 0.36, 0.4, 0.44),
        "edited",
        "share of the shorter text, printed the same day",
    ),
    Number(similarity, "_FAINT", (0.1, 0.12, 0.15, 0.2, 0.25), "webs", "share below which nothing is remembered"),
    Number(similarity, "_PHRASES_ONLY", (1.0, 1.3, 1.6, 1.9, 2.2), "forms", "factor where phrases alone are shared"),
    Number(clusters, "WEAK", (0.35, 0.45, 0.55, 0.65, 0.75), "webs", "part of the threshold that may add to a story"),
    Number(clusters, "_CORE", (0.4, 0.5, 0.6, 0.7, 0.8), "webs", "mean part over the pairs of two clusters"),
    Number(density, "COMMON", (16, 32, 64, 128, 256), "crowds", "texts of three weeks that may share a mark"),
    Number(density, "LARGEST", (16, 32, 64, 256, 512), "crowds", "texts of a story"),
    Number(contradiction, "_TEMPLATE", (0.1, 0.3, 0.5, 0.7, 0.9), "forms", "share of facts that differ"),
    Number(contradiction, "_FEWEST_FACTS", (0.5, 1.0, 1.5, 3.0, 6.0), "forms", "figures that have to differ"),
    Number(contradiction, "_NAME", (0.0, 0.25, 0.5, 1.0, 2.0), "forms", "weight of a name or word that differs"),
    Number(contradiction, "_WORD", (0.0, 0.02, 0.05, 0.2, 0.4), "forms", "weight of a word that is the same"),
    Number(contradiction, "_SHORTEST_PASSAGE", (3.0, 5.0, 7.0, 12.0, 20.0), "edited", "words in a row of a copy"),
)
HEAD = """# Stories: the numbers and their curves

What makes two texts one story is weighed in `crawler/stories/similarity.py` (what is shared), `contradiction.py` (which
facts differ), `clusters.py` (what joins a whole story) and `density.py` (what is boilerplate). Each number there has a
set of our own texts, a curve of five values with precision and recall over pairs of texts, and a chosen point (bold).
Where a curve is level, the point lies inside the level part. `python tools/story_curves.py` redraws this page.

| set | texts | what it holds |
|---|---|---|
"""


def grouped(texts: list[Text], *, common: int, largest: int) -> dict[str, str]:
    """Return the story of each text."""
    index = MemoryIndex(common=common)
    stories = Stories(index, largest=largest)
    for text in sorted(texts, key=lambda text: text.order):
        stories.add(text)
    return {text.id: index.story(text.id) or "" for text in texts}


def curve(number: Number, texts: list[Text], truth: dict[str, int]) -> Iterator[tuple[float, float, float]]:
    """Yield value, precision and recall for each value of a number."""
    chosen = getattr(number.module, number.name)
    for value in number.values:
        setattr(number.module, number.name, value)
        try:
            found = grouped(texts, common=int(density.COMMON), largest=int(density.LARGEST))
        finally:
            setattr(number.module, number.name, chosen)
        scored = score(truth, found)
        yield value, scored.precision, scored.recall


def page() -> Iterator[str]:
    """Yield the page, piece by piece."""
    made = {name: make() for name, make in SETS.items()}
    yield HEAD
    for name, rows in made.items():
        yield f"| {name} | {len(rows)} | {(SETS[name].__doc__ or '').split('.')[0].removeprefix('Return ')} |\n"
    for number in NUMBERS:
        rows = made[number.kind]
        names = {story: at for at, story in enumerate(dict.fromkeys(story for _, story in rows))}
        texts = [read_story_row(row) for row, _ in rows]
        truth = {row["id"]: names[story] for row, story in rows}
        chosen = getattr(number.module, number.name)
        yield f"\n## `{number.name}` = {chosen:g}\n\nThe {number.what}; set: {number.kind}.\n\n"
        yield "| value | precision | recall |\n|---|---|---|\n"
        for value, precision, recall in curve(number, texts, truth):
            bold = "**" if value == chosen else ""
            yield f"| {bold}{value:g}{bold} | {precision:.3f} | {recall:.3f} |\n"


def main() -> None:
    """Redraw the page."""
    pieces = []
    for piece in page():
        print(piece, end="", flush=True)
        pieces.append(piece)
    _PAGE.write_text("".join(pieces), encoding="utf-8")


if __name__ == "__main__":
    main()
