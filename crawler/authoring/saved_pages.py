"""Find the pages that lie in files: one page, or those in a list of them."""

import json
from collections.abc import Iterator
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.archive.other_formats import BEGINNING, other_format
from crawler.authoring.extraction import SavedPage
from crawler.url_parts import is_url


def is_manifest(path: Path) -> bool:
    """Return whether a file is a list of pages."""
    return path.suffix == ".jsonl" and path.is_file()


def pages_of_manifest(manifest: Path) -> Iterator[SavedPage | str]:
    """Yield the pages in the lines `{"file", "url"}` of a manifest; for a line that is wrong, what is wrong with it."""
    try:
        lines = manifest.read_bytes().splitlines()
    except OSError as error:
        raise UsageError(f"{manifest}: cannot be read: {error.strerror}", print_help=False) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            file, url = _row(line)
            path = manifest.parent / file
            path.open("rb").close()
            yield SavedPage(url=url, file=path, offset=number)
        except (ValueError, OSError, RecursionError) as error:
            yield f"{manifest}: line {number}: {error}"


def one_page(path: Path, url: str | None) -> SavedPage:
    """Return the page in a file; raise UsageError if it cannot be one, or its address is missing."""
    try:
        with path.open("rb") as file:
            beginning = file.read(BEGINNING)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", print_help=False) from error
    if not url and (what := other_format(beginning)):
        raise UsageError(f"{path}: {what}", print_help=False)
    if not url or not is_url(url):
        fault = f'"{url}" is not an address' if url else "say where the page was fetched from"
        raise UsageError(f"{path}: {fault}: --url https://…", print_help=False)
    return SavedPage(url=url, file=path)


def _row(line: bytes) -> tuple[str, str]:
    """Return the file and the URL in a line of a manifest; raise ValueError if the line is invalid."""
    row = json.loads(line)
    file, url = (row.get("file"), row.get("url")) if isinstance(row, dict) else (None, None)
    if not isinstance(file, str) or not isinstance(url, str):
        raise ValueError('not a {"file", "url"} object')
    if not is_url(url):
        raise ValueError(f'"{url}" is not an address')
    return file, url
