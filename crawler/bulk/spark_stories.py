"""Stories with Spark, as a folder of Parquet."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from crawler.bulk.engine_errors import NoEngineError
from crawler.bulk.out_folder import COUNTS_FILE
from crawler.bulk.spark_engine import SparkEngine
from crawler.bulk.spark_folder import WORK, SparkFolder
from crawler.bulk.spark_session import spark_session
from crawler.bulk.story_job import Complain, StoryJob

_SHOWN = 100


def spark_stories(
    job: StoryJob, files: Sequence[str], out: str, *, settings: Mapping[str, str], complain: Complain
) -> dict[str, int]:
    """Write stories, refused rows and, last, their counts into a new folder; return the counts.

    A folder that a killed job left is written anew. Raise EngineError if the job fails, and NoEngineError if it cannot
    begin, or `out` is the folder of something else.
    """
    with spark_session(settings) as session:
        folder = SparkFolder(session, out)
        if folder.has() and not folder.has(WORK):
            raise NoEngineError(f"{out}: is there; name a new folder, or delete that one")
        folder.delete()
        engine = SparkEngine(session, f"{folder.path}/{WORK}", folder.path)
        job.run(engine, [place if "://" in place else str(Path(place).absolute()) for place in files])
        counts = job.save(engine)
        shown = f"SELECT path, line, reason FROM refused ORDER BY file, line LIMIT {_SHOWN}"
        for path, line, reason in engine.rows(shown):
            complain(path, line, reason)
        folder.write(COUNTS_FILE, counts)
        folder.delete(WORK)
    return counts
