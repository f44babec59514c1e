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


KRUTI_DEV = (
    "dkBekaMw ds ikl igkM+h lM+d ij cq/kokj dks ,d cl iyV xbZ vkSj ckjg ;k=h ?kk;y gks x, gSaA iqfyl us crk;k fd "
    "jkgr dk dke tkjh gS vkSj yksxksa dks vLirky esa HkrhZ fd;k x;k gSA"
)
CHANAKYA = (
    "·¤æÆU×æ´ÇêU ·ð¤ Âæâ ÂãæÇ¸è âÇ¸·¤ ÂÚU ÕéÏßæÚU ·¤ô °·¤ Õâ ÂÜÅU »§ü ¥õÚU ÕæÚUã Øæ˜æè ƒææØÜ ãô »° ãñ´Ð ÂéçÜâ "
    "Ùð ÕÌæØæ ç·¤ ÚUæãÌ ·¤æ ·¤æ× ÁæÚUè ãñ ¥õÚU Üô»ô´ ·¤ô ¥SÂÌæÜ ×ð´ ÖÌèü ç·¤Øæ »Øæ ãñÐ"
)
SHUSHA = (
    "kazmaaMDU ko pasa phaD,I saD,k pr bauQavaar kao ek basa plaT ga[- AaOr baarh yaa~I Gaayala hao gae hOM. puilasa "
    "nao batayaa ik raht ka kama jaarI hO AaOr laaogaaoM kao Asptala maoM BatI- ikyaa gayaa hO."
)
ROMANISED = (
    "Kathmandu ke paas pahadi sadak par budhwar ko ek bus palat gayi aur barah yatri ghayal ho gaye hain. Police ne "
    "bataya ki rahat ka kaam jaari hai aur logon ko aspatal mein bharti kiya gaya hai."
)
TURKISH = (
    "Katmandu yakınlarında dağ yolunda çarşamba günü bir otobüs devrildi ve on iki yolcu yaralandı, polis yardımın "
    "sürdüğünü söyledi, yaralılar hastaneye kaldırıldı."
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (KRUTI_DEV, "legacy-font"),
        (KRUTI_DEV.replace("vkSj", "औj"), "legacy-font"),
        (CHANAKYA, "legacy-font"),
        (SHUSHA, "legacy-font"),
        (ROMANISED, "romanised"),
        (HINDI.encode().decode("latin-1"), "mojibake"),
        (HINDI.encode().decode("latin-1").encode().decode("latin-1"), "mojibake"),
        (ENGLISH, "language-en"),
        (TURKISH, "language-und-Latn"),
    ],
)
@pytest.mark.parametrize("headline", ["", "काठमांडू के पास बस पलटी, बारह यात्री घायल"])
def test_a_body_that_is_no_devanagari_is_refused_by_what_it_is(text: str, reason: str, headline: str) -> None:
    each = article(text)
    each.headline = headline

    with pytest.raises(Refusal, match=f"^{reason}: https://khabar\\.example/1"):
        LanguagePipeline(["hi"]).process_item(each)


SHORT = "Sarkar ne kaha hai ki do din tak school band rahenge kyunki sadkon par paani bhara hua hai aur bijli nahi hai."
URDU = "انتظامیہ نے کہا کہ مرمت کا کام رات بھر جاری رہے گا اور آدھے شہر میں بجلی آ گئی ہے۔"
LONG_HEADLINE = "काठमांडू के पास पहाड़ी सड़क पर बुधवार को एक बस पलट गई और बारह यात्री घायल हो गए हैं, राहत का काम जारी है"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SHORT, "romanised"),
        (f"{ROMANISED} {SHORT} {HINDI}", "romanised"),
        (f"{KRUTI_DEV} {KRUTI_DEV} {HINDI}", "legacy-font"),
        (f"{ENGLISH} {ENGLISH} {HINDI}", "language-en"),
        (URDU, "language-ur"),
    ],
)
def test_a_headline_or_a_line_in_hindi_makes_no_body_hindi(text: str, reason: str) -> None:
    each = article(text)
    each.headline = LONG_HEADLINE

    with pytest.raises(Refusal, match=f"^{reason}: "):
        LanguagePipeline(["hi"]).process_item(each)


@pytest.mark.parametrize("text", [f"{HINDI} {ENGLISH}", f"{HINDI} {SHORT}", f"{HINGLISH} {HINDI}"])
def test_what_a_hindi_body_quotes_does_not_refuse_it(text: str) -> None:
    each = article(text)
    each.headline = LONG_HEADLINE

    assert LanguagePipeline(["hi"]).process_item(each).language == "hi"


def test_romanised_hindi_is_kept_where_the_setting_names_it() -> None:
    assert LanguagePipeline(["hi", "hi-Latn"]).process_item(article(ROMANISED)).language == "hi-Latn"


@pytest.mark.parametrize(
    "text",
    [
        "Le café à Paris était fermé, a dit la police après l’incident près de la gare, six blessés ont été soignés.",
        "Lögreglan í Reykjavík sagði að tólf farþegar hefðu slasast þegar rúta valt á fjallvegi á miðvikudag í óveðri.",
    ],
)
def test_accents_make_no_legacy_font(text: str) -> None:
    with pytest.raises(Refusal, match=r"^language-"):
        LanguagePipeline(["hi"]).process_item(article(text))


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
