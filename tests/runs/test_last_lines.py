"""The last line of a run counts what its report counts."""

from datetime import UTC, datetime

from crawler.reports.build import build_report
from crawler.reports.tally import RunTally
from crawler.runs.ended import Ended, run_facts
from crawler.runs.last_lines import counted

OUTLETS = [
    Ended(
        outlet="a",
        articles={"exported": 3, "copy": 1, "unchanged": 4, "gone/http-410": 1, "refused/no-body": 2, "failed/tls": 1},
        listings={"read": 1, "failed/http-500": 2},
        requests=12,
    ),
    Ended(outlet="b", articles={"gone/listing": 1, "failed/timeout": 2, "filtered/limit": 5}, requests=8),
]


def test_the_last_line_and_the_report_count_alike() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    totals = build_report(run_facts("r", moment, moment, OUTLETS), RunTally())["totals"]

    assert counted(OUTLETS) == ("3 articles, 1 copies, 4 unchanged, 2 gone, 2 refused, 3 failed, 2 listings not read")
    counts = [totals[name] for name in ("exported", "copy", "unchanged", "gone", "refused", "failed")]
    assert counts == [3, 1, 4, 2, 2, 3]
    assert totals["balanced"]
    assert totals["requests"] == 20
