"""The page folds what is typed exactly as the build folds what was printed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import crawler.edition
from crawler.edition.day_data import script
from crawler.text.gazetteer import gazetteer
from crawler.text.search_key import prefix_keys, search_key, search_tables
from tests.text.test_search_key import OTHERS, SPELLINGS

pytestmark = pytest.mark.foreign
FOLD = Path(crawler.edition.__file__).parent / "assets" / "fold.js"
FORMS = """
बैंकाॅक आॅकलैंड अॉस्लो ब¨ठडा िसडनी फ़िलिस्तीन मक्का अम्मान गये हुयी सियोल सिओल समुदाय रायपुर लिये न्यायालय यूएई
पच्चीस कृषि ऋषि ऌ ॠ दुःख वॉट्सऐप ॐ क्षत्रिय ज्ञान श्रीलंका र्‍य कि‌न सन्‌ मुम्बई अङ्क पञ्जाब ठण्ड हिन्दू संसद अंश
US-led G20 COVID‑19 naïve Ångström São ÉCOLE ßtraße İstanbul Ωmega ９ Ⅻ ½ 北京 العربية தமிழ் বাংলা ਪੰਜਾਬੀ ગુજરાતી
३.५ ‘उद्धरण’ “दोहरा” — … ₹500 50% a_b e-mail @videsh #विदेश क़लम क़लम ख़बर ग़ज़ा ज़मीन लड़ाई पढ़ाई फ़ौज य़
"""


def words() -> list[str]:
    """Return 200 words and more: spellings that differ, odd forms, and names of places."""
    pairs = [word for pairs in (SPELLINGS, OTHERS) for pair in pairs for words in pair for word in words.split()]
    places = [name for _, names in map(gazetteer().row, gazetteer().large(3_000_000)) for name in names]
    return list(dict.fromkeys([*pairs, *FORMS.split(), *places[:200]]))


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    page.add_script_tag(content=script("folding", search_tables()))
    page.add_script_tag(content=FOLD.read_text(encoding="utf-8"))
    yield page
    page.close()


def test_two_hundred_words_have_the_same_key_in_python_and_in_javascript(page: Any) -> None:
    asked = words()

    keys = page.evaluate("texts => texts.map(Videsh.key)", asked)

    assert len(asked) > 300
    assert dict(zip(asked, keys, strict=True)) == {word: search_key(word) for word in asked}


def test_the_beginnings_of_words_have_the_same_keys(page: Any) -> None:
    asked = list(dict.fromkeys(word[:end] for word in words() for end in range(1, min(len(word), 8))))

    keys = page.evaluate("texts => texts.map(Videsh.prefixes)", asked)

    assert len(asked) > 1000
    assert dict(zip(asked, keys, strict=True)) == {beginning: prefix_keys(beginning) for beginning in asked}


def test_every_sign_has_the_same_key_alone_and_between_letters(page: Any) -> None:
    signs = [chr(point) for point in (*range(0x20, 0x600), *range(0x900, 0x980), *range(0x2000, 0x2070))]
    asked = [text for sign in signs for text in (sign, f"क{sign}य", f"ि{sign}यी क{sign}{sign}गयी")]

    keys = page.evaluate("texts => texts.map(Videsh.key)", asked)

    wrong = {text: key for text, key in zip(asked, keys, strict=True) if key != search_key(text)}
    assert wrong == {}
