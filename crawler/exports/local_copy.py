"""Read exports that lie on S3 as a folder: their catalog, manifests, parts and compacted files, downloaded."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from crawler.exports.catalog import CATALOG
from crawler.exports.storage import LocalStorage, Storage

_LISTS = (".json",)
"""Endings of the catalog, of manifests, and of what beside these says which files there are."""
_ROWS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")


@contextmanager
def local_copy(storage: Storage) -> Iterator[Path]:
    """Return a context with a folder that has the exports of a storage: the folder itself, or a temporary copy.

    Raise OSError if a file cannot be read.
    """
    if isinstance(storage, LocalStorage):
        yield storage.spool
        return
    with TemporaryDirectory(prefix="videsh-exports-") as folder:
        _copy(storage, CATALOG, Path(folder))
        for endings in (_LISTS, _ROWS):  # in this order, all that is listed is there by the time that it is copied
            for name in storage.sizes(""):
                if name.endswith(endings) and name != CATALOG and not name.rpartition("/")[2].startswith("."):
                    _copy(storage, name, Path(folder))
        yield Path(folder)


def _copy(storage: Storage, name: str, folder: Path) -> None:
    """Copy a file, unless it was deleted meanwhile."""
    with suppress(FileNotFoundError), storage.opened(name) as path:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copyfile(path, folder / name)
