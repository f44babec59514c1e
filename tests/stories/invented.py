"""Invented reports about events that never happened, and edited copies of them as outlets print them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PLACES = "काठमांडू सियोल लीमा नैरोबी ओस्लो मनीला तेहरान अंकारा बोगोटा हनोई डकार लिस्बन रियाद क्विटो वारसॉ".split()
_WHO = """
    मछुआरों शिक्षकों किसानों अधिकारियों नाविकों सैनिकों छात्रों चिकित्सकों दूतों
    व्यापारियों पर्यटकों इंजीनियरों वैज्ञानिकों श्रमिकों विशेषज्ञों चालकों सांसदों
    न्यायाधीशों प्रदर्शनकारियों खिलाड़ियों बुनकरों पर्वतारोहियों गोताखोरों कलाकारों मेयरों
    राजनयिकों
""".split()
_WHAT = """
    पुल बांध समझौते कारखाने बंदरगाह सुरंग चुनाव पाठ्यक्रम अस्पताल उपग्रह तूफान नदी जहाज
    विमान खदान पुस्तकालय शिविर सीमा बाजार मुद्रा टीके जंगल द्वीप रेलमार्ग संग्रहालय विधेयक
    मेले झील ज्वालामुखी मस्जिद गिरजाघर मठ प्रयोगशाला दूतावास भंडार पाइपलाइन स्टेडियम
    अनुबंध
""".split()
_HOW = """
    पुराने नए अधूरे विवादित विशाल ऐतिहासिक गुप्त क्षतिग्रस्त महंगे लोकप्रिय दूरस्थ संयुक्त
    अस्थायी वार्षिक समुद्री पहाड़ी सूखे बाढ़ग्रस्त प्रस्तावित निजी सार्वजनिक डिजिटल हरित
    खतरनाक प्राचीन
""".split()
_DID = (
    "मंजूरी दी|विरोध किया|निरीक्षण किया|उद्घाटन टाल दिया|मरम्मत शुरू की|"
    "नक्शा जारी किया|बजट घटा दिया|जांच सौंप दी|रास्ता रोक दिया|मुआवजा मांगा|"
    "हस्ताक्षर किए|आंकड़े प्रकाशित किए|चेतावनी दोहराई|ठेका रद्द किया|पहरा बढ़ा दिया|"
    "सर्वेक्षण पूरा किया|अपील खारिज की|दौरा स्थगित किया|राहत पहुंचाई|प्रतिबंध हटाया"
).split("|")
_NAMES = """
    ओरेला विंटकर हासमू दारविन तोमाल केसरी बोलान रूबिक सामेर जिओवा पेत्रान लुकासा मिरोना
    ताकेवा नोरबू ओलिफ हेनरिक्स दोलमार इसाबे फरीदून कामिलो अल्वरे बेंतो चिदारो एल्डान
    गुरमेन
""".split()
_AGENCIES = "एपी एएफपी रायटर भाषा वार्ता शिन्हुआ".split()
_OUTLETS = [f"outlet_{number}" for number in range(1, 13)]
_SPELLINGS = (
    ("चेतावनी", "चेतावनि"),
    ("मंजूरी", "मंज़ूरी"),
    ("किए", "किये"),
    ("अस्पताल", "अस्पताळ"),
    ("पहुंचाई", "पहुँचाई"),
    ("में", "मे"),
)


@dataclass(frozen=True)
class Invented:
    """One row with its true story."""

    row: dict[str, Any]
    truth: int


def sentence(chance: random.Random, place: str) -> str:
    """Return a random sentence."""
    pick = chance.choice
    number, other = chance.randint(2, 950), chance.randint(2, 60)
    who, whom, what, where, how = pick(_WHO), pick(_WHO), pick(_WHAT), pick(_WHAT), pick(_HOW)
    did, name, surname = pick(_DID), pick(_NAMES), pick(_NAMES)
    return pick(
        (
            f"{place} के {how} {what} पर {number} {who} ने {did} और {where} की ओर {other} दिन का समय रखा।",
            f"{name} {surname} ने कहा कि {how} {what} के लिए {who} ने {number} बार {did}।",
            f"{who} के प्रतिनिधि {name} के अनुसार {what} और {where} पर {how} योजना से {number} परिवार जुड़े हैं।",
            f"इससे पहले {who} ने {how} {what} को लेकर {did}, जबकि {name} {other} {whom} के साथ थे।",
            f"{other} महीने पुराने {what} में {who} और {whom} के बीच {how} {where} का मामला उठा।",
        )
    )


def invent(stories: int, seed: int) -> Iterator[Invented]:
    """Yield the rows of stories: one to five copies each, some with a background paragraph that many stories share."""
    chance = random.Random(seed)
    background = [" ".join(sentence(chance, "राजधानी") for _ in range(2)) for _ in range(5)]
    for truth in range(stories):
        place, agency = chance.choice(PLACES), chance.choice(_AGENCIES)
        report = [sentence(chance, place) for _ in range(chance.randint(9, 18))]
        day = chance.randint(1, 26)
        copies = chance.choice((1, 1, 1, 2, 3, 4, 5))
        for copy, outlet in enumerate(chance.sample(_OUTLETS, copies)):
            lines = edit(report, chance, copy / 6) if copy else list(report)
            if chance.random() < 0.3:
                lines.insert(chance.randint(1, len(lines)), chance.choice(background))
            lines[0] = _dateline(chance, place, agency, day) + lines[0]
            row = {
                "id": f"{seed}-{truth}-{copy}",
                "headline": f"{place}: {report[0].split('।')[0]}",
                "body": lines,
                "outlet": outlet,
                "published_at": f"2026-03-{day:02}T{chance.randint(5, 22):02}:{chance.randint(0, 59):02}:00+05:30",
            }
            yield Invented(row, truth)


def edit(report: list[str], chance: random.Random, strength: float) -> list[str]:
    """Return a report as another outlet prints it: cut at the tail, shuffled a little, words dropped and respelt."""
    lines = report[: max(4, round(len(report) * (1 - strength * chance.random())))]
    if chance.random() < strength:
        lines[0] = sentence(chance, "शहर")
    for at in range(1, len(lines) - 1):
        if chance.random() < strength / 2:
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return [_respell(line, chance, strength) for line in lines]


def _respell(line: str, chance: random.Random, strength: float) -> str:
    for printed, other in _SPELLINGS:
        if chance.random() < strength:
            line = line.replace(printed, other)
    return " ".join(word for word in line.split() if chance.random() > strength / 12)


def _dateline(chance: random.Random, place: str, agency: str, day: int) -> str:
    forms = (f"{place}, {day} मार्च ({agency})। ", f"{place}। ", f"{place}, एजेंसी। ", f"{place}: ", f"({agency}) ")
    return chance.choice(forms)
