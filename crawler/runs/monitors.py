"""Monitors for users of Spidermon: `SPIDERMON_SPIDER_CLOSE_MONITORS = ["crawler.runs.monitors.OutletMonitors"]`.

Spidermon is not installed with Videsh: `pip install spidermon`, and add its extension,
`EXTENSIONS = {"spidermon.contrib.scrapy.extensions.Spidermon": 500}`, and `SPIDERMON_ENABLED = True`.
"""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from spidermon import Monitor, MonitorSuite

from crawler.reports.build import build_report
from crawler.reports.figures_kept import summary_of
from crawler.reports.health import HISTORY, Finding, is_bad
from crawler.reports.judgement import judge_outlet
from crawler.reports.tally import RunTally
from crawler.runs.ended import ended, run_facts
from crawler.store import store_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def bad_findings(crawl: "Crawler") -> list[Finding]:
    """Return the alarms and new failures of a crawl that closes; without those of fields, which need its records."""
    result, now = ended(crawl), datetime.now(UTC)
    report = build_report(run_facts(str(crawl.settings.get("RUN_ID")), now, now, [result]), RunTally())
    past = store_of(crawl).runs.last(result.outlet, HISTORY)
    found = judge_outlet(summary_of(report["outlets"][result.outlet]), past)
    return [each for each in found if is_bad(asdict(each))]


class AsUsualMonitor(Monitor):  # type: ignore[misc]  # Spidermon has no types
    """The outlet is as usual, by the rules of the exit code."""

    data: Any

    def test_the_outlet_is_as_usual(self) -> None:
        """Fail with the text of each finding."""
        found = [f"{each.kind}: {each.text}" for each in bad_findings(self.data.crawler)]
        assert not found, "; ".join(found)


class OutletMonitors(MonitorSuite):  # type: ignore[misc]
    """The monitors of an outlet's crawl."""

    monitors = [AsUsualMonitor]
