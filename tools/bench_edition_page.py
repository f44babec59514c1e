"""Measure a day of 5,000 articles in Chromium at a CPU throttled four times: what it loads, its first rows, its search.

Exit code 1 if a limit is exceeded on a machine without other work; on a busy one the times are not judged.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tools.bench import Bench, Figure  # noqa: E402
from tools.synthetic_month import write_month  # noqa: E402

_ARTICLES = 5000
_THROTTLED = 4
_ROUNDS = 5
_WORD = "प्रधानमं"
"""Eight letters as they are typed, matras and the halant among them."""
_MOST_SECONDS, _MOST_TASK, _MOST_BYTES = 2.0, 50.0, 8.0


def main() -> int:
    """Print the figures, and the limits that are exceeded."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("not measured: needs Chromium (apt-get install chromium)")
        return 0
    bench = Bench(f"Edition: the page of a day of {_ARTICLES:,} articles in Chromium, CPU throttled {_THROTTLED} times")
    with tempfile.TemporaryDirectory(prefix="videsh-bench-") as folder, sync_playwright() as started:
        page = _day(Path(folder))
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        rounds = [_round(browser, page) for _ in range(_ROUNDS)]
        browser.close()
    first, shown, typed = zip(*rounds, strict=True)
    return bench.verdict(
        [
            Figure(name="loaded at first", values=first, unit="MB", most=_MOST_BYTES),
            Figure(name="main thread to the first rows and a search", values=shown, unit="s", most=_MOST_SECONDS),
            Figure(name=f"longest task while {len(_WORD)} letters are typed", values=typed, unit="ms", most=_MOST_TASK),
        ]
    )


def _day(folder: Path) -> Path:
    """Return the page of an invented day; a few of its articles were published on the day before."""
    write_month(folder / "exports", days=1, articles=_ARTICLES)
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "edition",
        "-s",
        f"EXPORTS={folder / 'exports'}",
        "--out",
        f"{folder}/out",
    ]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return max((folder / "out").glob("????-??-??.html"), key=lambda path: path.stat().st_size)


def _round(browser: Browser, day: Path) -> tuple[float, float, float]:
    """Open the page anew; return the MB that it loads, and the times of the first search and of typing."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _THROTTLED})

    def open_and_search() -> None:
        page.goto(day.as_uri())
        page.locator("#rows h3").first.wait_for()
        _type(page, _WORD[0])

    shown = sum(_tasks(browser, page, open_and_search)) / 1000
    size = sum(Path(unquote(urlsplit(url).path)).stat().st_size for url in {*loaded} if url.startswith("file:")) / 1e6
    page.locator("#q").fill("")
    longest = max(_tasks(browser, page, lambda: _type(page, _WORD)))
    with suppress(Exception):
        context.close()
    return size, shown, longest


def _type(page: Page, word: str) -> None:
    """Type a word letter by letter, and wait until the list answers."""
    page.locator("#q").press_sequentially(word, delay=120)
    page.wait_for_timeout(500)


def _tasks(browser: Browser, page: Page, do: Callable[[], None]) -> list[float]:
    """Return the CPU time, in milliseconds, of each task of the page's main thread meanwhile."""
    browser.start_tracing(page=page, categories=["toplevel", "disabled-by-default-devtools.timeline"])
    do()
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    named = [each for each in events if each["name"] == "thread_name" and each["args"]["name"] == "CrRendererMain"]
    main = {(each["pid"], each["tid"]) for each in named}
    tasks = [each for each in events if each["name"] == "RunTask" and (each["pid"], each["tid"]) in main]
    return [each["tdur"] / 1000 for each in tasks if "tdur" in each]


if __name__ == "__main__":
    sys.exit(main())
