"""Without an `h1`, the heading that opens the title is the headline; a dash of the headline itself cuts nothing."""

import pytest

from tests.reading.markup import HEADLINE, paragraphs, read

TALKS = "चीन - जापान वार्ता - क्या बदलेगा समुद्र का नक्शा"


@pytest.mark.parametrize(
    ("title", "heading", "headline"),
    [
        (f"{HEADLINE} - विदेश समाचार | खबर संसार", HEADLINE, HEADLINE),
        (f"{HEADLINE} – विदेश की ताजा खबरें | खबर संसार", HEADLINE, HEADLINE),
        (f"{HEADLINE} - World News in Hindi - खबर संसार", HEADLINE, HEADLINE),
        (f"{HEADLINE} | विदेश - खबर संसार", HEADLINE, HEADLINE),
        (f"{HEADLINE} - दुनिया भर की बड़ी खबरें एक साथ | खबर", f"<span>{HEADLINE}</span>", HEADLINE),
        (f"{HEADLINE} : विदेश - खबर संसार | हिंदी", HEADLINE, HEADLINE),
        (f"{HEADLINE} - खबर संसार", HEADLINE, HEADLINE),
        (f"{TALKS} | खबर", "चीन", TALKS),
        ("बाढ़ का पानी - गांव डूबे, सौ लोग बचाए गए | खबर", "बाढ़ का पानी", "बाढ़ का पानी - गांव डूबे, सौ लोग बचाए गए"),
        ("वरुणपुर चुनाव 2024 : आज मतदान शुरू हुआ | खबर", "वरुणपुर चुनाव 2024", "वरुणपुर चुनाव 2024 : आज मतदान शुरू हुआ"),
        (f"{TALKS} | खबर", "चीन - जापान", f"{TALKS}"),
        (f"{HEADLINE} - एक रिपोर्ट | खबर", "दूसरी बात का शीर्षक", f"{HEADLINE} - एक रिपोर्ट"),
        (f"{HEADLINE} - आंखों देखी | खबर", "विदेश समाचार आज", f"{HEADLINE} - आंखों देखी"),
        (f"{HEADLINE} - आंखों देखी | खबर", f"{HEADLINE} - आंखों देखी", f"{HEADLINE} - आंखों देखी"),
        (f"{HEADLINE}, राहत जारी | खबर", HEADLINE, f"{HEADLINE}, राहत जारी"),
        (f"{HEADLINE} और बढ़ा खतरा | खबर", HEADLINE, f"{HEADLINE} और बढ़ा खतरा"),
    ],
)
def test_the_heading_that_opens_the_title_is_the_headline(title: str, heading: str, headline: str) -> None:
    story = f"<div class='story'><h2>{heading}</h2>{paragraphs()}</div>"
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"

    assert read(f"<html lang='hi'>{head}<body><h2>विदेश</h2>{story}</body></html>").headline == headline
