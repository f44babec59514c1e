"""Files are named one by one, by folders, patterns and lists, on disk and at URLs, in one way."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from crawler.archive.named_files import each_once, files_named
from crawler.archive.records import ArchiveError

ENDINGS = (".warc.gz", ".warc")
ONE, NEWS, LATER = "2026/01/x [1].warc.gz", "2026/01/खबर एक.warc.gz", "2026/02/c.warc.gz"
FILES = [
    "b.warc.gz",
    "a.warc",
    "notes.txt",
    ".b.warc.gz.part",
    ".hidden.warc.gz",
    NEWS,
    ONE,
    LATER,
    "2026/_temporary/0/half.warc.gz",
    "2026/_SUCCESS",
    "old/.work/d.warc.gz",
]


@pytest.fixture(params=["disk", "url", "file-url"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the path or URL of a folder with the files."""
    memory = fsspec.filesystem("memory")
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
        memory.pipe(f"/crawl/{name}", b"")
    yield {"disk": str(tmp_path), "url": "memory://crawl", "file-url": f"file://{tmp_path}"}[request.param]
    memory.rm("/crawl", recursive=True)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("", [ONE, NEWS, LATER, "a.warc", "b.warc.gz"]),
        ("/", [ONE, NEWS, LATER, "a.warc", "b.warc.gz"]),
        ("/2026", [ONE, NEWS, LATER]),
        ("/*", [ONE, NEWS, LATER, "a.warc", "b.warc.gz"]),
        ("/*.warc.gz", ["b.warc.gz"]),
        ("/?.warc*", ["a.warc", "b.warc.gz"]),
        ("/[ab].warc", ["a.warc"]),
        ("/[!a]*.gz", ["b.warc.gz"]),
        ("/**/*.warc.gz", [ONE, NEWS, LATER, "b.warc.gz"]),
        ("/2026/0*", [ONE, NEWS, LATER]),
        ("/2026/*/c.*", [LATER]),
        ("/*.txt", ["notes.txt"]),
        ("/.hid*", [".hidden.warc.gz"]),
        ("/2026/_temp*/**/*.gz", ["2026/_temporary/0/half.warc.gz"]),
        ("/a.warc", ["a.warc"]),
        ("/2026/01/खबर*", [NEWS]),
    ],
)
def test_a_folder_or_a_pattern_names_its_files_in_order(word: str, found: list[str], place: str) -> None:
    start = place.removeprefix("file://")

    assert files_named(f"{place}{word}", ENDINGS, {}) == [f"{start}/{name}" for name in found]


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        ("/nothing*.warc.gz", "no file matches this pattern"),
        ("/**/*.arc", "no file matches this pattern"),
        ("/notes*", "no file matches this pattern that ends in .warc (also packed)"),
        ("/old", "no file is in this folder or below it that ends in .warc (also packed)"),
        ("/nowhere", "no such file"),
        ("/nowhere/", "no "),
    ],
)
def test_a_word_that_names_nothing_is_named_itself(word: str, fault: str, place: str) -> None:
    with pytest.raises(ArchiveError) as raised:
        files_named(f"{place}{word}", ENDINGS, {})

    assert str(raised.value).startswith(f"{place.removeprefix('file://')}{word}: {fault}")


def test_signs_in_the_name_of_a_file_on_disk_are_no_pattern(tmp_path: Path) -> None:
    for name in ("x [1].warc.gz", "x 1.warc.gz", "a*b.warc"):
        (tmp_path / name).touch()

    assert files_named(f"{tmp_path}/x [1].warc.gz", ENDINGS, {}) == [f"{tmp_path}/x [1].warc.gz"]
    assert files_named(f"{tmp_path}/a*b.warc", ENDINGS, {}) == [f"{tmp_path}/a*b.warc"]


def test_addresses_of_the_web_are_never_patterns() -> None:
    address = "https://a.example/crawl?file=*.warc.gz"

    assert files_named(address, ENDINGS, {}) == [address]


def test_the_name_of_a_bucket_is_no_pattern() -> None:
    with pytest.raises(ArchiveError, match=r"memory://cr\*/a.warc: the name of a bucket or host is no pattern"):
        files_named("memory://cr*/a.warc", ENDINGS, {})


def test_links_between_folders_are_followed_and_one_that_leads_back_ends(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.warc").touch()
    (tmp_path / "real" / "back").symlink_to(tmp_path)
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "link").symlink_to(tmp_path / "real")

    found = files_named(str(tmp_path / "crawl"), ENDINGS, {})

    assert each_once(found) == [f"{tmp_path}/crawl/link/a.warc"]


def test_a_file_that_is_named_twice_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.warc").touch()
    (tmp_path / "link.warc").symlink_to("a.warc")
    words = ["b.warc", "a.warc", "./a.warc", str(tmp_path / "a.warc"), "link.warc", "s3://a/a.warc", "s3://a/a.warc"]

    assert each_once(words) == ["b.warc", "a.warc", "s3://a/a.warc"]


def test_a_pattern_in_the_own_folder_gives_names_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.warc", "a.warc", ".c.warc", "_d.warc"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)

    assert files_named("*.warc", ENDINGS, {}) == ["a.warc", "b.warc"]
    assert files_named("./*", ENDINGS, {}) == ["./a.warc", "./b.warc"]
    assert files_named(".", ENDINGS, {}) == ["./a.warc", "./b.warc"]


def test_a_list_has_comments_blank_lines_and_any_line_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (
        "\ufeff# crawl of May\r\n\r\na.warc.gz\r\n  खबर एक.warc.gz  \n/x/b.warc\ns3://c/d.warc\nfile:///e.warc".encode()
    )
    (tmp_path / "x.paths").write_bytes(content)
    (tmp_path / "y.paths.gz").write_bytes(gzip.compress(content))
    monkeypatch.chdir(tmp_path)
    whole = ["/x/b.warc", "s3://c/d.warc", "/e.warc"]

    for word in ("x.paths", "./y.paths.gz", "[x].paths"):
        assert files_named(word, ENDINGS, {}) == ["./a.warc.gz", "./खबर एक.warc.gz", *whole]
    for base in ("s3://base/crawl", "s3://base/crawl/"):
        found = files_named("x.paths", ENDINGS, {}, base)
        assert found == ["s3://base/crawl/a.warc.gz", "s3://base/crawl/खबर एक.warc.gz", *whole]


def test_a_list_at_a_url_begins_beside_itself() -> None:
    fsspec.filesystem("memory").pipe("/lists/x.paths.gz", gzip.compress(b"a.warc\n"))

    assert files_named("memory://lists/x.paths.gz", ENDINGS, {}) == ["memory://lists/a.warc"]
    with pytest.raises(ArchiveError, match=r"memory://lists/y.paths: no such file"):
        files_named("memory://lists/y.paths", ENDINGS, {})


def test_a_name_that_no_disk_can_have_names_no_file(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"a: no such file"):
        files_named(str(tmp_path / ("a" * 300)), ENDINGS, {})
