"""scrapy extract reads archives on web servers and on S3 in one pass, and names what it cannot get."""

import os
import re
import ssl
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import ROOT, scrapy
from tests.commands.test_extract_jobs import archive, url, urls
from tests.site.publisher import write_certificate


class Handler(BaseHTTPRequestHandler):
    """Answers with a file, in ranges below /ranges/; /cut/ sends half of it and hangs up."""

    server: "Server"

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        way, name = self.path.strip("/").split("/")
        path, asked = self.server.folder / name, self.headers.get("Range")
        self.server.asked.append(f"{self.command} {way} {asked}")
        content = path.read_bytes() if path.exists() else b""
        is_part = way == "ranges" and asked is not None
        first, last = map(int, str(asked).removeprefix("bytes=").split("-")) if is_part else (0, len(content) - 1)
        self.send_response(404 if not path.exists() else 206 if is_part else 200)
        if is_part:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(len(content[first : last + 1])))
        self.end_headers()
        if with_body:
            self.wfile.write(content[first : last + 1][: len(content) // 2 if way == "cut" else None])

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.asked: list[str] = []
        self.certificate = folder / "server.pem"
        write_certificate(self.certificate, ["127.0.0.1", "localhost"])
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.certificate)
        self.socket = tls.wrap_socket(self.socket, server_side=True)


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_archives_on_a_web_server_are_read_with_and_without_ranges(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", "good", "good")
    with serving(tmp_path) as server:
        home = f"https://localhost:{server.server_port}"
        places = [f"{home}/{way}/{name}" for way in ("ranges", "whole", "cut") for name in ("a.warc.gz",)]
        # A new Python: aiohttp reads the certificates that it trusts when it is imported.
        with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
            packed.write(tmp_path / "a.warc.gz", "archive/a.warc.gz")
        places += [f"{home}/whole/a.wacz", f"{home}/whole/nowhere.warc.gz"]
        command = [sys.executable, "-m", "scrapy", "extract", "--jobs", "2", *places]
        environment = {**os.environ, "SSL_CERT_FILE": str(server.certificate)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)

    assert urls(done.stdout)[:4] == [url("good", 1), url("good", 2)] * 2
    assert done.returncode == 3
    assert f"{home}/cut/a.warc.gz: cannot be read from byte" in done.stderr
    assert f"{home}/whole/a.wacz: a WACZ on a server that sends no ranges; download it" in done.stderr
    assert f"{home}/whole/nowhere.warc.gz: no such file" in done.stderr
    assert "Traceback" not in done.stderr
    assert "ResourceWarning" not in done.stderr
    gets = [asked for asked in server.asked if asked.startswith("GET")]
    assert all("bytes=" in asked for asked in gets if asked.startswith("GET ranges"))
    assert "GET whole None" in gets


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, dict[str, str]]]:
    """Return a client of an S3 server with an empty bucket, `crawls`, and the environment that leads there."""
    moto = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    pytest.importorskip("s3fs")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        environment = {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        client = boto3.client("s3")
        client.create_bucket(Bucket="crawls")
        yield client, environment
    finally:
        server.stop()


@pytest.mark.soak
def test_archives_on_s3_are_read_by_name_and_by_pattern(tmp_path: Path, bucket: tuple[Any, dict[str, str]]) -> None:
    client, environment = bucket
    for name in ("a", "b"):
        path = archive(tmp_path / f"{name}.warc.gz", "good", "empty", "good")
        client.put_object(Bucket="crawls", Key=f"2026/{name}.warc.gz", Body=path.read_bytes())
    client.put_object(Bucket="crawls", Key="2026/notes.txt", Body=b"-")

    out = tmp_path / "out"
    parts = scrapy(
        "extract", "s3://crawls/2026/*.warc.gz", "s3://nowhere/c.warc.gz", "--out", out, environment=environment
    )

    assert (parts.code, parts.out) == (3, "")
    for name in ("a", "b"):
        assert urls((out / f"{name}.warc.gz.jsonl").read_text(encoding="utf-8")) == [url("good", 1), url("good", 3)]
    said = next(line for line in parts.err.splitlines() if line.startswith("s3://nowhere/c.warc.gz: "))
    assert re.search("no such file|bucket does not exist", said)  # as the version of s3fs has it
    assert not (out / "c.warc.gz.jsonl").exists()


def test_a_place_without_a_library_is_named_with_it(tmp_path: Path) -> None:
    done = scrapy("extract", "gs://crawls/a.warc.gz")

    assert done.code == 2
    assert "gs://crawls/a.warc.gz: cannot be read: " in done.err
    assert "gcsfs" in done.err
