"""Stories with DuckDB: printed in the order of the texts, or written as a folder of Parquet."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.bulk.duckdb_engine import DuckDBEngine
from crawler.bulk.out_folder import COUNTS_FILE, whole_folder
from crawler.bulk.story_job import Complain, StoryJob
from crawler.bulk.story_steps import STORY_ROWS
from crawler.whole_files import write_json


def printed_stories(
    job: StoryJob, files: Sequence[str], *, processes: int, complain: Complain
) -> Iterator[dict[str, Any]]:
    """Yield the story of each text, in the order in which the texts first come."""
    with (
        TemporaryDirectory(prefix="videsh-stories-") as folder,
        DuckDBEngine(Path(folder), processes=processes) as engine,
    ):
        _run(job, engine, files, complain)
        columns = ", ".join(STORY_ROWS.names)
        for row in engine.stream(f"SELECT {columns} FROM stories ORDER BY place"):
            yield dict(zip(STORY_ROWS.names, row, strict=True))


def written_stories(
    job: StoryJob, files: Sequence[str], out: Path, *, processes: int, complain: Complain
) -> dict[str, int]:
    """Write stories, refused rows and their counts into a new folder, which is absent or whole; return the counts."""
    with whole_folder(out) as folder:
        with (
            TemporaryDirectory(dir=folder) as work,
            DuckDBEngine(Path(work), processes=processes, out=folder) as engine,
        ):
            _run(job, engine, files, complain)
            counts = job.save(engine)
        write_json(folder / COUNTS_FILE, counts)
    return counts


def _run(job: StoryJob, engine: DuckDBEngine, files: Sequence[str], complain: Complain) -> None:
    job.run(engine, files)
    for path, line, reason in engine.stream("SELECT path, line, reason FROM refused ORDER BY file, line"):
        complain(path, line, reason)
