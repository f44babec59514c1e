"""Whether this machine reaches anybody at all: what came of the connections that crawls tried."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scrapy.statscollectors import StatsCollector
from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

_PREFIX = "connection"


@dataclass(frozen=True, slots=True)
class Reach:
    """The connections of one crawl: how many were tried, answered by TCP, and to names that DNS does not know."""

    tried: int
    answered: int
    unresolved: int

    @property
    def is_none(self) -> bool:
        """Say whether connections were tried and none was answered."""
        return bool(self.tried and not self.answered)


def note_connection(stats: StatsCollector, result: Any, *, by_proxy: bool) -> None:
    """Count what a connection came to, as `connection/made`, `refused`, `unresolved` or `failed`.

    A refusal is an answer of the host, but of a proxy it says nothing of the host behind it.
    """
    what = "made"
    if isinstance(result, Failure):
        what = "unresolved" if isinstance(result.value, DNSLookupError) else "failed"
        what = "refused" if isinstance(result.value, Refused) and not by_proxy else what
    stats.inc_value(f"{_PREFIX}/{what}")


def reach_of(stats: Mapping[str, Any]) -> Reach:
    """Return what came of the connections of a crawl, from its stats; a replay tries none."""
    made, refused, unresolved, failed = (
        int(stats.get(f"{_PREFIX}/{what}", 0)) for what in ("made", "refused", "unresolved", "failed")
    )
    return Reach(tried=made + refused + unresolved + failed, answered=made + refused, unresolved=unresolved)


def is_cut_off(crawls: Iterable[Mapping[str, Any]]) -> bool:
    """Say whether the stats of a run's crawls show a machine without a network, and not outlets that fail.

    Of two outlets or more none gave any answer; a single one may be down, so that only DNS tells.
    """
    reaches = [reach for stats in crawls if (reach := reach_of(stats)).tried]
    if not reaches or not all(reach.is_none for reach in reaches):
        return False
    return len(reaches) > 1 or reaches[0].unresolved == reaches[0].tried
