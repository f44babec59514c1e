"""What a person sees in a terminal: whole rows, and a live view that fits. Tested in a real tmux where there is one."""

import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from crawler.downloading.answers import Answers
from crawler.runs.cells import cut_to, width_of
from crawler.runs.ended import Ended
from crawler.runs.progress import Progress, share_done
from crawler.runs.summary import print_result
from tests.commands.running import ROOT

SIZES = [(80, 24), (100, 30), (140, 40)]
HINDI = "फिनलैंड में बर्फ के नीचे बना दुनिया का पहला संग्रहालय, क्षत्रिय काल की मूर्तियाँ भी दिखेंगी"
needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux: apt-get install tmux")


class Terminal:
    """A window of a tmux of its own, in which one command runs."""

    def __init__(self, socket: str) -> None:
        self._tmux = ["tmux", "-L", socket]

    def screen(self, *, with_history: bool = False) -> list[str]:
        """Return the lines of the screen, as tmux shows them, and with `with_history` all that scrolled away."""
        more = ["-S", "-"] if with_history else []
        return self.call("capture-pane", "-p", *more).splitlines()

    def call(self, *arguments: str) -> str:
        """Run a command of tmux, and return its output."""
        done = subprocess.run([*self._tmux, *arguments], capture_output=True, encoding="utf-8", check=True, timeout=30)
        return done.stdout


@contextmanager
def terminal(width: int, height: int, socket: str, *command: str) -> Iterator[Terminal]:
    """Run a command in a terminal of a size; its output ends with `rc=` and its exit code."""
    opened = Terminal(socket)
    words = " ".join(command)
    size = ("-x", str(width), "-y", str(height))
    words = f"cd {ROOT}; LC_ALL=C.UTF-8 {words}; echo rc=$?; sleep 60"
    opened.call("-f", "/dev/null", "new-session", "-d", *size, words)
    try:
        yield opened
    finally:
        opened.call("kill-server")


def wait_for(window: Terminal, text: str, seconds: float = 90) -> list[str]:
    """Return the screen when a text stands on it."""
    until = time.monotonic() + seconds
    while not any(text in line for line in window.screen()):
        assert time.monotonic() < until, window.screen()
        time.sleep(0.1)
    return window.screen()


def newsroom(folder: Path, *outlets: str) -> list[str]:
    return [
        sys.executable,
        *("-m", "scrapy", "newsroom", *outlets, "--replay", "demo/demo.warc.gz"),
        *("--out", str(folder / "e"), "-s", "STORE="),
    ]


def check_result(window: Terminal, width: int, height: int) -> None:
    """Check that no row is torn, padded or left over from the live view."""
    screen = wait_for(window, "rc=0")
    history = window.screen(with_history=True)
    assert not [line for line in history if "at work" in line or "outlets done" in line], "the live view is erased"
    rows = [line for line in history if line.strip()]
    articles = [line for line in rows if any("\u0900" <= letter <= "\u0963" for letter in line)]
    assert len(articles) > 5
    assert all(line[0].isascii() for line in articles), "a row that wraps begins with Hindi"
    assert all(width_of(line) < width for line in articles)
    assert any(line.startswith("Next: open the report in a browser") for line in screen)
    assert len(screen) <= height


@needs_tmux
def test_the_result_stands_in_whole_rows_in_a_terminal_of_80_columns(tmp_path: Path) -> None:
    command = newsroom(tmp_path, "indiatv", "aajtak", "vatican_news")
    with terminal(80, 24, f"videsh-{tmp_path.name}", *command) as window:
        check_result(window, 80, 24)


@needs_tmux
@pytest.mark.soak
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_run_of_all_outlets_shows_a_live_view_that_fits_and_whole_rows(
    width: int, height: int, tmp_path: Path
) -> None:
    with terminal(width, height, f"videsh-{width}-{tmp_path.name}", *newsroom(tmp_path)) as window:
        live = wait_for(window, "outlets done")
        assert sum("outlets done" in line for line in live) == 1
        assert len(live) <= height
        wait_for(window, "at work")
        check_result(window, width, height)


