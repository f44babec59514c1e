"""Measure re-reading: `scrapy extract` of an archive as a multiple of fastwarc with a bare parse, and two jobs of one.

    python tools/bench_extract.py [--pages 600] [--rounds 5] [--job-pages 6000] [--job-rounds 3]

The archives hold pages of real size that `tools/made_pages.py` makes, and the saved pages beside the founders'
checkout, if they are there, again and again; each with its request, a gzip member a record. The floor unpacks each
record with fastwarc and parses each body with lxml; ours reads all fields and encodes the line. Both work in this
process, without its start. Jobs are whole processes, with their start, on a larger archive: of the saved pages, else of
made ones.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: E402
from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.archive.writer import ArchiveWriter  # noqa: E402
from crawler.authoring.archive_job import extract_archives  # noqa: E402
from crawler.authoring.archived_pages import Pass  # noqa: E402
from crawler.authoring.rereading import Rereader  # noqa: E402
from tools.bench import Bench, Figure, Used, interleaved, ratios, run  # noqa: E402
from tools.bench_reading import bare_parse, pages_of  # noqa: E402
from tools.made_pages import made_pages  # noqa: E402

_AT = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
_MOST_READ, _MOST_CPU, _MOST_WALL = 3.5, 1.12, 0.6


def write_archive(path: Path, pages: Iterable[tuple[str, bytes]]) -> Path:
    """Write an archive of pages, each with its URL, and return its path."""
    writer = ArchiveWriter(path, started=_AT)
    for url, body in pages:
        writer.write_exchange(
            url=url,
            method="GET",
            request_headers=[],
            status="200 OK",
            response_headers=[("Content-Type", "text/html; charset=utf-8")],
            body=body,
            at=_AT,
        )
    writer.close()
    return path


def _made(count: int) -> Iterator[tuple[str, bytes]]:
    return ((page.url, page.body) for page in made_pages(count))


def parsed(path: Path) -> None:
    """Unpack each record, and parse each body: the least that any reader of archives does."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            bare_parse("", record.reader.read())


def extracted(path: Path, rereader: Rereader) -> None:
    """Read the archive as `scrapy extract --jobs 1` does, to the lines."""
    for _ in extract_archives([path], Pass(rereader=rereader), jobs=1):
        pass


def _cpu(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _command(path: Path, jobs: int, used: dict[int, list[Used]]) -> float:
    words = [sys.executable, "-m", "scrapy", "extract", str(path), "--jobs", str(jobs)]
    used[jobs].append(run(words, folder=ROOT, may_end=[3]))
    return used[jobs][-1].cpu


def main() -> int:
    """Measure, print the ratios, and return 1 if a limit is exceeded on a quiet machine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=600, help="of the archive (default: 600)")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds that count (default: 5)")
    parser.add_argument("--job-pages", type=int, default=6000, help="of the archive for jobs (default: 6000)")
    parser.add_argument("--job-rounds", type=int, default=3, help="rounds of one job and of two (default: 3)")
    options = parser.parse_args()
    used: dict[int, list[Used]] = {1: [], 2: []}
    with TemporaryDirectory(prefix="videsh-bench-") as folder:
        archives = {"made": write_archive(Path(folder, "made.warc.gz"), _made(options.pages))}
        if saved := pages_of("saved"):
            archives["saved"] = write_archive(Path(folder, "saved.warc.gz"), islice(cycle(saved), options.pages))
        several = islice(cycle(saved), options.job_pages) if saved else _made(options.job_pages)
        large = write_archive(Path(folder, "large.warc.gz"), several)
        bench = Bench(f"scrapy extract of {options.pages} pages of real size, against fastwarc + bare parse")
        rereader = Rereader(get_project_settings())
        works = {f"floor, {name}": partial(_cpu, partial(parsed, path)) for name, path in archives.items()}
        works |= {name: partial(_cpu, partial(extracted, path, rereader)) for name, path in archives.items()}
        found = interleaved(works, options.rounds)
        commands = {f"{jobs} jobs": partial(_command, large, jobs, used) for jobs in used}
        of_jobs = interleaved(commands, options.job_rounds)
        one, two = (used[jobs][1:] for jobs in (1, 2))
        walls = [more.wall / single.wall for single, more in zip(one, two, strict=True)]
        costs = {name: ratios(found, name, f"floor, {name}") for name in archives}
        figures = [
            *(Figure(name=f"CPU a page, {name} pages", values=costs[name], most=_MOST_READ) for name in costs),
            Figure(name="CPU of two jobs, of one's", values=ratios(of_jobs, "2 jobs", "1 jobs"), most=_MOST_CPU),
            Figure(name="time of two jobs, of one's", values=walls, most=_MOST_WALL),
            Figure(name="peak of one job", values=[each.peak for each in one], unit="MB"),
            Figure(name="peak of two jobs", values=[each.peak for each in two], unit="MB"),
        ]
        same = used[1][0].output == used[2][0].output
        notes = [f"jobs: {options.job_pages} {'saved' if saved else 'made'} pages, {options.job_rounds} rounds"]
        notes += [] if same else ["the lines of two jobs are not those of one"]
        return bench.verdict(figures, notes) or int(not same)


if __name__ == "__main__":
    sys.exit(main())
