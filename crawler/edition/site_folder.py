"""The folder of the edition: each file is whole, what is no longer made leaves, and nobody else's files are touched."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from crawler.lock import Lock
from crawler.whole_files import temporary

MARKER = "edition.json"
"""The file by which a folder is known as an edition."""
_LOCK = ".lock"
_OWN_FOLDERS = ("assets", "data", "feeds")
_PAGE = re.compile(r"\.?(?:index|\d{4}-\d\d-\d\d)(?:\.en)?\.html(?:\.part)?", re.ASCII)


class SiteFolderError(Exception):
    """The folder cannot be an edition; the text says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an edition shows; its folder keeps it, so that it can be built again as it was."""

    first: str = ""
    """The days from this one on; empty: from the first one on."""
    last: str = "9999-12-31"
    full_text: bool = False
    """Whether it has the whole texts."""


class SiteFolder:
    """The files of an edition that is being built; a reader sees each file of the last build or of this one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._written: set[Path] = set()

    def write(self, name: str, text: str) -> None:
        """Write a file below the root, unless it has this text already."""
        path = self.root / name
        self._written.add(path)
        content = text.encode("utf-8", "replace")
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary(path).write_bytes(content)
        temporary(path).replace(path)

    def keep_scope(self, scope: Scope) -> None:
        """Write down what the edition shows."""
        self.write(MARKER, json.dumps({"edition": 1, **asdict(scope)}) + "\n")

    def tidy(self) -> None:
        """Delete the files of earlier builds that this one has not written."""
        for path in own_files(self.root):
            if path not in self._written:
                path.unlink()
        for folder in sorted((path for path in self.root.rglob("*") if path.is_dir()), reverse=True):
            if folder.relative_to(self.root).parts[0] in _OWN_FOLDERS and not any(folder.iterdir()):
                folder.rmdir()


def own_files(root: Path) -> Iterator[Path]:
    """Yield the files of an edition that its next build writes again or deletes; none if it is no edition."""
    if (root / MARKER).is_file():
        yield from (path for path in root.iterdir() if _PAGE.fullmatch(path.name))
        for name in _OWN_FOLDERS:
            yield from (path for path in (root / name).rglob("*") if path.is_file())


def scope_of(root: Path) -> Scope:
    """Return what an edition shows; raise SiteFolderError if its folder does not say so."""
    try:
        kept = json.loads((root / MARKER).read_bytes())
        return Scope(first=str(kept["first"]), last=str(kept["last"]), full_text=bool(kept["full_text"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SiteFolderError(f"{root / MARKER}: does not say what the edition shows; build it again") from error


@contextmanager
def site_folder(root: Path) -> Iterator[SiteFolder]:
    """Yield the folder of an edition to write to, and tidy it at the end; after an error, what was there stays.

    Raise SiteFolderError if the folder holds something else, or another process is building it.
    """
    if root.exists() and not root.is_dir():
        raise SiteFolderError(f"{root}: is a file; name a folder")
    there = {path.name for path in root.iterdir()} - {_LOCK} if root.is_dir() else set()
    if there and MARKER not in there:
        raise SiteFolderError(f"{root}: is there, and is no edition; name another folder, or an empty one")
    root.mkdir(parents=True, exist_ok=True)
    lock = Lock(root / _LOCK)
    if not lock.take():
        raise SiteFolderError(f"{root}: another process is building it; wait for its end, or name another folder")
    try:
        if MARKER not in there:
            (root / MARKER).write_text(json.dumps({"edition": 1}) + "\n", encoding="utf-8")
        site = SiteFolder(root)
        yield site
        site.tidy()
    finally:
        lock.release()
