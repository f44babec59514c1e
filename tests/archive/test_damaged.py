"""Reading an archive ends for any bytes, and yields each intact answer once."""

import gzip
import random
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.reader import ArchiveError, read_answers, read_content
from crawler.archive.writer import ArchiveWriter

AT = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
URL = "https://samachar.example/world/{}"
PAGE = "<html><h1>सेतुपुर में नया पुल</h1><p>{}</p></html>"
HTML = [("Content-Type", "text/html")]


def recorded(path: Path, count: int = 20) -> Path:
    writer = ArchiveWriter(path, started=AT)
    noise = random.Random(2)
    for number in range(count):
        body = (PAGE.format(number) + noise.randbytes(600).hex()).encode()
        writer.write_exchange(
            url=URL.format(number),
            method="GET",
            request_headers=[],
            status="200 OK",
            response_headers=HTML,
            body=body,
            at=AT,
        )
    writer.close()
    return path


def damage(content: bytes, chance: random.Random) -> bytes:
    mutated = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at, other = chance.randrange(len(mutated)), chance.randrange(len(mutated))
        piece = chance.choice(
            (
                b"\x1f\x8b\x08",
                b"WARC/1.0\r\n",
                b"\r\n\r\n",
                bytes(50),
                b"HTTP/1.1 \xb2 OK\r\n",
                mutated[other:][:2000],
            )
        )
        mutated[at : at + chance.choice((0, 1, 300, 3000))] = piece
    return bytes(mutated)


@pytest.mark.parametrize("is_packed", [True, False])
def test_reading_a_damaged_archive_ends_and_yields_nothing_twice(tmp_path: Path, is_packed: bool) -> None:
    whole = recorded(tmp_path / "whole.warc.gz").read_bytes()
    content = whole if is_packed else gzip.decompress(whole)
    path, chance = tmp_path / "damaged.warc.gz", random.Random(3)
    for _ in range(60):
        path.write_bytes(damage(content, chance))
        damaged: list[str] = []
        try:
            answers = list(read_answers(path, damaged))
        except ArchiveError:
            continue
        assert len({answer.offset for answer in answers}) == len(answers)
        for answer in answers:
            read_content(answer)


def test_records_after_many_damaged_ones_are_read(tmp_path: Path) -> None:
    path = recorded(tmp_path / "damaged.warc.gz")
    answers = list(read_answers(path))
    content = bytearray(path.read_bytes())
    for answer in answers[1:15:2]:
        content[answer.offset + 40 : answer.offset + 80] = bytes(40)
    path.write_bytes(content)

    damaged: list[str] = []
    found = [answer.url for answer in read_answers(path, damaged)]

    assert found == [answer.url for number, answer in enumerate(answers) if number not in range(1, 15, 2)]
    assert f"damaged at byte {answers[1].offset} and 6 other places; 34 whole records" in damaged[0]


def test_an_archive_whose_first_record_is_damaged_is_read(tmp_path: Path) -> None:
    path = recorded(tmp_path / "damaged.warc.gz")
    content = bytearray(path.read_bytes())
    content[12:40] = bytes(28)
    path.write_bytes(content)

    assert len(list(read_answers(path, []))) == 20


