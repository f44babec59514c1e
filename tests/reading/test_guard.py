"""Too many attributes, elements, levels, bytes or lines are cut or refused; ordinary pages are unchanged."""

import random
from itertools import count

import pytest

from crawler.limits import LARGEST_PAGE, LONGEST_ATTRIBUTE, LONGEST_BODY, MOST_ATTRIBUTES, MOST_LINES, MOST_TAGS
from crawler.reading.guard import bounded, bounded_xml
from crawler.reading.page import read_page
from crawler.reading.tree import parse
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, URL, json_ld, page, paragraphs, read, reason, texts

MANY = b" ".join(b"a%d=1" % number for number in range(5_000))
MARKS = (
    """
<div |<p>|</p>|<a b="|"|'|<a c='|>|<|<!--|-->|--!>|<!-->|<!--->|<!|<?|?>|</|</>|<script>|</script>|<script |<SCRIPT>
<style>|</style>|<style |<title>|</title>|<title |<textarea>|</textarea>|<textarea |<![CDATA[|]]>|=|/|/>| |x|</div
<iframe>|</iframe>|<xmp>|</xmp>|<noscript>|<svg>|<1|<!doctype html>|<!DOCTYPE html PUBLIC "|--|</scriptx>|<script/>
<title/>|<script a=b/>|<plaintext>|<a b"c="|"> "|<a="|<a b=c="|="|='|b"
""".strip()
    .replace("\n", "|")
    .split("|")
)


def most_attributes(source: bytes) -> int:
    root = parse(source)
    return 0 if root is None else max(len(element.attrib) for element in root.iter("*"))


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"<script>'<a b=\"'</script>",
        b"<script><!--<script></script>--></script>",
        b"<script/>",
        b'<!-- <a b=" -->',
        b"<!--><a b='>'>",
        b"<title><!--</title>",
        b"<style><!--</style>",
        b'<? <a b="?>',
        b'<a b=">" c=\'<\' d=e"f>',
        b"</p a='>'>",
        b"1 < 2 ",
    ],
)
def test_a_tag_is_cut_behind_its_256th_attribute_whatever_precedes_it(before: bytes) -> None:
    assert most_attributes(b"<html><body>" + before + b"<div " + MANY + b">x</div>") == MOST_ATTRIBUTES


@pytest.mark.parametrize("sign", [b">", b"<", b"'", b"/", b"=", b"<!--", b"</script>"])
def test_a_sign_in_a_value_hides_nothing_of_its_tag(sign: bytes) -> None:
    hidden = b" ".join(b'a%d="%s"' % (number, sign) for number in range(5_000))

    assert most_attributes(b"<div " + hidden + b">x</div>") == MOST_ATTRIBUTES


@pytest.mark.parametrize(
    "opening",
    [
        b'<a b"c="> "',  # a quote in a name opens no value, so the next one does
        b"<a b'c='> '",
        b'<a "b="> "',
        b'<a=" b="> "',  # nor does one in the name of the tag
        b'<a b=c="d e="> "',  # nor one in a value without quotes
        b'<a ="b="> "',
        b'<a b= "c" d="> "',
        b"<a b='c'd='> '",
        b'<a b="c"/d="> "',
        b'<a b="\n> "',
        b'</a b"c="> "',
    ],
)
def test_a_quote_that_opens_no_value_hides_no_attributes(opening: bytes) -> None:
    assert most_attributes(b"<html><body>" + opening + b" " + MANY + b">x</a>") <= MOST_ATTRIBUTES


@pytest.mark.parametrize("number", range(MOST_ATTRIBUTES - 1, MOST_ATTRIBUTES + 3))
def test_a_tag_of_the_shortest_names_is_cut_too(number: int) -> None:
    one = [bytes((sign,)) for sign in range(1, 128) if chr(sign) not in "\t\n\f\r /=>" and not chr(sign).isupper()]
    two = [first + second for first in one for second in one if first not in b"\"'"]

    parsed = most_attributes(b"<html><body><a " + b" ".join([*one, *two][:number]) + b">x</a>")

    assert parsed == min(number, MOST_ATTRIBUTES)


def test_the_text_behind_a_cut_tag_is_read() -> None:
    body = f"<div {MANY.decode()}>{paragraphs()}</div>"

    assert texts(read(body)) == [FIRST, SECOND, THIRD]


