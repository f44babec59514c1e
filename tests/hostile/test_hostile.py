"""Whatever a server does, each of its outlet's URLs has one outcome, and the other outlet is not affected."""

from pathlib import Path

import pytest

from tests.hostile.scenario import Scenario, faults, run
from tests.hostile.scenarios import SCENARIOS
from tests.soak import sample
from tools.reliability import PAGE, rows_of


@pytest.mark.soak
@pytest.mark.parametrize("scenario", sample(SCENARIOS), ids=lambda scenario: scenario.name)
def test_a_hostile_server_affects_its_own_outlet_alone(scenario: Scenario, tmp_path: Path) -> None:
    result = run(scenario, tmp_path)

    assert list(faults(scenario, result)) == []


def test_each_scenario_has_a_name_of_its_own() -> None:
    names = [scenario.name for scenario in SCENARIOS]

    assert sorted(set(names)) == sorted(names)


def test_the_page_on_reliability_shows_each_scenario_as_it_is() -> None:
    rows = rows_of(PAGE.read_text(encoding="utf-8"))

    assert [(name, row.split(" | ")[1]) for name, row in rows.items()] == [
        (scenario.name, scenario.does) for scenario in SCENARIOS
    ], "run: python -m tools.reliability"
