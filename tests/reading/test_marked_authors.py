"""An author whom only a class or an id marks is the byline; one of a picture, a quotation or a card is not."""

import pytest

from tests.reading.markup import between, json_ld, paragraphs, read

CARD = "<a href='/world/other-9912.html'>दूसरी खबर का लंबा शीर्षक यहां</a>"


@pytest.mark.parametrize(
    ("markup", "byline"),
    [
        ("<span class='author'>सुधा वर्मा</span>", ["सुधा वर्मा"]),
        ("<div class='byline'>सुधा वर्मा</div>", ["सुधा वर्मा"]),
        ("<p class='author-name'>सुधा वर्मा</p>", ["सुधा वर्मा"]),
        ("<div class='article-author'><a href='/team/sudha'>सुधा वर्मा</a></div>", ["सुधा वर्मा"]),
        ("<span class='writer_name'>सुधा वर्मा</span>", ["सुधा वर्मा"]),
        ("<div class='storyByline'>सुधा वर्मा</div>", ["सुधा वर्मा"]),
        ("<div class='reporter-name'>सुधा वर्मा</div>", ["सुधा वर्मा"]),
        ("<div id='posted-by'>सुधा वर्मा</div>", ["सुधा वर्मा"]),
        ("<div class='byline'><span>सुधा वर्मा</span>, <span>रमेश जोशी</span></div>", ["सुधा वर्मा", "रमेश जोशी"]),
        ("<div class='author-info'><span class='author-name'>सुधा वर्मा</span><i>12 जून 2024</i></div>", ["सुधा वर्मा"]),
        ("<div class='author'>विदेश डेस्क</div>", ["विदेश डेस्क"]),
        ("<span class='publish-by'>सुधा वर्मा</span>", ["सुधा वर्मा"]),
        ("<div class='byline'>Written by: सुधा वर्मा<br>Edited by: रमेश जोशी</div>", ["सुधा वर्मा", "रमेश जोशी"]),
        ("<div class='author'>सुधा वर्मा<br/>नई दिल्ली</div>", ["सुधा वर्मा"]),
        ("<div class='byline'>Written by: <a>सुधा वर्मा</a><br>Agency: <i>भाषा</i><br>June 13, 2024</div>", ["सुधा वर्मा"]),
        ("<div class='author'>न्यूज डेस्क, खबर संसार, काठमांडू</div>", ["न्यूज डेस्क, खबर संसार, काठमांडू"]),
        ("<div class='author'>विदेश डेस्क, काठमांडू</div>", ["विदेश डेस्क, काठमांडू"]),
        ("<div class='author'>खबर संसार, काठमांडू, पुल डेस्क बंद</div>", []),
        ("<div class='author'>पुल टूटा<br>बाढ़ आई</div>", []),
        ("<div class='author'>सुधा वर्मा<br>की राय पढ़ें और अपनी बात लिखें</div>", []),
        ("<div class='photo-author'>सुधा वर्मा</div>", []),
        ("<div class='quote-author'>सुधा वर्मा</div>", []),
        ("<div class='imageByline'>सुधा वर्मा</div>", []),
        ("<div class='author'>खबर संसार</div>", []),
        ("<div class='author-follow'>सुधा वर्मा</div>", []),
        ("<figure><img src='/a.jpg'><figcaption>घाट पर नावें <i class='author'>सुधा वर्मा</i></figcaption></figure>", []),
        ("<blockquote><p>समुद्र सबका है</p><span class='author'>सुधा वर्मा</span></blockquote>", []),
        (f"<ul class='related'><li>{CARD}<span class='author'>सुधा वर्मा</span></li></ul>", []),
        (f"<div class='card'><h3>{CARD}</h3><span class='author'>सुधा वर्मा</span></div>", []),
        ("<div class='authority-note'>सुधा वर्मा</div>", []),
        ("<div class='author-date'>12 जून 2024</div>", []),
        ("<div class='author-desc'>सुधा वर्मा ने इस विषय पर तीन साल काम किया है और कई देशों में रहीं।</div>", []),
        ("<div class='comment-author'><b class='comments'>सुधा वर्मा</b></div>", []),
        ("<div class='underwriter'>सुधा वर्मा</div>", []),
        ("<div class='author'>लेखक के बारे में</div>", []),
    ],
)
def test_an_element_marked_as_the_authors_before_the_report_is_the_byline(markup: str, byline: list[str]) -> None:
    assert read(markup + paragraphs()).byline == byline


def test_an_agency_marked_as_the_author_is_a_credit() -> None:
    article = read("<span class='author'>एएनआई</span>" + paragraphs())

    assert (article.byline, [credit.agency for credit in article.credits]) == ([], ["ani"])


def test_a_name_marked_behind_the_second_paragraph_is_no_byline() -> None:
    assert read(paragraphs() + "<div><h4 class='author'>सुधा वर्मा</h4></div>").byline == []
    assert read(between("") + "<ul><li><span class='author'>सुधा वर्मा</span></li></ul>").byline == []


def test_the_author_in_json_ld_comes_before_the_one_that_is_marked() -> None:
    head = json_ld(author={"@type": "Person", "name": "रमेश जोशी"})

    assert read("<span class='author'>सुधा वर्मा</span>" + paragraphs(), head=head).byline == ["रमेश जोशी"]
