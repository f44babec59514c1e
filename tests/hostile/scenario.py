"""A hostile scenario: what a server does and the expected result; run it and compare."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.hostile.outlet import COUNT, site
from tests.runs.live import Cost, Measured, Newsroom
from tests.site.pages import site_of
from tests.site.publisher import Answer, Tunnel

GOOD = {"bbc_hindi": 4}
"""The other outlet of each run, and the number of articles that it exports in every scenario."""
_SETTINGS = {
    "SPIDER_MODULES": "spiders,tests.hostile.outlet",
    "OUTLET_MINUTES": "1",
    "DOWNLOAD_TIMEOUT": "2",
    "DOWNLOAD_DELAY": "0.01",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What one hostile server does, and the expected results of the run."""

    name: str
    does: str
    """What the server does, after the name of what it does it to; docs/reliability.md prints it."""
    answers: Callable[[], Mapping[str, Answer]] = dict
    """Returns the answers that differ from those of the working site, by URL."""
    tunnels: Mapping[str, Tunnel] = field(default_factory=dict)
    articles: Mapping[str, int] = field(default_factory=lambda: {"exported": COUNT})
    """Expected outcomes of the outlet's articles."""
    or_articles: Mapping[str, int] | None = None
    """Alternative outcomes, if a request may already be running when another one fails."""
    listings: Mapping[str, int] = field(default_factory=lambda: {"read": 3})
    """Expected outcomes of its listings."""
    output: str = ""
    """Text that must occur in the run's output or log."""
    settings: Mapping[str, str] = field(default_factory=dict)
    cpu: float = 6
    """Maximum CPU time of the whole run in seconds; a run without a hostile outlet takes about 2."""
    megabytes: float = 300
    """Maximum peak memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result of a scenario's run."""

    articles: Mapping[str, int]
    listings: Mapping[str, int]
    good: Mapping[str, int]
    """Number of articles that the other outlet exported."""
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
    """Yield a sentence for each difference from the expected results."""
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
    if scenario.output not in " ".join(result.text.split()):
        yield f"it does not say: {scenario.output}"
    if "Traceback" in result.text or " ERROR: " in result.text:
        yield "an error of the program is logged"


def _outcomes(outlet: Mapping[str, Any]) -> dict[str, int]:
    """Return the counts of an outlet's articles by outcome or outcome/reason."""
    found: dict[str, int] = {}
    for outcome, count in outlet["outcomes"].items():
        reasons = outlet["reasons"].get(outcome, {})
        found |= {f"{outcome}/{reason}": number for reason, number in reasons.items()}
        rest = count - sum(reasons.values())
        found |= {outcome: rest} if rest else {}
    return found


def _code(scenario: Scenario) -> int:
    """Return the expected exit code: 3 if anything failed or all articles were refused, else 0."""
    outcomes = [name.partition("/")[0] for name in (*scenario.articles, *scenario.listings)]
    is_all_refused = "refused" in outcomes and "exported" not in outcomes
    is_cut = "pending" in outcomes or "its time ran out" in scenario.output
    return 3 if is_cut or is_all_refused or "failed" in outcomes else 0
