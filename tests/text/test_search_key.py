"""The key of a search: spellings of one word are found by each other, and words that differ are not."""

import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.search_key import prefix_keys, search_key, search_tables

SPELLINGS = [
    ("ईरान", "इरान"),  # the length of a vowel
    ("पुतिन", "पूतिन"),
    ("पार्टी", "पार्टि"),
    ("डॉक्टर", "डाक्टर"),  # the English o
    ("आॅस्ट्रेलिया", "आस्ट्रेलिया"),
    ("मैक्सिको", "मेक्सिको"),
    ("थाईलैंड", "थाइलैंड"),
    ("रूस", "रुस"),
    ("ज़मीन", "जमीन"),  # nukta
    ("पढ़ाई", "पढाई"),
    ("वहाँ", "वहां"),  # nasals
    ("लन्दन", "लंदन"),
    ("जेलेन्स्की", "ज़ेलेंस्की"),
    ("गये", "गए"),  # a glide
    ("जायेगी", "जाएगी"),
    ("पायेंगे", "पाएंगे"),
    ("स्थायी", "स्थाई"),
    ("दुःख", "दुख"),  # visarga, halants
    ("वाशिंग्टन", "वॉशिंगटन"),
    ("अन्तर्राष्ट्रीय", "अंतरराष्ट्रीय"),
    ("पश्चात्", "पश्चात"),
    ("रक्\u200dषा", "रक्\u200cषा"),  # joiners
    ("२०२४", "2024"),
    ("Erdoğan", "ERDOGAN"),
    ("इसराइली", "इज़रायली"),  # names
    ("अमरीकी", "अमेरिकी"),
    ("ग़ज़ा", "गाजा"),
    ("शी चिनफिंग", "शी जिनपिंग"),
    ("फ़लस्तीन", "फिलिस्तीन"),
    ("हूथियों", "हूतियों"),
    ("तोक्यो", "टोक्यो"),
    ("सिओल", "सियोल"),
    ("म्याँमा", "म्यांमार"),
    ("कतर", "क़तर"),
    ("पैरिस", "पेरिस"),
    ("न्यूयार्क", "न्यूयॉर्क"),
    ("सउदी", "सऊदी"),
    ("अफगानिस्तान", "अफ़ग़ानिस्तान"),
]
OTHERS = [
    ("कि", "की"),  # short words differ by one sign
    ("में", "मैं"),
    ("ओर", "और"),
    ("दिन", "दीन"),
    ("पिता", "पीता"),
    ("चिता", "चीता"),
    ("जाति", "जाती"),
    ("बहु", "बहू"),
    ("उन", "ऊन"),
    ("हाल", "हॉल"),
    ("बाल", "बॉल"),
    ("मेला", "मैला"),
    ("अवधि", "अवधी"),
    ("है", "हैं"),  # anusvara
    ("कहा", "कहां"),
    ("प्रदेश", "परदेश"),  # a halant at the beginning, or in a short word
    ("स्वर्ण", "सवर्ण"),
    ("करण", "कर्ण"),
    ("सम्मान", "समान"),  # doubled letters
    ("पति", "पत्ती"),
    ("मौत", "मोती"),
    ("प्रयोग", "प्रएग"),
    ("ये", "ए"),
    ("ईरान", "इराक"),
    ("तुर्क", "तुर्की"),
    ("गाजा", "गाजर"),
    ("शोर", "शौर"),
    ("भाषा", "भासा"),
    ("टीका", "तीखा"),
    ("खामेनेई", "खुमैनी"),
    ("चीन", "चेन"),
    ("नेपाल", "भूपाल"),
    ("कतर", "कटार"),
    ("रूस", "रस"),
    ("सेना", "सोना"),
    ("सूडान", "सदन"),
    ("पाकिस्तान", "हिंदुस्तान"),
    ("बाढ़", "बढ़"),
]
TEXTS = st.text(alphabet=[*map(chr, range(0x0900, 0x0980)), *" ab1É-\u200d\u200c\u00a0"])


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_one_word_are_one_key(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_words_are_other_keys(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@given(TEXTS, TEXTS)
def test_each_word_has_its_key_wherever_it_stands(one: str, other: str) -> None:
    assert search_key(f"{one}\n {other}").split() == [*search_key(one).split(), *search_key(other).split()]


@given(TEXTS)
def test_composed_and_decomposed_letters_have_one_key(text: str) -> None:
    assert search_key(unicodedata.normalize("NFD", text)) == search_key(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("words", [pair for pairs in (SPELLINGS, OTHERS) for pair in pairs])
def test_the_key_of_a_key_is_the_key(words: tuple[str, str]) -> None:
    for word in words:
        assert search_key(search_key(word)) == search_key(word)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ई", "ईरान"),
        ("ईरा", "इरान"),
        ("इरा", "ईरान"),
        ("पूति", "पुतिन"),
        ("डाक", "डॉक्टर"),
        ("वॉशिं", "वाशिंगटन"),
        ("मैक्", "मेक्सिको"),
        ("इसरा", "इज़रायली"),
        ("अमरी", "अमेरिका"),
        ("चिनफिं", "जिनपिंग"),
    ],
)
def test_a_word_is_found_while_it_is_typed(typed: str, word: str) -> None:
    assert search_key(word).startswith(tuple(prefix_keys(typed)))


@pytest.mark.parametrize("typed", ["इस", "अमर", "गज", "हरम", ""])
def test_the_beginning_of_many_words_is_not_yet_a_name(typed: str) -> None:
    assert prefix_keys(typed) == [typed]


def test_marks_and_hyphens_part_words() -> None:
    assert search_key(" भारत-पाक: ‘संघर्ष-विराम’।कल ") == search_key("भारत पाक संघर्ष विराम कल")


def test_a_text_without_words_has_an_empty_key() -> None:
    assert search_key("— । ‘…’ ् ") == search_key("।-्") == ""
    assert search_key("अ-्") == "अ"


def test_the_tables_are_all_that_another_language_needs() -> None:
    tables = json.loads(json.dumps(search_tables()))

    for word in (word for pairs in (SPELLINGS, OTHERS) for pair in pairs for words in pair for word in words.split()):
        assert mirrored(tables, word) == search_key(word)


def mirrored(tables: dict[str, Any], word: str) -> str:
    """Return the key of one word from the tables alone, step by step."""
    word = re.sub(tables["accents"], "", unicodedata.normalize("NFKD", word).lower())
    for sign in sorted(tables["everywhere"], key=len, reverse=True):
        word = word.replace(sign, tables["everywhere"][sign])
    if not re.fullmatch(tables["hindi"], word):
        return word
    for pattern, same in tables["patterns"]:
        word = re.sub(pattern, same, word)
    letters = len(re.findall(tables["letter"], word))
    if letters >= tables["long_from"]:
        word = "".join(tables["long"].get(sign, sign) for sign in word)
    if letters >= tables["halants_from"]:
        word = word[:2] + word[2:].replace("\u094d", "")
    names = [spelling for spelling in tables["names"] if word.startswith(spelling)]
    longest = max(names, key=len, default="")
    return str(tables["names"].get(longest, "")) + word[len(longest) :]
