"""What a report is made from, besides the records: what the engine counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.discovery.counts import ListingCounts
from crawler.downloading.answers import Answers

OUTCOMES = ("exported", "copy", "unchanged", "refused", "failed", "filtered", "pending")
"""How an address that was asked for can end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletFacts:
    """What one outlet's crawl counted."""

    requests: int | None = None
    """Addresses that were asked for; None where nobody counted."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    """How they ended: an outcome, or an outcome and its reason, `refused/short`, and how often."""

    listing_outcomes: Mapping[str, int] = field(default_factory=dict)
    """How the addresses of listings ended, in the same words."""

    listings: Sequence[ListingCounts] = ()
    """What each listing yielded."""

    answers: Answers = field(default_factory=Answers)
    """What was answered, and how fast."""

    finish_reason: str | None = None
    """Why the spider closed: `finished`, `shutdown`; None where it never did."""

    met_deadline: bool = False
    """Whether it closed because its time, or the run's, was over."""

    waits: int = 0
    """Articles that were announced and not asked for, as time was over or their host is left alone."""

    left_alone: Mapping[str, str] = field(default_factory=dict)
    """Hosts that were left alone, each with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What a run counted."""

    run_id: str
    """Name of the run."""

    started: str | None = None
    """When it began, ISO 8601."""

    ended: str | None = None
    """When it ended, ISO 8601."""

    reader_version: str | None = None
    """Version of Videsh that ran."""

    is_cut_off: bool = False
    """Whether the machine reached no outlet, so that the run says nothing about them."""

    outlets: Mapping[str, OutletFacts] = field(default_factory=dict)
    """What each outlet's crawl counted."""
