"""The files that `-O`, `-o` and FEEDS name, checked before a crawl starts."""

from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from w3lib.url import file_uri_to_path


def check_feeds(settings: BaseSettings) -> None:
    """Raise UsageError when a file that articles shall go to cannot be written: Scrapy would crawl and lose them."""
    for uri in settings.getdict("FEEDS"):
        path = _local(str(uri))
        if path is not None and "%(" not in str(path):  # a name with a time in it is not known yet
            _try_to_write(path)


def _local(uri: str) -> Path | None:
    """Return the file that a feed is written to, or None for standard output and remote storages."""
    if uri.startswith("file:"):
        return Path(file_uri_to_path(uri))
    return None if "://" in uri or uri.startswith(("-", "stdout:")) else Path(uri)


def _try_to_write(path: Path) -> None:
    is_new = not path.exists()
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True)
        path.open("ab").close()
    except OSError as error:
        told = f"{path}: cannot be written ({error.strerror}); name another file: -O FILE.jsonl"
        raise UsageError(told, print_help=False) from error
    if is_new:
        path.unlink()
