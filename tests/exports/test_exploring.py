"""docs/exploring.md: its answers are those of the demo data, and Datasette serves them without a request out."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from crawler.exports.datasette_plugin import prepare_connection
from crawler.exports.full_text import open_for_search
from tests.commands.running import ROOT
from tests.exports.published_runs import run_export
from tools.answers import queries, up_to_date

PAGE = (ROOT / "docs" / "exploring.md").read_text(encoding="utf-8")
GUARD = """
import socket, sys

def connect(self, address, connect=socket.socket.connect):
    if self.family != socket.AF_UNIX and address[0] != "127.0.0.1":
        print("REQUEST OUT", address, file=sys.stderr, flush=True)
    return connect(self, address)

socket.socket.connect = connect
"""
"""What Python runs first in the server's process."""


@pytest.fixture(scope="module")
def news(demo: Path) -> Path:
    """Return the demo's database."""
    out = demo.parents[2] / "news.db"
    assert run_export("-s", f"EXPORTS={demo.parents[1]}", "--to", "sqlite", out) == 0
    return out


def test_each_of_ten_questions_has_the_answer_of_the_demo(news: Path) -> None:
    assert len(queries(PAGE)) == 10
    with closing(open_for_search(news)) as database:
        assert up_to_date(PAGE, database) == PAGE, "python -m tools.answers"


def test_duckdb_answers_those_that_are_not_of_sqlite_alone(demo: Path, news: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    out = news.with_suffix(".duckdb")
    assert run_export("-s", f"EXPORTS={demo.parents[1]}", "--to", "duckdb", out) == 0

    with closing(open_for_search(news)) as database, closing(duckdb.connect(str(out), read_only=True)) as views:
        portable = [query for query in queries(PAGE) if "date(" not in query and "MATCH" not in query]
        for query in portable:
            wanted = [tuple(map(str, row)) for row in database.execute(query)]
            given = [tuple(str(value) for value in row) for row in views.execute(query).fetchall()]
            assert [_plain(row) for row in given] == [_plain(row) for row in wanted]
    assert len(portable) == 8


def _plain(row: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row with its times as both print them."""
    return tuple(re.sub(r"(\d\d:\d\d:\d\d)Z$", r"\1", value.replace("T", " ")) for value in row)


@pytest.fixture(scope="module")
def server(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of Datasette with the demo's database, whose process may connect to this machine alone."""
    pytest.importorskip("datasette", reason="needs Datasette: pip install 'videsh[explore]'")
    folder = tmp_path_factory.mktemp("guard")
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "datasette", str(news), "--host", "127.0.0.1", "--port", "0"],
            env={"PYTHONPATH": str(folder), "PATH": "", "HOME": str(folder)},
            stdout=log,
            stderr=log,
        )
        try:
            yield _address(process, folder / "log")
        finally:
            process.terminate()
            process.wait(30)
    assert "REQUEST OUT" not in (folder / "log").read_text(encoding="utf-8")


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(600):
        found = re.search(r"running on (http://127\.0\.0\.1:[0-9]+)", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(log.read_text(encoding="utf-8"))


def ask(server: str, path: str, **parameters: str) -> Any:
    with urlopen(f"{server}/news/{path}.json?{urlencode(parameters)}") as answer:
        return json.load(answer)


def test_datasette_answers_three_questions_in_json(server: str) -> None:
    found = ask(server, "articles", _search="इरान चाय", _shape="array")
    stories = ask(server, "find", words="मैक्सिको झील*", _shape="array")
    facets = ask(server, "articles", _size="0")["facet_results"]

    assert [row["outlet"] for row in found] == ["sputnik"]
    assert sorted(row["publisher_name_hi"] for row in stories)[:2] == ["एनडीटीवी इंडिया", "टीवी9 भारतवर्ष"]
    assert facets["agency"]["results"][0]["value"] == "ap"
    assert {"outlet", "country", "agency", "story_relation", "kind", "tags"} <= facets.keys()


class _Loaded(HTMLParser):
    """Collects the addresses that a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        loads = tag in ("script", "img", "iframe", "source", "video", "audio", "embed", "object")
        if loads or (tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload")):
            self.addresses += [value for name in ("src", "href", "data") if (value := given.get(name))]


@pytest.mark.parametrize(
    "path", ["", "news", "news/articles", "news/by_country", "news/find?words=झील", "news?sql=select+1"]
)
def test_no_page_of_datasette_loads_anything_from_elsewhere(path: str, server: str) -> None:
    address = f"{server}/{path}" if path.isascii() else f"{server}/news/find?{urlencode({'words': 'झील'})}"
    with urlopen(address) as page:
        text = page.read().decode()
    loaded = _Loaded()
    loaded.feed(text)

    assert loaded.addresses
    assert [each for each in loaded.addresses if not each.startswith("/") or each.startswith("//")] == []
    for each in {each for each in loaded.addresses if "/-/static" in each}:
        with urlopen(server + each) as asset:
            outside = re.findall(rb"@import|url\(['\"]?(?:https?:)?//|fetch\(['\"]https?:", asset.read())
        assert outside == []


def test_the_page_names_what_datasette_is_given(server: str) -> None:
    with urlopen(f"{server}/news/articles") as page:
        text = page.read().decode()

    assert "इरान finds ईरान" in text
    assert "ISO code of the first place of the dateline" in text


def test_other_databases_are_served_as_they_are() -> None:
    with closing(sqlite3.connect(":memory:")) as theirs:
        prepare_connection(theirs)

        with pytest.raises(sqlite3.OperationalError, match="no such function: search_query"):
            theirs.execute("SELECT search_query('x')")