@pytest.mark.parametrize(
    "content",
    [
        b"\x1f\x8b\x08" * 700_000,
        b"WARC/1.0\r\n" * 200_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4000000\r\n\r\n" * 30_000,
        gzip.compress(b"WARC/1.0\r\nContent-Length: 9\r\n\r\n") * 20_000,
    ],
)
def test_bytes_that_only_look_like_records_are_read_in_linear_time(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.warc.gz"
    path.write_bytes(content)
    started = time.process_time()

    with pytest.raises(ArchiveError, match=r"nothing can be read|not a WARC"):
        list(read_answers(path))

    assert time.process_time() - started < 20


def test_blank_lines_before_the_first_record_hide_nothing(tmp_path: Path) -> None:
    whole = recorded(tmp_path / "whole.warc.gz", count=2).read_bytes()
    for name, content in (("plain.warc", gzip.decompress(whole)), ("packed.warc.gz", whole)):
        path = tmp_path / name
        blank = b"\r\n\r\n\n"
        path.write_bytes(blank + content if name == "plain.warc" else gzip.compress(blank) + content)
        assert [answer.url for answer in read_answers(path)] == [URL.format(0), URL.format(1)]


def written(path: Path, *records: tuple[str, dict[str, str], list[tuple[str, str]] | None, bytes]) -> Path:
    """Write records, each given as type, WARC headers, HTTP headers or None, and body."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for kind, headers, http, body in records:
            status_and_headers = StatusAndHeaders("200 OK", http, protocol="HTTP/1.1") if http is not None else None
            url = headers.pop("url", URL.format(0))
            named = {"WARC-Date": "2026-11-24T06:30:00Z", **headers}
            content = {"warc_content_type": headers.pop("Content-Type")} if "Content-Type" in headers else {}
            writer.write_record(
                writer.create_warc_record(
                    url,
                    kind,
                    BytesIO(body),
                    len(body),
                    warc_headers_dict=named,
                    http_headers=status_and_headers,
                    **content,
                )
            )
    return path


def test_a_resource_record_is_an_answer(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", ("resource", {"Content-Type": "text/html"}, None, b"<html>x</html>"))

    (answer,) = read_answers(path)

    assert (answer.kind, answer.status, answer.content_type) == ("resource", 200, "text/html")
    assert read_content(answer).body == b"<html>x</html>"


@pytest.mark.parametrize(
    "named",
    [
        {"WARC-Refers-To": "<urn:uuid:1>"},
        {"WARC-Payload-Digest": "sha1:SAME"},
        {"WARC-Refers-To-Target-URI": URL.format(0), "WARC-Refers-To-Date": "2026-11-24T06:30:00Z"},
    ],
)
@pytest.mark.parametrize("http", [[("Content-Type", "text/html"), ("X-Own", "1")], None])
def test_a_revisit_has_the_body_of_the_record_that_it_names(
    tmp_path: Path, named: dict[str, str], http: list[tuple[str, str]] | None
) -> None:
    original = {"WARC-Record-ID": "<urn:uuid:1>", "WARC-Payload-Digest": "sha1:SAME"}
    packed = gzip.compress(b"<html>x</html>")
    path = written(
        tmp_path / "a.warc.gz",
        ("response", dict(original), [*HTML, ("Content-Encoding", "gzip")], packed),
        ("revisit", {"url": URL.format(1), **named}, http, b""),
    )

    _, revisit = read_answers(path)
    content = read_content(revisit)

    assert (revisit.kind, revisit.url, revisit.status) == ("revisit", URL.format(1), 200)
    assert content.body == packed
    assert ("Content-Encoding", "gzip") in content.headers
    assert (("X-Own", "1") in content.headers) is (http is not None)


def test_a_revisit_of_a_page_that_no_archive_holds_has_no_body(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", ("revisit", {"WARC-Refers-To": "<urn:uuid:9>"}, HTML, b""))

    (answer,) = read_answers(path)

    with pytest.raises(ArchiveError, match="repeats a page that no archive read so far holds"):
        read_content(answer)


@pytest.mark.parametrize("label", ["br", "zstd", "gzip", "deflate", None])
def test_chunks_are_joined_whatever_the_label_says(tmp_path: Path, label: str | None) -> None:
    headers = [*HTML, ("Transfer-Encoding", "chunked"), *([("Content-Encoding", label)] if label else [])]
    for body in (b"6\r\n<html>\r\n7\r\n</html>\r\n0\r\n\r\n", b"<html></html>"):
        path = written(tmp_path / "a.warc.gz", ("response", {}, headers, body))
        (answer,) = read_answers(path)
        assert read_content(answer).body == b"<html></html>"


@pytest.mark.shared
def test_a_damaged_archive_that_was_read_endlessly_is_read_once(evidence: Path) -> None:
    faults = evidence / "fresh" / "faults"

    assert len(list(read_answers(faults / "warc-hang.warc.gz", []))) == 77
    assert len(list(read_answers(faults / "fuzz-warc-2-0.bin", []))) == 78
