"""A spider of a user, for tests: dicts, attrs, dataclasses, pydantic, and items that are no articles at all."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import attrs
from itemadapter import ItemAdapter
from pydantic import BaseModel
from scrapy import Spider
from scrapy.utils.project import get_project_settings

LEAD = "बोगोटा, 4 मई (एएफपी)। नदी पर बना नया पुल यातायात के लिए खोल दिया गया है। मंत्री ने उद्घाटन किया।"
MORE = "पुल की लंबाई दो किलोमीटर है और इससे रोज़ दस हज़ार गाड़ियाँ गुज़र सकेंगी।"
ENGLISH = "The bridge over the river was opened to traffic on Sunday, the minister said in a statement to the press."


@attrs.define
class Clipping:
    url: str
    headline: str
    body: list[str]
    dateline: Any = None
    credits: Any = None
    seen_by: str = ""


@dataclass
class Bare:
    url: str
    headline: str
    body: str
    language: str | None = None


class Checked(BaseModel):
    url: str
    headline: str
    body: list[str]
    dateline: dict[str, Any] | None = None


class Before:
    def process_item(self, item: Any) -> Any:
        if "seen_by" in ItemAdapter(item).field_names():
            ItemAdapter(item)["seen_by"] = "before"
        return item


class After:
    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        if isinstance(item, dict):
            item["after"] = (adapter.get("dateline") or {}).get("raw")
        return item


class OwnSpider(Spider):
    name = "own"
    custom_settings = {
        "ITEM_PIPELINES": {**get_project_settings()["ITEM_PIPELINES"], Before: 10, After: 900},
    }

    async def start(self) -> AsyncIterator[Any]:
        yield {
            "url": "https://own.example/1",
            "headline": "नया पुल खुला",
            "body": f"{LEAD}\n\n{MORE}",
            "published_at": "2025-05-04T10:00:00+05:30",
            "seen_by": "",
        }
        yield Clipping("https://own.example/2", "दूसरा पुल खुला", [LEAD.replace("बोगोटा", "लीमा"), MORE])
        yield Bare("https://own.example/3", "तीसरा पुल खुला", f"{MORE} {MORE}")
        yield Checked(url="https://own.example/4", headline="चौथा पुल खुला", body=[LEAD.replace("बोगोटा", "क्विटो")])
        yield {"price": 12, "headline": "कोई लेख नहीं"}
        yield {"url": "https://own.example/5", "headline": "कुछ और", "body": 5}
        yield {"url": "https://own.example/6", "headline": "Bridge", "body": f"{ENGLISH} {ENGLISH}"}
        yield {"url": "https://own.example/1", "headline": "नया पुल फिर खुला", "body": MORE}
        yield {"url": "https://own.example/7", "headline": "बिना पाठ", "body": ""}