def outlet(number: int, *, done: bool = False) -> Ended:
    return Ended(
        outlet=f"outlet_number_{number}",
        articles={"exported": number, "pending": 0 if done else 4},
        requests=number + (0 if done else 4),
        reason="finished" if done else None,
        answers=Answers(statuses=Counter({200: number + 3})),
    )


@pytest.mark.parametrize(("width", "height"), [*SIZES, (80, 10)])
def test_the_live_view_fits_has_a_total_the_time_a_bar_and_only_the_outlets_at_work(width: int, height: int) -> None:
    console = Console(file=StringIO(), width=width, height=height, force_terminal=True, color_system=None)
    outlets = [outlet(number, done=number < 4) for number in range(36)]

    console.print(Progress(lambda: outlets, console, is_live=False).view())

    file = console.file
    assert isinstance(file, StringIO)
    lines = file.getvalue().splitlines()
    assert len(lines) < height
    assert all(width_of(line) <= width for line in lines)
    assert lines[0].startswith("4 of 36 outlets done  ━")
    assert lines[0].rstrip().endswith("%  0:00")
    assert not [line for line in lines if line.startswith("outlet_number_3 ")]
    (total,) = [line for line in lines if line.startswith("all ")]
    assert total.split()[:4] == ["all", "0", str(sum(range(36)) + 108), str(sum(range(36)))]
    shown = sum(line.startswith("outlet_number_") for line in lines)
    assert shown == min(32, height - 5)
    assert lines[-1].startswith(f"… and {32 - shown} more at work" if shown < 32 else "all ")


def test_the_share_that_is_done_grows_with_the_articles_and_ends_at_one() -> None:
    assert [share_done(each) for each in (outlet(0), outlet(4), outlet(4, done=True))] == [0, 0.5, 1]
    assert share_done(Ended(outlet="a")) == 0


@pytest.mark.parametrize("cells", range(1, 40))
def test_a_text_is_cut_between_syllables_and_fits(cells: int) -> None:
    cut = cut_to(HINDI, cells)

    assert width_of(cut) <= cells
    assert cut.endswith("…")
    rest = HINDI[len(cut) - 1 :]
    assert HINDI.startswith(cut[:-1])
    assert not unicodedata.category(rest[0]).startswith("M")
    assert cut[-2:-1] != "\u094d"


def test_the_width_of_a_text_is_the_widest_of_all_terminals() -> None:
    assert width_of("नई दिल्ली (भारत)") == 15
    assert width_of("Seoul") == 5
    assert width_of("東京") == 4
    assert cut_to("सियोल", 5) == "सियोल"


def test_a_run_without_an_article_names_the_next_step(tmp_path: Path) -> None:
    said = []
    for ended in (Ended(outlet="zee", reason="finished"), Ended(outlet="zee", articles={"failed/timeout": 2})):
        console = Console(file=StringIO(), width=80)
        print_result(console, tmp_path, [ended], address="exports/run=one")
        file = console.file
        assert isinstance(file, StringIO)
        said.append(file.getvalue())

    assert "Next: nothing new came; scrapy newsroom --force reads known articles again" in said[0]
    assert "Next: scrapy doctor zee   says what is wrong, and what to do" in said[1]
    assert all(width_of(line) <= 80 for text in said for line in text.splitlines() if str(tmp_path) not in line)
    assert not [line for text in said for line in text.splitlines() if line != line.rstrip()]


def test_a_run_whose_articles_could_not_be_published_has_a_result_all_the_same(tmp_path: Path) -> None:
    file = StringIO()
    ended = Ended(outlet="zee", reason="finished", articles={"exported": 2})

    print_result(Console(file=file, width=80), tmp_path, [ended], address="s3://news/run=one")

    assert "… and 2 more" in file.getvalue()
    assert "The articles: s3://news/run=one/\n" in file.getvalue()


def test_the_file_of_the_articles_is_named_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl.gz").touch()
    file = StringIO()

    print_result(Console(file=file, width=80), tmp_path, [Ended(outlet="zee")], address="exports/run=one")

    assert "The articles: exports/run=one/articles.jsonl.gz\n" in file.getvalue()
