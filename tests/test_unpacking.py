"""Content is decompressed by its bytes, whatever its label, and within size limits."""

import gzip
import random
import sys
import time
import zlib
from collections.abc import Callable

import brotli
import pytest

from crawler.unpacking import unpacked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = ("<html><body>" + "<p>वरुणपुर में आंधी से खंभे गिर गए।</p>" * 400 + "</body></html>").encode()
MOST = 1024 * 1024


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "raw deflate": raw_deflate,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "plain": bytes,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("label", ["gzip", "x-gzip", "deflate", "br", "zstd"])
def test_the_bytes_decide_against_any_label(way: str, label: str) -> None:
    found = unpacked(WAYS[way](PAGE), [label], MOST)

    assert (found.body, found.damage) == (PAGE, None)


@pytest.mark.parametrize("way", ["gzip", "zstd", "plain"])
@pytest.mark.parametrize("labels", [[], ["identity"], ["utf-8"], ["none", "x-unknown"], [""]])
def test_recognisable_compression_needs_no_label(way: str, labels: list[str]) -> None:
    assert unpacked(WAYS[way](PAGE), labels, MOST).body == PAGE


def test_layers_are_unpacked_from_the_outermost() -> None:
    assert unpacked(gzip.compress(brotli.compress(PAGE)), ["br", "gzip"], MOST).body == PAGE
    assert unpacked(gzip.compress(gzip.compress(PAGE)), ["gzip"], MOST).body == PAGE


@pytest.mark.parametrize("content", [b"", b"User-agent: *\n", PAGE.decode().encode("utf-16"), b"{}", "ख".encode()])
def test_plain_content_stays_as_it_is(content: bytes) -> None:
    for label in ("gzip", "br", "zstd", "deflate"):
        assert unpacked(content, [label], MOST).body is content


@pytest.mark.parametrize("way", ["gzip", "deflate", "raw deflate", "br", "zstd"])
def test_incomplete_content_is_cut(way: str) -> None:
    packed = WAYS[way](PAGE + random.Random(1).randbytes(4000))

    found = unpacked(packed[: len(packed) - 40], [way.removeprefix("raw ")], MOST)

    assert found.damage == "cut"
    assert PAGE.startswith(found.body[:1000])


@pytest.mark.parametrize("way", ["gzip", "deflate"])  # the others keep no checksum
def test_garbled_content_is_damaged(way: str) -> None:
    packed = bytearray(WAYS[way](PAGE + random.Random(1).randbytes(4000)))
    packed[30:90] = bytes(range(1, 61))

    assert unpacked(bytes(packed), [way], MOST).damage in ("damaged", "cut")


def test_noise_under_a_label_is_damaged() -> None:
    noise = bytes(range(256)) * 20

    assert unpacked(noise, ["gzip"], MOST).damage == "damaged"
    assert unpacked(noise, [], MOST).body == noise


def test_padding_after_gzip_is_ignored() -> None:
    for behind in (b"\0" * 512, b"<!-- cached -->"):
        assert unpacked(gzip.compress(PAGE) + behind, ["gzip"], MOST).body == PAGE


@pytest.mark.parametrize("way", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_too_large_and_uses_little_memory(way: str) -> None:
    bomb = WAYS[way](bytes(64 * MOST))
    started = time.process_time()

    found = unpacked(bomb, [way], MOST)

    assert found.damage == "too-large"
    assert len(found.body) < 2 * MOST
    assert time.process_time() - started < 2


def test_no_mutated_content_raises() -> None:
    chance = random.Random(5)
    for _ in range(2000):
        body = bytearray(chance.choice(list(WAYS.values()))(PAGE))
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(body))
            body[at : at + chance.choice((0, 1, 40))] = chance.choice((b" ", b"\xff", b"\x1f\x8b", bytes(9), b"<"))
        unpacked(bytes(body), [chance.choice(["gzip", "br", "zstd", "deflate", "x"])], MOST)
