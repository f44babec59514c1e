"""The folder that a job writes: the names of its marks, and one of this machine that is absent or whole."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.exports.out_file import OutFileError, locked
from crawler.whole_files import sync_folder, temporary

COUNTS_FILE = "counts.json"
"""The file that is written last, with the number of rows of each kind."""
READING_JOB = "job.json"
"""The file that says what a reading job reads, and how."""
STORIES_JOB = "stories_job.json"
"""The file that says of which stories job a folder is, until that is done."""
DONE = "_SUCCESS"
"""The file that Spark writes last into a folder."""
_PATTERN_SIGNS = "*?["


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Yield a new folder to write to; afterwards it moves to `out`, or is deleted after an error.

    Raise OutFileError if `out` is there, or another job is writing it.
    """
    if ":/" in str(out):  # a path has lost one slash of a URL
        raise OutFileError(
            f"{out}: is a URL, and this engine writes folders of this machine; --engine spark writes URLs"
        )
    if out.exists() or out.is_symlink():
        raise OutFileError(f"{out}: is there; name a new folder, or delete that one")
    if any(sign in str(out.resolve()) for sign in _PATTERN_SIGNS):
        raise OutFileError(f"{out}: DuckDB takes {' '.join(_PATTERN_SIGNS)} in a path for a pattern; name another one")
    out.parent.mkdir(parents=True, exist_ok=True)
    with locked(out):
        written = temporary(out)
        shutil.rmtree(written, ignore_errors=True)  # of a job that was killed
        written.mkdir()
        try:
            yield written
            written.rename(out)
            sync_folder(out.parent)
        finally:
            shutil.rmtree(written, ignore_errors=True)
