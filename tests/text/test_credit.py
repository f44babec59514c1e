"""Credits, by a table of last lines; in as many rows as not there is none."""

from datetime import date
from pathlib import Path

import pytest

from crawler.text.credit.cited import read_cited_media
from crawler.text.credit.credits import narrative, read_closing, read_credits
from crawler.text.dateline.opening import Opening, read_opening

TABLE = Path(__file__).with_name("credit.tsv")
ROWS = [
    line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]
REPORT = [
    "ओस्लो: झील पर तैरता पुल इसी साल खुलेगा।",
    "सरकारी प्रसारक निप्पॉन होसो क्योकाई (एनएचके) ने कहा कि ऐसा पुल पहली बार बना है।",
    "इंजीनियरों ने परीक्षण पूरा कर लिया है। (एपी)",
]


def test_as_many_lines_must_not_match_as_must() -> None:
    refused = sum(row[1] == "-" for row in ROWS)

    assert refused >= 45
    assert len(ROWS) - refused <= refused + 5


@pytest.mark.parametrize("row", ROWS, ids=[row[0][-45:] for row in ROWS])
def test_the_last_lines_are_read_as_their_row_says(row: list[str]) -> None:
    lines, agencies, raw = row

    found = read_credits(lines.split("⏎"), Opening())

    assert (",".join(credit.agency for credit in found) or "-") == agencies
    if raw not in "-*":
        assert found[-1].raw == raw
        assert found[-1].where == "tail"


def test_an_agency_in_dateline_and_tail_is_listed_once() -> None:
    lines = ["लंदन, 12 जून (एपी) पुल खुल गया है।", "भीड़ जुटी रही। (एपी)"]

    found = read_credits(lines, read_opening(lines, published=date(2024, 6, 13)))

    assert [(credit.agency, credit.raw, credit.where) for credit in found] == [("ap", "(एपी)", "dateline")]


def test_latin_initials_are_a_credit_only_behind_a_dateline() -> None:
    lines = ["लंदन: पुल खुल गया है।", "भीड़ जुटी रही। (AP)"]

    assert [credit.agency for credit in read_credits(lines, read_opening(lines))] == ["ap"]
    assert read_credits(lines[1:], Opening()) == ()


def test_a_credit_that_closes_an_earlier_paragraph_is_inline() -> None:
    lines = ["पुल खुल गया है। (रॉयटर्स)", *["भीड़ जुटी रही। लोग आते रहे।"] * 6]

    assert [(credit.agency, credit.where) for credit in read_credits(lines, Opening())] == [("reuters", "inline")]


def test_the_narrative_has_neither_dateline_nor_tail_credit() -> None:
    opening = read_opening(REPORT)

    text = narrative(REPORT, opening, read_closing(REPORT, opening))

    assert text.startswith("झील पर तैरता पुल")
    assert text.endswith("परीक्षण पूरा कर लिया है।")


def test_quoted_media_are_cited_and_not_credited() -> None:
    opening = read_opening(REPORT)

    assert [credit.agency for credit in read_credits(REPORT, opening)] == ["ap"]
    assert read_cited_media(REPORT, {"ap"}) == ("nhk",)


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("उत्तर कोरिया की 'कोरियन सेंट्रल न्यूज एजेंसी' के अनुसार, पुल खुला।", ("kcna",)),
        ("समाचार एजेंसी शिन्हुआ ने बताया कि पुल खुला।", ("xinhua",)),
        ("रॉयटर्स की रिपोर्ट के मुताबिक पुल खुला।", ("reuters",)),
        ("उन्होंने एएनआई को बताया कि पुल खुला।", ("ani",)),
        ("स्पूतनिक टीके की खेप पहुंची।", ()),
        ("यह भाषा कठिन है।", ()),
        ("शांति वार्ता के अनुसार सेना हटेगी।", ()),
        ("रॉयटर्स के फोटोग्राफर घायल हुए।", ()),
    ],
)
def test_only_quoted_media_are_cited(line: str, cited: tuple[str, ...]) -> None:
    assert read_cited_media([line]) == cited


def test_media_and_the_words_that_quote_them_are_looked_for_in_one_line() -> None:
    assert read_cited_media(["पुल खुला: रॉयटर्स", "ने कहा कि पुल खुला।", "एएनआई,", "एएफपी ने कहा कि पुल खुला।"]) == ("afp",)
    assert read_cited_media(["पुल खुला: रॉयटर्स\nने कहा कि पुल खुला।"]) == ("reuters",)


@pytest.mark.parametrize(
    ("words", "is_signed"),
    [
        ("(यूएनआई के पूर्व संपादक)", False),
        ("(परिषद की पत्रिका के संपादक)", False),
        ("(पूर्व संपादक)", False),
        ("(विशेष संवाददाता)", True),
        ("(हमारे संवाददाता)", True),
        ("(सीमा जोशी, संवाददाता)", True),
    ],
)
def test_words_in_brackets_that_tell_who_somebody_is_are_no_signature(words: str, is_signed: bool) -> None:
    closing = read_closing(["पुल खुल गया है।", f"भीड़ में सीमा जोशी भी थीं। {words}"], Opening())

    assert (closing.line == 1) == is_signed
