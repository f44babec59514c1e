"""Measure whole crawls of a local site, with all pipelines, the store and stories, against a minimal Scrapy spider.

Each crawl runs in its own process and fetches the same pages over TLS from the same test publisher. The floor is a
spider with Scrapy's default settings that yields the URL and title of each page. Exit code 1 if a limit is exceeded.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.crawling.site import NOW, SITEMAP, articles, listings  # noqa: E402
from tests.site.publisher import Publisher  # noqa: E402

_MOST_TIMES = 2.0
"""Maximum CPU time of our crawl, as a multiple of the floor's."""
_MOST_MB = 140
"""Maximum peak of our crawl's RAM in MB."""
_QUICK = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "LOG_LEVEL": "WARNING",
}
_FLOOR = f'''
import scrapy

class FloorSpider(scrapy.Spider):
    name = "floor"
    start_urls = ["{SITEMAP}"]

    def parse(self, response):
        for url in response.xpath("//*[local-name()='loc']/text()").getall():
            yield scrapy.Request(url, self.read)

    def read(self, response):
        yield {{"url": response.url, "title": response.css("title::text").get()}}
'''
# ru_maxrss of a child starts with that of its parent, here the publisher with all pages in RAM; VmHWM does not.
_PEAK = (
    "import sys; print('peak', next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')), "
    "file=sys.stderr)"
)
_RUN = (
    "import atexit, sys; atexit.register(lambda: exec("
    + repr(_PEAK)
    + ")); from scrapy.cmdline import execute; execute()"
)


def crawl(
    arguments: list[str], settings: Mapping[str, str], environment: Mapping[str, str], folder: Path
) -> tuple[float, float]:
    """Run one crawl; return its CPU time in seconds and its peak RAM in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-c", _RUN, *arguments, *options]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peaks = [int(line.split()[1]) for line in done.stderr.splitlines() if line.startswith("peak ")]
    if done.returncode not in (0, 3) or not peaks:  # 3: the site has only one of the listings
        sys.exit(f"{arguments[0]} ended {done.returncode}: {done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, peaks[-1] / 1024


def lines_in(folder: Path) -> int:
    """Return the number of records in a folder's exports."""
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.jsonl") if path.stem[:4] in ("arti", "copi"))


def compare(pages: int, padding: int, times: int) -> tuple[float, float]:
    """Print one line: CPU times and peaks of the floor and of our crawl, and the number of our records.

    CPU is the median of `times` crawls of each kind, which alternate. `padding` is the number of bytes of menu and
    script that each page has beside its article. Return our CPU time as a multiple of the floor's, and our peak in MB.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "floor.py").write_text(_FLOOR, encoding="utf-8")
        floors, ours = [], []
        with Publisher({**listings(pages), **articles(pages, padding=padding)}, folder) as publisher:
            for turn in range(times):
                out = folder / f"turn-{turn}"
                floor = ["runspider", str(folder / "floor.py"), "-O", str(out / "floor.jsonl")]
                floors.append(crawl(floor, _QUICK, publisher.environment, folder))
                settings = {
                    **_QUICK,
                    "CRAWL_TIME": NOW,
                    "CONTACT": "bench@example.org",
                    "STORE": f"sqlite:///{out}/store.db",
                    "EXPORTS": str(out / "exports"),
                }
                ours.append(crawl(["crawl", "indiatv"], settings, publisher.environment, ROOT))
        least, took = (statistics.median(cpu for cpu, _ in each) / pages * 1000 for each in (floors, ours))
        peaks = [max(peak for _, peak in each) for each in (floors, ours)]
        records = lines_in(folder / "turn-0" / "exports")
        print(
            f"{pages:6} {least:10.2f} {took:10.2f} {took / least:8.2f} {peaks[0]:9.0f} {peaks[1]:9.0f} {records:8}",
            flush=True,
        )
    return took / least, peaks[1]


def main() -> None:
    """Compare both crawls with few and with many pages: the RAM must not grow with the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[250, 1000], help="default: 250 1000")
    parser.add_argument("--padding", type=int, default=90_000, help="bytes of menu and script a page; default: 90000")
    parser.add_argument("--times", type=int, default=3, help="crawls of each kind; default: 3")
    options = parser.parse_args()
    print(" pages floor ms/p  ours ms/p  x floor  floor MB   ours MB  records")
    passed = []
    for pages in options.pages:
        ratio, peak = compare(pages, options.padding, options.times)
        if ratio > _MOST_TIMES:
            passed.append(f"{pages} pages: {ratio:.2f} times the floor's CPU, at most {_MOST_TIMES} wanted")
        if peak > _MOST_MB:
            passed.append(f"{pages} pages: {peak:.0f} MB at the peak, at most {_MOST_MB} wanted")
    if passed:
        sys.exit("limits passed:\n" + "\n".join(passed))


if __name__ == "__main__":
    main()
