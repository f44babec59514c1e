"""--every: rounds begin at multiples of the interval after the first, one at a time, until a signal to stop."""

import signal
from collections.abc import Callable
from itertools import pairwise

import pytest
from scrapy.settings import Settings

from crawler.runs.rounds import rounds
from crawler.runs.stop import Stop, StoppedError


class Day:
    """A clock and the signals of a test: a wait is over at once, or up to `late` seconds later than it should be."""

    def __init__(self, *, ends: float, late: float = 0) -> None:
        self.now = 1_000.0
        self._ends = self.now + ends
        self._late = late

    def clock(self) -> float:
        return self.now

    def stop(self) -> Stop:
        return _StopAt(self)

    def wait(self, seconds: float) -> bool:
        assert seconds > 0
        self.now += seconds + self._late
        return self.now >= self._ends


class Deaf(Stop):
    """Stops for no signal but those that a test notes: what signals do to its process stays as it is."""

    def listen(self) -> None:
        """Do nothing."""


class _StopAt(Deaf):
    def __init__(self, day: Day) -> None:
        super().__init__()
        self._day = day

    def wait(self, seconds: float) -> bool:
        return self._day.wait(seconds)


def begun(day: Day, *, takes: Callable[[int], float], seconds: float = 60) -> list[float]:
    """Return when each round of a day begins, after the first, if round `n` takes so many seconds."""
    found: list[float] = []

    def work() -> None:
        found.append(day.now - 1_000)
        day.now += takes(len(found))

    rounds(Settings(), seconds, work, stop=day.stop(), clock=day.clock)
    return found


def test_rounds_begin_at_multiples_of_the_interval_however_long_each_takes() -> None:
    assert begun(Day(ends=300), takes=lambda n: 7.5 * n) == [0, 60, 120, 180, 240]


def test_a_wait_that_ends_late_moves_no_later_round() -> None:
    found = begun(Day(ends=6_000, late=0.25), takes=lambda _: 1)

    assert found == [0, *(60 * n + 0.25 for n in range(1, 100))]


def test_a_wait_that_ends_too_early_gives_no_second_round_for_one_beginning() -> None:
    found = begun(Day(ends=3_000, late=-0.001), takes=lambda _: 0)

    assert [round(at) for at in found] == [60 * n for n in range(51)]


def test_a_round_longer_than_the_interval_leaves_out_those_that_it_missed() -> None:
    found = begun(Day(ends=600), takes=lambda n: 150 if n == 2 else 1)

    assert found == [0, 60, 240, 300, 360, 420, 480, 540]


def test_no_round_begins_while_another_is_at_work() -> None:
    day, ends = Day(ends=2_000), [0.0]

    def takes(n: int) -> float:
        assert day.now - 1_000 >= ends[-1]
        ends.append(day.now - 1_000 + 13 * n % 200)
        return 13 * n % 200

    found = begun(day, takes=takes)

    assert len(found) > 10
    assert all(later - earlier >= 60 for earlier, later in pairwise(found))


def test_each_round_has_a_run_id_of_its_own() -> None:
    settings, day, ids = Settings(), Day(ends=300), list[str]()

    rounds(settings, 60, lambda: ids.append(settings["RUN_ID"]), stop=day.stop(), clock=day.clock)

    assert len(set(ids)) == len(ids) == 5


def test_a_signal_during_a_round_ends_the_rounds_after_it() -> None:
    stop, found = Deaf(), list[str]()

    def work() -> None:
        stop.note(signal.SIGTERM)
        found.append("whole")

    rounds(Settings(), 3_600, work, stop=stop)

    assert found == ["whole"]


def test_a_signal_before_a_round_begins_ends_the_rounds_without_it() -> None:
    day, found = Day(ends=300), list[float]()

    def work() -> None:
        found.append(day.now)
        if len(found) == 2:
            raise StoppedError

    rounds(Settings(), 60, work, stop=day.stop(), clock=day.clock)

    assert found == [1_000, 1_060]


def test_a_signal_that_came_is_seen_by_all_who_ask_later() -> None:
    stop = Deaf()
    assert not stop.wait(0.001)
    stop.check()

    stop.note(signal.SIGINT)

    assert stop.is_set
    assert stop.wait(3_600)
    for ask in (stop.check, lambda: stop.pause(3_600)):
        with pytest.raises(StoppedError):
            ask()
    assert stop.is_set
