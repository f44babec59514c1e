"""Read the credits of an article, the media that it quotes, and its text without dateline and sign-offs."""

from dataclasses import replace

from crawler.items import Article
from crawler.text.credit.cited import read_cited_media
from crawler.text.credit.credits import narrative, read_closing, read_credits
from crawler.text.word_count import count_words
from pipelines.article import ArticlePipeline
from pipelines.dateline import opening_of


class CreditPipeline(ArticlePipeline):
    """Fills `credits`, `cited_media` and `text`; adds who signs to `byline`; gives sign-off blocks the kind `credit`.

    Credits already read from the page's byline come first.
    """

    def process(self, article: Article) -> Article:
        lines = [block.text for block in article.body]
        opening = opening_of(article)
        closing = read_closing(lines, opening)
        read = read_credits(lines, opening, closing)
        known = {credit.agency for credit in article.credits}
        article.credits += [credit for credit in read if credit.agency not in known]
        if read:
            article.provenance.setdefault("credits", "text")
        if closing.people:
            article.byline = list(dict.fromkeys([*article.byline, *closing.people]))
            article.provenance.setdefault("byline", "text")
        article.cited_media = list(read_cited_media(lines, {credit.agency for credit in article.credits}))
        article.text = narrative(lines, opening, closing) or None
        article.word_count = count_words(article.text) if article.text else None
        for number in closing.signed:
            article.body[number] = replace(article.body[number], kind="credit")
        return article
