"""Each agency that a report names is explained: the rule that makes it a credit, or the reason why it is none."""

import pytest

from crawler.text.credit.verdicts import consider_credits
from crawler.text.dateline.opening import Opening, consider_opening, read_opening


def test_an_accepted_credit_names_its_rule() -> None:
    lines = ["लंदन, 12 जून (एएफपी) पुल खुल गया है।", "भीड़ जुटी रही। (रॉयटर्स)"]

    considered = list(consider_credits(lines, read_opening(lines)))

    assert [(one.raw, one.line, one.accepted, one.why) for one in considered] == [
        ("(एएफपी)", 0, True, "agency of the dateline"),
        ("(रॉयटर्स)", 1, True, "in brackets after the last sentence"),
    ]


@pytest.mark.parametrize(
    ("line", "raw", "why"),
    [
        (
            "जापानी प्रसारक (एनएचके) ने कहा कि पुल खुला।",
            "(एनएचके)",
            "inside a sentence, followed by ने कहा: quoted as a source",
        ),
        (
            "रॉयटर्स के फोटोग्राफर पुल पर थे।",
            "रॉयटर्स",
            "inside a sentence, followed by के फोटोग्राफर",
        ),
        (
            "सरकारी दल ने शांति वार्ता की।",
            "वार्ता",
            "वार्ता means something else as well, and nothing shows the agency",
        ),
        ("पुल का दृश्य। (फोटो: रॉयटर्स)", "रॉयटर्स", "the credit of a picture"),
        ("पुल खुल गया है। (जेएनएन)", "(जेएनएन)", "the newsroom's own desk"),
        ("पुल खुल गया है। (मीरा जोशी)", "(मीरा जोशी)", "no agency of that name in agencies.toml"),
    ],
)
def test_a_refused_credit_names_its_reason(line: str, raw: str, why: str) -> None:
    considered = list(consider_credits([line], Opening()))

    assert [(one.raw, one.accepted, one.why) for one in considered] == [(raw, False, why)]


def test_a_dateline_behind_prose_needs_support() -> None:
    lines = ["बगीचा खुला है। टिकट मुफ्त है।", "लंदन: पौधे लगे हैं।"]

    (considered,) = consider_opening(lines)

    assert (considered.raw, considered.verdict.accepted) == ("लंदन:", False)
    assert considered.verdict.why == "it stands after a sentence, without a date or an agency"
    assert read_opening(lines).dateline is None


def test_at_most_one_slot_is_accepted() -> None:
    considered = list(consider_opening(["मनीला, एपी। पुल खुला।"]))

    assert [one.raw for one in considered if one.verdict.accepted] == ["मनीला, एपी।"]
    assert read_opening(["मनीला, एपी। पुल खुला।"]).dateline is not None
