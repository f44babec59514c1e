"""Archives that are packed in other ways: Zstandard with and without a dictionary, in one piece, in a WACZ."""

import gzip
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from backports import zstd

from crawler.archive.beginnings import is_archive
from crawler.archive.files import GivenFile, archives_at
from crawler.archive.one_pass import records_in_one_pass
from crawler.archive.reader import ArchiveError, ArchiveFile, Bodies, read_answers, read_content
from crawler.archive.records import InOnePieceError
from crawler.archive.whole_answers import KeptAnswer, read_whole_answers
from tests.archive.test_damaged import URL, recorded


@pytest.fixture
def records(tmp_path: Path) -> list[bytes]:
    """Return the records of an archive of three pages, unpacked."""
    content = gzip.decompress(recorded(tmp_path / "whole.warc.gz", count=3).read_bytes())
    starts = [match.start() for match in re.finditer(rb"WARC/1\.1\r\n", content)]
    return [content[start:end] for start, end in zip(starts, [*starts[1:], len(content)], strict=True)]


def with_dictionary(records: list[bytes], *, is_packed: bool) -> bytes:
    dictionary = zstd.train_dict(records * 20, 2_000)
    content = zstd.compress(dictionary.dict_content) if is_packed else dictionary.dict_content
    frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    return frame + b"".join(zstd.compress(record, zstd_dict=dictionary) for record in records)


def urls(place: Path, damaged: list[str] | None = None) -> list[str]:
    return [url for url, _ in pages(place, damaged)]


def pages(place: Path, damaged: list[str] | None = None) -> list[tuple[str, bytes]]:
    return pages_of(archives_at(str(place), {}), damaged)


def pages_of(archives: list[ArchiveFile], damaged: list[str] | None) -> list[tuple[str, bytes]]:
    found = (
        each
        for archive in archives
        for each in read_whole_answers(
            archive,
            wants_url=lambda _: True,
            wants=lambda _: True,
            damaged=[] if damaged is None else damaged,
            bodies=Bodies(),
        )
    )
    return [(each.url, each.content().body) for each in found if isinstance(each, KeptAnswer)]


def test_each_packing_of_records_is_read_in_one_pass_and_by_offset(tmp_path: Path, records: list[bytes]) -> None:
    expected = pages(tmp_path / "whole.warc.gz")
    packed = {
        "frames": b"".join(map(zstd.compress, records)),
        "dictionary": with_dictionary(records, is_packed=False),
        "packed dictionary": with_dictionary(records, is_packed=True),
    }
    assert len(expected) == 3
    for name, content in packed.items():
        path = tmp_path / f"{name}.warc.zst"
        path.write_bytes(content)
        assert is_archive(str(path))
        assert pages(path) == expected, name
        assert [(each.url, read_content(each).body) for each in read_answers(path)] == expected, name


@pytest.mark.parametrize("kind", ["frames", "dictionary"])
def test_a_damaged_frame_loses_only_itself(tmp_path: Path, records: list[bytes], kind: str) -> None:
    path = tmp_path / "a.warc.zst"
    content = b"".join(map(zstd.compress, records)) if kind == "frames" else with_dictionary(records, is_packed=False)
    path.write_bytes(content)
    second = [answer.offset for answer in read_answers(path)][1]
    path.write_bytes(content[: second + 30] + bytes(40) + content[second + 70 :])

    damaged: list[str] = []
    assert urls(path, damaged) == [URL.format(0), URL.format(2)]
    assert damaged == [f"{path}: cut short or damaged at byte {second}; 6 whole records are read"]

    path.write_bytes(content[:-20])
    damaged.clear()
    assert urls(path, damaged) == [URL.format(number) for number in range(3)]
    assert "cut short or damaged at byte" in damaged[0]


@pytest.mark.parametrize(("pack", "remedy"), [(gzip.compress, "warcio recompress"), (zstd.compress, "zstd -d")])
def test_an_archive_in_one_piece_is_read_and_not_replayed(
    tmp_path: Path, records: list[bytes], pack: "type[gzip.GzipFile]", remedy: str
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(pack(b"".join(records)))  # type: ignore[arg-type]

    assert pages(path) == pages(tmp_path / "whole.warc.gz")
    with pytest.raises(ArchiveError, match=remedy):
        list(read_answers(path))


@pytest.mark.parametrize(("pack", "cut"), [(gzip.compress, 0), (gzip.compress, 400), (zstd.compress, 0)])
def test_a_stream_in_one_piece_is_read_as_the_file_is(
    tmp_path: Path, records: list[bytes], pack: "type[gzip.GzipFile]", cut: int
) -> None:
    packed: bytes = pack(b"".join(records))  # type: ignore[assignment]
    path, damaged, of_stream = tmp_path / "a.warc.gz", list[str](), list[str]()
    path.write_bytes(packed[: len(packed) - cut])
    expected = pages(path, damaged)

    with subprocess.Popen(["cat", str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        found = pages_of([GivenFile(process.stdout, str(path))], of_stream)

    assert found == expected
    assert of_stream == damaged
    assert len(found) == 3 if not cut else len(found) < 3 and damaged


def test_an_archive_in_one_piece_in_a_wacz_is_opened_anew_where_its_revisits_find_their_pages(
    tmp_path: Path, records: list[bytes]
) -> None:
    (archive,) = archives_at(str(wacz(tmp_path / "a.wacz", a=gzip.compress(b"".join(records)))), {})

    with archive.open("rb") as file, pytest.raises(InOnePieceError):
        list(records_in_one_pass(file, "a", lambda *_: None, []))
    assert pages_of([archive], None) == pages(tmp_path / "whole.warc.gz")


def test_an_archive_in_one_piece_that_is_cut_is_read_up_to_there(tmp_path: Path, records: list[bytes]) -> None:
    path, damaged = tmp_path / "a.warc.gz", list[str]()
    path.write_bytes(gzip.compress(b"".join(records))[:-400])

    assert urls(path, damaged)[:2] == [URL.format(0), URL.format(1)]
    assert "cut short or damaged at byte" in damaged[0]


def wacz(path: Path, *, packing: int = zipfile.ZIP_STORED, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", packing) as files:
        files.writestr("datapackage.json", "{}")
        for name, content in entries.items():
            files.writestr(f"archive/{name}.warc.gz", content)
    return path


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_all_archives_in_a_wacz_are_read_whatever_its_name(tmp_path: Path, packing: int) -> None:
    first = recorded(tmp_path / "whole.warc.gz", count=3).read_bytes()
    other = recorded(tmp_path / "other.warc.gz", count=1).read_bytes()
    for name in ("crawl.wacz", "crawl.bin"):
        path = wacz(tmp_path / name, packing=packing, b=other, a=first)
        assert is_archive(str(path))
        assert [archive.name for archive in archives_at(str(path), {})] == [f"{name}.a.warc.gz", f"{name}.b.warc.gz"]
        assert urls(path) == [URL.format(number) for number in (0, 1, 2, 0)]


def test_a_wacz_without_archives_and_a_damaged_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"empty\.wacz: a ZIP file without archive/"):
        archives_at(str(wacz(tmp_path / "empty.wacz")), {})

    path = wacz(tmp_path / "cut.wacz", a=recorded(tmp_path / "whole.warc.gz", count=3).read_bytes())
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ArchiveError, match=r"cut\.wacz: a damaged WACZ, or no ZIP file"):
        archives_at(str(path), {})
