"""Verify an export against its manifest (sizes, hashes, rows), and each of its records against the schema."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from crawler.exports.catalog import CATALOG, MANIFEST, Catalog, catalog_of_manifests, open_catalog
from crawler.exports.catalog_rows import CLEANED, CompactedFile, PartState
from crawler.exports.jsonl import PACKING_ERRORS, open_lines
from crawler.exports.part import listed_part, sha256_of
from crawler.exports.shelf_rows import read_line
from crawler.exports.storage import LocalStorage
from crawler.schema import Broken
from crawler.shelves import Shelf, shelf_of_file


def check_exports(root: Path) -> Iterator[str]:
    """Yield a sentence for each fault in a folder of exports: in its catalog, its runs and its compacted files."""
    stored = LocalStorage(root).read(CATALOG)
    if stored is None:
        yield f"{root / CATALOG}: is not there; the next run makes it from the manifests"
    try:
        catalog = Catalog.of_text(stored.content) if stored else open_catalog(root)
    except ValueError as error:
        yield f"{root / CATALOG}: {error}; remove it, and the next run makes it from the manifests"
        catalog = catalog_of_manifests(LocalStorage(root))
    lying = {path.parent.relative_to(root).as_posix() for path in root.glob(f"date=*/run=*/{MANIFEST}")}
    listed = {folder for folder, run in catalog.runs.items() if run.state != CLEANED}
    for folder in sorted((lying - catalog.runs.keys()) | listed):
        yield from check_run(root / folder, catalog)
        if folder in lying:
            yield from _check_entry(root, folder, catalog)
    for path in catalog.damaged():
        yield f"{root / path}: is damaged in {CATALOG}; if it is restored, remove {CATALOG}: the next run makes it anew"
    for file in catalog.compacted.values():
        yield from _check_compacted(root / file.path, file)
    yield from _check_numbers(root, catalog)


def _check_entry(root: Path, folder: str, catalog: Catalog) -> Iterator[str]:
    """Yield a sentence if the catalog lists other parts of a run than its manifest; a run that writes may be ahead."""
    try:
        manifest = json.loads((root / folder / MANIFEST).read_bytes())
        parts = {(part["name"], part["sha256"]) for part in manifest["parts"]}
    except (ValueError, KeyError, TypeError, RecursionError, OSError):
        return  # `check_run` names it
    listed = {(part.name, part.sha256) for part in catalog.runs[folder].parts} if folder in catalog.runs else set()
    if manifest.get("state") != "running" and parts != listed:
        yield f"{root / folder}: {CATALOG} lists other parts than its manifest; remove {CATALOG}: the next run makes it"


def _check_compacted(path: Path, file: CompactedFile) -> Iterator[str]:
    if not path.is_file():
        yield f"{path}: is in the catalog, and not there; restore it"
    elif (path.stat().st_size, sha256_of(path)) != (file.bytes, file.sha256):
        yield f"{path}: is not as the catalog lists it: it was changed; restore it"


def _check_numbers(root: Path, catalog: Catalog) -> Iterator[str]:
    """Yield a sentence for each two parts that have sequence numbers in common, and for one above the catalog's."""
    numbered = ((part.first_sequence, part.last_sequence, path) for path, part in catalog.parts())
    ranges = sorted((first, last, path) for first, last, path in numbered if first is not None and last is not None)
    for (_, last, path), (first, _, other) in pairwise(ranges):
        if first <= last:
            yield f"{root / other}: has sequence numbers of {path}: the two were published into different folders"
    if ranges and max(last for _, last, _ in ranges) > catalog.sequence:
        yield f"{root / CATALOG}: its sequence is below that of a part; remove it, and the next run makes it"


def check_run(run: Path, catalog: Catalog | None = None) -> Iterator[str]:
    """Yield a sentence for each fault in a run's folder; without a catalog, that of its folder of exports is read."""
    try:
        manifest = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
        parts = {part["name"]: part for part in map(listed_part, manifest["parts"])}
    except FileNotFoundError:
        yield f"{run}: no {MANIFEST}; is it the folder of a run?"
        return
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        yield f"{run / MANIFEST}: cannot be read ({error!r}); restore the folder"
        return
    if manifest.get("state") == "running":
        yield f"{run}: the run has not ended, or died; the next crawl repairs it"
    if catalog is None:
        root = run.resolve().parents[1]
        catalog = open_catalog(root) if (root / CATALOG).exists() else Catalog()
    folder = "/".join(run.resolve().parts[-2:])
    lying = {path.name for path in run.glob("*.jsonl*") if shelf_of_file(path.name)}
    for name in sorted(lying - parts.keys()):
        yield f"{run / name}: is not in the manifest; the next crawl repairs what a dead run left"
    for name, part in parts.items():
        listed = catalog.part(f"{folder}/{name}")
        if listed is None or listed.state is not PartState.DROPPED:
            yield from _check_part(run / name, part)


def _check_part(path: Path, part: dict[str, Any]) -> Iterator[str]:
    if path.parent.resolve() != path.resolve().parent or not path.is_file():
        yield f"{path}: is in the manifest, and not in the folder; restore it"
        return
    if path.stat().st_size != part["bytes"]:
        yield f"{path}: has {path.stat().st_size} bytes, and {part['bytes']} in the manifest; restore it"
    elif sha256_of(path) != part["sha256"]:
        yield f"{path}: its SHA-256 is not that of the manifest: it was changed; restore it"
    yield from check_lines(path, rows=part["rows"])


def check_lines(path: Path, *, rows: int | None = None) -> Iterator[str]:
    """Yield a sentence for the first bad line of a file, or for a number of lines other than `rows`."""
    shelf = shelf_of_file(path.name) or Shelf.ARTICLES
    count = 0
    try:
        with open_lines(path) as lines:
            for line in lines:
                _check_line(line, shelf)
                count += 1
    except Broken as error:
        yield f"{path}: line {count + 1}: {error}"
        return
    except PACKING_ERRORS as error:
        yield f"{path}: line {count + 1}: cannot be unpacked ({error}); restore it"
        return
    if rows is not None and count != rows:
        yield f"{path}: has {count} rows, and {rows} in the manifest; restore it"


def _check_line(line: bytes, shelf: Shelf) -> None:
    if not line.endswith(b"\n"):
        raise Broken("is cut short: it has no end of line")
    read_line(shelf, line)
