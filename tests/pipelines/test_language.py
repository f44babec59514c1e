"""What is refused for the language that it is written in."""

import json
from pathlib import Path

import pytest

from crawler.items import Article, Block
from crawler.reading.page import read_page
from crawler.reasons import Refusal
from pipelines.language import LanguagePipeline

HINDI = "काठमांडू के पास पहाड़ी सड़क पर बुधवार को एक बस पलट गई और बारह यात्री घायल हो गए हैं।"
MARATHI = "काठमांडूजवळ डोंगराळ रस्त्यावर बुधवारी एक बस उलटली आणि बारा प्रवासी जखमी झाले आहेत, असे पोलिसांनी सांगितले."
NEPALI = "काठमाडौं नजिकै पहाडी सडकमा बुधबार एउटा बस पल्टिँदा बाह्र जना यात्रु घाइते भएका छन् भनी प्रहरीले जनाएको छ।"
SANSKRIT = "काष्ठमण्डपनगरस्य समीपे पर्वतमार्गे बुधवासरे एकं लोकयानं पतितम् । द्वादश यात्रिणः आहताः अभवन् इति आरक्षकाः अवदन् ।"
ENGLISH = (
    "A bus overturned on a mountain road near Kathmandu on Wednesday and twelve passengers were injured, police said."
)
HINGLISH = "PM ने White House में President से मुलाकात की और trade deal पर बात हुई, जिसके बाद market में तेजी है और रुपया संभला।"


def article(text: str) -> Article:
    return Article(
        id="x", outlet=None, url="https://khabar.example/1", headline="", body=[Block(kind="paragraph", text=text)]
    )


@pytest.mark.parametrize("text", [HINDI, HINGLISH])
def test_hindi_is_kept_and_its_language_is_filled_in(text: str) -> None:
    assert LanguagePipeline(["hi"]).process_item(article(text)).language == "hi"


def test_a_text_in_a_language_of_the_setting_is_kept() -> None:
    assert LanguagePipeline(["hi", "mr"]).process_item(article(MARATHI)).language == "mr"


@pytest.mark.parametrize("text", [MARATHI, NEPALI, SANSKRIT, ENGLISH])
def test_a_text_in_another_language_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match=r"^language-(mr|ne|sa|en): https://khabar\.example/1"):
        LanguagePipeline(["hi"]).process_item(article(text))


def test_a_text_too_short_to_judge_is_kept() -> None:
    kept = LanguagePipeline(["hi"]).process_item(article("ब्रेकिंग न्यूज"))

    assert kept.url == "https://khabar.example/1"


@pytest.mark.shared
@pytest.mark.parametrize("file", ["wire/examples.jsonl", "fresh/wire/fresh.jsonl", "fresh/wire/tricky.jsonl"])
def test_no_lead_of_the_evidence_is_refused(file: str, evidence: Path) -> None:
    rows = map(json.loads, (evidence / file).read_text(encoding="utf-8").splitlines())
    leads = ["\n".join(row["lead"]) if isinstance(row["lead"], list) else row["lead"] for row in rows]

    for lead in leads:
        LanguagePipeline(["hi"]).process_item(article(lead))


@pytest.mark.shared
def test_the_sister_sites_of_the_evidence_are_refused_by_name(evidence: Path) -> None:
    found = {}
    for path in sorted((evidence / "fresh/pages/sister-sites").glob("*.html")):
        page = read_page(path.read_bytes(), f"https://khabar.example/{path.stem}")
        with pytest.raises(Refusal, match=r"^language-") as refusal:
            LanguagePipeline(["hi"]).process_item(page)
        found[path.stem] = str(refusal.value).partition(":")[0]

    assert found == {
        "bbc_marathi": "language-mr",
        "ndtv_en": "language-en",
        "news18_en": "language-en",
        "oneindia_en": "language-en",
        "tv9telugu": "language-te",
    }
