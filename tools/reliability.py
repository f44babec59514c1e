"""Run the hostile scenarios and write the result of each into docs/reliability.md.

`python -m tools.reliability` runs all, which takes some minutes; with names it runs only those and leaves the other
rows as they are. A scenario that fails is printed, and its row is not written.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.scenario import Result, Scenario, faults, run
from tests.hostile.scenarios import BY_TOPIC, SCENARIOS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"
BEGIN, END = "<!-- hostile -->", "<!-- /hostile -->"
_HEAD = f"| scenario | what the server does | what comes of its outlet | code | CPU s | MB |\n|{'---|' * 6}"
_ROW = re.compile(r"^\| `([\w-]+)` \|.*$", re.MULTILINE)
"""A table row, which begins with the name of its scenario as code."""


def rows_of(page: str) -> dict[str, str]:
    """Return the table rows of the page, by name of the scenario."""
    return {found[1]: found[0] for found in _ROW.finditer(page)}


def row(scenario: Scenario, result: Result) -> str:
    """Return the table row of a scenario's result."""
    came = "; ".join(
        f"{what} {', '.join(f'{name} {count}' for name, count in outcomes.items())}"
        for what, outcomes in (("articles:", result.articles), ("listings:", result.listings))
        if outcomes
    )
    cost = result.cost
    return (
        f"| `{scenario.name}` | {scenario.does} | {came or scenario.output} | {result.code} "
        f"| {cost.cpu:.1f} | {cost.megabytes:.0f} |"
    )


def with_rows(page: str, rows: Mapping[str, str]) -> str:
    """Return the page with these rows, in the order of the scenarios; raise SystemExit if the markers are missing."""
    before, _, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{PAGE}: the markers {BEGIN} and {END} are not there")
    return f"{before}{BEGIN}\n{chr(10).join(_topics(rows))}\n{END}{after}"


def _topics(rows: Mapping[str, str]) -> Iterator[str]:
    yield f"{len(SCENARIOS)} scenarios.\n"
    for topic, scenarios in BY_TOPIC.items():
        yield f"### {topic}\n\n{_HEAD}"
        yield from (rows[scenario.name] for scenario in scenarios if scenario.name in rows)
        yield ""


def main(names: list[str]) -> int:
    """Run the named scenarios, or all; return 1 if one of them fails."""
    unknown = set(names) - {scenario.name for scenario in SCENARIOS}
    if unknown:
        raise SystemExit(f"{', '.join(sorted(unknown))}: no such scenario")
    rows, failed = rows_of(PAGE.read_text(encoding="utf-8")), False
    for scenario in SCENARIOS:
        if names and scenario.name not in names:
            continue
        with TemporaryDirectory() as folder:
            result = run(scenario, Path(folder))
        found = list(faults(scenario, result))
        for fault in found:
            print(f"{scenario.name}: {fault}")
        failed = failed or bool(found)
        if not found:
            rows[scenario.name] = row(scenario, result)
            PAGE.write_text(with_rows(PAGE.read_text(encoding="utf-8"), rows), encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
