"""scrapy stories: cluster the articles of exports or other rows of text into stories."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.bulk.engine_command import EngineCommand

if TYPE_CHECKING:
    from crawler.bulk.story_job import StoryJob
    from crawler.stories.group import Member
    from crawler.stories.text import Text

_MOST_DAYS = 3_660
_MOST_JOBS = 1_024


class Command(EngineCommand):
    def syntax(self) -> str:
        return "[--explain ID1 ID2 | --engine duckdb|spark [--out FOLDER]] FILES..."

    def short_desc(self) -> str:
        return "Say which articles tell one story, and why"

    def long_desc(self) -> str:
        return (
            "FILES are exports, or JSON Lines with id, headline, body (a list of strings or blocks), outlet and "
            "published_at or published_on; .gz and .zst are unpacked; Parquet is read too. A folder of them, the place "
            "of exports, a URL (s3://…), a pattern ('read/**/*.jsonl') and a list (.paths) are read too. Prints one "
            "line an article: id, story, relation, of, similarity, because; of an article that comes again, its last "
            "revision counts. "
            "With --explain ID1 ID2 it says in words why two articles are one story or not. With --engine it does the "
            "same for more articles than fit into memory: docs/bulk.md."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from crawler.stories.similarity import WINDOW_DAYS

        super().add_options(parser)
        parser.add_argument("--explain", nargs=2, metavar=("ID1", "ID2"), help="say why two are or are not one story")
        parser.add_argument("--window", type=_days, default=WINDOW_DAYS, metavar="DAYS", help="default: 7")
        self.add_engine_options(parser, ["duckdb", "spark"])
        parser.add_argument("--out", metavar="FOLDER", help="with --engine: write Parquet into this new folder")
        parser.add_argument(
            "--jobs", type=_jobs, metavar="N", help="with --engine duckdb: processes; default: the CPUs"
        )
        parser.add_argument("--keep-texts", action="store_true", help="with --out: keep what was read for a later job")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.stories.group import group

        if not args:
            raise UsageError("name at least one file: scrapy stories exports/date=2024-06-01/run=…/articles.jsonl")
        _check(opts)
        files = self._files(args)
        if opts.engine:
            self._on_engine(files, opts)
            return
        words: dict[str, list[str]] = {text_id: [] for text_id in opts.explain or ()}
        texts = self._texts(files, words)
        if opts.explain:
            self._explain(texts, words, opts)
            return
        for member in group(texts, window_days=opts.window):
            print(_line(member))

    def _files(self, places: list[str]) -> list[str]:
        from crawler.archive.records import ArchiveError
        from crawler.bulk.story_places import story_files

        assert self.settings is not None
        try:
            return story_files(places, self.settings, self.fail)
        except ArchiveError as error:
            raise UsageError(str(error), print_help=False) from error

    def _on_engine(self, files: list[str], opts: argparse.Namespace) -> None:
        for name in files:
            if "://" not in name and not Path(name).is_file():
                raise UsageError(f"{name}: is no file; a pipe is read without --engine", print_help=False)
        with self.on_engine(opts.engine, opts.out):
            from crawler.archive.remote_files import s3_settings
            from crawler.bulk.story_job import StoryJob

            given = tuple(s3_settings(self.settings or {}).items())
            job = StoryJob(window_days=opts.window, keep_texts=opts.keep_texts, settings=given)
            if opts.engine == "spark":
                self._with_spark(job, files, opts)
            else:
                self._with_duckdb(job, files, opts)

    def _with_duckdb(self, job: StoryJob, files: list[str], opts: argparse.Namespace) -> None:
        from crawler.bulk.duckdb_stories import printed_stories, written_stories

        processes = opts.jobs or os.cpu_count() or 1
        if opts.out:
            counts = written_stories(job, files, Path(opts.out), processes=processes, complain=self._complain)
            self.print_counts(opts.out, counts)
            return
        for row in printed_stories(job, files, processes=processes, complain=self._complain):
            print(json.dumps(row, ensure_ascii=False))

    def _with_spark(self, job: StoryJob, files: list[str], opts: argparse.Namespace) -> None:
        from crawler.bulk.spark_stories import spark_stories

        counts = spark_stories(job, files, opts.out, settings=dict(opts.spark or ()), complain=self._complain)
        self.print_counts(opts.out, counts)

    def _explain(self, texts: list[Text], words: dict[str, list[str]], opts: argparse.Namespace) -> None:
        from crawler.stories.reasons_given import explain

        known = {text.id for text in texts}
        for wanted in opts.explain:
            if wanted not in known:
                raise UsageError(f"{wanted}: no article of this id in the files", print_help=False)
        for line in explain(texts, *opts.explain, words=words, window_days=opts.window):
            print(line)

    def _texts(self, files: Iterable[str], words: dict[str, list[str]]) -> list[Text]:
        """Return the texts of files, each in its last revision, in the order of their first rows.

        `words` gets the printed words of the texts whose ids are its keys. A row that cannot be read is reported with
        file and line, and sets the exit code.
        """
        from crawler.bulk.story_files import UnreadRow, read_stories_at
        from crawler.stories.rows import printed_words

        last: dict[str, tuple[int, Text]] = {}
        for path in files:
            for each in read_stories_at(path, self.settings or {}):
                if isinstance(each, UnreadRow):
                    self._complain(path, each.line, each.reason)
                    continue
                text = each.text
                if text.id not in last or last[text.id][0] < each.revision:
                    last[text.id] = each.revision, text
                    if text.id in words:
                        words[text.id] = printed_words(each.row) if each.row else []
        return [text for _, text in last.values()]

    def _complain(self, path: str, number: int, what: str) -> None:
        self.fail(f"{path}: line {number}: {what}")


def _check(opts: argparse.Namespace) -> None:
    """Raise UsageError for options that do not go together."""
    is_spark = opts.engine == "spark"
    faults = [
        (opts.out == "", "--out is empty: name a folder"),
        (not opts.engine and (opts.out or opts.keep_texts), "--out and --keep-texts need an --engine"),
        (opts.engine != "duckdb" and opts.jobs, "--jobs goes with --engine duckdb"),
        (not is_spark and opts.spark, "--spark goes with --engine spark"),
        (is_spark and not opts.out, "--engine spark needs --out, the folder or URL to write to"),
        (opts.engine and opts.explain, "--explain compares two articles, and needs no --engine"),
        (opts.keep_texts and not opts.out, "--keep-texts needs --out, the folder that they go to"),
    ]
    for is_fault, message in faults:
        if is_fault:
            raise UsageError(message, print_help=False)


def _days(given: str) -> float:
    try:
        days = float(given)
    except ValueError:
        days = 0
    if not 0 < days <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{given}: write a number of days above 0, at most {_MOST_DAYS}")
    return days


def _jobs(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{given}: write a number of processes, 1 to {_MOST_JOBS}")
    return int(given)


def _line(member: Member) -> str:
    related = member.related
    line = {
        "id": member.id,
        "story": member.story,
        "relation": related.relation,
        "of": related.of,
        "similarity": related.similarity,
        "because": related.because,
    }
    return json.dumps(line, ensure_ascii=False)
