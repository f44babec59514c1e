"""scrapy stories: cluster the articles of exports or other rows of text into stories."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from crawler.exports.decoding import decode_row
from crawler.exports.jsonl import PACKING_ERRORS, open_lines
from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode
from crawler.schema import Broken
from crawler.stories.group import Member, group
from crawler.stories.reasons_given import explain
from crawler.stories.rows import BadRow, printed_words, read_story_row
from crawler.stories.similarity import WINDOW_DAYS
from crawler.stories.text import Text

_MOST_DAYS = 3_660


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "[--explain ID1 ID2] FILES..."

    def short_desc(self) -> str:
        return "Say which articles tell one story, and why"

    def long_desc(self) -> str:
        return (
            "FILES are exports, or JSON Lines with id, headline, body (a list of strings or blocks), outlet and "
            "published_at or published_on; .gz and .zst are unpacked. Prints one line an article: id, story, relation, "
            "of, similarity, because; of an article that comes again, its last revision counts. With --explain ID1 ID2 "
            "it says in words why two articles are one story or not."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--explain", nargs=2, metavar=("ID1", "ID2"), help="say why two are or are not one story")
        parser.add_argument("--window", type=_days, default=WINDOW_DAYS, metavar="DAYS", help="default: 7")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("name at least one file: scrapy stories exports/date=2024-06-01/run=…/articles.jsonl")
        for name in args:
            if not Path(name).is_file():
                raise UsageError(f"{name}: no such file", print_help=False)
        words: dict[str, list[str]] = {text_id: [] for text_id in opts.explain or ()}
        texts = self._texts(map(Path, args), words)
        if opts.explain:
            self._explain(texts, words, opts)
            return
        for member in group(texts, window_days=opts.window):
            print(_line(member))

    def _explain(self, texts: list[Text], words: dict[str, list[str]], opts: argparse.Namespace) -> None:
        known = {text.id for text in texts}
        for wanted in opts.explain:
            if wanted not in known:
                raise UsageError(f"{wanted}: no article of this id in the files", print_help=False)
        for line in explain(texts, *opts.explain, words=words, window_days=opts.window):
            print(line)

    def _texts(self, paths: Iterable[Path], words: dict[str, list[str]]) -> list[Text]:
        """Return the texts of files, each in its last revision, in the order of their first rows.

        `words` gets the printed words of the texts whose ids are its keys. A row that cannot be read is reported with
        file and line, and sets the exit code.
        """
        last: dict[str, tuple[int, Text]] = {}
        for path in paths:
            for number, line in self._lines(path):
                try:
                    revision, text, row = _edition(line)
                except BadRow as error:
                    self._complain(path, number, f"{error}; this row is left out")
                    continue
                if text.id not in last or last[text.id][0] < revision:
                    last[text.id] = revision, text
                    if text.id in words:
                        words[text.id] = printed_words(row)
        return [text for _, text in last.values()]

    def _lines(self, path: Path) -> Iterator[tuple[int, bytes]]:
        number = 0
        try:
            with open_lines(path) as lines:
                for number, line in enumerate(lines, start=1):
                    if line.strip():
                        yield number, line
        except PACKING_ERRORS as error:
            self._complain(path, number + 1, f"{error}; what follows is not read: restore the file")

    def _complain(self, path: Path, number: int, what: str) -> None:
        print(f"{path}: line {number}: {what}", file=sys.stderr)
        self.exitcode = ExitCode.PART_FAILED


def _days(given: str) -> float:
    try:
        days = float(given)
    except ValueError:
        days = 0
    if not 0 < days <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{given}: write a number of days above 0, at most {_MOST_DAYS}")
    return days


def _edition(line: bytes) -> tuple[int, Text, Mapping[str, Any]]:
    try:
        row = decode_row(line)
    except Broken as error:
        raise BadRow(str(error)) from error
    revision = row.get("revision", 1)
    if type(revision) is not int:
        raise BadRow('"revision" is not a whole number')
    return revision, read_story_row(row), row


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
