"""All hostile scenarios, by what they attack."""

from collections.abc import Mapping

from tests.hostile import answers, connections, listings, pages, redirects, robots
from tests.hostile.scenario import Scenario

BY_TOPIC: Mapping[str, tuple[Scenario, ...]] = {
    "Connections": connections.SCENARIOS,
    "Answers": answers.SCENARIOS,
    "Redirects": redirects.SCENARIOS,
    "robots.txt": robots.SCENARIOS,
    "Listings": listings.SCENARIOS,
    "Pages": pages.SCENARIOS,
}
SCENARIOS = tuple(scenario for topic in BY_TOPIC.values() for scenario in topic)
