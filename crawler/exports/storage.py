"""The root of exports as a few verbs: small files are written conditionally, whole files are put in place once."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.exports.part import sha256_of
from crawler.lock import Lock
from crawler.whole_files import sync_folder, write_whole

RUNNING = ".running"
"""Lock file in the folder of a run; it exists until the run has ended."""
_S3 = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[^\s?#]*)?")
_SPOOL = "var/spool"
_LOCK = ".publishing.lock"
"""Lock file of the process that publishes into a folder."""


class ChangedError(OSError):
    """Another process has changed a file since it was read: read it again, and try again."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A small file, and the version in which it was read."""

    content: bytes
    version: str
    """Opaque; `Storage.write` takes it."""


class Storage(Protocol):
    """The root of exports. Names are relative to it: `date=2026-11-24/run=…/articles.jsonl`."""

    @property
    def address(self) -> str:
        """Return the root as users write it."""

    @property
    def spool(self) -> Path:
        """Return the local folder in which the folders of runs are made; names are the same in it."""

    @property
    def is_remote(self) -> bool:
        """Return whether processes are kept apart by a lease that may end, and not by a lock."""

    @property
    def is_there(self) -> bool:
        """Return whether there may be exports: False for a folder that does not exist."""

    def place_of(self, name: str) -> str:
        """Return the whole address of a file, wherever the program runs; without a name, that of the root."""

    def alone(self) -> AbstractContextManager[None]:
        """Return a context that one process at a time is in; it waits for the others, and not for dead ones."""

    def read(self, name: str) -> Stored | None:
        """Return a small file, or None if there is none."""

    def version(self, name: str) -> str | None:
        """Return the version of a small file as `read` does, or None if there is none."""

    def write(self, name: str, text: str, version: str | None) -> str:
        """Replace the version of a small file that was read (None: no file), and return the new version.

        Raise ChangedError if there is another version by now.
        """

    def put(self, file: Path, name: str) -> None:
        """Move a whole local file to its place; raise FileExistsError if a file is there."""

    def opened(self, name: str) -> AbstractContextManager[Path]:
        """Return a context with the local path of a file, which is read only; raise FileNotFoundError without it."""

    def holds(self, name: str, *, size: int, sha256: str) -> bool:
        """Return whether a file is in its place, whole: with this size and hash."""

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the names of all files below a folder of the root, each with its size in bytes."""

    def delete(self, name: str) -> None:
        """Delete a file if it is there."""

    def remove(self, folder: str) -> None:
        """Delete the folder of a run with all its files, and the folder above if it is empty then."""

    def mirror(self, name: str) -> None:
        """Bring a small file of the spool into the storage as it is now."""

    def restore(self, folder: str) -> None:
        """Bring the files of a run's folder into the spool that are missing there."""

    def tidy(self) -> None:
        """Delete what the spool no longer needs."""


class LocalStorage:
    """A folder on a disk that all publishing processes share."""

    def __init__(self, root: Path) -> None:
        self.spool = root
        self.address = str(root)
        self._lock = Lock(root / _LOCK)
        self.is_remote = False

    @property
    def is_there(self) -> bool:
        return self.spool.is_dir()

    def place_of(self, name: str) -> str:
        return str((self.spool / name).resolve())

    @contextmanager
    def alone(self) -> Iterator[None]:
        self.spool.mkdir(parents=True, exist_ok=True)
        self._lock.take(wait=True)
        try:
            yield
        finally:
            self._lock.release(keep=True)

    def read(self, name: str) -> Stored | None:
        try:
            with (self.spool / name).open("rb") as file:
                return Stored(file.read(), _version(os.fstat(file.fileno())))
        except FileNotFoundError:
            return None

    def write(self, name: str, text: str, version: str | None) -> str:
        if version != self.version(name):
            raise ChangedError(f"{self.spool / name}: was written by another process")
        write_whole(self.spool / name, text)
        return _version((self.spool / name).stat())

    def version(self, name: str) -> str | None:
        try:
            return _version((self.spool / name).stat())
        except FileNotFoundError:
            return None

    def put(self, file: Path, name: str) -> None:
        place = self.spool / name
        if place.exists():
            raise FileExistsError(f"{place}: is there already, and a part is never overwritten")
        place.parent.mkdir(parents=True, exist_ok=True)
        file.rename(place)
        sync_folder(place.parent)

    @contextmanager
    def opened(self, name: str) -> Iterator[Path]:
        yield self.spool / name

    def holds(self, name: str, *, size: int, sha256: str) -> bool:
        path = self.spool / name
        return path.is_file() and path.stat().st_size == size and sha256_of(path) == sha256

    def sizes(self, folder: str) -> dict[str, int]:
        found = {}
        for at, _, names in os.walk(self.spool / folder):  # a folder that goes meanwhile is as one without files
            for path in map(Path(at).joinpath, names):
                with suppress(FileNotFoundError):  # another process has renamed or deleted it
                    found[path.relative_to(self.spool).as_posix()] = path.stat().st_size
        return found

    def delete(self, name: str) -> None:
        (self.spool / name).unlink(missing_ok=True)

    def remove(self, folder: str) -> None:
        remove_folder(self.spool / folder)

    def mirror(self, name: str) -> None:
        """Do nothing: the spool is the storage."""

    def restore(self, folder: str) -> None:
        """Do nothing: the spool is the storage."""

    def tidy(self) -> None:
        """Do nothing: the spool is the storage."""


def remove_folder(path: Path) -> None:
    """Delete a folder with all that is in it, if it is there, and the folder above if it is empty then."""
    with suppress(FileNotFoundError):
        shutil.rmtree(path)
    with suppress(OSError):  # it is not empty
        path.parent.rmdir()


def open_storage(address: str | Path, settings: Mapping[str, Any] | None = None) -> Storage:
    """Return the storage at an address: a folder, or `s3://bucket/prefix`.

    `settings` may have Scrapy's settings of S3 (AWS_ACCESS_KEY_ID and the like); without them, boto3 finds the
    credentials. EXPORTS_SPOOL names the spool. Raise ModuleNotFoundError for S3 without boto3, and ValueError for an
    address that is neither.
    """
    if "://" not in str(address):
        return LocalStorage(Path(address))
    if not _S3.fullmatch(str(address)):
        raise ValueError(f"{address} is neither a folder nor s3://BUCKET/PREFIX")
    from crawler.exports.s3_storage import S3Storage, open_client

    given = settings or {}
    return S3Storage(str(address), Path(given.get("EXPORTS_SPOOL") or _SPOOL), open_client(given))


def storage_of(settings: BaseSettings) -> Storage:
    """Return the storage that EXPORTS names; raise UsageError if it is none, or without what it needs."""
    address = settings.get("EXPORTS")
    if not address:
        raise UsageError("EXPORTS is empty: name a folder, or s3://BUCKET/PREFIX", print_help=False)
    return storage_at(str(address), settings)


def storage_at(address: str, settings: BaseSettings | None) -> Storage:
    """Return the storage at an address as `open_storage` does; raise UsageError if it is none."""
    try:
        return open_storage(address, settings)
    except ModuleNotFoundError as error:
        raise UsageError(f"{address}: S3 needs boto3 ({error}): pip install 'videsh[s3]'", print_help=False) from error
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from error


def _version(stat: os.stat_result) -> str:
    return f"{stat.st_mtime_ns}-{stat.st_ino}-{stat.st_size}"