def test_what_only_looks_like_a_tag_is_left_as_it_is() -> None:
    words = "और ".join(f"शब्द{number} " for number in range(400))
    source = json_ld(articleBody=f"दो <b {words}")

    assert bounded(source.encode()) == source.encode()


def test_a_long_value_is_cut_and_its_tag_ends_where_it_ended() -> None:
    source = f'<p title="{"क" * LONGEST_ATTRIBUTE}" class="a">{FIRST}</p>'

    root = parse(source.encode())

    assert root is not None
    element = next(root.iter("p"))
    assert (element.get("class"), element.text) == ("a", FIRST)
    assert len((element.get("title") or "").encode()) <= LONGEST_ATTRIBUTE


def test_no_soup_of_marks_hides_a_tag_from_the_guard() -> None:
    chance = random.Random(1)
    for _ in range(1500):
        names = count()
        parts = []
        for _ in range(chance.randint(3, 20)):
            parts.append(chance.choice(MARKS))
            if chance.random() < 0.3:
                form = chance.choice([" z%d", " z%d=1", " z%d='v'", ' z%d="w"', "/z%d"])
                parts += [form % next(names) for _ in range(chance.choice([1, 9, 600]))]

        assert most_attributes("".join(parts).encode()) <= MOST_ATTRIBUTES, parts


def test_a_tag_of_a_feed_is_cut_and_its_cdata_is_not() -> None:
    attributes = b" ".join(b"a%d='1'" % number for number in range(5_000))
    text = b'<![CDATA[ <a b=" <b ' + attributes + b">]]>"

    cut = bounded_xml(b"<item>" + text + b"<link " + attributes + b"/></item>")

    assert text in cut
    assert cut.count(b"=") == text.count(b"=") + MOST_ATTRIBUTES


@pytest.mark.parametrize(
    "body",
    [
        "<h1>क</h1>" * 250_000,
        "<p>" * (MOST_TAGS + 1),
        "<p>क</p>" * MOST_TAGS,
        f"<p>{'कख ' * (LARGEST_PAGE // 6)}</p>",
        "<!-- x -->" + "<br>" * (MOST_TAGS + 1),
        "<script>x</script>" * (MOST_TAGS + 1),
    ],
)
def test_a_page_with_too_much_of_anything_is_refused(body: str) -> None:
    assert reason(page(paragraphs() + body)) == "too-large"


@pytest.mark.parametrize(
    "body",
    ["<h2>क</h2>" * (MOST_LINES + 1), "<p>क ख</p>" * (MOST_LINES + 1), f"<p>{'कमल खिला। ' * (LONGEST_BODY // 10)}</p>"],
)
def test_a_body_that_no_newsroom_writes_is_refused(body: str) -> None:
    assert reason(page(paragraphs() + body)) == "too-large"


@pytest.mark.parametrize(
    "heavy",
    [
        "<script>var x = '" + "<p>" * 300_000 + "x" * LARGEST_PAGE + "'</script>",
        "<style>" + ".a{b:c}" * (LARGEST_PAGE // 6) + "</style>",
        "<svg>" + '<path d="M 1 1"/>' * 20_000 + "<g>" + "M1" * (LARGEST_PAGE // 2) + "</g></svg>",
        f"<img src='data:image/png;base64,{'A' * (LARGEST_PAGE + 1)}'>",
    ],
)
def test_scripts_styles_drawings_and_data_urls_do_not_count(heavy: str) -> None:
    assert texts(read_page(page(heavy + paragraphs()).encode(), URL)) == [FIRST, SECOND, THIRD]


def test_emphasis_that_is_never_closed_loses_no_text() -> None:
    body = "".join(f"<p><b><font>{FIRST} {number}" for number in range(900))

    assert len(read(body).body) == 900


def test_a_report_below_text_in_very_deep_levels_is_read() -> None:
    assert texts(read("<span>क " * 10_000 + "</span>" * 10_000 + paragraphs()))[-3:] == [FIRST, SECOND, THIRD]


def test_very_deep_levels_with_text_are_refused_with_a_reason() -> None:
    assert reason(page("<div>क" * 10_000)) == "too-large"


def test_a_field_that_is_too_long_leaves_its_page_readable() -> None:
    head = json_ld(author="राम " * 100_000, keywords="क, " * 100_000, articleSection="ख" * 100_000)

    article = read(paragraphs(), head=head)

    assert (article.headline, texts(article)) == (HEADLINE, [FIRST, SECOND, THIRD])
    assert article.byline == []
