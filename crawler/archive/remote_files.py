"""Open archives that lie elsewhere, at any URL that fsspec can open: https://, s3:// and the like."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Literal

from crawler.archive.records import ArchiveError

_BLOCK = 4 * 1024 * 1024
"""Bytes that are asked for at once."""
_WEB = ("http", "https")
_S3 = ("s3", "s3a")
_OPTIONS = {
    "key": "AWS_ACCESS_KEY_ID",
    "secret": "AWS_SECRET_ACCESS_KEY",
    "token": "AWS_SESSION_TOKEN",
    "endpoint_url": "AWS_ENDPOINT_URL",
}
"""Options of s3fs, and Scrapy's settings with their values; what these lack botocore finds, as in the environment."""
_QUERY = re.compile("[?#]")


class RemoteFile:
    """A file at a URL; errors of its server are raised as ArchiveError."""

    def __init__(self, url: str, options: Mapping[str, Any]) -> None:
        self._url = url
        self._options = options
        self.name = _QUERY.split(url, maxsplit=1)[0].rpartition("/")[2] or url
        self.size: int | None = None
        """Its bytes, once it was opened; None if the server does not say it."""

    def __str__(self) -> str:
        return self._url

    @contextmanager
    def open(self, mode: Literal["rb"], /) -> Iterator[Any]:
        """Open the file to be read; a server that sends no ranges gives one that cannot go back."""
        with naming_failure(self._url):
            files, path = _file_system(self._url, self._options)
            is_stream = _scheme(self._url) in _WEB and not _sends_ranges(files, path)
            file = files.open(path, mode, block_size=0 if is_stream else _BLOCK)
        self.size = file.size
        try:
            yield ForwardFile(file) if is_stream else file
        finally:
            file.close()


class ForwardFile:
    """A file that cannot go back, or only slowly, though it may say that it could."""

    def __init__(self, file: Any) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell

    def seekable(self) -> bool:
        """Return False."""
        return False


def options_of(url: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options for the file system of a URL that settings have; `settings` may have Scrapy's of S3."""
    if _scheme(url) not in _S3:
        return {}
    return {name: settings.get(key) for name, key in _OPTIONS.items() if settings.get(key)}


def s3_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of Scrapy's settings of S3 that have a value."""
    return {key: settings.get(key) for key in _OPTIONS.values() if settings.get(key)}


def is_remote_folder(url: str, settings: Mapping[str, Any]) -> bool:
    """Return whether a URL is that of a folder, and not of a file; raise ArchiveError if nothing is there."""
    if url.endswith("/"):
        return True
    with naming_failure(url):
        files, path = _file_system(url, options_of(url, settings))
        return bool(files.info(path)["type"] == "directory")


def is_remote_file(url: str, settings: Mapping[str, Any]) -> bool:
    """Return whether a file lies at a URL; raise ArchiveError if its server does not say it."""
    with naming_failure(url):
        files, path = _file_system(url, options_of(url, settings))
        return bool(files.isfile(path))


def remote_names(url: str, start: str, settings: Mapping[str, Any]) -> set[str]:
    """Return the URLs of the files in a folder and below it, or of those that a pattern names, itself or by a folder.

    Each begins with `start`: that folder, or the last one above the first sign of the pattern. Raise ArchiveError if it
    cannot be read.
    """
    if start.endswith(":/"):
        raise ArchiveError(f"{url}: the name of a bucket or host is no pattern; name each one")
    with naming_failure(url):
        files, path = _file_system(url, options_of(url, settings))
        root = files._strip_protocol(start).rstrip("/")
        if url.rstrip("/") == start:
            return {start + name[len(root) :] for name in files.find(path)}
        found = files.glob(path, detail=True)
        folders = [name for name, details in found.items() if details["type"] == "directory"]
        names = {*found} - {*folders} | {name for folder in folders for name in files.find(folder)}
        return {start + name[len(root) :] for name in names}


@contextmanager
def naming_failure(url: str) -> Iterator[None]:
    """Raise what a server, or the lack of a library, raises as an ArchiveError that names the URL."""
    try:
        yield
    except FileNotFoundError as error:
        cause = error.__cause__  # fsspec says the same of a server that it cannot reach
        is_missing = cause is None or getattr(cause, "status", None) == HTTPStatus.NOT_FOUND
        raise ArchiveError(f"{url}: {'no such file' if is_missing else f'cannot be read: {cause}'}") from error
    except ImportError as error:
        raise ArchiveError(f"{url}: cannot be read: {error}; for s3:// that is pip install 'videsh[s3]'") from error
    except Exception as error:  # each kind of server has exceptions of its own
        raise ArchiveError(f"{url}: cannot be read: {error or type(error).__name__}") from error


def _file_system(url: str, options: Mapping[str, Any]) -> tuple[Any, str]:
    import fsspec  # slow to import: only archives elsewhere need it

    found: tuple[Any, str] = fsspec.url_to_fs(url, **options)
    return found


def _sends_ranges(files: Any, path: str) -> bool:
    """Return whether a web server sends a part of a file: if not, fsspec raises ValueError, and reads no more."""
    with files.open(path, block_size=1) as file:
        if not file.size:
            return False
        try:
            file.seek(min(1, file.size - 1))
            return len(file.read(1)) == 1
        except ValueError:
            return False


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()
