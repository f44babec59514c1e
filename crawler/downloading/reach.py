"""Whether this machine has a network: counts of the connections that crawls tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure


@dataclass(slots=True)
class Reach:
    """Connection attempts of one crawl, by result; a replay makes none."""

    made: int = 0
    refused: int = 0
    """Refused by the host itself, which shows that the network works; a refusal by a proxy counts as `failed`."""
    unresolved: int = 0
    """Attempts whose host name DNS did not resolve."""
    failed: int = 0
    """Any other failure, such as a timeout."""

    @property
    def tried(self) -> int:
        """Return the number of attempts."""
        return self.made + self.refused + self.unresolved + self.failed

    @property
    def is_none(self) -> bool:
        """Return whether connections were tried, and no host accepted or refused any."""
        return bool(self.tried and not self.made and not self.refused)

    def note(self, result: Any, *, by_proxy: bool) -> None:
        """Count the result of an attempt: a Twisted protocol if it was made, else a Failure."""
        if not isinstance(result, Failure):
            self.made += 1
        elif isinstance(result.value, DNSLookupError):
            self.unresolved += 1
        elif isinstance(result.value, Refused) and not by_proxy:
            self.refused += 1
        else:
            self.failed += 1


def is_cut_off(reaches: Iterable[Reach]) -> bool:
    """Return whether a run's connections show that this machine has no network, rather than that outlets fail.

    That is so if no connection of two or more outlets reached its host. A single outlet may be down itself, so there
    every attempt must have failed in DNS.
    """
    tried = [reach for reach in reaches if reach.tried]
    if not tried or not all(reach.is_none for reach in tried):
        return False
    return len(tried) > 1 or tried[0].unresolved == tried[0].tried
