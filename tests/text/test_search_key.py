"""Readers find a word however it is spelled, and not another word."""

import pytest

from crawler.text.search_key import search_key

ALIKE = """
इरान ईरान
युक्रेन यूक्रेन
जेलेंस्की ज़ेलेन्स्की
मुम्बई मुंबई
हिन्दी हिंदी
वॉशिंग्टन वाशिंगटन
गयी गई
रुपये रुपए
तोक्यो टोक्यो
अन्तर्राष्ट्रीय अंतरराष्ट्रीय
कतर क़तर
फ्रान्स फ़्रांस
चाँद चांद
आॅकलैंड ऑकलैंड
पैरिस पेरिस
इज़राइल इजरायल
सिओल सियोल
न्यूयार्क न्यूयॉर्क
शान्ति शांति
सउदी सऊदी
अफगानिस्तान अफ़ग़ानिस्तान
म्याँमार म्यांमार
१२ 12
COVID covid
"""
UNLIKE = """
ईरान इराक
चीन चेन
नेपाल भूपाल
कतर कटार
रूस रस
गाजा गज
सेना सोना
राय रात
सूडान सदन
दिल दल
पाकिस्तान हिंदुस्तान
बाढ़ बढ़
"""


@pytest.mark.parametrize("pair", ALIKE.split("\n")[1:-1])
def test_two_spellings_of_one_word_have_one_key(pair: str) -> None:
    typed, printed = pair.split(" ")

    assert search_key(typed) == search_key(printed) != ""


@pytest.mark.parametrize("pair", UNLIKE.split("\n")[1:-1])
def test_two_words_have_two_keys(pair: str) -> None:
    typed, printed = pair.split(" ")

    assert search_key(typed) != search_key(printed)


def test_marks_and_hyphens_part_words() -> None:
    assert search_key(" भारत-पाक: ‘संघर्ष-विराम’।कल ") == search_key("भारत पाक संघर्ष विराम कल")


def test_a_text_without_words_has_an_empty_key() -> None:
    assert search_key("— । ‘…’ ") == ""


def test_both_ways_to_type_a_letter_have_one_key() -> None:
    assert search_key("\u0958\u0924\u0930 cafe\u0301") == search_key("\u0915\u093c\u0924\u0930 caf\u00e9")
