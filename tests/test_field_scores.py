"""Bylines, kinds, pictures and decks of whole pages, with and without knowledge of their outlet, against floors."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlunsplit

import pytest

from crawler.items import record
from crawler.reading.outlet import Outlet
from crawler.reading.page import read_page
from crawler.reading.urls import outlet_of
from crawler.url_parts import path_of
from pipelines.credit import CreditPipeline
from pipelines.dateline import DatelinePipeline
from pipelines.normalise import NormalisePipeline
from tools.eval import all_outlets

ROOT = Path(__file__).resolve().parent.parent
FLOORS: dict[str, dict[str, dict[str, float]]] = json.loads(
    (ROOT / "tests" / "labelled" / "page_floors.json").read_text(encoding="utf-8")
)["fields"]
MOST_WRONG = 2
"""Values of the fresh pages that may be wrong, where their outlet is known."""
PIPELINES = (NormalisePipeline(), DatelinePipeline(), CreditPipeline())


def read(content: bytes, url: str, outlets: Sequence[Outlet]) -> dict[str, Any]:
    article = read_page(content, url, outlet_of(url, outlets))
    for pipeline in PIPELINES:
        article = pipeline.process_item(article)
    plain: dict[str, Any] = json.loads(json.dumps(record(article)))
    return plain


def pictures(article: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Return the file name and the caption of each picture; the address of a relative one depends on the host."""
    return [(path_of(image["url"]).rsplit("/", 1)[-1], image["caption"]) for image in article["images"]]


def test_the_fields_of_our_pages_are_read_without_knowledge_of_their_outlet() -> None:
    pairs = sorted((ROOT / "tests" / "pages").glob("*/*.json"))
    rows = [(pair, json.loads(pair.read_text(encoding="utf-8"))) for pair in pairs]
    right = dict.fromkeys(FLOORS["own"]["unknown"], 0)
    pages = [(pair, row) for pair, row in rows if "page" in row]

    for pair, row in pages:
        url = urlunsplit(("https", "unknown.example", path_of(row["page"]["url"]), "", ""))
        found, wanted = read(pair.with_suffix(".html").read_bytes(), url, []), row["article"]
        for field in ("byline", "kind", "deck"):
            right[field] += found[field] == wanted[field]
        right["pictures"] += pictures(found) == pictures(wanted)

    for field, floor in FLOORS["own"]["unknown"].items():
        assert right[field] >= floor * len(pages), (field, right[field], len(pages))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["old", "fresh"])
@pytest.mark.parametrize("hosts", ["known", "unknown"])
def test_the_fields_of_the_saved_pages_are_read_as_well_as_promised(
    name: str, hosts: str, evidence: Path, tmp_path: Path
) -> None:
    folder = evidence / "pages" if name == "old" else evidence / "fresh" / "pages"
    labels = folder / "labels.jsonl"
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    outlets = all_outlets() if hosts == "known" else []
    found = tmp_path / "read.jsonl"
    records = [read((folder / row["file"]).read_bytes(), row["url"], outlets) for row in rows]
    found.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")

    scorer = [sys.executable, str(evidence.parent / "tools" / "score_pages.py"), "score", str(labels), str(found)]
    done = subprocess.run([*scorer, "--misses", "20"], check=True, capture_output=True, text=True)

    *misses, last = done.stdout.splitlines()
    reached = json.loads(last)
    for field, floor in FLOORS[name][hosts].items():
        assert reached[field] >= floor, (field, done.stdout)
    assert name == "old" or hosts == "unknown" or len(misses) <= MOST_WRONG, misses
