"""Write files whole: aside first, synced, then renamed, so that readers see the old one or the new one."""

import json
import os
from pathlib import Path
from typing import Any


def temporary(path: Path) -> Path:
    """Return the temporary path to which a file is written before it is moved to `path`."""
    return path.with_name(f".{path.name}.part")


def followed(path: Path) -> Path:
    """Return the file that a link leads to, so that it is replaced and the link stays; any other path as it is."""
    is_link = path.is_symlink() and (path.is_file() or not path.exists())
    return Path(os.path.realpath(path)) if is_link else path


def write_whole(path: Path, text: str) -> None:
    """Write a small file atomically: readers see the old one or the new one, never a part of it."""
    written = temporary(path)
    with written.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
    sync_folder(path.parent)


def write_json(path: Path, value: Any) -> None:
    """Write a value as indented JSON, atomically."""
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def sync_file(path: Path) -> None:
    """Sync a file that another writer has closed to disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Sync a folder to disk, so that a power cut does not undo a rename in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
