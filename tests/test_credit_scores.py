"""Scores of credits, bylines and cited media on the rows of tests/labelled/, against their floors."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from crawler.items import Article
from pipelines.credit import CreditPipeline
from pipelines.dateline import DatelinePipeline
from pipelines.normalise import NormalisePipeline
from tests.reading.markup import json_ld, read

LABELLED = Path(__file__).parent / "labelled"
FLOORS = json.loads((LABELLED / "floors.json").read_text(encoding="utf-8"))["own_credits"]
SENTENCE = "मछुआरों ने बताया कि तट पर लहरें अब शांत हैं।"
REPORT = (
    "झील के किनारे बसे गांवों में सोमवार को नावों की दौड़ हुई, जिसमें चालीस दल उतरे और हजारों लोग देखने पहुंचे।",
    "आयोजकों ने कहा कि दौड़ हर साल इसी मौसम में होगी और जीतने वाले दल को चांदी की पतवार दी जाएगी।",
)
PIPELINES = (NormalisePipeline(), DatelinePipeline(), CreditPipeline())


@dataclass
class Score:
    """The results of the rows of one rule."""

    rows: int = 0
    refusals: int = 0
    hits: int = 0
    inventions: int = 0
    omissions: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, row: list[str], wanted: Counter[str], found: Counter[str], text: str | None) -> None:
        """Count the hits, inventions and omissions of one row; `text` says what is wrong with the narrative, if any."""
        self.rows += 1
        self.refusals += (row[0] == "byline" and row[3] == "-") or not wanted
        self.hits += (wanted & found).total()
        self.inventions += (found - wanted).total()
        self.omissions += (wanted - found).total()
        if wanted != found or text:
            self.misses.append(f"{row[0]}: {row[1]}: wanted {sorted(wanted)}, found {sorted(found)}, {text or ''}")


def rows(name: str) -> Iterator[list[str]]:
    for line in (LABELLED / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() if n else part for n, part in enumerate(line.split("\t"))]


def values(agencies: str, names: str = "-", cited: str = "-", places: str = "-") -> Counter[str]:
    texts = {"agency": agencies, "name": names, "cited": cited, "place": places}
    return Counter(f"{key}:{value}" for key, text in texts.items() if text != "-" for value in text.split(","))


def reading(lines: list[str], *, head: str = "") -> Article:
    article = read("".join(f"<p>{line}</p>" for line in lines), head=head)
    for pipeline in PIPELINES:
        article = pipeline.process_item(article)
    return article


def read_values(article: Article) -> Counter[str]:
    agencies = ",".join(dict.fromkeys(credit.agency for credit in article.credits)) or "-"
    return values(agencies, ",".join(article.byline) or "-")


def page_of_tail(row: list[str]) -> tuple[list[str], str]:
    """Return the lines of a page that ends with a row's lines, and the expected end of its text."""
    lines = row[1].replace("~", SENTENCE).split("⏎")
    opening = [lines.pop(0)[1:]] if lines[0].startswith("^") else []
    text = "\n\n".join(lines).split("‖")[0].strip()
    return [*opening, *REPORT, *(line.replace("‖", "") for line in lines)], text


def page_of_head(row: list[str]) -> tuple[list[str], str]:
    lines = row[1].replace("~", SENTENCE).split("⏎")
    text = "\n\n".join(lines).split("‖")[1].strip()
    return [*(line.replace("‖", "") for line in lines), *REPORT], text


@cache
def score(name: str) -> dict[str, Score]:
    """Return the score of each rule of one table."""
    scores: dict[str, Score] = {}
    for row in rows(name):
        wanted, found, wrong = _READERS[name](row)
        scores.setdefault(row[0], Score()).count(row, wanted, found, wrong)
    return scores


def read_tail(row: list[str]) -> tuple[Counter[str], Counter[str], str | None]:
    lines, text = page_of_tail(row)
    article = reading(lines)
    wrong = None if (article.text or "").endswith(text) else f"the text ends in {(article.text or '')[-60:]!r}"
    return values(row[2], row[3]), read_values(article), wrong


def read_head(row: list[str]) -> tuple[Counter[str], Counter[str], str | None]:
    lines, text = page_of_head(row)
    article = reading(lines)
    wrong = None if (article.text or "").startswith(text) else f"the text begins with {(article.text or '')[:60]!r}"
    return values(row[2], row[3]), read_values(article), wrong


def read_author(row: list[str]) -> tuple[Counter[str], Counter[str], str | None]:
    article = reading(list(REPORT), head=json_ld(author={"@type": "Person", "name": row[1]}))
    places = article.dateline.places if article.dateline else ()
    found = read_values(article) + values("-", places=",".join(place.country or "?" for place in places) or "-")
    return values(row[3], row[2], places=row[4]), found, None


def read_cited(row: list[str]) -> tuple[Counter[str], Counter[str], str | None]:
    article = reading([*REPORT, row[1], SENTENCE])
    return values("-", cited=row[2]), values("-", cited=",".join(article.cited_media) or "-"), None


_READERS: dict[str, Callable[[list[str]], tuple[Counter[str], Counter[str], str | None]]] = {
    "signoffs.tsv": read_tail,
    "heads.tsv": read_head,
    "bylines.tsv": read_author,
    "cited.tsv": read_cited,
}


def totals() -> Score:
    """Return the sum of the scores of all tables."""
    scores = [each for name in _READERS for each in score(name).values()]
    added = Score()
    for each in scores:
        for measure in ("rows", "refusals", "hits", "inventions", "omissions", "misses"):
            setattr(added, measure, getattr(added, measure) + getattr(each, measure))
    return added


def test_credits_bylines_and_cited_media_are_read_as_well_as_promised() -> None:
    reached = totals()

    assert reached.hits >= FLOORS["precision"] * (reached.hits + reached.inventions), "\n".join(reached.misses)
    assert reached.hits >= FLOORS["recall"] * (reached.hits + reached.omissions), "\n".join(reached.misses)


def test_no_text_loses_a_sentence_or_keeps_a_sign_off() -> None:
    reached = totals()

    assert len(reached.misses) <= FLOORS["rows_that_may_fail"], "\n".join(reached.misses)


def test_half_of_the_rows_must_not_match() -> None:
    reached = totals()

    assert reached.rows >= 150
    assert reached.refusals >= 0.5 * reached.rows
