"""Bad input: each page is refused with a reason or read despite its faults; nothing crashes."""

import gzip
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.reading.markup import decode
from crawler.reading.page import read_page
from crawler.reading.tree import parse_unchecked
from crawler.reasons import NotAnArticle
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, URL, page, paragraphs, read, reason, texts

PAGE = page(paragraphs())


@pytest.mark.parametrize("content", [b"", b"   \n\t ", b"\n"])
def test_an_empty_page_is_refused(content: bytes) -> None:
    assert reason(content) == "empty"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        gzip.compress(PAGE.encode()),
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"PK\x03\x04\x14\x00",
        b'{"status": "error", "message": "no such article"}',
        b"<?xml version='1.0'?>\n<rss version='2.0'><channel><title>x</title></channel></rss>",
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
        "सिर्फ सादा पाठ, कोई टैग नहीं।".encode(),
    ],
    ids=["pdf", "gzip", "png", "jpeg", "zip", "json", "rss", "sitemap", "text"],
)
def test_what_is_not_html_is_refused(content: bytes) -> None:
    assert reason(content) == "not-html"


def test_a_page_without_headline_is_refused() -> None:
    assert reason(f"<html><body>{paragraphs()}</body></html>") == "no-headline"


def test_a_headline_without_text_is_refused() -> None:
    assert reason(page("<div><img src='/a.jpg'></div>")) == "no-body"


def test_nothing_but_tags_is_refused() -> None:
    assert reason("<html><head></head><body><div></div></body></html>") == "no-headline"


def test_a_page_truncated_inside_a_character_is_read_up_to_there() -> None:
    whole = PAGE.encode()
    cut = whole[: whole.index(THIRD.encode()) + 31]

    article = read_page(cut, URL)

    assert texts(article)[:2] == [FIRST, SECOND]


def test_ten_thousand_nested_elements_are_read_without_a_crash() -> None:
    deep = "<div>" * 10_000 + paragraphs() + "</div>" * 10_000

    assert texts(read(deep)) == [FIRST, SECOND, THIRD]


