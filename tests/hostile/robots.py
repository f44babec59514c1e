"""Scenarios of robots.txt: too large, not text, without rules, with very long or invalid delays."""

import zlib
from collections.abc import Callable, Mapping

from tests.hostile.outlet import HTML, ROBOTS, TEXT
from tests.hostile.scenario import Scenario
from tests.site.publisher import Answer

_NO_ROBOTS = {"failed/robots-unreachable": 3}


def _robots(body: bytes, status: int = 200, **headers: str) -> Callable[[], Mapping[str, Answer]]:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: {ROBOTS: Answer(status=status, body=body, headers=TEXT | more)}


def _delay(value: str) -> Callable[[], Mapping[str, Answer]]:
    return _robots(f"User-agent: *\nCrawl-delay: {value}\nDisallow:\n".encode())


def _of_15_mb() -> Mapping[str, Answer]:
    rules = "".join(f"Disallow: /private/{number}/*/x{number}$\n" for number in range(400_000))
    return {ROBOTS: Answer(body=f"User-agent: *\n{rules}".encode(), headers=TEXT)}


def _of_stars() -> Mapping[str, Answer]:
    rules = "".join(f"Disallow: /{'*a' * 40}{number}\n" for number in range(200))
    return {ROBOTS: Answer(body=f"User-agent: *\n{rules}".encode(), headers=TEXT)}


def _bomb() -> Mapping[str, Answer]:
    packer = zlib.compressobj(wbits=31)
    pieces = [packer.compress(b"Disallow: /x\n" * 100_000) for _ in range(160)]
    body = b"".join(pieces) + packer.flush()
    return {ROBOTS: Answer(body=body, headers=TEXT | {"Content-Encoding": "gzip"})}


SCENARIOS = (
    Scenario(name="robots-500", does="robots.txt: 500", answers=_robots(b"", 500), articles={}, listings=_NO_ROBOTS),
    Scenario(
        name="robots-429", does="robots.txt: 429", answers=_robots(b"slow", 429), articles={}, listings=_NO_ROBOTS
    ),
    Scenario(
        name="robots-429-hours",
        does="robots.txt: 429, and asks to wait two hours",
        answers=_robots(b"slow", 429, Retry_After="7200"),
        articles={},
        listings=_NO_ROBOTS,
        output="asks to wait 7200 seconds: left alone until",
    ),
    Scenario(name="robots-404", does="robots.txt: 404", answers=_robots(b"", 404)),
    Scenario(name="robots-403", does="robots.txt: 403", answers=_robots(b"", 403)),
    Scenario(
        name="robots-forbids",
        does="robots.txt: forbids all",
        answers=_robots(b"User-agent: *\nDisallow: /\n"),
        articles={},
        listings={"filtered/robots": 3},
    ),
    Scenario(
        name="robots-html",
        does="robots.txt: a web page",
        answers=lambda: {ROBOTS: Answer(body=b"<!doctype html><html><p>x", headers=HTML)},
    ),
    Scenario(name="robots-noise", does="robots.txt: noise", answers=_robots(bytes(range(256)) * 400)),
    Scenario(name="robots-15-mb", does="robots.txt: 400,000 rules, 15 MB", answers=_of_15_mb),
    Scenario(name="robots-stars", does="robots.txt: 200 rules of 40 stars each", answers=_of_stars),
    Scenario(
        name="robots-bomb",
        does="robots.txt: 200 MB in gzip",
        answers=_bomb,
        articles={},
        listings={"failed/too-large": 3},
    ),
    Scenario(
        name="delay-a-day",
        does="robots.txt: asks for a day between requests",
        answers=_delay("86400"),
        articles={},
        listings={"failed/asked-to-wait": 3},
        output="asks in robots.txt for 86400 seconds between requests: left alone until",
    ),
    Scenario(
        name="delay-deadline",
        does="robots.txt: asks for 50 seconds between requests, and the outlet has four",
        answers=_delay("50"),
        articles={},
        listings={},
        output="its time ran out",
        settings={"OUTLET_MINUTES": "0.06"},
    ),
    Scenario(name="delay-inf", does="robots.txt: asks for `inf` seconds between requests", answers=_delay("inf")),
    Scenario(name="delay-nan", does="robots.txt: asks for `nan` seconds between requests", answers=_delay("nan")),
    Scenario(name="delay-negative", does="robots.txt: asks for -5 seconds between requests", answers=_delay("-5")),
    Scenario(name="delay-words", does="robots.txt: asks for `abc` seconds between requests", answers=_delay("abc")),
)
