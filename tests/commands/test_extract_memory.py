"""Reading an archive takes the same memory whatever its length, in one process and in several."""

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.commands.running import ROOT
from tests.soak import times

COUNT = times(100_000, least=10_000)
MOST_GROWTH = 8.0
"""Megabytes between a tenth of the records and all of them."""
RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.indiatv.in/world/x-%d\r\n"
    b"WARC-Date: 2026-11-24T06:30:00Z\r\nWARC-Record-ID: <urn:uuid:%032d>\r\nWARC-Payload-Digest: sha1:%032d\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
)
SCRIPT = """
import sys
from pathlib import Path
from scrapy.utils.project import get_project_settings
from crawler.authoring.archived_pages import Pass
from crawler.authoring.archive_job import extract_archives
from crawler.authoring.rereading import Rereader

path, count, jobs = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
through = Pass(rereader=Rereader(get_project_settings()))
for number, _ in enumerate(extract_archives([path], through, jobs)):
    if number in (count // 10, count):
        status = Path("/proc/self/status").read_text()
        print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


@pytest.mark.soak
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_memory_is_flat_over_a_long_archive(tmp_path: Path, jobs: str) -> None:
    path = tmp_path / "long.warc.gz"
    with path.open("wb") as file:
        for number in range(COUNT):
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><h1>404</h1><p>%d</p></html>" % number
            record = RECORD % (number, number, number, len(body), body)
            file.write(zlib.compress(record, 1, wbits=31))

    command = [sys.executable, "-c", SCRIPT, str(path), str(COUNT), jobs]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)

    early, late = (int(line) / 1024 for line in done.stdout.split())
    assert late - early < MOST_GROWTH, f"{early:.1f} MB after a tenth, {late:.1f} MB in the end"
