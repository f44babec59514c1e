"""Videsh as a library: one page is read, and what is no article raises an error; the names are documented."""

import pytest

from crawler import library
from crawler.authoring.rereading import Page, Rereader
from crawler.library import Article, NotAnArticle, project_settings, read_article
from tests.library.scripts import PAGE, ROOT, URL


def test_a_page_is_read_from_a_file_and_from_bytes_as_by_extract() -> None:
    article = read_article(PAGE, URL)

    assert article == read_article(PAGE.read_bytes(), URL) == read_article(str(PAGE), URL, "indiatv")
    assert article == Rereader(project_settings()).article(Page(url=URL, body=PAGE.read_bytes()))
    assert article.outlet == "indiatv"
    assert article.dateline is not None
    assert [place.english for place in article.dateline.places] == ["Kathmandu"]
    assert [credit.agency for credit in article.credits] == ["pti-bhasha"]
    assert article.text


def test_the_outlet_that_is_named_comes_before_that_of_the_host() -> None:
    elsewhere = "https://mirror.example/saved/nepal-bridge.html"

    assert read_article(PAGE, elsewhere).outlet is None
    assert read_article(PAGE, elsewhere, "indiatv").outlet == "indiatv"


@pytest.mark.parametrize(
    ("page", "url", "outlet", "error", "message"),
    [
        ("<html>…</html>", URL, None, ValueError, r"HTML as text: give it as bytes"),
        (b"", "indiatv.in", None, ValueError, r"'indiatv.in' is not an address"),
        (b"", URL, "india_tv", ValueError, r'did you mean "indiatv"'),
        ("missing.html", URL, None, FileNotFoundError, "missing.html"),
        (b"<html><p>404</p></html>", URL, None, NotAnArticle, "soft-404: "),
        (
            b"<h1>The Headline of Tomorrow</h1>"
            + b"<p>%s</p>" % (b"The river rose and the people left town. " * 9) * 5,
            URL,
            None,
            NotAnArticle,
            "language-",
        ),
    ],
)
def test_what_is_no_article_raises_an_error_that_says_why(
    page: bytes | str, url: str, outlet: str | None, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        read_article(page, url, outlet)


def test_names_and_docstrings_are_the_contract() -> None:
    for name in library.__all__:
        assert getattr(library, name).__doc__, name
    assert Article.__module__ == "crawler.items"
    for package in ("crawler", "spiders", "pipelines"):
        assert (ROOT / package / "py.typed").exists()
