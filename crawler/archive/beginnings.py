"""Tell whether a file is an archive of pages: by its name, or by its first bytes."""

from pathlib import Path

from crawler.archive.other_formats import BEGINNING
from crawler.archive.packings import Packing, bytes_to_see, packing_of
from crawler.archive.patterns import LISTS, is_folder, is_pattern

WARCS = (".warc", ".warc.gz", ".warc.zst")
"""The endings of WARC files."""
ZIP = b"PK\x03\x04"
"""The first bytes of a ZIP file, as WACZ is."""
STDIN = "-"
"""Stands on a command line for standard input."""
_ENDINGS = (*WARCS, ".warc.gz.part", ".wacz", *LISTS)
_RECORD = b"WARC/"


def is_archive(place: str) -> bool:
    """Return whether a word names an archive, or a folder, pattern or list of them, rather than a page."""
    if "://" in place or place == STDIN or place.endswith(_ENDINGS) or is_folder(place) or is_pattern(place):
        return True
    if not Path(place).is_file():
        return False
    try:
        with Path(place).open("rb") as file:
            beginning = file.read(BEGINNING)
    except OSError:
        return False
    return beginning.startswith(ZIP) or (bool(beginning) and begins_as_warc(beginning))


def begins_as_warc(beginning: bytes) -> bool:
    """Return whether a file's first bytes are a WARC: by its first record, or by another one if that is damaged."""
    packing = packing_of(beginning)
    has_dictionary = packing.unpacker is not None and not beginning.startswith(packing.mark)
    records = beginning[bytes_to_see(beginning) :] if has_dictionary else beginning
    first = begins_record(records, packing)
    others = (records[at.start() :] for at in packing.next_mark.finditer(records) if packing.unpacker)
    return any(begins_record(other, packing) for other in others) if first is None else first


def begins_record(beginning: bytes, packing: Packing) -> bool | None:
    """Return whether these bytes are the beginning of a record; None if they are damaged."""
    plain = packing.unpacked_beginning(beginning)
    if plain is None:
        return None
    plain = plain.lstrip(b"\r\n")  # some tools write blank lines before the first record
    return plain.startswith(_RECORD) or _RECORD.startswith(plain)
