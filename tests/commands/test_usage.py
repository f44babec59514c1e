"""A mistyped option, command, action or file is named, with what was probably meant."""

from itertools import pairwise

import pytest

from crawler.usage import OptionParser
from tests.commands.running import scrapy


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("outlets", "--jsn"), 'unknown option "--jsn"; did you mean "--json"? ("scrapy outlets -h" lists all)'),
        (("schema", "--duckbd"), 'unknown option "--duckbd"'),
        (("newsroom", "--limt", "3"), 'unknown option "--limt"; did you mean "--limit"?'),
        (("newsroom", "--goup=agency"), 'unknown option "--goup"; did you mean "--group"?'),
        (("list", "--all"), 'unknown option "--all"'),
        (("newsrom",), '"newsrom" is not a command; did you mean "newsroom"? ("scrapy" lists all)'),
        (("docter", "indiatv"), '"docter" is not a command; did you mean "doctor"?'),
        (("xyzzy",), '"xyzzy" is not a command. ("scrapy" lists all)'),
        (
            ("store",),
            "check, backup FILE, restore FILE, release PLACE or copy FROM TO",
        ),
        (("store", "stat"), 'stat: no such action; did you mean "stats"?'),
        (("discover", "nosuch.html", "--url", "https://khabar.example/"), "nosuch.html: no such file"),
        (("discover", "folder/home.htm"), "folder/home.htm: no such file"),
    ],
)
def test_wrong_words_are_named_with_what_was_meant(arguments: tuple[str, ...], message: str) -> None:
    done = scrapy(*arguments)

    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


def test_values_that_look_like_options_are_not_taken_for_unknown_ones() -> None:
    assert scrapy("schema", "-s", "X=-1").code == 0
    assert scrapy("list", "--nolog").code == 0


def test_the_help_of_an_option_is_no_heading() -> None:
    parser = OptionParser(prog="scrapy", usage="scrapy x [options]")
    group = parser.add_argument_group("Global Options")
    group.add_argument("--to", help="with an engine, of which there are two: the format (default: parquet)")
    parser.add_argument("--a-long-name-of-an-option", help=f"{'a word ' * 9}colon: {'a word ' * 9}")

    headings = [line for line, under in pairwise(parser.format_help().splitlines()) if set(under) in ({"="}, {"-"})]

    assert headings[-1] == "Global Options"
    assert all("With" not in line and "Word" not in line for line in headings)
