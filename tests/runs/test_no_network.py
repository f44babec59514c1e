"""A run on a machine without a network reports that once, and counts it against no outlet."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import error
from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler.downloading.reach import Reach, is_cut_off
from crawler.store import open_store
from spiders.indiatv import IndiatvSpider
from tests.commands.running import Done, scrapy
from tests.runs.replaying import run_folders

NO_NETWORK = "this machine reaches no outlet"
QUICK = {"RETRY_ENABLED": "0", "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "0", "LISTING_DEAD_AFTER": "1"}


class NoNames(CachingThreadedResolver):
    """A resolver that fails for every name, as on a machine without a network."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """Answer at once."""
        return fail(DNSLookupError(f"no results for hostname lookup: {name}"))


class AllButIndiaTv(NoNames):
    """A resolver that fails for India TV; every other name is this machine, which refuses connections."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """Answer at once."""
        return super().getHostByName(name) if "indiatv" in name else succeed("127.0.0.1")


def run(folder: Path, *arguments: str, resolver: type[NoNames] = NoNames, **settings: str) -> Done:
    values = {
        **QUICK,
        "STORE": f"sqlite:///{folder}/v.db",
        "EXPORTS": f"{folder}/exports",
        "TWISTED_DNS_RESOLVER": f"{resolver.__module__}.{resolver.__name__}",
        **settings,
    }
    words = [word for name, value in values.items() for word in ("-s", f"{name}={value}")]
    return scrapy(*arguments, *words, environment=dict.fromkeys(("http_proxy", "https_proxy"), ""))


def reports(folder: Path) -> list[dict[str, Any]]:
    return [json.loads((each / "report.json").read_bytes()) for each in run_folders(folder)]


def failures(folder: Path) -> set[int]:
    """Return the numbers of consecutive failures that the store has of India TV's listings."""
    store = open_store(f"sqlite:///{folder}/v.db")
    listed = [store.listings.get(listing.url) for listing in IndiatvSpider.listings]
    store.close()
    return {each.failures if each else 0 for each in listed}


@pytest.mark.parametrize(
    "arguments", [("newsroom", "indiatv", "bbc_hindi"), ("newsroom", "indiatv"), ("crawl", "indiatv")]
)
def test_a_run_without_a_network_says_so_once_and_ends_with_5(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(tmp_path, *arguments)

    assert done.code == 5
    assert done.err.count(NO_NETWORK) == 1
    assert "has died" not in done.err
    assert "Traceback" not in done.err
    assert " ERROR: " not in done.err
    assert failures(tmp_path) == {0}
    (report,) = reports(tmp_path)
    assert [warning["kind"] for warning in report["warnings"]] == ["no-network"]
    assert {listing["state"] for listing in report["listings"]} == {"unread"}
    assert {listing["reason"] for listing in report["listings"]} == {"unknown-host"}
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    assert store.runs.last("indiatv") == [], "such a run says nothing of what is usual"
    store.close()


@pytest.mark.skipif("VIDESH_FAST" in os.environ, reason="with FAST=1 the system resolves names, not Scrapy's resolver")
def test_an_outlet_whose_name_fails_in_dns_while_others_answer_counts_as_dead(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        "newsroom",
        "indiatv",
        "bbc_hindi",
        "-v",
        resolver=AllButIndiaTv,
        ALLOWED_ADDRESSES="127.0.0.1:*",
        LOG_LEVEL="WARNING",
    )

    assert done.code == 5
    assert NO_NETWORK not in done.err
    assert done.err.count("indiatv: listing https://www.indiatv.in") == len(IndiatvSpider.listings)
    assert failures(tmp_path) == {1}
    (report,) = reports(tmp_path)
    reasons = {name: {row["reason"] for row in outlet["listings"]} for name, outlet in report["outlets"].items()}
    assert reasons == {"indiatv": {"silent"}, "bbc_hindi": {"silent"}}


def test_doctor_without_a_network_blames_no_listing(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", "indiatv", "--live")

    assert done.code == 5
    assert (done.out + done.err).count(NO_NETWORK) == 1
    assert "FAIL" not in done.out
    assert "Traceback" not in done.err


GONE, DOWN, WELL, REFUSED = Reach(unresolved=2), Reach(failed=3), Reach(made=1, unresolved=2), Reach(refused=1)


@pytest.mark.parametrize(
    ("crawls", "is_so"),
    [
        ([], False),
        ([Reach()], False),
        ([GONE], True),
        ([GONE, Reach()], True),
        ([Reach(unresolved=2, failed=1)], False),
        ([DOWN], False),
        ([WELL], False),
        ([REFUSED], False),
        ([GONE, DOWN], True),
        ([DOWN, DOWN], True),
        ([GONE, GONE, GONE], True),
        ([GONE, REFUSED], False),
        ([GONE, WELL], False),
        ([DOWN, DOWN, WELL], False),
    ],
)
def test_the_connections_of_all_outlets_show_whether_there_is_a_network(crawls: list[Reach], is_so: bool) -> None:
    assert is_cut_off(crawls) is is_so


@pytest.mark.parametrize(
    ("failure", "by_proxy", "counted"),
    [
        (None, False, Reach(made=1)),
        (error.DNSLookupError, False, Reach(unresolved=1)),
        (error.ConnectionRefusedError, False, Reach(refused=1)),
        (error.ConnectionRefusedError, True, Reach(failed=1)),
        (error.TimeoutError, False, Reach(failed=1)),
        (error.NoRouteError, False, Reach(failed=1)),
    ],
)
def test_a_refused_connection_shows_a_network_unless_a_proxy_refused_it(
    failure: Any, by_proxy: bool, counted: Reach
) -> None:
    reach = Reach()

    reach.note(Failure(failure()) if failure else None, by_proxy=by_proxy)  # type: ignore[no-untyped-call]

    assert reach == counted
