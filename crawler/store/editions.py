"""The articles that were written, each with the digests of its last edition."""

from crawler.items import Article
from crawler.shelves import Shelf
from crawler.store.database import Database
from crawler.store.values import Edition, Kept, edition_of


class ArticleTable:
    """The table `articles`: one row per article, with its last edition."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def kept(self, id: str) -> Kept | None:
        row = self._database.connection.execute(
            "SELECT revision, story, first_seen, shelf, headline, deck, body, credit FROM articles WHERE id = ?", (id,)
        ).fetchone()
        if row is None:
            return None
        revision, story, first_seen, shelf, headline, deck, body, credit = row
        edition = Edition(headline=headline, deck=deck, body=body, credit=credit)
        return Kept(revision=revision, story=story, first_seen=first_seen, shelf=Shelf(shelf), edition=edition)

    def holds(self, address: str) -> bool:
        query = "SELECT 1 FROM articles WHERE id IN (?, (SELECT article FROM addresses WHERE id = ?))"
        return self._database.connection.execute(query, (address, address)).fetchone() is not None

    def write(self, article: Article, now: int, shelf: Shelf) -> bool:
        edition = edition_of(article)
        with self._database.transaction():
            written = self._database.connection.execute(
                "INSERT INTO articles (id, outlet, url, revision, first_seen, changed, story, "
                "headline, deck, body, credit, shelf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET url = excluded.url, revision = excluded.revision, "
                "changed = excluded.changed, story = excluded.story, headline = excluded.headline, "
                "deck = excluded.deck, body = excluded.body, credit = excluded.credit "
                "WHERE articles.revision < excluded.revision",
                (
                    article.id,
                    article.outlet,
                    article.url,
                    article.revision,
                    now,
                    now,
                    article.story.id if article.story else "",
                    edition.headline,
                    edition.deck,
                    edition.body,
                    edition.credit,
                    shelf,
                ),
            )
        return written.rowcount > 0
