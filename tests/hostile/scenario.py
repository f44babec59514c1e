"""A hostile scenario: what a server does, what must come of it, and how that is found out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.hostile.outlet import COUNT, site
from tests.runs.live import Cost, Measured, Newsroom
from tests.site.pages import site_of
from tests.site.publisher import Answer, Tunnel

GOOD = {"bbc_hindi": 4}
"""The other outlet of each run, and how many articles it delivers whatever the hostile one does."""
_SETTINGS = {
    "SPIDER_MODULES": "spiders,tests.hostile.outlet",
    "OUTLET_MINUTES": "1",
    "DOWNLOAD_TIMEOUT": "2",
    "DOWNLOAD_DELAY": "0.01",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What one hostile server does to a run, and what must come of its outlet."""

    name: str
    does: str
    """What the server does, in a sentence that begins with what it does it to."""
    answers: Callable[[], Mapping[str, Answer]] = dict
    """Makes what differs from the good site."""
    tunnels: Mapping[str, Tunnel] = field(default_factory=dict)
    articles: Mapping[str, int] = field(default_factory=lambda: {"exported": COUNT})
    """What the outlet's articles must come to."""
    or_articles: Mapping[str, int] | None = None
    """What they may come to as well, where a request may be under way already when another one fails."""
    listings: Mapping[str, int] = field(default_factory=lambda: {"read": 3})
    """What its listings must come to."""
    told: str = ""
    """What the run must say of it."""
    settings: Mapping[str, str] = field(default_factory=dict)
    cpu: float = 6
    """Seconds of CPU that the whole run may take; one without a hostile outlet takes about 2."""
    megabytes: float = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a scenario."""

    articles: Mapping[str, int]
    listings: Mapping[str, int]
    good: Mapping[str, int]
    """What the other outlet delivered."""
    code: int
    text: str
    seconds: float
    cost: Cost


def run(scenario: Scenario, folder: Path) -> Result:
    """Run the hostile outlet beside a good one."""
    answers = {**site(), **site_of("bbc_hindi"), **scenario.answers()}
    newsroom = Newsroom(folder, "hostile", *GOOD, process=Measured)
    done = newsroom.run(answers, tunnels=scenario.tunnels, **(_SETTINGS | dict(scenario.settings)))
    outlet = done.report["outlets"]["hostile"]
    delivered = done.delivered()
    delivered.pop("hostile", None)
    return Result(
        articles=_outcomes(outlet),
        listings=outlet["listing_outcomes"],
        good=delivered,
        code=done.code,
        text=done.text,
        seconds=done.seconds,
        cost=done.cost,
    )


def faults(scenario: Scenario, result: Result) -> Iterator[str]:
    """Yield what is not as it must be."""
    is_other = result.articles == scenario.or_articles
    for what, is_, must in (
        ("its articles", result.articles, result.articles if is_other else scenario.articles),
        ("its listings", result.listings, scenario.listings),
        ("the other outlet", result.good, GOOD),
        ("the exit code", result.code, _code(scenario)),
    ):
        if is_ != must:
            yield f"{what}: {is_}, and must be {must}"
    if result.cost.cpu > scenario.cpu:
        yield f"{result.cost.cpu:.1f} seconds of CPU, and {scenario.cpu:g} are allowed"
    if result.cost.megabytes > scenario.megabytes:
        yield f"{result.cost.megabytes:.0f} MB, and {scenario.megabytes:g} are allowed"
    if scenario.told not in " ".join(result.text.split()):
        yield f"it does not say: {scenario.told}"
    if "Traceback" in result.text or " ERROR: " in result.text:
        yield "an error of the program is logged"


def _outcomes(outlet: Mapping[str, Any]) -> dict[str, int]:
    """Return an outlet's outcomes, each with its reason where it has one."""
    found: dict[str, int] = {}
    for outcome, count in outlet["outcomes"].items():
        reasons = outlet["reasons"].get(outcome, {})
        found |= {f"{outcome}/{reason}": number for reason, number in reasons.items()}
        rest = count - sum(reasons.values())
        found |= {outcome: rest} if rest else {}
    return found


def _code(scenario: Scenario) -> int:
    """Return the exit code that follows: 3 where a part failed, or all was refused; 0 where nothing did."""
    outcomes = [name.partition("/")[0] for name in (*scenario.articles, *scenario.listings)]
    is_all_refused = "refused" in outcomes and "exported" not in outcomes
    is_cut = "pending" in outcomes or "its time was over" in scenario.told
    return 3 if is_cut or is_all_refused or "failed" in outcomes else 0
