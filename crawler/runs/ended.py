"""Collect the results of finished crawls."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from scrapy.crawler import Crawler

import crawler
from crawler.crawling.deadline import OUTLET, RUN
from crawler.crawling.figures import tally_of
from crawler.crawling.handover import kept_files
from crawler.crawling.limit import LimitMiddleware
from crawler.crawling.outcomes import ledger_of
from crawler.discovery.counts import ListingCounts
from crawler.downloading.answers import Answers, answers_of
from crawler.downloading.politeness import hosts_left_alone
from crawler.reasons import RESTING, Reason
from crawler.reports.facts import OutletFacts, RunFacts
from crawler.runs.errors import errors_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The results of one outlet's crawl; while the crawl is running, its results so far."""

    outlet: str
    name_hi: str | None = None
    """The outlet's Hindi name."""
    articles: dict[str, int] = field(default_factory=dict)
    """Article counts by outcome or outcome/reason."""
    listings: dict[str, int] = field(default_factory=dict)
    """Counts of listing requests by outcome or outcome/reason."""
    requests: int = 0
    """Number of articles that were requested, or would have been without `-a limit`."""
    is_balanced: bool = True
    """Whether each request has exactly one outcome."""
    reason: str | None = None
    """Why the spider closed (Scrapy's `finish_reason`); None if it is running, never began or was aborted."""
    counts: Sequence[ListingCounts] = ()
    """Counts of what each listing announced."""
    answers: Answers = field(default_factory=Answers)
    """Statistics of the responses."""
    errors: int = 0
    """Number of errors in the log."""
    left_alone: dict[str, str] = field(default_factory=dict)
    """The hosts that the crawl left alone, each with a sentence that says why."""
    times: tuple[datetime | None, datetime | None] = (None, None)
    """When the crawl began and ended, as far as Scrapy noted it."""
    kept_files: tuple[str, ...] = ()
    """The files of its feeds that were left as they are, since no article came for them."""

    def count(self, outcome: str) -> int:
        """Return the number of articles with an outcome, whatever the reason."""
        return sum(count for name, count in self.articles.items() if name.split("/")[0] == outcome)

    @property
    def met_deadline(self) -> bool:
        """Return whether the crawl was closed at its deadline or the run's."""
        return self.reason in (OUTLET, RUN)

    @property
    def received(self) -> int:
        """Return the number of articles that were exported, as copies too, or found unchanged."""
        return self.count("exported") + self.count("copy") + self.count("unchanged")

    @property
    def waits(self) -> int:
        """Return the number of articles left for the next run: the deadline came first, or the host is left alone."""
        return sum(self.articles.get(name, 0) for name in ("pending", *(f"failed/{reason}" for reason in RESTING)))

    @property
    def listed(self) -> int:
        """Return the number of articles that the listings announced."""
        return sum(each.articles for each in self.counts)


def ended(crawl: Crawler) -> Ended:
    """Return the results of a crawl so far."""
    name, name_hi = str(crawl.spidercls.name), _name_hi(crawl)
    try:
        ledger, answers = ledger_of(crawl), answers_of(crawl)
    except RuntimeError:  # the spider could not be created, so there is no engine
        return Ended(outlet=name, name_hi=name_hi)
    assert crawl.stats is not None
    reason, errors = crawl.stats.get_value("finish_reason"), errors_of(crawl)
    tally = tally_of(crawl)
    counts = tally.all() if tally else []
    if ledger is None:
        return Ended(outlet=name, name_hi=name_hi, reason=reason, counts=counts, errors=errors, answers=answers)
    limit = crawl.get_spider_middleware(LimitMiddleware)
    articles, over = ledger.outcomes("articles"), limit.over if limit else 0
    return Ended(
        outlet=name,
        name_hi=name_hi,
        articles=articles | ({f"filtered/{Reason.LIMIT}": over} if over else {}),
        listings=ledger.outcomes("listings"),
        requests=ledger.requests["articles"] + over,
        is_balanced=ledger.is_balanced(),
        reason=reason,
        counts=counts,
        answers=answers,
        errors=errors,
        left_alone=hosts_left_alone(crawl),
        times=(crawl.stats.get_value("start_time"), crawl.stats.get_value("finish_time")),
        kept_files=kept_files(crawl),
    )


def joined(first: Ended, later: Ended) -> Ended:
    """Return the results of an outlet that was crawled twice in a run, as its first crawl died.

    What that was still reading was lost, and is no request of the run.
    """
    articles = Counter(first.articles)
    requests = first.requests - articles.pop("pending", 0)
    answers = Answers(first.answers.statuses + later.answers.statuses, first.answers.hosts | later.answers.hosts)
    answers.reach = later.answers.reach if later.answers.reach.tried else first.answers.reach
    return replace(
        later,
        articles=dict(articles + Counter(later.articles)),
        listings=dict(Counter(first.listings) + Counter(later.listings)),
        requests=requests + later.requests,
        counts=later.counts or first.counts,
        answers=answers,
        errors=first.errors + later.errors,
        left_alone=first.left_alone | later.left_alone,
        times=(first.times[0] or later.times[0], later.times[1]),
    )


def _name_hi(crawl: Crawler) -> str | None:
    """Return the Hindi name of a crawl's outlet; a spider that is no outlet has none."""
    outlet = getattr(crawl.spidercls, "outlet", None)
    return outlet.publisher.name_hi if outlet else None


def run_facts(run_id: str, started: datetime, stopped: datetime, outlets: Iterable[Ended]) -> RunFacts:
    """Return the facts from which the run's report is made."""
    return RunFacts(
        run_id=run_id,
        started=started.isoformat(timespec="seconds"),
        ended=stopped.isoformat(timespec="seconds"),
        reader_version=crawler.__version__,
        outlets={
            each.outlet: OutletFacts(
                name_hi=each.name_hi,
                requests=each.requests,
                outcomes=each.articles,
                listing_outcomes={name: count for name, count in each.listings.items() if name != "pending"},
                listings=each.counts,
                answers=each.answers,
                finish_reason=each.reason,
                errors=each.errors,
                met_deadline=each.met_deadline,
                waits=each.waits,
                left_alone=each.left_alone,
            )
            for each in outlets
        },
    )
