"""Check the settings ARCHIVE_RECORD and ARCHIVE_REPLAY before a crawl starts."""

from collections.abc import Collection
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings


def check_archives(settings: BaseSettings, outlets: Collection[str]) -> None:
    """Raise UsageError if an archive that the settings name cannot be read, or would be overwritten.

    `outlets` are the names of the outlets that the run crawls.
    """
    refuse_both(settings)
    record, replay = settings.get("ARCHIVE_RECORD"), settings.get("ARCHIVE_REPLAY")
    if record:
        from crawler.archive.writer import refuse_existing  # it imports warcio, which few crawls need

        paths = {recording_of(Path(record), outlet) for outlet in outlets}
        if len(paths) < len(outlets):
            raise UsageError(
                f"ARCHIVE_RECORD={record}: each outlet records into a file of its own; name a folder: "
                f"ARCHIVE_RECORD={record.removesuffix('.gz').removesuffix('.warc')}/",
                print_help=False,
            )
        for path in sorted(paths):
            refuse_existing(path)
    if replay:
        from crawler.archive.reader import ArchiveError, check_archive

        try:
            check_archive(Path(replay))
        except ArchiveError as error:
            raise UsageError(str(error), print_help=False) from error


def refuse_both(settings: BaseSettings) -> None:
    """Raise UsageError if the settings ask to replay and to record at once: that would copy the archive."""
    if settings.get("ARCHIVE_RECORD") and settings.get("ARCHIVE_REPLAY"):
        raise UsageError("ARCHIVE_RECORD and ARCHIVE_REPLAY are both set; a replay is not recorded", print_help=False)


def recording_of(path: Path, outlet: str) -> Path:
    """Return the file to record an outlet's crawl into: `path` if it names a WARC, else a file in the folder `path`."""
    return path if path.name.endswith((".warc", ".warc.gz")) else path / f"{outlet}.warc.gz"
