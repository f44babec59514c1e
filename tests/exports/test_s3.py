"""Feeds reach an S3 server."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.runs.replaying import archive, crawl, settings_of
from tests.site.pages import site_of


@pytest.mark.foreign
def test_feeds_reach_s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moto = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        s3 = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
        s3.create_bucket(Bucket="videsh")
        replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
        feeds: dict[str, Any] = {"s3://videsh/%(name)s/out.jsonl.gz": {}}

        crawl(settings_of(tmp_path, replay, FEEDS=feeds, AWS_ENDPOINT_URL=f"http://{host}:{port}"))

        body = s3.get_object(Bucket="videsh", Key="indiatv/out.jsonl.gz")["Body"].read()
    finally:
        server.stop()
    assert len([json.loads(line) for line in gzip.decompress(body).splitlines()]) > 0
