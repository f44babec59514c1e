"""What a run's crawls came to, read from them when they have ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scrapy.crawler import Crawler

import crawler
from crawler.crawling.deadline import OUTLET, RUN
from crawler.crawling.figures import tally_of
from crawler.crawling.limit import LimitMiddleware
from crawler.crawling.outcomes import ledger_of
from crawler.discovery.counts import ListingCounts
from crawler.downloading.answers import Answers, answers_of
from crawler.downloading.politeness import hosts_left_alone
from crawler.reasons import RESTING, Reason
from crawler.reports.facts import OutletFacts, RunFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One outlet's crawl, when it has ended."""

    outlet: str
    articles: dict[str, int] = field(default_factory=dict)
    """What the articles asked for came to: an outcome, or an outcome and its reason, and how often."""
    listings: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    """How many articles were asked for."""
    is_balanced: bool = True
    reason: str | None = None
    """Why the spider closed; None for a crawl that never began, or that was torn down."""
    counts: Sequence[ListingCounts] = ()
    """What each listing yielded."""
    answers: Answers = field(default_factory=Answers)
    """What was answered."""
    errors: int = 0
    """Errors that were logged."""
    left_alone: dict[str, str] = field(default_factory=dict)
    """The hosts that the crawl left alone, each with the reason."""

    def count(self, outcome: str) -> int:
        """Return how many articles came to an outcome, whatever its reason."""
        return sum(count for name, count in self.articles.items() if name.split("/")[0] == outcome)

    @property
    def met_deadline(self) -> bool:
        """Say whether the crawl was closed because its time, or the run's, was over."""
        return self.reason in (OUTLET, RUN)

    @property
    def came(self) -> int:
        """Return how many articles came, those that are as they were included."""
        return self.count("exported") + self.count("copy") + self.count("unchanged")

    @property
    def waits(self) -> int:
        """Return how many articles were announced and not asked for, as time was over or their host is left alone."""
        return sum(self.articles.get(name, 0) for name in ("pending", *(f"failed/{reason}" for reason in RESTING)))

    @property
    def listed(self) -> int:
        """Return how many articles the listings announced."""
        return sum(each.articles for each in self.counts)


def ended(crawl: Crawler) -> Ended:
    """Return what a crawl has come to so far."""
    name = str(crawl.spidercls.name)
    try:
        ledger, answers = ledger_of(crawl), answers_of(crawl)
    except RuntimeError:  # its spider could not be built, so that there is no engine to ask
        return Ended(outlet=name)
    reason, errors = crawl.stats.get_value("finish_reason"), crawl.stats.get_value("log_count/ERROR", 0)
    tally = tally_of(crawl)
    counts = tally.all() if tally else []
    if ledger is None:
        return Ended(outlet=name, reason=reason, counts=counts, errors=errors, answers=answers)
    limit = crawl.get_spider_middleware(LimitMiddleware)
    articles, over = ledger.outcomes("articles"), limit.over if limit else 0
    return Ended(
        outlet=name,
        articles=articles | ({f"filtered/{Reason.LIMIT}": over} if over else {}),
        listings=ledger.outcomes("listings"),
        requests=ledger.requests["articles"] + over,
        is_balanced=ledger.is_balanced(),
        reason=reason,
        counts=counts,
        answers=answers,
        errors=errors,
        left_alone=hosts_left_alone(crawl),
    )


def run_facts(run_id: str, started: datetime, stopped: datetime, outlets: Iterable[Ended]) -> RunFacts:
    """Return the facts that the run's report is made from."""
    return RunFacts(
        run_id=run_id,
        started=started.isoformat(timespec="seconds"),
        ended=stopped.isoformat(timespec="seconds"),
        reader_version=crawler.__version__,
        outlets={
            each.outlet: OutletFacts(
                requests=each.requests,
                outcomes=each.articles,
                listing_outcomes={name: count for name, count in each.listings.items() if name != "pending"},
                listings=each.counts,
                answers=each.answers,
                finish_reason=each.reason,
                met_deadline=each.met_deadline,
                waits=each.waits,
                left_alone=each.left_alone,
            )
            for each in outlets
        },
    )
