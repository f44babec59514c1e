"""Text that unusual markup hides, splits or repeats is read completely and once."""

import pytest

from tests.reading.markup import BODY, FIRST, HEADLINE, SECOND, THIRD, paragraphs, read, texts


@pytest.mark.parametrize("tag", ["aside", "footer", "form", "figure", "ins", "noscript", "nav"])
def test_an_element_that_holds_the_report_is_judged_by_its_text(tag: str) -> None:
    assert texts(read(f"<{tag} id='desc'>{paragraphs()}</{tag}>")) == BODY


def test_a_form_around_the_whole_page_is_the_page() -> None:
    markup = (
        "<html><body><form method='post' action='./Story.aspx'><input type='hidden' name='__VIEWSTATE' value='x'/>"
        f"<div><h1>{HEADLINE}</h1><div id='desc'>{paragraphs()}</div></div></form></body></html>"
    )

    assert texts(read(markup)) == BODY


@pytest.mark.parametrize("tag", ["aside", "footer", "form", "noscript"])
def test_an_element_that_holds_little_of_the_text_is_no_report(tag: str) -> None:
    assert texts(read(f"{paragraphs()}<{tag}><p>संपादक की पसंद में आज पढ़िए तीन खास रिपोर्ट।</p></{tag}>")) == BODY


def row(content: str, look: str = "story-part") -> str:
    return f"<div class='row'><div class='col'><div class='{look}'>{content}</div></div></div>"


def rows(*parts: str) -> str:
    """Return a page whose report stands in rows; the headline is in the first."""
    first, *others = parts
    start = f"<div class='row'><div class='col'><h1>{HEADLINE}</h1><div class='story-part'>{first}</div></div></div>"
    return f"<html><body><main>{start}{''.join(others)}</main></body></html>"


def test_a_report_in_rows_is_joined() -> None:
    letter = row("<p>हर सुबह की खबरें अपने ईमेल में पाइए।</p>", "newsletter")

    assert texts(read(rows(paragraphs(FIRST, SECOND), letter, row(paragraphs(THIRD))))) == BODY


@pytest.mark.parametrize(
    "other",
    [
        row(f"<h1>पहाड़ी जिले में नई सुरंग खुली</h1>{paragraphs(THIRD)}"),
        row(paragraphs(THIRD), "from-the-editors"),
        row(f"<p><a href='/7'>{THIRD}</a></p>"),
        f"<h1>पहाड़ी जिले में नई सुरंग खुली</h1>{row(paragraphs(THIRD))}",
    ],
    ids=["another headline inside", "another class", "links", "another headline before"],
)
def test_a_row_that_is_no_part_of_the_report_is_left_out(other: str) -> None:
    assert texts(read(rows(paragraphs(FIRST, SECOND), other))) == [FIRST, SECOND]


def test_a_report_that_is_printed_twice_is_read_once() -> None:
    body = f"<div class='mobile'>{paragraphs()}</div><div class='desktop'>{paragraphs()}</div>"

    assert texts(read(body)) == BODY


def test_a_subhead_that_only_a_copy_follows_goes_with_it() -> None:
    part = f"<h3>कहां नुकसान</h3>{paragraphs()}"

    assert texts(read(f"<div>{part}</div><div>{part}</div>")) == ["कहां नुकसान", *BODY]


def test_a_refrain_is_no_copy() -> None:
    body = f"<p>{FIRST}</p><p>अब और नहीं।</p><p>{SECOND}</p><p>अब और नहीं।</p><p>{THIRD}</p>"

    assert texts(read(body)) == [FIRST, "अब और नहीं।", SECOND, "अब और नहीं।", THIRD]


@pytest.mark.parametrize(
    "body",
    [
        f"<div><p>{FIRST}</p>रात में बिजली लौट आई।<p>{THIRD}</p></div>",
        f"<div><p>{FIRST}</p>रात में बिजली लौट आई।<br><p>{THIRD}</p></div>",
        f"<div><p>{FIRST}</p><div>रात में आधे शहर में बिजली लौट आई।</div><p>{THIRD}</p></div>",
        f"<div><p>{FIRST}</p><div><div>रात में आधे शहर में बिजली लौट आई।</div></div><p>{THIRD}</p></div>",
    ],
    ids=["loose", "before a break", "in a div", "in two"],
)
def test_a_short_text_between_paragraphs_stays(body: str) -> None:
    assert len(texts(read(body))) == 3


@pytest.mark.parametrize("label", ["फोटो गैलरी", "<a href='/8'>पूरब में भी चली आंधी।</a>", "विज्ञापन"])
def test_a_label_between_paragraphs_goes(label: str) -> None:
    assert texts(read(f"<div><p>{FIRST}</p><div>{label}</div><p>{SECOND}</p><p>{THIRD}</p></div>")) == BODY


MARKS = [
    "(फाइल फोटो)",
    "(फाइल फोटो)।",
    "(फ़ाइल फ़ोटो)",
    "(File Photo)",
    "[फाइल फोटो]",
    "(फाइल)",
    "(सांकेतिक तस्वीर)",
    "(फोटो: एपी)",
]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("text", [SECOND, SECOND * 3, SECOND * 6, "रात में आधे शहर में बिजली लौट आई।"])
def test_a_paragraph_loses_its_photo_mark_and_not_itself(text: str, mark: str) -> None:
    assert texts(read(paragraphs(FIRST, f"{text} {mark}", THIRD))) == [FIRST, text, THIRD]


@pytest.mark.parametrize("end", ["(एपी)", "(भाषा)", "(फोटो पत्रकार)", "(तस्वीर बदल गई)", "(फाइल में दर्ज)"])
def test_another_bracket_at_the_end_stays(end: str) -> None:
    assert texts(read(paragraphs(FIRST, f"{SECOND} {end}", THIRD)))[1].endswith(end)


def test_a_caption_with_a_photo_mark_is_no_paragraph() -> None:
    caption = "<p>वरुणपुर के तट पर गिरे हुए बिजली के खंभे। (फाइल फोटो)</p>"

    assert texts(read(f"<p>{FIRST}</p><div><img src='/storm.jpg'></div>{caption}{paragraphs(SECOND, THIRD)}")) == BODY


def test_a_lead_that_is_the_description_stays_where_each_paragraph_has_a_wrapper() -> None:
    body = "".join(f"<div class='text'><p>{text}</p></div>" for text in BODY)

    assert texts(read(body, head=f'<meta name="description" content="{FIRST}">')) == BODY


def test_a_report_inside_an_item_of_a_list_is_no_list() -> None:
    article = read(f"<ul><li><div>{paragraphs()}</div></li></ul>")

    assert [(block.kind, block.text) for block in article.body] == [("paragraph", text) for text in BODY]
