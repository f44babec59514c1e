"""The root of exports on S3, or on a service that speaks its protocol and honours conditional writes.

The folders of runs are made in a local spool, and each file is uploaded whole, in one request. What decides is the
catalog: a part that it does not list was never published. A lease in place of a lock keeps processes apart; one that
outlives its lease cannot write the catalog any more.
"""

import json
import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from crawler.exports.part import sha256_of
from crawler.exports.storage import RUNNING, ChangedError, Stored, remove_folder
from crawler.whole_files import temporary

_LEASE = ".publishing.lock"
"""Object that says until when a process publishes alone; it stays, with a time that is past."""
LEASE_SECONDS = 60.0
"""Time after which a process that has not released the lease counts as dead; to publish a part takes far less."""
_PAUSE = 0.3
"""Longest pause, in seconds, before the lease is asked for again."""
_KEPT_SECONDS = 24 * 3600.0
"""Age of an uploaded run's folder in the spool above which it is deleted."""
_MISSING = ("NoSuchKey", "NotFound", "404")
_CHANGED = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")


class S3Storage:
    """A bucket, or what lies below a prefix in it: `s3://bucket/prefix`. Errors of S3 are raised as OSError."""

    def __init__(self, address: str, spool: Path, client: Any) -> None:
        self.address = address.rstrip("/")
        self._bucket, _, prefix = self.address.removeprefix("s3://").partition("/")
        self._prefix = prefix.strip("/")
        self.spool = spool / self._bucket / self._prefix
        self._client = client
        self.is_remote = True

    @property
    def is_there(self) -> bool:
        """Return True: whether the bucket is there shows when it is read."""
        return True

    def place_of(self, name: str) -> str:
        return f"{self.address}/{name}" if name else self.address

    @contextmanager
    def alone(self) -> Iterator[None]:
        version = self._take_lease()
        try:
            yield
        finally:
            with suppress(ChangedError):  # another process took it over
                self.write(_LEASE, _lease(0), version)

    def read(self, name: str) -> Stored | None:
        found = self._find(self._client.get_object, name)
        if found is None:
            return None
        try:
            return Stored(found["Body"].read(), found["ETag"])
        except BotoCoreError as error:
            raise self._error(name, error) from error

    def version(self, name: str) -> str | None:
        found = self._find(self._client.head_object, name)
        return str(found["ETag"]) if found else None

    def write(self, name: str, text: str, version: str | None) -> str:
        content = text.encode()
        condition = {"IfMatch": version} if version else {"IfNoneMatch": "*"}
        try:
            return str(self._call(self._client.put_object, name, Body=content, **condition)["ETag"])
        except ChangedError:
            now = self.read(name)  # a first try may have been written, and its answer lost
            if now is None or now.content != content:
                raise
            return now.version

    def put(self, file: Path, name: str) -> None:
        sha256 = sha256_of(file)
        try:
            with file.open("rb") as body:
                self._call(self._client.put_object, name, Body=body, Metadata={"sha256": sha256}, IfNoneMatch="*")
        except ChangedError as error:
            if not self.holds(name, size=file.stat().st_size, sha256=sha256):
                raise FileExistsError(f"{self.place_of(name)}: is there already, and is never overwritten") from error
        place = self.spool / name
        place.parent.mkdir(parents=True, exist_ok=True)
        file.rename(place)

    @contextmanager
    def opened(self, name: str) -> Iterator[Path]:
        if (self.spool / name).is_file():
            yield self.spool / name
            return
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(name).name
            if not self._fetch(name, path):
                raise FileNotFoundError(f"{self.place_of(name)}: is not there")
            yield path

    def holds(self, name: str, *, size: int, sha256: str) -> bool:
        found = self._find(self._client.head_object, name)
        return bool(found) and found["ContentLength"] == size and found["Metadata"].get("sha256") == sha256

    def sizes(self, folder: str) -> dict[str, int]:
        start = f"{self._key(folder)}/" if folder or self._prefix else ""
        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=start)
            objects = (each for page in pages for each in page.get("Contents", ()))
            before = len(f"{self._prefix}/") if self._prefix else 0
            return {each["Key"][before:]: each["Size"] for each in objects}
        except (BotoCoreError, ClientError) as error:
            raise self._error(folder, error) from error

    def delete(self, name: str) -> None:
        self._call(self._client.delete_object, name)
        (self.spool / name).unlink(missing_ok=True)

    def remove(self, folder: str) -> None:
        for name in self.sizes(folder):
            self.delete(name)
        remove_folder(self.spool / folder)

    def mirror(self, name: str) -> None:
        self._call(self._client.put_object, name, Body=(self.spool / name).read_bytes())

    def restore(self, folder: str) -> None:
        for name in self.sizes(folder):
            if not (self.spool / name).exists():
                self._fetch(name, self.spool / name)

    def tidy(self) -> None:
        for path in (*self.spool.glob("date=*/run=*"), *self.spool.glob("compacted/*/*")):
            if not (path / RUNNING).exists() and time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                rmtree(path, ignore_errors=True)

    def _fetch(self, name: str, path: Path) -> bool:
        """Download an object whole to a path; return False if there is none."""
        found = self._find(self._client.get_object, name)
        if found is None:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary(path).open("wb") as file:
                for chunk in found["Body"].iter_chunks(1024 * 1024):
                    file.write(chunk)
        except BotoCoreError as error:
            raise self._error(name, error) from error
        temporary(path).replace(path)
        return True

    def _take_lease(self) -> str:
        """Wait until no other process holds the lease, take it, and return its version."""
        while True:
            stored = self.read(_LEASE)
            if stored is None or _until(stored.content) <= time.time():
                with suppress(ChangedError):
                    version = stored.version if stored else None
                    return self.write(_LEASE, _lease(time.time() + LEASE_SECONDS), version)
            time.sleep(random.uniform(0.1, 1) * _PAUSE)

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}".strip("/")

    def _find(self, call: Callable[..., Any], name: str) -> Any:
        """Return the answer about an object, or None if there is none."""
        try:
            return self._call(call, name)
        except FileNotFoundError:
            return None

    def _call(self, call: Callable[..., Any], name: str, **arguments: Any) -> Any:
        try:
            return call(Bucket=self._bucket, Key=self._key(name), **arguments)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code"))
            if code in _CHANGED:
                raise ChangedError(f"{self.place_of(name)}: was written by another process") from error
            if code in _MISSING:
                raise FileNotFoundError(f"{self.place_of(name)}: is not there") from error
            raise self._error(name, error) from error
        except BotoCoreError as error:
            raise self._error(name, error) from error

    def _error(self, name: str, error: Exception) -> OSError:
        return OSError(f"{self.place_of(name)}: {error}")


def open_client(settings: Mapping[str, Any]) -> Any:
    """Return boto3's client of S3 with Scrapy's settings of S3; boto3 finds what they do not name."""
    names = {
        "aws_access_key_id": "AWS_ACCESS_KEY_ID",
        "aws_secret_access_key": "AWS_SECRET_ACCESS_KEY",
        "aws_session_token": "AWS_SESSION_TOKEN",
        "endpoint_url": "AWS_ENDPOINT_URL",
        "region_name": "AWS_REGION_NAME",
    }
    given = {name: settings.get(setting) for name, setting in names.items()}
    return boto3.client("s3", **{name: value for name, value in given.items() if value})


def _lease(until: float) -> str:
    return json.dumps({"until": until, "holder": str(uuid.uuid4())})


def _until(content: bytes) -> float:
    try:
        return float(json.loads(content)["until"])
    except (ValueError, LookupError, TypeError):
        return 0
