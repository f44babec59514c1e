"""The store and the S3 server of the tests of exports."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from crawler.store import open_store
from crawler.store.store import DatabaseStore
from tests.commands.running import ROOT, start
from tests.runs.replaying import run_folders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseStore]:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    yield store
    store.close()


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
        with urlopen(Request(f"{client.meta.endpoint_url}/moto-api/reset", method="POST")):
            client.create_bucket(Bucket="videsh")  # servers of one process share their buckets
        yield client
    finally:
        server.stop()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the demo's run, of all outlets."""
    folder = tmp_path_factory.mktemp("demo")
    store = f"STORE=sqlite:///{folder}/v.db"
    replay = ("--replay", str(ROOT / "demo" / "demo.warc.gz"), "--out", str(folder / "exports"))
    done = start("newsroom", *replay, "-s", store, "-s", "LOG_LEVEL=WARNING").wait()
    assert done.code == 0, done.err
    return run_folders(folder)[0]
