"""Feeds reach an S3 server, and a run that brings nothing new leaves what lies there."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.crawling.handover import kept_files
from tests.runs.replaying import archive, crawl, settings_of
from tests.site.pages import site_of


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of an S3 server with an empty bucket, `videsh`."""
    moto = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        client = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
        client.create_bucket(Bucket="videsh")
        yield client
    finally:
        server.stop()


@pytest.mark.foreign
def test_feeds_reach_s3_and_a_run_that_brings_nothing_new_leaves_them(tmp_path: Path, s3: Any) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    feeds: dict[str, Any] = {"s3://videsh/%(name)s/out.jsonl.gz": {"overwrite": True}}
    settings = settings_of(tmp_path, replay, FEEDS=feeds, AWS_ENDPOINT_URL=s3.meta.endpoint_url)

    crawl(settings)
    first = s3.get_object(Bucket="videsh", Key="indiatv/out.jsonl.gz")["Body"].read()
    second = crawl(settings)
    left = s3.get_object(Bucket="videsh", Key="indiatv/out.jsonl.gz")["Body"].read()

    assert len([json.loads(line) for line in gzip.decompress(first).splitlines()]) > 0
    assert left == first
    assert kept_files(second) == ("s3://videsh/indiatv/out.jsonl.gz",)
