"""Whether this machine reaches anybody at all: what came of the connections that crawls tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure


@dataclass(slots=True)
class Reach:
    """The connections that one crawl tried, by what they came to; a replay tries none."""

    made: int = 0
    refused: int = 0
    """Refused by the host itself: that is an answer. A proxy that refuses says nothing of the host behind it."""
    unresolved: int = 0
    """To names that DNS does not know."""
    failed: int = 0

    @property
    def tried(self) -> int:
        """Return how many connections were tried."""
        return self.made + self.refused + self.unresolved + self.failed

    @property
    def is_none(self) -> bool:
        """Say whether connections were tried and TCP answered none."""
        return bool(self.tried and not self.made and not self.refused)

    def note(self, result: Any, *, by_proxy: bool) -> None:
        """Count what a connection came to: a protocol, or a Failure."""
        if not isinstance(result, Failure):
            self.made += 1
        elif isinstance(result.value, DNSLookupError):
            self.unresolved += 1
        elif isinstance(result.value, Refused) and not by_proxy:
            self.refused += 1
        else:
            self.failed += 1


def is_cut_off(reaches: Iterable[Reach]) -> bool:
    """Say whether the connections of a run's crawls show a machine without a network, and not outlets that fail.

    Of two outlets or more none gave any answer; a single one may be down, so that only DNS tells.
    """
    tried = [reach for reach in reaches if reach.tried]
    if not tried or not all(reach.is_none for reach in tried):
        return False
    return len(tried) > 1 or tried[0].unresolved == tried[0].tried