def test_ten_thousand_nested_inline_elements_are_read_without_a_crash() -> None:
    deep = "<p>" + "<span>" * 10_000 + FIRST + "</span>" * 10_000 + "</p>" + paragraphs(SECOND, THIRD)

    assert texts(read(deep)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii", "gb2312", "no-such-charset"])
def test_a_wrong_charset_does_not_garble_utf8(declared: str) -> None:
    markup = PAGE.replace('<meta charset="utf-8">', f'<meta charset="{declared}">')

    article = read(markup, encoding=declared)

    assert (article.headline, texts(article)) == (HEADLINE, [FIRST, SECOND, THIRD])


def test_a_charset_declared_only_in_meta_is_used() -> None:
    markup = PAGE.replace(
        '<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=utf-16-le">'
    )

    assert read_page(b"\xff\xfe" + markup.encode("utf-16-le"), URL).headline == HEADLINE


def test_the_charset_of_http_is_used_if_the_page_declares_none() -> None:
    assert decode("café naïve Zürich".encode("cp1252"), URL, encoding="windows-1252") == "café naïve Zürich"


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_mojibake_is_repaired(codec: str) -> None:
    garbled = "".join(_read_as(character, codec) for character in PAGE)

    article = read(garbled)

    assert (article.headline, texts(article)) == (HEADLINE, [FIRST, SECOND, THIRD])


@pytest.mark.parametrize("first", ["latin-1", "cp1252"])
@pytest.mark.parametrize("second", ["latin-1", "cp1252"])
def test_mojibake_of_mojibake_is_repaired(first: str, second: str) -> None:
    once = "".join(_read_as(character, first) for character in PAGE)
    twice = "".join(_read_as(character, second) for character in once)

    article = read(twice)

    assert (article.headline, texts(article)) == (HEADLINE, [FIRST, SECOND, THIRD])


def test_accents_are_no_mojibake() -> None:
    name = "São Tomé, Ângela, Crème brûlée, Ã"

    assert texts(read(page(paragraphs(FIRST, f"{SECOND} {name}"))))[1].endswith(name)


def _read_as(character: str, codec: str) -> str:
    if ord(character) < 0x80:
        return character
    return "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in character.encode())


def test_mojibake_that_lost_bytes_is_refused() -> None:
    garbled = "".join(c if c < "\x80" else c.encode().decode("cp1252", "replace") for c in page(paragraphs() * 3))

    assert reason(garbled) == "mojibake"


def test_a_report_with_a_garbled_comment_is_read() -> None:
    comment = "".join(c if c < "\x80" else c.encode().decode("cp1252", "replace") for c in FIRST[:20])

    assert texts(read(PAGE.replace("</body>", f"<footer>{comment}</footer></body>"))) == [FIRST, SECOND, THIRD]


def test_text_that_no_charset_decodes_is_refused() -> None:
    lost = page(
        paragraphs(*("\ufffd" * 60 + " " + "\ufffd" * 40 for _ in range(9))), headline="\ufffd\ufffd \ufffd\ufffd"
    )

    assert reason(lost) == "mojibake"


def test_a_page_with_a_few_lost_characters_is_read() -> None:
    whole = PAGE.encode()
    at = whole.index("अंधेरा".encode())
    damaged = whole[: at + 1] + whole[at + 2 :] + b"\xe0\xa4"

    assert texts(read_page(damaged, URL))[1:] == [SECOND, THIRD]


def test_null_bytes_are_ignored() -> None:
    assert texts(read(PAGE.replace("<article>", "<article>\x00"))) == [FIRST, SECOND, THIRD]


def test_unclosed_and_misnested_tags_read_in_order() -> None:
    body = f"<div><p><b>{FIRST}<p>{SECOND}</b></div><p>{THIRD}"

    assert texts(read(body)) == [FIRST, SECOND, THIRD]


def test_a_very_long_page_is_read() -> None:
    body = "".join(f"<p>{FIRST} क्रमांक {number}।</p>" for number in range(3000))

    assert len(read(body).body) == 3000


SOFT_404 = ["404 - Page Not Found", "पेज नहीं मिला", "यह पेज उपलब्ध नहीं है", "Sorry, this page does not exist"]


@pytest.mark.parametrize("title", SOFT_404)
def test_an_error_page_with_status_200_is_refused(title: str) -> None:
    body = "<p>आप जिस पते पर आए हैं वह हमारे पास नहीं है।</p><p><a href='/'>होम पेज पर जाएं</a></p>"

    assert reason(page(body, headline=title)) == "soft-404"


def test_a_report_about_an_error_is_no_error() -> None:
    headline = "सरकारी साइट पर 404, हजारों छात्र परेशान"

    assert (
        read(page(paragraphs(FIRST, SECOND, THIRD, FIRST + SECOND, THIRD + FIRST), headline=headline)).headline
        == headline
    )


def test_a_consent_wall_is_refused() -> None:
    body = (
        "<div><p>We value your privacy. We and our partners store cookies.</p><button>Accept all cookies</button></div>"
    )

    assert reason(page(body, headline="Before you continue")) == "consent-wall"


def test_a_blocked_answer_is_refused() -> None:
    assert reason(page("<p>You do not have permission to access this page.</p>", headline="Access Denied")) == "blocked"


def test_an_article_with_a_consent_banner_is_read() -> None:
    banner = "<div id='cookie-banner'><p>हम कुकीज का इस्तेमाल करते हैं। जारी रखने पर आप सहमत हैं।</p><button>ठीक</button></div>"
    markup = page(paragraphs(FIRST, SECOND, THIRD, FIRST + SECOND, SECOND + THIRD, THIRD + FIRST)).replace(
        "</body>", f"{banner}</body>"
    )

    assert len(read(markup).body) == 6


@pytest.mark.shared
def test_the_page_after_a_public_bug_report_is_read_and_a_mutated_one_breaks_nothing(evidence: Path) -> None:
    fresh, url = evidence / "fresh", "https://thewirehindi.com/290001/kenya-flood-relief/"

    assert read_page((fresh / "bugs" / "page_canonical_bad.html").read_bytes(), url).url == url
    (mutated,) = (fresh / "faults").glob("fuzz-page-*.bin")
    with suppress(NotAnArticle):  # it holds an article to whom can find one; any other exception is a fault
        read_page(mutated.read_bytes(), url)


_NOT_UTF8 = (
    b"\xff",
    b"\xc0\x80",
    b"\xe0\x80\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x80",
    b"\xe0\xa4",
    b"\xf0\x9f\x98",
)


@pytest.mark.parametrize(
    "around",
    [
        "<p>{}</p>", "<p a='{}'>x</p>", "<p {}=1>x</p>", "<p a={}>x</p>", "<{}>x", "</{}>x", "<title>{}</title>",
        "<!-- {} -->x", "<script>{}</script>x", "<style>{}</style>x", "<textarea>{}</textarea>", "<svg>{}</svg>",
        "<p>x</p></html>{}", "{}", "<p>x{}", "<p>&{};", "<script>" + "x" * 100_000 + "{}</script>",
    ],
)  # fmt: skip
def test_bytes_that_are_not_utf8_are_seen_while_parsing(around: str) -> None:
    before, after = around.encode().split(b"{}")

    seen = [parse_unchecked(b"<html><body>" + before + "क".encode() + fault + after)[1] for fault in _NOT_UTF8]

    assert not any(seen)
    assert parse_unchecked(b"<html><body>" + before + "क".encode() + after)[1]
