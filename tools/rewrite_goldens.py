"""Rewrite the files that follow from the schema, the docstrings and the reader; read the diff afterwards.

That is the published schema, what docs/consuming.md says of the fields, the tables of docs/reference.md, the pairs of
tests/pages, and the crawl of tests/site.

    python tools/rewrite_goldens.py

A pair of tests/pages is rewritten from its page; keys that only a run knows are left out, as `scrapy record` does.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.authoring.rereading import Page, Rereader  # noqa: E402
from crawler.commands.record import answer_of_page  # noqa: E402
from crawler.schema import schema_text  # noqa: E402
from tools import field_table, reference  # noqa: E402

PAGES = ROOT / "tests" / "pages"
EXPORT = "tests/site/test_crawl.py::test_the_whole_export_is_as_expected"


def rewrite_documents() -> None:
    """Rewrite the published schema, what docs/consuming.md says of the fields, and the tables of docs/reference.md."""
    (ROOT / "crawler" / "data" / "article.schema.json").write_text(schema_text(), encoding="utf-8")
    for name, tool in (("consuming.md", field_table), ("reference.md", reference)):
        page = ROOT / "docs" / name
        page.write_text(tool.up_to_date(page.read_text(encoding="utf-8")), encoding="utf-8")


def rewrite_pairs() -> int:
    """Rewrite the pairs of tests/pages whose record differs from the reading of their page; return their number."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    rereader = Rereader(get_project_settings())
    changed = 0
    for pair in sorted(PAGES.glob("*/*.json")):
        before = pair.read_text(encoding="utf-8")
        answer = json.loads(before)
        if "page" not in answer:
            continue
        page = Page(url=answer["page"]["url"], body=pair.with_suffix(".html").read_bytes())
        after = answer_of_page(rereader.article(page), page.url, answer["page"]["fetched_at"])
        if after != before:
            pair.write_text(after, encoding="utf-8")
            changed += 1
    return changed


def rewrite_export() -> int:
    """Crawl the test publisher and rewrite tests/site/expected.jsonl; return the exit code of the test that does it."""
    environment = {**os.environ, "VIDESH_REWRITE_EXPECTED": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", EXPORT], cwd=ROOT, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    rewrite_documents()
    print(f"{rewrite_pairs()} pairs of tests/pages are rewritten")
    sys.exit(rewrite_export())
