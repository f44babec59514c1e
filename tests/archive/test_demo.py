"""The demo archive is up to date with the fixtures, and is enough for a crawl of each outlet."""

import importlib.util
from collections import Counter
from pathlib import Path

from crawler.archive.reader import read_answers, read_content

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo" / "demo.warc.gz"


def test_the_demo_is_what_the_fixtures_make(tmp_path: Path) -> None:
    found = importlib.util.spec_from_file_location("build_demo", ROOT / "tools" / "build_demo.py")
    assert found is not None
    assert found.loader is not None
    builder = importlib.util.module_from_spec(found)
    found.loader.exec_module(builder)

    builder.build(tmp_path / "demo.warc.gz")

    assert (tmp_path / "demo.warc.gz").read_bytes() == DEMO.read_bytes(), "run: python tools/build_demo.py"


def test_the_demo_holds_robots_feeds_sitemaps_sections_and_a_dozen_articles() -> None:
    answers = list(read_answers(DEMO))

    kinds = Counter(answer.content_type.split(";")[0] for answer in answers)
    assert kinds["text/html"] >= 12 + 3
    assert kinds["application/xml"] >= 6
    assert sum(answer.url.endswith("/robots.txt") for answer in answers) >= 3
    (packed, *_) = (answer for answer in answers if answer.url.endswith(".gz"))
    assert read_content(packed).body.startswith(b"\x1f\x8b")
