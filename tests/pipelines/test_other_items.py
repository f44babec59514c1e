"""Items that are no Article: read in place where they have an article's fields, untouched where they have not."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.reasons import Refusal
from pipelines.language import LanguagePipeline
from pipelines.other_items import OtherItemsPipeline
from tests.commands.running import scrapy
from tests.pipelines.own_spider import LEAD, MORE, Bare, Clipping

SPIDER = Path(__file__).with_name("own_spider.py")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    out = tmp_path_factory.mktemp("own") / "out.jsonl"
    done = scrapy("runspider", SPIDER, "-O", out, "-s", "STORE=", "-s", "LOG_LEVEL=WARNING")
    assert "Traceback" not in done.err, done.err
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return {record.get("url", "none"): record for record in records}


def test_a_dict_is_read_between_the_pipelines_of_its_user(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["https://own.example/1"]

    assert line["seen_by"] == "before"
    assert line["after"] == "बोगोटा, 4 मई (एएफपी)।"
    assert [place["country"] for place in line["dateline"]["places"]] == ["CO"]
    assert line["dateline"]["date"] == "2025-05-04"
    assert [credit["agency"] for credit in line["credits"]] == ["afp"]
    assert line["language"] == "hi"
    assert line["text"].startswith("नदी पर बना")
    assert line["body"] == f"{LEAD}\n\n{MORE}"


def test_an_item_of_attrs_gets_the_fields_that_its_class_has(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["https://own.example/2"]

    assert set(line) == {"url", "headline", "body", "dateline", "credits", "seen_by"}
    assert line["dateline"]["places"][0]["english"] == "Lima"
    assert [credit["agency"] for credit in line["credits"]] == ["afp"]
    assert line["seen_by"] == "before"


def test_dataclasses_and_pydantic_are_read(lines: dict[str, dict[str, Any]]) -> None:
    assert lines["https://own.example/3"]["language"] == "hi"
    assert lines["https://own.example/4"]["dateline"]["places"][0]["english"] == "Quito"


def test_what_is_no_article_passes_untouched(lines: dict[str, dict[str, Any]]) -> None:
    assert lines["none"] == {"price": 12, "headline": "कोई लेख नहीं", "after": None}
    assert lines["https://own.example/5"] == {
        "url": "https://own.example/5",
        "headline": "कुछ और",
        "body": 5,
        "after": None,
    }


def test_language_text_and_duplicates_judge_it(lines: dict[str, dict[str, Any]]) -> None:
    assert "https://own.example/6" not in lines
    assert "https://own.example/7" not in lines
    assert lines["https://own.example/1"]["headline"] == "नया पुल खुला"


@pytest.mark.parametrize(
    "body",
    [LEAD, [LEAD, MORE], (LEAD,), [{"kind": "paragraph", "text": LEAD}], [{"text": LEAD}, MORE]],
    ids=["text", "list", "tuple", "blocks", "mixed"],
)
def test_a_body_may_have_any_of_these_shapes(body: Any) -> None:
    item = {"url": "https://own.example/8", "headline": "पुल खुला", "body": body}

    read = OtherItemsPipeline(LanguagePipeline(["hi"])).process_item(item)

    assert read is item
    assert item["dateline"]["raw"] == "बोगोटा, 4 मई (एएफपी)।"
    assert item["body"] is body


@pytest.mark.parametrize(
    "item",
    [
        "कोई पाठ",
        None,
        {"url": "https://own.example/9", "headline": "पुल खुला"},
        {"url": None, "headline": "पुल खुला", "body": LEAD},
        {"url": "https://own.example/9", "headline": ["पुल"], "body": LEAD},
        {"url": "https://own.example/9", "headline": "पुल खुला", "body": [LEAD, 7]},
    ],
)
def test_other_shapes_pass(item: Any) -> None:
    before = dict(item) if isinstance(item, dict) else item

    assert OtherItemsPipeline(LanguagePipeline(["hi"])).process_item(item) == before


def test_what_an_item_says_itself_stays() -> None:
    mine = {"raw": "मेरा"}
    item = Clipping("https://own.example/10", "पुल खुला", [LEAD], dateline=mine)

    OtherItemsPipeline(LanguagePipeline(["hi"])).process_item(item)

    assert item.dateline is mine
    assert item.credits[0]["agency"] == "afp"


def test_the_same_text_twice_is_refused() -> None:
    pipeline = OtherItemsPipeline(LanguagePipeline(["hi"]))
    pipeline.process_item(Bare("https://own.example/11", "पुल खुला", LEAD))

    with pytest.raises(Refusal):
        pipeline.process_item(Bare("https://own.example/12", "पुल फिर खुला", LEAD))
