"""Invented Hindi prose, about events that never happened, for benchmarks and demonstrations."""

from random import Random

_THINGS = (
    "पुल नहर झील बाँध सड़क रेलमार्ग बंदरगाह संग्रहालय पुस्तकालय उद्यान विद्यालय अस्पताल बाज़ार मेला सम्मेलन चुनाव बजट समझौता "
    "वार्ता प्रदर्शन हड़ताल मुक़ाबला अभियान शोध उपग्रह दूरबीन कारख़ाना खदान जंगल तूफ़ान भूकंप हिमपात बारिश सूखा फ़सल मछुआरे"
).split()
_HOW = "नया पुराना विशाल अधूरा ऐतिहासिक विवादित महँगा अनोखा साझा लंबा ठप बहाल प्रस्तावित सरकारी निजी अंतरराष्ट्रीय".split()
_WHAT = (
    "शुरू हुआ|रोक दिया गया|फिर खुला|टल गया|पूरा हुआ|चर्चा में आया|बंद रहा|दुनिया भर में देखा गया|अदालत पहुँचा|सराहा गया|"
    "जाँच के घेरे में|लोगों के लिए खोला गया"
).split("|")
_WHO = "मंत्री महापौर वैज्ञानिक किसान छात्र मछुआरे डॉक्टर अधिकारी खिलाड़ी कलाकार यात्री पड़ोसी इंजीनियर शिक्षक".split()
_SAID = (
    "ने बताया कि काम तय समय से पहले हो जाएगा|का कहना है कि अभी कई सवाल बाक़ी हैं|ने इसे बरसों की मेहनत का नतीजा बताया|"
    "के अनुसार इससे हज़ारों परिवारों को फ़ायदा होगा|ने माना कि ख़र्च उम्मीद से ज़्यादा रहा|ने अगली बैठक जल्द बुलाने को कहा"
).split("|")


class Prose:
    """Headlines and paragraphs; the same `chance` gives the same words."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def headline(self, place: str) -> str:
        """Return a headline about a place."""
        return f"{place} में {self._thing()} {self._chance.choice(_WHAT)}, {self.sentence()}"

    def paragraphs(self, place: str, number: int = 6) -> list[str]:
        """Return paragraphs of three sentences each."""
        return [f"{self.headline(place)}। {self.sentence()}। {self.sentence()}।" for _ in range(number)]

    def sentence(self) -> str:
        """Return a sentence without its danda."""
        return f"{self._thing()} पर {self.person()} {self._chance.choice(_SAID)}"

    def person(self) -> str:
        """Return a word for a person, such as `महापौर`."""
        return self._chance.choice(_WHO)

    def _thing(self) -> str:
        return f"{self._chance.choice(_HOW)} {self._chance.choice(_THINGS)}"
