"""The counts of a run and its crawls, from which, with the records, a report is built."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.discovery.counts import ListingCounts
from crawler.downloading.answers import Answers

OUTCOMES = ("exported", "copy", "unchanged", "gone", "refused", "failed", "filtered", "pending")
"""The outcomes of a requested article URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletFacts:
    """The counts of one outlet's crawl."""

    name_hi: str | None = None
    """The outlet's Hindi name."""

    requests: int | None = None
    """Number of requested article URLs; None if the crawl left no counts, as after a crash."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    """Article counts by outcome or outcome/reason, such as `refused/short`."""

    listing_outcomes: Mapping[str, int] = field(default_factory=dict)
    """Counts of requested listing URLs by outcome or outcome/reason."""

    listings: Sequence[ListingCounts] = ()
    """Counts of what each listing announced."""

    answers: Answers = field(default_factory=Answers)
    """Counts of responses by status, and response times by host."""

    finish_reason: str | None = None
    """Why the spider closed: `finished`, `shutdown`; None if it never closed."""

    errors: int = 0
    """Number of errors in the log."""

    met_deadline: bool = False
    """Whether the spider closed at the deadline of the outlet or the run."""

    waits: int = 0
    """Number of announced articles that were not requested, because of a deadline or because their host is left alone;
    the next run requests them."""

    left_alone: Mapping[str, str] = field(default_factory=dict)
    """Hosts that were left alone, with the reason; a phrase whose subject is the host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """The counts of a run."""

    run_id: str
    """Id of the run."""

    started: str | None = None
    """When it began, ISO 8601."""

    ended: str | None = None
    """When it ended, ISO 8601."""

    reader_version: str | None = None
    """Version of Videsh."""

    is_cut_off: bool = False
    """Whether the machine reached no outlet, so that the run says nothing about them."""

    errors: int = 0
    """Number of errors in the log that belong to no outlet."""

    deaths: Sequence[str] = ()
    """Sentences about the workers of the run that died."""

    outlets: Mapping[str, OutletFacts] = field(default_factory=dict)
    """The counts of each outlet's crawl, by outlet."""
