"""A proxy for one outlet: it is asked for all, its password is shown nowhere, and its failure is not the outlet's."""

import base64
import gzip
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.settings import BaseSettings
from twisted.internet.error import ConnectionLost, DNSLookupError
from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.internet.error import TimeoutError as TimedOut

from crawler.archive.reader import read_answers
from crawler.downloading.connection import _fault_of_proxy
from crawler.downloading.proxies import read_proxies
from crawler.reports.health import Health
from crawler.reports.judgement import judge_outlet
from crawler.runs.profiles import check_profiles
from tests.commands.running import Done, scrapy
from tests.runs.replaying import run_folders
from tests.site.pages import site_of
from tests.site.publisher import Publisher

SECRET = "gehe1m"
LOGIN = f"Basic {base64.b64encode(f'crawl:{SECRET}'.encode()).decode()}"
QUICK = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "0", "RETRY_ENABLED": "0", "RECHECK_AFTER": ""}
NO_PROXY = dict.fromkeys(("http_proxy", "https_proxy"), "")


def run(folder: Path, *arguments: str, proxy: str, environment: dict[str, str], **settings: str) -> Done:
    """Run a command with a proxy for India TV; the environment has no other proxy."""
    values = {**QUICK, "STORE": f"sqlite:///{folder}/v.db", "EXPORTS": f"{folder}/exports", **settings}
    words = [word for name, value in values.items() for word in ("-s", f"{name}={value}")]
    return scrapy(
        *arguments,
        *words,
        *("-s", "PROXIES=indiatv=INDIATV_PROXY", "-L", "DEBUG"),
        environment={**environment, **NO_PROXY, "INDIATV_PROXY": proxy},
    )


def report(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((run_folders(folder)[-1] / "report.json").read_bytes())
    return read


def closed_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def everything(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each file that a run has left, decompressed if it is an archive."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_an_outlets_proxy_gets_robots_listings_and_pages_and_its_password_is_shown_nowhere(tmp_path: Path) -> None:
    site = site_of("indiatv")
    address = "https://www.indiatv.in/robots.txt"
    quick = site[address].body.replace(b"Crawl-delay: 1\n", b"")  # a second before each request
    site[address] = replace(site[address], body=quick)
    with Publisher(site, tmp_path, login=LOGIN) as publisher:
        proxy = f"http://crawl:{SECRET}@127.0.0.1:{publisher.port}"
        archive = tmp_path / "kept" / "indiatv.warc.gz"
        done = run(
            tmp_path,
            *("crawl", "indiatv"),
            proxy=proxy,
            environment=publisher.environment,
            ARCHIVE_RECORD=str(archive),
        )

    asked = publisher.urls()
    assert done.code == 0, done.err[-2000:]
    assert asked[0] == "https://www.indiatv.in/robots.txt"
    assert report(tmp_path)["outlets"]["indiatv"]["articles"] > 0
    assert done.err.count("all its requests go through the proxy http://127.0.0.1") == 1
    assert "a public name of a private address is not seen" in done.err
    assert {answer.url for answer in read_answers(archive)} == set(asked)
    said = [*everything(tmp_path / "kept"), *everything(tmp_path / "exports"), (Path("log"), done.err.encode())]
    for secret in (SECRET, LOGIN, LOGIN.split()[1]):
        assert not [str(path) for path, text in said if secret.encode() in text]


def test_a_dead_proxy_is_not_taken_for_a_dead_outlet_in_the_report(tmp_path: Path) -> None:
    proxy = f"http://crawl:{SECRET}@127.0.0.1:{closed_port()}"

    done = run(tmp_path, "newsroom", "indiatv", proxy=proxy, environment={})

    outlet = report(tmp_path)["outlets"]["indiatv"]
    warnings = report(tmp_path)["warnings"]
    assert (done.code, outlet["state"]) == (5, "proxy")
    assert [each["kind"] for each in warnings] == ["proxy"]
    assert "nothing is known about the outlet itself" in warnings[0]["text"]
    assert set(outlet["listing_outcomes"]) == {"failed/proxy"}
    assert "Traceback" not in done.err
    assert SECRET not in done.err
    assert done.err.count("[crawler.downloading.proxies] INFO: indiatv: all its requests go through the proxy") == 1


def test_the_doctor_tells_a_proxy_that_refuses_its_password_from_a_dead_outlet(tmp_path: Path) -> None:
    with Publisher(site_of("indiatv"), tmp_path, login=LOGIN) as publisher:
        proxy = f"http://crawl:{SECRET[:-1]}@127.0.0.1:{publisher.port}"
        live = run(tmp_path, "doctor", "indiatv", "--live", proxy=proxy, environment=publisher.environment)

    assert "indiatv, now: proxy\n  The proxy that PROXIES names for this outlet is not reached" in live.out
    assert "refuses: it answered 407" in live.out
    assert "offline" not in live.out
    assert SECRET[:-1] not in live.err + live.out


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (
            Refused(),  # type: ignore[no-untyped-call]
            "cannot be reached: Connection was refused by other side.",
        ),
        (
            TimedOut(),  # type: ignore[no-untyped-call]
            "cannot be reached: User timeout caused connection failure.",
        ),
        (DNSLookupError("no such name"), "has a name without an address (DNS)"),
        (TunnelError("… with proxy p:1 [{'status': 407, 'reason': b'x'}]"), "refuses: it answered 407"),
        (TunnelError("… with proxy p:1 [{'status': 403, 'reason': b'x'}]"), "refuses: it answered 403"),
        (TunnelError("… with proxy p:1 [b'SSH-2.0']"), "is none: it did not answer CONNECT by HTTP"),
        (TunnelError("… with proxy p:1 [{'status': 502, 'reason': b'x'}]"), None),
        (TunnelError("… with proxy p:1 [{'status': 504, 'reason': b'x'}]"), None),
        (ConnectionLost("torn"), None),
    ],
)
def test_a_proxy_that_does_not_reach_the_outlet_is_told_from_one_that_fails(
    error: Exception, fault: str | None
) -> None:
    assert _fault_of_proxy(error) == fault


