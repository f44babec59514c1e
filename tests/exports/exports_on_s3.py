"""Exports on S3, and what an export to S3 calls."""

from pathlib import Path
from typing import Any

from crawler.exports import s3_storage
from crawler.exports.publication import Publication
from crawler.exports.s3_storage import S3Storage
from crawler.exports.storage import open_storage
from crawler.store.outbox import OutboxTable
from tests.exports.dying import Steps, work

STEPS: Steps = (
    (OutboxTable, "assign"),
    (OutboxTable, "delivered"),
    (Publication, "put"),
    (S3Storage, "put"),
    (S3Storage, "write"),
    (S3Storage, "mirror"),
    (S3Storage, "_call"),
    (Path, "rename"),
    (Path, "replace"),
)
"""What an export to S3 calls."""


def on_s3(client: Any, folder: Path, prefix: str = "news/exports") -> dict[str, str]:
    """Return the settings of an export to S3, with its spool in a folder.

    The keys are there too: a forked process has the environment of the test that forked first.
    """
    spool = str(folder / "spool")
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION_NAME": "us-east-1"}
    at = {"AWS_ENDPOINT_URL": client.meta.endpoint_url}
    return {"EXPORTS": f"s3://videsh/{prefix}", "EXPORTS_SPOOL": spool, **at, **keys}


def storage_on(given: dict[str, str]) -> S3Storage:
    storage = open_storage(given["EXPORTS"], given)
    assert isinstance(storage, S3Storage)
    return storage


def publish(folder: Path, run: str, first: int, last: int, given: dict[str, str]) -> None:
    """Run an export to S3 with a lease that ends soon, as the tests do not wait a minute for the dead."""
    s3_storage.LEASE_SECONDS = 1
    work(folder, run, first, last, **given)
