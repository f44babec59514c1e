"""The language of a text, and what is refused for it."""

import pytest

from crawler.items import Article, Block
from crawler.reasons import Refusal
from pipelines.language import LanguagePipeline, read_language

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


@pytest.mark.parametrize(
    ("text", "language"),
    [(HINDI, "hi"), (MARATHI, "mr"), (NEPALI, "ne"), (SANSKRIT, "sa"), (ENGLISH, "en"), (HINGLISH, "hi"), ("", None)],
)
def test_language_is_judged_from_the_text(text: str, language: str | None) -> None:
    assert read_language(text) == language


def test_control_characters_and_lone_surrogates_do_not_stop_it() -> None:
    assert read_language("\ud800\x00\x0b") is None


@pytest.mark.parametrize("text", [MARATHI, NEPALI, SANSKRIT, ENGLISH])
def test_a_text_in_another_language_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match=r"^language-(mr|ne|sa|en): https://khabar\.example/1"):
        LanguagePipeline(["hi"]).process_item(article(text))


def test_a_text_too_short_to_judge_is_kept() -> None:
    kept = LanguagePipeline(["hi"]).process_item(article("ब्रेकिंग न्यूज"))

    assert kept.url == "https://khabar.example/1"
