"""Whether a page may be in a language, by its record and by its first 64 KB; a page that cannot be judged may."""

import pytest

from crawler.authoring.page_language import LOOKED_AT, may_be_in, stated_languages

HINDI = "सेतुपुर में सोमवार को नदी का पानी बढ़ गया और लोग अपने घरों से बाहर निकल कर पहाड़ी की ओर चले गए।"
MARATHI = "सेतुपूर येथे सोमवारी नदीचे पाणी वाढले आहे आणि लोक आपल्या घरातून बाहेर पडले असून ते टेकडीवर गेले आहेत असे त्यांनी सांगितले."
ENGLISH = "The river rose over its banks on Monday, and the people of the town left their homes for the hills."
SCRIPT = "<script>var words = 'the people of the town and the river were in the hills';</script>"


def page(*texts: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{''.join(f'<p>{text}</p>' for text in texts)}</body></html>".encode()


@pytest.mark.parametrize(
    ("content", "may_be"),
    [
        (page(HINDI), True),
        (page(ENGLISH, HINDI, ENGLISH), True),
        (page(HINDI, head=SCRIPT * 50), True),
        (page(HINDI.encode("ascii", "xmlcharrefreplace").decode()), True),
        (page("पुल खुला"), True),
        (page(), True),
        (b"", True),
        (page(HINDI).decode().encode("utf-16"), True),
        (page(ENGLISH + " “" * 40).decode().encode("cp1252"), True),
        (page("x" * LOOKED_AT, HINDI), True),
        (page("Nadi ka paani badh gaya aur log apne gharon se nikal kar pahadi ki or chale gaye"), True),
        (page(ENGLISH * 3), False),
        (page(ENGLISH * 3, head="<title>पुल खुला</title>"), False),
        (page(MARATHI * 2), False),
        (page(MARATHI * 2, ENGLISH * 2, head=SCRIPT), False),
        (page(ENGLISH * 3, head=f"<script>{HINDI}</script><!-- {HINDI} -->"), False),
    ],
)
def test_a_page_is_passed_over_only_if_its_text_is_clearly_in_another_language(content: bytes, may_be: bool) -> None:
    assert may_be_in({"hi"}, content) is may_be


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        (None, set()),
        ("", set()),
        ("hin", {"hi"}),
        ("hin,eng", {"hi", "en"}),
        ("hi-IN, en-US", {"hi", "en"}),
        ("HI", {"hi"}),
        ("tha", {"tha"}),
        ("Hindi", set()),
        ("*", set()),
    ],
)
def test_what_a_header_says_is_read_as_primary_tags(header: str | None, tags: set[str]) -> None:
    assert stated_languages(header) == tags
