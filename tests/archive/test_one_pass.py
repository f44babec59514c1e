"""One pass finds what warcio finds by the rules of damage, in files and in streams that cannot go back."""

import gzip
import io
import random
from pathlib import Path
from typing import IO, Any

import pytest

from crawler.archive.one_pass import records_in_one_pass
from crawler.archive.records import ArchiveError, whole_records
from tests.archive.test_damaged import damage, recorded

Row = tuple[Any, ...]


class Stream(io.BytesIO):
    """Bytes that come as they please and cannot go back, as from a pipe."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError("Illegal seek")

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size, 5_000) if size and size > 0 else 5_000)


def row(record: Any, offset: int, _: list[str]) -> Row:
    http = record.http_headers
    body = b"".join(iter(lambda: record.raw_stream.read(65536), b""))
    url = record.rec_headers.get_header("WARC-Target-URI")
    return offset, record.rec_type, url, None if http is None else (http.statusline, http.headers), body


def by_warcio(path: Path) -> tuple[list[Row], str]:
    damaged: list[str] = []
    try:
        rows = list(whole_records(path, lambda record, offset: row(record, offset, []), damaged))
    except ArchiveError as error:
        return [], str(error)
    return rows, "".join(damaged)


def in_one_pass(file: IO[bytes], path: Path) -> tuple[list[Row], str]:
    damaged: list[str] = []
    try:
        rows = list(records_in_one_pass(file, str(path), row, damaged))
    except ArchiveError as error:
        return [], str(error)
    return rows, "".join(damaged)


def both(path: Path) -> tuple[tuple[list[Row], str], ...]:
    with path.open("rb") as file:
        return in_one_pass(file, path), in_one_pass(Stream(path.read_bytes()), path)


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_sound_archive_is_read_from_a_file_and_from_a_stream(tmp_path: Path, is_packed: bool) -> None:
    path = recorded(tmp_path / "whole.warc.gz", count=60)
    if not is_packed:
        path.write_bytes(gzip.decompress(path.read_bytes()))
    expected = by_warcio(path)

    assert len(expected[0]) == 121
    assert both(path) == (expected, expected)


def test_an_archive_that_is_cut_anywhere_gives_what_warcio_gives(tmp_path: Path) -> None:
    whole = recorded(tmp_path / "whole.warc.gz", count=2).read_bytes()
    path = tmp_path / "cut.warc.gz"
    for content in (whole, gzip.decompress(whole)):
        for size in range(0, len(content), 61):
            path.write_bytes(content[:size])
            expected = by_warcio(path)
            assert both(path) == (expected, expected), size


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_archive_gives_what_warcio_gives(tmp_path: Path, seed: int) -> None:
    whole = recorded(tmp_path / "whole.warc.gz").read_bytes()
    path, chance = tmp_path / "damaged.warc.gz", random.Random(seed)
    for number in range(20):
        path.write_bytes(damage(gzip.decompress(whole) if number % 2 else whole, chance))
        (expected, _), found = by_warcio(path), both(path)
        assert [rows for rows, _ in found] == [expected, expected], number


@pytest.mark.parametrize("is_packed", [True, False])
def test_padding_garbage_and_blank_lines_lose_no_record(tmp_path: Path, is_packed: bool) -> None:
    path = recorded(tmp_path / "whole.warc.gz", count=3)
    pieces = [gzip.decompress(path.read_bytes()), b"\r\n\r\n", gzip.decompress(path.read_bytes()), bytes(300)]
    path.write_bytes(b"".join(map(gzip.compress, pieces)) if is_packed else b"".join(pieces))
    packed_in_pieces = path.read_bytes()
    expected = by_warcio(path)
    assert both(path) == (expected, expected)

    path.write_bytes(b"kachra" * 30 + packed_in_pieces)
    expected = by_warcio(path)
    assert both(path) == (expected, expected)


def test_a_stream_that_fails_yields_what_came_before(tmp_path: Path) -> None:
    content = recorded(tmp_path / "whole.warc.gz", count=60).read_bytes()

    class Failing(Stream):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() >= 40_000:
                raise ConnectionResetError("the other side hung up")
            return super().read(size)

    rows: list[Row] = []
    found = records_in_one_pass(Failing(content), "far.warc.gz", row, [])
    with pytest.raises(ArchiveError, match=r"far\.warc\.gz: cannot be read from byte 4\d{4} on: .* hung up"):
        rows.extend(found)
    assert len(rows) > 50
