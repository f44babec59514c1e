"""Build and run each deployment as far as this machine can: `make deploy-check`, or `python -m deploy.check NAME…`."""

import sys

from deploy.check.advisories import advisories
from deploy.check.container import container
from deploy.check.cron import cron
from deploy.check.fresh_root import fresh_root
from deploy.check.manifests import compose, kubernetes, scrapy_cloud
from deploy.check.outcome import Check, Outcome, outcome_of
from deploy.check.schedulers import airflow, prefect
from deploy.check.scrapyd import scrapyd
from deploy.check.timer import timer

CHECKS: dict[str, Check] = {
    "fresh-root": fresh_root,
    "cron": cron,
    "timer": timer,
    "scrapyd": scrapyd,
    "container": container,
    "compose": compose,
    "kubernetes": kubernetes,
    "airflow": airflow,
    "prefect": prefect,
    "scrapy-cloud": scrapy_cloud,
    "advisories": advisories,
}


def main(names: list[str]) -> int:
    """Run the checks of these names, or all; print what was seen and a table; return 1 if one failed."""
    unknown = sorted(set(names) - set(CHECKS))
    if unknown:
        print(f"no such check: {', '.join(unknown)}; there are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    outcomes = []
    for name in names or CHECKS:
        outcomes.append(outcome := outcome_of(name, CHECKS[name]))
        print(f"== {name}: {outcome.state}", *outcome.lines, sep="\n   ", flush=True)
    print("\n" + "\n".join(map(_row, outcomes)))
    return int(any(outcome.state == "FAILED" for outcome in outcomes))


def _row(outcome: Outcome) -> str:
    """Return a line of the table: the name, the seconds, and what was not run and why."""
    missed = [outcome.lines[0]] if outcome.state == "not run" else _missed(outcome)
    return f"{outcome.name:<13}{outcome.seconds:>5.0f} s  {outcome.state:<8}{'; '.join(missed)}".rstrip()


def _missed(outcome: Outcome) -> list[str]:
    return [line for line in outcome.lines if line.startswith("not run: ")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
