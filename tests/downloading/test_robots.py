"""A robots.txt that cannot be fetched forbids its host; each refusal has the reason for which robots.txt failed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive.writer import ArchiveWriter
from tests.runs.replaying import crawl, settings_of

ROBOTS = "https://www.indiatv.in/robots.txt"
AT = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
NO_SUCH_CERTIFICATE = (
    "DownloadFailedError: [<twisted.python.failure.Failure service_identity.exceptions.VerificationError: "
    "VerificationError(errors=[DNSMismatch(mismatched_id=DNS_ID(hostname=b'www.indiatv.in'))])>]"
)
NO_TLS = "DownloadFailedError: [<twisted.python.failure.Failure OpenSSL.SSL.Error: [('SSL routines', '', 'alert')]>]"
LOST = "DownloadFailedError: [<twisted.python.failure.Failure twisted.internet.error.ConnectionLost: It was lost.>]"


def write(path: Path, failure: str | None, status: str, body: bytes) -> Path:
    writer = ArchiveWriter(path, started=AT)
    if failure is not None:
        writer.write_failure(url=ROBOTS, failure=failure, at=AT)
    else:
        headers = [("Content-Type", "text/plain")]
        writer.write_exchange(
            url=ROBOTS, method="GET", request_headers=[], status=status, response_headers=headers, body=body, at=AT
        )
    writer.close()
    return path


@pytest.mark.parametrize(
    ("failure", "status", "body", "outcome"),
    [
        ("CannotResolveHostError: DNS lookup failed: www.indiatv.in.", "", b"", "failed/unknown-host"),
        ("DownloadTimeoutError: took longer than 60 seconds", "", b"", "failed/timeout"),
        ("DownloadConnectionRefusedError: 111: Connection refused.", "", b"", "failed/refused-connection"),
        (NO_SUCH_CERTIFICATE, "", b"", "failed/tls"),
        (NO_TLS, "", b"", "failed/tls"),
        (LOST, "", b"", "failed/connection"),
        (None, "503 Busy", b"", "failed/robots-unreachable"),
        (None, "200 OK", b"User-agent: *\nDisallow: /\n", "filtered/robots"),
        (None, "404 Not Found", b"", "filtered/not-in-archive"),
    ],
)
def test_dns_timeout_tls_and_robots_refusals_have_different_reasons(
    failure: str | None, status: str, body: bytes, outcome: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive = write(tmp_path / "site.warc.gz", failure, status, body)

    crawled = crawl(settings_of(tmp_path, archive))

    counts = {name: count for name, count in crawled.stats.get_stats().items() if name.startswith("outcome/listings/")}
    assert counts.keys() == {f"outcome/listings/{outcome}"}
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_robots_txt_is_obeyed_in_whichever_charset_it_is_written(charset: str, tmp_path: Path) -> None:
    rules = "User-agent: *\nDisallow: /  # café\n".encode(charset)

    crawled = crawl(settings_of(tmp_path, write(tmp_path / "site.warc.gz", None, "200 OK", rules)))

    stats = crawled.stats.get_stats()
    assert {name for name in stats if name.startswith("outcome/listings/")} == {"outcome/listings/filtered/robots"}


def test_a_robots_txt_that_fails_after_a_redirect_forbids_the_requested_host(tmp_path: Path) -> None:
    path, moved = tmp_path / "site.warc.gz", "https://www.indiatv.in/robots"
    writer = ArchiveWriter(path, started=AT)
    writer.write_exchange(
        url=ROBOTS, method="GET", request_headers=[], status="301 Moved", response_headers=[("Location", moved)],
        body=b"", at=AT,
    )  # fmt: skip
    writer.write_failure(url=moved, failure="DownloadTimeoutError: took longer than 60 seconds", at=AT)
    writer.close()

    stats = crawl(settings_of(tmp_path, path)).stats.get_stats()

    assert {name for name in stats if name.startswith("outcome/listings/")} == {"outcome/listings/failed/timeout"}
    assert "log_count/ERROR" not in stats
