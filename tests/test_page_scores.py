"""The reading quality that we promise, on the shared saved pages; the floors may rise, never sink."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.reading.page import read_page
from crawler.reasons import NotAnArticle
from crawler.text.languages import read_language
from tools.eval import all_outlets, read_with
from tools.page_scores import Scores, read_labels, score

FLOORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "labelled" / "page_floors.json").read_text(encoding="utf-8")
)
REASONS = {
    "webstory": "web-story",
    **{reason: reason for reason in ("listing", "product", "audio", "live-tv", "soft-404")},
}

pytestmark = pytest.mark.shared


def scores(evidence: Path, *, known: bool) -> Scores:
    labels = [label for label in read_labels(evidence / "pages") if label.file.name not in FLOORS["left_out"]]
    reader = read_with(all_outlets() if known else [])
    return score(labels, [reader(label.file.read_bytes(), label.url) for label in labels])


@pytest.mark.parametrize("hosts", ["known", "unknown"])
def test_the_saved_pages_read_as_well_as_promised(evidence: Path, hosts: str) -> None:
    reached = scores(evidence, known=hosts == "known")

    floors = FLOORS[hosts]
    assert reached.junk <= floors["junk"]
    for measure in ("headline", "published", "shingle_f1", "worst", "exact"):
        assert getattr(reached, measure) >= floors[measure], (measure, reached.worst_page, reached.misses)


def negatives(folder: Path) -> list[dict[str, str]]:
    lines = (folder / "negatives.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@pytest.mark.parametrize("folder", ["pages", "fresh/pages"])
def test_pages_that_hold_no_hindi_article_are_refused_with_their_reason(folder: str, evidence: Path) -> None:
    for row in negatives(evidence / folder):
        content = (evidence / folder / row["file"]).read_bytes()
        url = row["url"] or f"https://unknown.example/{row['file']}"
        if row["kind"] not in REASONS:
            article = read_page(content, url)
            assert read_language("\n".join(block.text for block in article.body)) not in ("hi", None), row["file"]
            continue
        with pytest.raises(NotAnArticle) as refusal:
            read_page(content, url)
        assert refusal.value.reason == REASONS[row["kind"]], row["file"]


def test_the_seed_page_reads_as_the_issue_says(evidence: Path) -> None:
    lines = (evidence.parent / "seed" / "article.txt").read_text(encoding="utf-8").split("\n")
    at = lines.index("पुतिन को भेजा किम ने संदेश")
    marker = lines.index("यह भी पढ़ें")
    body = "".join(f"<p>{line}</p>" for line in lines[:at])
    body += f"<h3>{lines[at]}</h3>" + "".join(f"<p>{line}</p>" for line in lines[at + 1 : marker])
    body += "".join(f"<p>{line}</p>" for line in lines[marker:] if line)
    page = (
        '<html lang="hi"><head><meta charset="utf-8"><title>किम ने पुतिन को भेजा संदेश</title></head><body><article>'
        f'<h1 class="arttitle">किम ने पुतिन को भेजा संदेश</h1>'
        f'<div id="content" class="content">{body}</div></article></body></html>'
    )
    outlets = {outlet.slug: outlet for outlet in all_outlets()}
    url = "https://www.indiatv.in/world/asia/kim-putin-message-2024-06-13-1052345"

    for outlet in (outlets["indiatv"], None):
        article = read_page(page.encode(), url, outlet)

        assert [block.text for block in article.body if block.kind == "subhead"] == [lines[at]]
        assert [link.title for link in article.related] == [line for line in lines[marker + 1 :] if line]
        assert article.body[0].text.startswith("सियोल: ")
        assert article.body[-1].text.endswith("(एपी)")
        assert not any("यह भी पढ़ें" in block.text for block in article.body)
