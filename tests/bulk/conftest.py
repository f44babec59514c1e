"""The S3 server of the tests of bulk jobs."""

from typing import Any

import pytest

from tests.exports.conftest import s3

__all__ = ["s3"]


@pytest.fixture
def bucket(s3: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client of an S3 server with an empty bucket, `videsh`, that s3fs finds too."""
    s3fs = pytest.importorskip("s3fs")
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3.meta.endpoint_url)
    s3fs.S3FileSystem.clear_instance_cache()  # it keeps the address of the server of an earlier test
    return s3
