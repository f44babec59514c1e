"""Scrapy's own tools know the outlet of a URL, and keep nothing."""

from pathlib import Path

import pytest

from tests.commands.running import ROOT, scrapy

DEMO = ROOT / "demo" / "demo.warc.gz"
URL = "https://www.indiatv.in/world/asia/nepal-suspension-bridge-reopens-after-repair-2026-11-23-1184188"
HEADLINE = "नेपाल में 11 महीने बाद खुला त्रिशूली का झूला पुल, 40 गांवों को मिली राहत"


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["shell", URL, "-c", "print(spider.name, response.css('title::text').get())"], f"indiatv {HEADLINE}"),
        (["fetch", URL], HEADLINE),
        (["fetch", URL, "--headers"], "> User-Agent: Videsh/"),
        (["parse", URL, "-c", "read_article", "--pipelines", "--nocolour"], "'outlet': 'indiatv'"),
    ],
)
def test_a_tool_takes_the_spider_of_the_outlet_and_leaves_no_trace(
    arguments: list[str], printed: str, tmp_path: Path
) -> None:
    replay = ("-s", f"ARCHIVE_REPLAY={DEMO}")

    done = scrapy(*arguments, *replay, folder=tmp_path, environment={"PYTHONPATH": str(ROOT)})

    assert done.code == 0
    assert printed in done.out
    assert "Traceback" not in done.err
    assert not list(tmp_path.iterdir())


def test_a_store_that_is_named_is_used(tmp_path: Path) -> None:
    settings = ("-s", f"ARCHIVE_REPLAY={DEMO}", "-s", f"STORE=sqlite:///{tmp_path}/store.db")

    done = scrapy("fetch", URL, *settings, folder=tmp_path, environment={"PYTHONPATH": str(ROOT)})

    assert done.code == 0
    assert (tmp_path / "store.db").exists()
