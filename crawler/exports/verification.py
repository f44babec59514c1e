"""Verify an export against its manifest (sizes, hashes, rows), and each of its records against the schema."""

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from crawler.exports.decoding import decode_row
from crawler.exports.jsonl import PACKING_ERRORS, open_lines
from crawler.exports.part import listed_part
from crawler.schema import Broken, check_record, check_row
from crawler.shelves import shelf_of_file


def check_run(run: Path) -> Iterator[str]:
    """Yield a sentence for each fault in a run's folder."""
    try:
        manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        parts = {part["name"]: part for part in map(listed_part, manifest["parts"])}
    except FileNotFoundError:
        yield f"{run}: no manifest.json; is it the folder of a run?"
        return
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        yield f"{run / 'manifest.json'}: cannot be read ({error!r}); restore the folder"
        return
    if manifest.get("state") == "running":
        yield f"{run}: the run has not ended, or died; the next crawl repairs it"
    lying = {path.name for path in run.glob("*.jsonl*") if shelf_of_file(path.name)}
    for name in sorted(lying - parts.keys()):
        yield f"{run / name}: is not in the manifest; the next crawl repairs what a dead run left"
    for name, part in parts.items():
        yield from _check_part(run / name, part)


def _check_part(path: Path, part: dict[str, Any]) -> Iterator[str]:
    if path.parent.resolve() != path.resolve().parent or not path.is_file():
        yield f"{path}: is in the manifest, and not in the folder; restore it"
        return
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if path.stat().st_size != part["bytes"]:
        yield f"{path}: has {path.stat().st_size} bytes, and {part['bytes']} in the manifest; restore it"
    elif digest != part["sha256"]:
        yield f"{path}: its SHA-256 is not that of the manifest: it was changed; restore it"
    yield from check_lines(path, rows=part["rows"])


def check_lines(path: Path, *, rows: int | None = None) -> Iterator[str]:
    """Yield a sentence for the first bad line of a file, or for a number of lines other than `rows`."""
    shelf = shelf_of_file(path.name)
    check = partial(check_row, schema=shelf.row_schema) if shelf and not shelf.has_records else check_record
    count = 0
    try:
        with open_lines(path) as lines:
            for line in lines:
                _check_line(line, check)
                count += 1
    except Broken as error:
        yield f"{path}: line {count + 1}: {error}"
        return
    except PACKING_ERRORS as error:
        yield f"{path}: line {count + 1}: cannot be unpacked ({error}); restore it"
        return
    if rows is not None and count != rows:
        yield f"{path}: has {count} rows, and {rows} in the manifest; restore it"


def _check_line(line: bytes, check: Callable[[Any], None]) -> None:
    if not line.endswith(b"\n"):
        raise Broken("is cut short: it has no end of line")
    check(decode_row(line))
