"""The edition of the demo archive, which `make demo` names in its last line."""

from pathlib import Path

import pytest

from crawler.exports.jsonl import parts_of, read_rows
from crawler.shelves import Shelf
from tests.commands.running import scrapy
from tests.edition.editions import built, exports, headlines, printed

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.soak
def test_the_edition_of_the_demo_has_every_article_once(tmp_path: Path) -> None:
    done = scrapy("newsroom", "--replay", ROOT / "demo" / "demo.warc.gz", "--out", tmp_path / "exports")
    assert done.code == 0, done.err
    (run,) = (tmp_path / "exports").glob("date=*/run=*")
    shelves = (Shelf.ARTICLES, Shelf.COPIES)
    rows = [row for shelf in shelves for part in parts_of([run], shelf) for row in read_rows(part)]

    out = built(tmp_path / "exports", tmp_path / "out")

    days = [path.stem for path in out.glob("20*.html") if not path.stem.endswith(".en")]
    shown = [headline for day in days for headline in headlines(out, day)]
    assert len(rows) > 60
    assert sorted(shown) == sorted(row["headline"] for row in rows)


def test_the_demo_ends_by_naming_the_page_of_the_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\ndemo:")[1].split("\n\n")[0]
    built(exports(tmp_path / "exports", printed("a", "पुल खुला")), tmp_path / "out")

    assert recipe.splitlines()[-1] == "\t@$(BIN)/scrapy edition"
    assert capsys.readouterr().out.splitlines()[-1] == f"open {tmp_path}/out/index.html"
