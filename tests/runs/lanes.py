"""Newsrooms of several workers on a site of invented outlets; each request is noted with the process that sent it."""

import os
import signal
import time
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path

from scrapy import Request
from scrapy.http import Response

from crawler.url_parts import host_of
from tests.commands.running import Running, start
from tests.crawling import site
from tests.runs.lane_outlets import HOSTS
from tests.runs.replaying import archive, lines
from tests.site.publisher import Answer, Publisher

_NOTES = "REQUESTS_NOTED"
_MIDDLEWARES = '{"tests.runs.lanes.NoteRequests": 950}'
QUICKLY = {
    "SPIDER_MODULES": "tests.runs.lane_outlets",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "4",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    "CONTACT": "tests@example.org",
    "CRAWL_TIME": site.NOW,
    "EXPORT_PART_ROWS": "10",
    "DOWNLOADER_MIDDLEWARES": _MIDDLEWARES,
}


class NoteRequests:
    """Notes when a process sends a request to a host, and when it has the answer."""

    def __init__(self) -> None:
        self._file = Path(os.environ[_NOTES]).open("a", buffering=1)  # noqa: SIM115 - as long as the process

    def _note(self, what: str, request: Request) -> None:
        self._file.write(f"{time.time():.4f} {os.getpid()} {what} {host_of(request.url)}\n")

    def process_request(self, request: Request) -> None:
        self._note("+", request)

    def process_response(self, request: Request, response: Response) -> Response:
        self._note("-", request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._note("-", request)


class Lanes:
    """A site of six outlets with some articles each, one in four told by all, and the newsrooms that crawl it."""

    def __init__(self, folder: Path, articles: int, *, store: str | None = None, seconds: float = 0) -> None:
        self.folder = folder
        self.store = store or f"sqlite:///{folder}/v.db"
        self.addresses = {
            f"https://{host}/{name}/world/report-{700000 + number}"
            for name, host in HOSTS.items()
            for number in range(articles)
        }
        answers = {url: answer for name in HOSTS for url, answer in answers_of(name, articles, seconds=seconds).items()}
        self.publisher = Publisher(answers, folder)
        self.exports = folder / "exports"

    def start(self, *arguments: str, command: str = "newsroom", exports: Path | None = None) -> Running:
        return start(command, *self.options(exports), *arguments, environment=self.environment)

    def options(self, exports: Path | None = None) -> list[str]:
        """Return the settings of a newsroom, as options of its command."""
        settings = QUICKLY | {"STORE": self.store, "EXPORTS": str(exports or self.exports)}
        return [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment variables of a newsroom."""
        return self.publisher.environment | {_NOTES: str(self.folder / "requests.log")}

    def wait_for(self, run: Running, articles: int) -> None:
        """Wait until a run at work has asked for some articles."""
        while self.asked() < articles:
            assert run.poll() is None
            time.sleep(0.005)

    def asked(self) -> int:
        """Return how many articles were asked for so far."""
        return sum("/world/report-" in url for url in self.publisher.urls())

    def sent(self) -> Counter[int]:
        """Return how many requests each process has sent so far."""
        notes = [line.split() for line in (self.folder / "requests.log").read_text().splitlines()]
        return Counter(int(process) for _, process, what, _ in notes if what == "+")

    def delivered(self, *places: Path) -> Counter[str]:
        """Return how often each article was exported, by URL."""
        parts = [part for place in places or (self.exports,) for part in place.rglob("[ac]*.jsonl*")]
        return Counter(record["url"] for part in parts for record in lines(part))

    def hosts_of_two_workers(self) -> list[str]:
        """Return the hosts that two living processes asked at the same time, each with the processes."""
        notes = [line.split() for line in (self.folder / "requests.log").read_text().splitlines()]
        last = {process: float(at) for at, process, *_ in notes}
        at_work: defaultdict[str, Counter[str]] = defaultdict(Counter)
        found = []
        for at, process, what, host in notes:
            at_work[host][process] += 1 if what == "+" else -1
            others = [each for each, open_ in at_work[host].items() if open_ > 0 and last[each] >= float(at)]
            if {process, *others} != {process}:
                found.append(f"{host}: {process} and {others} at {at}")
        return found


def workers_of(run: Running) -> list[int]:
    """Return the processes of the workers of a run."""
    with suppress(OSError):
        tasks = Path(f"/proc/{run.pid}/task").iterdir()
        return [int(pid) for task in tasks for pid in (task / "children").read_text().split() if _is_worker(pid)]
    return []


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _is_worker(pid: str) -> bool:
    with suppress(OSError):
        return b"work_for_a_run" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def archives_of(folder: Path, articles: int) -> Path:
    """Write an archive for each outlet, with some articles; return the folder of all archives."""
    archives = folder / "archives"
    archives.mkdir()
    for name in HOSTS:
        archive(archives / f"{name}.warc.gz", answers_of(name, articles))
    return archives


def answers_of(outlet: str, articles: int, *, seconds: float = 0) -> dict[str, Answer]:
    """Return the answers of an outlet with some articles, one in four of which others tell too, by URL."""
    root = f"https://{HOSTS[outlet]}/{outlet}"
    addresses = [f"{root}/world/report-{700000 + each}" for each in range(articles)]
    listed = "".join(
        f"<url><loc>{address}</loc><lastmod>2026-11-24T06:00:00+05:30</lastmod></url>" for address in addresses
    )
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    rules = b"User-agent: *\nDisallow:\n"
    return {
        f"https://{HOSTS[outlet]}/robots.txt": Answer(body=rules, headers={"Content-Type": "text/plain"}),
        f"{root}/sitemap.xml": Answer(body=sitemap.encode(), headers={"Content-Type": "application/xml"}),
        **{
            address: Answer(body=_page(outlet, each, address), seconds=seconds)
            for each, address in enumerate(addresses)
        },
    }


def _page(outlet: str, number: int, address: str) -> bytes:
    seed = number if number % 4 == 0 else 10_000 * (list(HOSTS).index(outlet) + 1) + number
    page = site.page_of(seed).replace(site.address(seed), address)
    return page.replace(site.HOME, f"https://{HOSTS[outlet]}").encode()
