"""Mutated inputs for every reader: only the project's own exceptions, and at most two seconds of CPU time."""

import gzip
import io
import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from crawler.commands import export, extract, report, stories, verify
from crawler.outlets import load_outlets
from tests.bounds.field import cpu, pipelines, read_as
from tests.bounds.listing_fields import FEED, SECTION, SITEMAP, read_links, read_robots
from tests.bounds.mutation import mutated
from tests.commands.options import options
from tests.runs.replaying import archive, crawl, run_folders, settings_of
from tests.site.pages import PAGES
from tests.site.publisher import Answer
from tests.soak import times

WHOLE = 10_000
MOST = 2.0
"""Seconds of CPU."""


def files(*names: str) -> list[bytes]:
    return [path.read_bytes() for name in names for path in sorted(PAGES.glob(f"*/{name}"))]


def mutate(reader: Callable[[bytes], object], bodies: Sequence[bytes], share: int, seed: str) -> None:
    """Give a reader its share of all mutated inputs; fail on the first exception, or if any takes too long."""
    chance = random.Random(seed)
    slow = []
    for number in range(times(WHOLE // share, least=20)):
        body = mutated(chance, bodies)
        try:
            seconds = cpu(lambda body=body: reader(body), most=MOST)  # type: ignore[misc]
        except Exception as error:
            raise AssertionError(f"{seed}, input {number}: {error!r}") from error
        slow += [number] if seconds > MOST else []
    assert not slow, seed


SEEDS = range(4)
"""The inputs are divided among this many tests, which run in parallel."""


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_no_mutated_page_breaks_the_reader(seed: int) -> None:
    outlets = [spider.outlet for spider in load_outlets(get_project_settings()).values()]
    chance = random.Random(seed)
    pipelines()

    def read(page: bytes) -> object:
        outlet = chance.choice([None, *outlets])
        host = outlet.hosts[0] if outlet else "khabar.example"
        return read_as(page, f"https://{host}/world/varunpur-storm-4512", outlet)

    mutate(read, files("*.html"), 2 * len(SEEDS), f"page {seed}")


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_no_mutated_listing_breaks_its_reader(seed: int) -> None:
    def read(body: bytes) -> None:
        for listing in (FEED, SITEMAP, SECTION):
            read_links(listing, body)
        read_robots(body)

    bodies = files("*.xml", "section*.html", "robots.txt")
    mutate(read, [*bodies, *(gzip.compress(body) for body in bodies[:4])], 5 * len(SEEDS), f"listing {seed}")


def run_command(command: Any, *arguments: object, **given: Any) -> None:
    command.settings = get_project_settings()
    with suppress(UsageError), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        command.run([*map(str, arguments)], options(command, **given))


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_no_mutated_archive_breaks_extract(tmp_path: Path, seed: int) -> None:
    pages = {f"https://www.bbc.com/hindi/{n}": Answer(body=page) for n, page in enumerate(files("*.html")[:3])}
    packed = archive(tmp_path / "good.warc.gz", pages).read_bytes()
    bodies = [packed, gzip.decompress(packed)]

    def read(body: bytes) -> None:
        path = tmp_path / ("mutated.warc.gz" if body[:1] == b"\x1f" else "mutated.warc")
        path.write_bytes(body)
        run_command(extract.Command(), path, url=None)

    mutate(read, bodies, 10 * len(SEEDS), f"archive {seed}")


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_no_mutated_row_breaks_what_reads_exports(tmp_path: Path, root: Path, seed: int) -> None:
    samples = sorted((root / "tests" / "runs" / "samples").rglob("*.jsonl"))
    rows = [line for sample in samples for line in sample.read_bytes().splitlines(keepends=True)]
    path = tmp_path / "articles.jsonl"

    def read(body: bytes) -> None:
        path.write_bytes(body)
        for form in ("csv", "ninjs", "parquet"):
            run_command(export.Command(), path, tmp_path / "out", to=form, force=True)
        run_command(verify.Command(), path)
        run_command(stories.Command(), path, explain=None, window=7)

    mutate(read, rows, 5 * len(SEEDS), f"row {seed}")


@pytest.fixture(scope="module")
def good_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run that went well."""
    folder = tmp_path_factory.mktemp("run")
    crawl(settings_of(folder, Path("demo/demo.warc.gz").resolve()))
    return run_folders(folder)[0]


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_no_mutated_run_breaks_what_reads_runs(tmp_path: Path, good_run: Path, seed: int) -> None:
    chance = random.Random(f"file {seed}")
    names = sorted(path.name for path in good_run.iterdir())
    run = tmp_path / "run"
    shutil.copytree(good_run, run)

    def read(_: bytes) -> None:
        name = chance.choice(names)
        whole = (good_run / name).read_bytes()
        (run / name).write_bytes(mutated(chance, [whole]))
        run_command(verify.Command(), run)
        run_command(report.Command(), run, json=False, html=None)
        run_command(export.Command(), run, tmp_path / "out", to="csv", force=True)
        (run / name).write_bytes(whole)

    mutate(read, [b""], 10 * len(SEEDS), f"run {seed}")
