"""How far the reading of many pages is: a bar in a terminal, and nothing of it elsewhere."""

import json
import os
import pty
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, suppress
from pathlib import Path
from threading import Thread
from typing import TextIO

import pytest

from tests.commands.extracting import NEPAL, extract, url_of

PAGES = 4
_END = "(end of the test)"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TextIO, Callable[[], str]]]:
    """Return a terminal, and what says what it shows in the end; each page draws the bar."""
    ours, theirs = pty.openpty()
    for name, value in {"TERM": "xterm", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("crawler.authoring.pages_bar._FIFTH", 0.0)
    shown: list[bytes] = []
    reader = Thread(target=lambda: shown.extend(_read_until_end(ours)), daemon=True)  # else a full screen would block
    reader.start()
    with os.fdopen(theirs, "w", encoding="utf-8") as error:

        def seen() -> str:
            print(_END, end="", file=error, flush=True)
            reader.join(timeout=20)
            return b"".join(shown).decode().removesuffix(_END)

        yield error, seen
    reader.join(timeout=20)
    os.close(ours)


def _read_until_end(screen: int) -> Iterator[bytes]:
    ending = b""
    with suppress(OSError):  # how Linux says that the other side is closed
        while not ending.endswith(_END.encode()):
            block = os.read(screen, 4096)
            ending = (ending + block)[-len(_END) :]
            yield block


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    row = json.dumps({"file": str(NEPAL), "url": url_of(NEPAL)})
    path.write_text(f"{row}\n" * PAGES, encoding="utf-8")
    return path


def test_a_terminal_shows_pages_pages_a_second_the_share_and_the_time_left(
    capsys: pytest.CaptureFixture[str], terminal: tuple[TextIO, Callable[[], str]], manifest: Path
) -> None:
    file, shown = terminal
    with redirect_stderr(file):
        done = extract(capsys, manifest)

    seen = shown()
    assert done.code == 0
    assert done.out.count("\n") == PAGES, "the articles are not among the bar"
    assert re.search(r"1 page, [0-9,]+/s", seen)
    assert re.search(rf"{PAGES} pages, [0-9,]+/s", seen)
    assert "50%" in seen
    assert "100%" in seen
    assert re.search(r"0:00:0[0-9]", seen), "the time left"
    assert seen.rstrip("\r\n").endswith("\x1b[2K"), "the bar is gone in the end"


def test_what_is_no_terminal_gets_no_bar(capsys: pytest.CaptureFixture[str], manifest: Path) -> None:
    done = extract(capsys, manifest)

    assert done.out.count("\n") == PAGES
    assert done.err == ""
