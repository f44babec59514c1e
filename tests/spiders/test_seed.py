"""The project's first example report, in India TV's markup, is read correctly."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import scrapy

URL = "https://www.indiatv.in/world/asia/seed-report-2024-06-13-1052741"
TITLE = "बीज की रिपोर्ट"
PAGE = Path(__file__).resolve().parent.parent / "pages" / "indiatv" / "rare_earths_ap.html"


def page_of(seed: str) -> str:
    lines = [line for line in seed.splitlines() if line.strip()]
    also = lines.index("यह भी पढ़ें")
    subhead = min(lines[:also], key=len)  # the only line that is no paragraph
    body = [f"<h3>{line}</h3>" if line == subhead else f"<p>{line}</p>" for line in lines[:also]]
    body += ["<p><strong>यह भी पढ़ें</strong></p>"]
    body += [f'<p><a href="/world/{number}">{line}</a></p>' for number, line in enumerate(lines[also + 1 :])]
    page = PAGE.read_text(encoding="utf-8")
    page = re.sub(r'(?s)(<div class="content" id="content">).*?(</div>\s*<div class="app-promo">)', r"\1BODY\2", page)
    page = re.sub(r'(?s)<script type="application/ld\+json">.*?</script>', "", page)
    page = re.sub(r'(?s)<h1 class="arttitle">.*?</h1>', f'<h1 class="arttitle">{TITLE}</h1>', page)
    return page.replace("BODY", "\n".join(body), 1)


@pytest.fixture(scope="module")
def record(evidence: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    page = tmp_path_factory.mktemp("seed") / "seed.html"
    page.write_text(page_of((evidence.parent / "seed" / "article.txt").read_text(encoding="utf-8")), encoding="utf-8")
    return json.loads(scrapy("extract", page, "--url", URL).out)


@pytest.mark.shared
def test_the_seed_report_reads_as_it_must(record: Any) -> None:
    (place,) = record["dateline"]["places"]

    assert record["dateline"]["raw"] == "सियोल:"
    assert (place["name"], place["english"], place["country"]) == ("सियोल", "Seoul", "KR")
    assert [(c["agency"], c["raw"], c["where"]) for c in record["credits"]] == [("ap", "(एपी)", "tail")]
    assert record["cited_media"] == ["kcna", "nhk"]
    assert [block["kind"] for block in record["body"]] == [
        "paragraph",
        "paragraph",
        "subhead",
        "paragraph",
        "paragraph",
    ]
    assert len(record["related"]) == 2
    assert not any("यह भी पढ़ें" in block["text"] for block in record["body"])
    assert record["text"].startswith("रूस के राष्ट्रपति")
    assert record["text"].endswith("मदद चाहता है।")
