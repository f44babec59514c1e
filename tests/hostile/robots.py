"""Scenarios of robots.txt: too large, not text, without rules, with very long or invalid delays."""

import zlib
from dataclasses import replace

from tests.hostile.outlet import HTML, TEXT
from tests.hostile.targets import Make, on_robots
from tests.site.publisher import Answer

_UNREACHABLE = "failed/robots-unreachable"


def _status(status: int, body: bytes = b"", **headers: str) -> Make:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: Answer(status=status, body=body, headers=TEXT | more)


def _delay(value: str) -> Make:
    return lambda: f"User-agent: *\nCrawl-delay: {value}\nDisallow:\n".encode()


def _of_15_mb() -> bytes:
    rules = "".join(f"Disallow: /private/{number}/*/x{number}$\n" for number in range(400_000))
    return f"User-agent: *\n{rules}".encode()


def _of_stars() -> bytes:
    rules = "".join(f"Disallow: /{'*a' * 40}{number}\n" for number in range(200))
    return f"User-agent: *\n{rules}".encode()


def _bomb() -> Answer:
    packer = zlib.compressobj(wbits=31)
    pieces = [packer.compress(b"Disallow: /x\n" * 100_000) for _ in range(160)]
    return Answer(body=b"".join(pieces) + packer.flush(), headers=TEXT | {"Content-Encoding": "gzip"})


SCENARIOS = (
    on_robots("robots-500", "500", _status(500), _UNREACHABLE),
    on_robots("robots-429", "429", _status(429, b"slow"), _UNREACHABLE),
    on_robots(
        "robots-429-hours",
        "429, and asks to wait two hours",
        _status(429, b"slow", Retry_After="7200"),
        _UNREACHABLE,
        output="asks to wait 7200 seconds: left alone until",
    ),
    on_robots("robots-404", "404", _status(404)),
    on_robots("robots-403", "403", _status(403)),
    on_robots("robots-forbids", "forbids all", lambda: b"User-agent: *\nDisallow: /\n", "filtered/robots"),
    on_robots("robots-html", "a web page", lambda: Answer(body=b"<!doctype html><html><p>x", headers=HTML)),
    on_robots("robots-noise", "noise", lambda: bytes(range(256)) * 400),
    on_robots("robots-15-mb", "400,000 rules, 15 MB", _of_15_mb),
    on_robots("robots-stars", "200 rules of 40 stars each", _of_stars),
    on_robots("robots-bomb", "200 MB in gzip", _bomb, "failed/too-large"),
    on_robots(
        "delay-a-day",
        "asks for a day between requests",
        _delay("86400"),
        "failed/asked-to-wait",
        output="asks in robots.txt for 86400 seconds between requests: left alone until",
    ),
    replace(
        on_robots(
            "delay-deadline",
            "asks for 50 seconds between requests, and the outlet has four",
            _delay("50"),
            output="its time ran out",
            settings={"OUTLET_MINUTES": "0.06"},
        ),
        articles={},
        listings={},
    ),
    on_robots("delay-inf", "asks for `inf` seconds between requests", _delay("inf")),
    on_robots("delay-nan", "asks for `nan` seconds between requests", _delay("nan")),
    on_robots("delay-negative", "asks for -5 seconds between requests", _delay("-5")),
    on_robots("delay-words", "asks for `abc` seconds between requests", _delay("abc")),
)
