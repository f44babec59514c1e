"""Bulk reading with Spark: one task an archive, some at once; of these, each page is in the output once or not at all.

The output has `articles/batch=N/date=D/outlet=O/`, `refused/batch=N/` and, written last of a batch,
`archives/batch=N/`, which names the archives that are done: a later job reads the others alone.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from crawler.authoring.wanted import Wanted
from crawler.bulk.engine_errors import NoEngineError
from crawler.bulk.out_folder import COUNTS_FILE, DONE, READING_JOB
from crawler.bulk.reading_step import ARTICLE, FAILED, PAGE_ROWS, REFUSED, WHOLE, ArchiveStep
from crawler.bulk.spark_engine import SparkEngine
from crawler.bulk.spark_folder import WORK, SparkFolder
from crawler.bulk.spark_session import spark_session
from crawler.exports.declarations import declaration
from crawler.exports.field_types import Field, MapOf, fields_of
from crawler.reasons import Reason
from crawler.shelves import Shelf

FORMATS_OF_SPARK = ("parquet", "jsonl")
_ARTICLES, _REFUSED, _ARCHIVES = "articles", "refused", "archives"
_SHOWN = 100
_FAILED = "archives more could not be read; the same command tries them again"
_DAMAGED = "damages more of archives: they are in the refused rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingJob:
    """What is read, and how it is written."""

    wanted: Wanted
    settings: tuple[tuple[str, str], ...] = ()
    """Settings that the user gave for this job."""
    format: str = FORMATS_OF_SPARK[0]
    at_once: int = 1_000
    """Archives of a batch: what a job that is stopped may have read in vain."""

    def run(
        self, archives: Sequence[str], out: str, *, settings: Mapping[str, str], fail: Callable[[str], None]
    ) -> dict[str, int]:
        """Read the archives that the output does not have; return the counts of all that are there, and of failures.

        `fail` is called with a sentence about each archive that cannot be read, or is damaged.

        Raise EngineError if the job fails, and NoEngineError if it cannot begin, or `out` is the folder of something
        else. Raise OutFileError for a folder of this machine that a job is writing.
        """
        with spark_session(settings) as session, (folder := SparkFolder(session, out)).alone():
            number = self._begin(folder)
            engine = SparkEngine(session, f"{folder.path}/{WORK}", folder.path)
            done = _done(engine, folder)
            left = [archive for archive in archives if archive not in done]
            failed = 0
            for at in range(0, len(left), self.at_once):
                failed += self._read(engine, folder, left[at : at + self.at_once], number, fail)
                number += 1
            counts = {**_sums(_done(engine, folder)), "failed": failed}
            folder.write(COUNTS_FILE, counts)
            folder.delete(WORK)
        return counts

    def _begin(self, folder: SparkFolder) -> int:
        """Delete what a stopped job left; return the number of the next batch."""
        job = {**self.wanted.filters(), "format": self.format}
        found = folder.read(READING_JOB)
        if found is None and folder.is_used:
            raise NoEngineError(
                f"{folder.shown}: is there, and not of such a job; name a new folder, or delete that one"
            )
        if found is not None and found != job:
            raise NoEngineError(f"{folder.shown}: was read with {found}, and now {job} is asked for; name a new folder")
        folder.write(READING_JOB, job)
        folder.delete(WORK)
        whole = _batches(folder)
        for name in (_ARTICLES, _REFUSED, _ARCHIVES):
            for batch in set(folder.names(name)) - set(whole):
                folder.delete(f"{name}/{batch}")
        return max((int(batch.partition("=")[2]) for batch in whole), default=0) + 1

    def _read(
        self,
        engine: SparkEngine,
        folder: SparkFolder,
        archives: Sequence[str],
        number: int,
        fail: Callable[[str], None],
    ) -> int:
        """Read archives into a batch; return how many failed."""
        pages, batch = f"pages_{number}", f"batch={number}"
        named = pa.table({"path": pa.array(archives, pa.string())})
        engine.each(pages, named, ArchiveStep(wanted=self.wanted, settings=self.settings), PAGE_ROWS)
        whole = f"FROM {pages} WHERE archive IN (SELECT archive FROM {pages} WHERE kind = '{WHOLE}')"
        self._write_articles(engine, f"{whole} AND kind = '{ARTICLE}'", f"{_ARTICLES}/{batch}")
        engine.save(
            f"SELECT archive, offset, url, reason, detail {whole} AND kind = '{REFUSED}' ORDER BY archive, offset",
            f"{_REFUSED}/{batch}",
        )
        engine.save(f"SELECT archive, {_SUMS} {whole} GROUP BY archive ORDER BY archive", f"{_ARCHIVES}/{batch}")
        failed = engine.rows(f"SELECT archive, detail FROM {pages} WHERE kind = '{FAILED}' ORDER BY archive")
        _name(fail, [f"{archive}: {detail}" for archive, detail in failed], _FAILED)
        damage = f"kind = '{REFUSED}' AND reason = '{Reason.DAMAGED}' AND startswith(url, archive)"
        damaged = engine.rows(f"SELECT detail FROM {pages} WHERE {damage} ORDER BY archive")
        _name(fail, [detail for (detail,) in damaged], _DAMAGED)
        folder.delete(f"{WORK}/{pages}")
        return len(failed)

    def _write_articles(self, engine: SparkEngine, articles: str, name: str) -> None:
        by = "DISTRIBUTE BY date, outlet SORT BY date, outlet, archive, offset"
        if self.format == "jsonl":
            engine.save_parts(f"SELECT line AS value, date, outlet {articles} {by}", name, "text")
            return
        types = declaration(Shelf.ARTICLES, "spark").strip().replace("'", "''")
        record = f"from_json(line, '{types}', map('mode', 'FAILFAST')) AS record"
        columns = ", ".join(map(_column, fields_of(Shelf.ARTICLES.row_schema)))
        engine.save_parts(f"SELECT {columns}, date FROM (SELECT {record}, * {articles} {by})", name, "parquet")


_SUMS = ", ".join(
    [
        f"count_if(kind = '{ARTICLE}') AS articles",
        f"count_if(kind = '{REFUSED}') AS refused",
        "coalesce(sum(skipped), 0) AS skipped",
    ]
)


def _name(fail: Callable[[str], None], faults: Sequence[str], rest: str) -> None:
    for fault in faults[:_SHOWN]:
        fail(fault)
    if len(faults) > _SHOWN:
        fail(f"and {len(faults) - _SHOWN} {rest}")


def _column(field: Field) -> str:
    """Return the column of a field with the type that `crawler/exports/parquet.py` gives it: a map is a list there."""
    if isinstance(field.type, MapOf):
        pairs = f"map_entries(record.{field.name})"
        return f"transform({pairs}, pair -> struct(pair.key AS field, pair.value AS source)) AS {field.name}"
    return f"record.{field.name}"


def _batches(folder: SparkFolder) -> list[str]:
    """Return the names of the batches that are whole."""
    return [name for name in folder.names(_ARCHIVES) if folder.has(f"{_ARCHIVES}/{name}/{DONE}")]


def _done(engine: SparkEngine, folder: SparkFolder) -> dict[str, Counter[str]]:
    """Return the archives that the output has, each with the numbers of its articles, refused pages and others."""
    paths = [f"{folder.path}/{_ARCHIVES}/{batch}" for batch in _batches(folder)]
    return {row.pop("archive"): Counter(row) for row in engine.saved(paths)} if paths else {}


def _sums(done: Mapping[str, Counter[str]]) -> dict[str, int]:
    sums = sum(done.values(), Counter[str]())
    return {_ARCHIVES: len(done), **{name: sums[name] for name in (_ARTICLES, _REFUSED, "skipped")}}
