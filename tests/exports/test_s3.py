"""Feeds reach an S3 server, and a run that brings nothing new leaves what lies there."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from crawler.crawling.handover import kept_files
from tests.runs.replaying import archive, crawl, settings_of
from tests.site.pages import site_of


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
