"""JSON-LD is read in every form that outlets print; what is beyond repair affects nothing else."""

import pytest

from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, json_ld, page, paragraphs, read, texts

TIME = '"datePublished":"2024-06-12T10:15:00+05:30"'
BROKEN = [
    '[{"@type":"NewsArticle","headline":"%s",%t}]',
    '{"@context":"x","@graph":[{"@type":"WebPage"},{"@type":["NewsArticle","Article"],"headline":"%s",%t}]}',
    '{"@type":"NewsArticle","headline":"%s","description":"दो\n\tपंक्ति",%t}',
    '{"@type":"NewsArticle","headline":"%s",%t,}',
    '<!-- {"@type":"NewsArticle","headline":"%s",%t} -->',
    "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;%s&quot;,%q}",
    '{"@type":"NewsArticle","headline":"%s","description":"उसने कहा \\\'हां\\\'",%t}',
    '{"@type":"Organization","name":"खबर"}{"@type":"NewsArticle","headline":"%s",%t}',
    '{"@type":"NewsArticle","headline":"%s","description":"टूटा "उद्धरण" है",%t}',
    '//<![CDATA[\n{"@type":"NewsArticle","headline":"%s",%t}\n//]]>',
    '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"%s",%t}};',
    '{"@type":"http://schema.org/NewsArticle","headline":"%s","datePublished":"2024-06-12 10:15:00 IST"}',
]


@pytest.mark.parametrize("script", BROKEN)
def test_json_ld_is_read_in_every_form(script: str) -> None:
    whole = script.replace("%q", TIME.replace('"', "&quot;")).replace("%t", TIME).replace("%s", HEADLINE)

    article = read(paragraphs(), head=f'<script type="application/ld+json">{whole}</script>')

    assert article.published_at == "2024-06-12T04:45:00Z"
    assert article.provenance["published_at"] == "json-ld"


@pytest.mark.parametrize(
    "script", ["", "{", "[[[[", "null", "12", '"text"', "[" * 20_000, '{"@type":' * 5_000, "{" + "ख" * 10]
)
def test_json_ld_beyond_repair_does_not_affect_other_fields(script: str) -> None:
    article = read(paragraphs(), head=f'<script type="application/ld+json">{script}</script>')

    assert texts(article) == [FIRST, SECOND, THIRD]


def test_huge_json_ld_is_skipped() -> None:
    article = read(paragraphs(), head=json_ld(articleBody="बहुत लंबा " * 500_000))

    assert texts(article) == [FIRST, SECOND, THIRD]


def test_entities_in_json_ld_are_resolved() -> None:
    markup = page(paragraphs(), head=json_ld(articleSection="देश &amp;amp; विदेश", keywords="आंधी, &#039;वरुणपुर&#039;"))

    article = read(markup)

    assert (article.section, article.tags) == ("देश & विदेश", ["आंधी", "वरुणपुर"])


def test_the_node_of_the_pages_own_article_is_used() -> None:
    other = json_ld(headline="पश्चिमी तट पर कुछ और हुआ", datePublished="2023-01-01T00:00:00+05:30")

    article = read(paragraphs(), head=other + json_ld(datePublished="2024-06-12T10:15:00+05:30"))

    assert article.published_at == "2024-06-12T04:45:00Z"


def test_article_body_is_used_if_the_page_prints_only_a_part() -> None:
    whole = "\n".join([FIRST, SECOND, THIRD, f"{FIRST} {SECOND}", f"{SECOND} {THIRD}"])

    article = read(paragraphs(FIRST), head=json_ld(articleBody=whole))

    assert len(article.body) == 5
    assert (article.provenance["body"], article.disagreement) == ("json-ld", "body")
