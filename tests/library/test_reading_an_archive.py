"""Videsh as a library: the pages of an archive are read in one pass, from a path, an open file or a URL."""

import io
from pathlib import Path

import pytest

from crawler.library import ArchiveError, Article, NotAnArticle, read_archive, read_article
from tests.commands.extracting import NEPAL, PAGES, url_of
from tests.commands.test_extract_archives import AT, archive_of

OTHER = next(path for path in sorted((PAGES / "bbc_hindi").glob("*.html")))
BAD = "https://www.indiatv.in/world/asia/bad-2026-11-23-1"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return archive_of(
        tmp_path / "crawl.warc.gz",
        (url_of(NEPAL), {}, NEPAL.read_bytes()),
        (BAD, {}, b"<html><p>404</p></html>"),
        ("https://www.indiatv.in/rss", {"Content-Type": "text/xml"}, b"<rss></rss>"),
        (url_of(OTHER), {}, OTHER.read_bytes()),
    )


def test_each_page_is_an_article_or_a_refusal_with_its_place(archive: Path) -> None:
    found = list(read_archive(archive))

    assert [url for url, _, _ in found] == [url_of(NEPAL), BAD, url_of(OTHER)]
    content = archive.read_bytes()
    assert all(content.startswith(b"\x1f\x8b", offset) for _, offset, _ in found)
    first, bad, _ = (each for _, _, each in found)
    assert first == read_article(NEPAL, url_of(NEPAL), encoding="utf-8", fetched_at=AT)
    assert isinstance(bad, NotAnArticle)
    assert bad.reason == "soft-404"


def test_a_path_an_open_file_a_stream_and_a_url_give_the_same(archive: Path) -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    expected = [(url, offset, repr(each)) for url, offset, each in read_archive(archive)]
    with archive.open("rb") as file:
        for place in (str(archive), file, Stream(archive.read_bytes()), archive.as_uri()):
            assert [(url, offset, repr(each)) for url, offset, each in read_archive(place)] == expected
        assert not file.closed


def test_only_the_pages_of_the_named_outlets_and_hosts_are_read(archive: Path) -> None:
    host = url_of(OTHER).split("/")[2]

    assert [url for url, _, _ in read_archive(archive, outlets=["indiatv"])] == [url_of(NEPAL), BAD]
    assert [url for url, _, _ in read_archive(archive, outlets=["bbc_hindi"])] == [url_of(OTHER)]
    assert [url for url, _, _ in read_archive(archive, hosts=[host.removeprefix("www.").upper()])] == [url_of(OTHER)]
    assert not list(read_archive(archive, hosts=["tv.in"]))
    with pytest.raises(ValueError, match="india_tv"):
        read_archive(archive, outlets=["india_tv"])


def test_damage_comes_last_and_what_is_whole_is_read(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-700])

    *found, (place, _, damage) = read_archive(archive)

    assert isinstance(found[0][2], Article)
    assert place == str(archive)
    assert isinstance(damage, NotAnArticle)
    assert damage.reason == "damaged"
    assert "cut short or damaged at byte" in damage.detail


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nowhere.warc.gz", "^nowhere.warc.gz: no such file$"),
        ("khabar://bucket/x.warc.gz", "khabar://bucket/x.warc.gz: cannot be read: .*khabar"),
    ],
)
def test_a_place_without_an_archive_is_named(place: str, message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        list(read_archive(place))
