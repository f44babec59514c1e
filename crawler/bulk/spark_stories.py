"""Stories with Spark, as a folder of Parquet."""

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.bulk.engine_errors import NoEngineError
from crawler.bulk.job_files import absolute
from crawler.bulk.out_folder import COUNTS_FILE, STORIES_JOB
from crawler.bulk.spark_engine import SparkEngine
from crawler.bulk.spark_folder import WORK, SparkFolder
from crawler.bulk.spark_session import spark_session
from crawler.bulk.story_job import Complain, StoryJob

_SHOWN = 100


def spark_stories(
    job: StoryJob, files: Sequence[str], out: str, *, settings: Mapping[str, str], complain: Complain
) -> dict[str, int]:
    """Write stories, refused rows and, last, their counts into a new folder; return the counts.

    A folder that the same job left when it was killed is written anew. Raise EngineError if the job fails, and
    NoEngineError if it cannot begin, or `out` is the folder of something else. Raise OutFileError for a folder of this
    machine that a job is writing.
    """
    places = absolute(files)
    with spark_session(settings) as session, (folder := SparkFolder(session, out)).alone():
        _begin(folder, {"files": places, "window_days": job.window_days, "keep_texts": job.keep_texts})
        engine = SparkEngine(session, f"{folder.path}/{WORK}", folder.path)
        job.run(engine, places)
        counts = job.save(engine)
        shown = f"SELECT path, line, reason FROM refused ORDER BY file, line LIMIT {_SHOWN}"
        for path, line, reason in engine.rows(shown):
            complain(path, line, reason)
        folder.write(COUNTS_FILE, counts)
        folder.delete(WORK)
        folder.delete(STORIES_JOB)
    return counts


def _begin(folder: SparkFolder, job: Mapping[str, Any]) -> None:
    """Mark a folder as that of a job at work; delete only what the same job left there.

    Raise NoEngineError if it is anything else: whole stories, or the folder of another job, which may be at work.
    """
    if folder.is_used:
        found, todo = folder.read(STORIES_JOB), "name a new folder, or delete that one"
        if found is None:
            raise NoEngineError(f"{folder.shown}: is there, and is not of a stories job that was stopped; {todo}")
        if found != job:
            other = "a stories job of other files or options"
            raise NoEngineError(f"{folder.shown}: {other} writes it, or was stopped there; {todo}")
        folder.delete()
    folder.write(STORIES_JOB, job)