def figures(**others: Any) -> dict[str, Any]:
    """Return an outlet's figures of a run in which nothing happened but what `others` say."""
    counts = ("items", "answers", "announced", "unchanged", "silent", "listings", "blocked", "waits", "unreadable")
    nothing = {"met_deadline": False, "left_alone": {}, "coverage": {}, "pending": 0}
    return {**dict.fromkeys(counts, 0), **nothing, **others}


def test_an_outlet_whose_proxy_has_failed_is_judged_by_the_proxy_alone() -> None:
    now = figures(failures={"proxy of listing https://khabar.example/feed": 1, "proxy": 4})

    found = judge_outlet(now, [])

    assert [(each.kind, each.fails) for each in found] == [(Health.PROXY, True)]
    assert found[0].text == "its proxy failed, and nothing came: nothing is known about the outlet itself"


def test_a_proxy_that_fails_now_and_then_is_a_failure_like_others() -> None:
    came = {"items": 40, "answers": 50, "generic_share": None, "body_chars": None, "lag_hours": None}
    now = figures(**came, failures={"proxy": 2})

    assert [(each.kind, each.text) for each in judge_outlet(now, [])] == [(Health.FAILING, "2 proxy")]


@pytest.mark.parametrize(
    ("entry", "url", "login"),
    [
        ("zee=ZEE_PROXY", "http://proxy.example:3128", LOGIN),
        ("zee = http://127.0.0.1:8118", "http://127.0.0.1:8118", None),
        ("zee=http://[::1]:8118/", "http://[::1]:8118", None),
    ],
)
def test_a_proxy_is_read_from_its_variable_or_its_address(entry: str, url: str, login: str | None) -> None:
    proxy = read_proxies([entry], {"ZEE_PROXY": f"http://crawl:{SECRET}@proxy.example:3128"})["zee"]

    assert (proxy.url, proxy.login) == (url, login)
    assert SECRET not in repr(proxy)
    assert LOGIN not in repr(proxy)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ("zee", "each entry is an outlet and its proxy, as zee=ZEE_PROXY"),
        (f"http://crawl:{SECRET}@proxy.example", "each entry is an outlet and its proxy, as zee=ZEE_PROXY"),
        (f"zee=http://crawl:{SECRET}@proxy.example:3128", "a password on the command line can be read by others"),
        ("zee=NOT_THERE", "the environment variable NOT_THERE is not set"),
        ("zee=BAD", "zee: BAD: not the URL of a proxy"),
        ("zee=SOCKS", "zee: SOCKS: only http:// proxies are supported"),
        ("zee=https://proxy.example", "zee: only http:// proxies are supported"),
        ("zee=http://proxy.example:99999", "zee: not the URL of a proxy"),
        ("zee=http://proxy.example/path", "zee: not the URL of a proxy"),
        ("zea=ZEE_PROXY", '"zea" is not an outlet; did you mean "zee"?'),
    ],
)
def test_a_wrong_proxy_is_named_without_its_password(entries: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAD", f"crawl:{SECRET}@proxy")
    monkeypatch.setenv("SOCKS", f"socks5://crawl:{SECRET}@proxy:1080")
    settings = BaseSettings({"SPIDER_MODULES": ["spiders"], "PROXIES": entries, "SPIDER_LOADER_CLASS": LOADER})

    with pytest.raises(Exception, match="PROXIES: ") as error:
        check_profiles(settings)

    assert words in str(error.value)
    assert SECRET not in str(error.value)


def test_a_replay_needs_no_proxy() -> None:
    check_profiles(
        BaseSettings(
            {
                "SPIDER_MODULES": ["spiders"],
                "PROXIES": "zee=NOT_THERE",
                "ARCHIVE_REPLAY": "x.warc.gz",
                "SPIDER_LOADER_CLASS": LOADER,
            }
        )
    )


LOADER = "scrapy.spiderloader.SpiderLoader"
