"""The lanes: which session crawls which outlet and asks which host, in two tables; interface.py documents the methods.

A row names its holder, and the holder's lock says whether that session lives: what a dead one held is free.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from crawler.store.database import Database
from crawler.store.owner import Owner

ALL = ""
"""Stands in an outlet's place for all of them: the lane of a run that crawls alone."""
_CLOCKS_APART = 60.0
"""Seconds by which the clocks of two machines may differ; a lane that was taken later than that was taken by a clock
that has been set back since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _HostRow:
    outlet: str
    holder: str | None
    delay: float
    asked: float


class LaneTable:
    """The lanes of one session; `serves` names the session for which it works, as that of its run."""

    def __init__(self, database: Database, owner: Owner, *, serves: str | None = None) -> None:
        self._database = database
        self._owner = owner
        self._serves = serves

    def open(self, outlets: Iterable[str]) -> None:
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT INTO lanes (outlet, taken, due) VALUES (?, 0, 0) "
                "ON CONFLICT (outlet) DO UPDATE SET taken = 0, due = 0",
                [(outlet,) for outlet in outlets],
            )

    def take(self, hosts_of: Mapping[str, Collection[str]], now: float, *, most: int = 1) -> list[str]:
        self._owner.claim()
        with self._database.alone():
            if self._is_taken_by_another():
                return []
            free = self._free(hosts_of, now)
            return list(islice(self._takings(free, hosts_of, now), most))

    def take_all(self) -> bool:
        self._owner.claim()
        with self._database.alone():
            if any(self._is_held(holder) for _, holder in self._holders()):
                return False
            self._set_holder(ALL, 0)
            return True

    def held(self) -> list[str]:
        is_held = cache(self._is_held)
        return sorted(outlet for outlet, holder in self._holders() if is_held(holder))

    def hold(self, outlet: str, host: str, now: float, *, delay: float = 0) -> float | None:
        self._owner.claim()
        with self._database.alone():
            row = self._hosts([host]).get(host)
            is_ours = row is not None and row.holder == self._owner.name and row.outlet == outlet
            if row is not None and not is_ours and self._is_alive(row.holder):
                return None
            if not is_ours:
                row = self._take_host(outlet, host, row, now)
            assert row is not None
            longest = max(row.delay, delay)
            return min(max(0.0, row.asked + longest - now), longest)

    def pace(self, host: str, delay: float) -> None:
        with self._database.transaction():
            self._database.connection.execute("UPDATE lane_hosts SET delay = ? WHERE host = ?", (delay, host))

    def leave(self, outlet: str, now: float, *, due: float) -> None:
        with self._database.transaction():
            run, mine = self._database.connection.execute, (outlet, self._owner.name)
            run("UPDATE lanes SET holder = NULL, due = ? WHERE outlet = ? AND holder = ?", (due, *mine))
            run("UPDATE lane_hosts SET holder = NULL, asked = ? WHERE outlet = ? AND holder = ?", (now, *mine))

    def _free(self, outlets: Iterable[str], now: float) -> list[str]:
        """Return those outlets that are due and that no living session holds, the one that is due longest first."""
        rows = self._database.connection.execute("SELECT outlet, holder, taken, due FROM lanes").fetchall()
        known = {outlet: (holder, taken, due) for outlet, holder, taken, due in rows}
        is_alive = cache(self._is_alive)
        free = []
        for outlet in outlets:
            holder, taken, due = known.get(outlet, (None, 0.0, 0.0))
            if (due <= now or taken > now + _CLOCKS_APART) and not is_alive(holder):
                free.append((due, outlet))
        return [outlet for _, outlet in sorted(free, key=lambda pair: pair[0])]

    def _takings(self, free: Iterable[str], hosts_of: Mapping[str, Collection[str]], now: float) -> Iterator[str]:
        """Take outlets whose hosts no other lane holds, one after the other, and yield each."""
        is_alive = cache(self._is_alive)
        for outlet in free:
            rows = self._hosts(hosts_of[outlet])
            if any(is_alive(row.holder) for row in rows.values()):
                continue
            self._set_holder(outlet, now)
            for host in hosts_of[outlet]:
                self._take_host(outlet, host, rows.get(host), now)
            yield outlet

    def _set_holder(self, outlet: str, now: float) -> None:
        self._database.connection.execute(
            "INSERT INTO lanes (outlet, holder, taken, due) VALUES (?, ?, ?, 0) "
            "ON CONFLICT (outlet) DO UPDATE SET holder = excluded.holder, taken = excluded.taken",
            (outlet, self._owner.name, now),
        )

    def _take_host(self, outlet: str, host: str, row: _HostRow | None, now: float) -> _HostRow:
        """Take a host for a lane; when a session that died had it, nobody knows when it was last asked: now."""
        asked = now if row is not None and row.holder is not None else row.asked if row is not None else 0.0
        taken = _HostRow(
            outlet=outlet, holder=self._owner.name, delay=row.delay if row is not None else 0.0, asked=asked
        )
        self._database.connection.execute(
            "INSERT INTO lane_hosts (host, outlet, holder, delay, asked) VALUES (?, ?, ?, ?, ?) ON CONFLICT (host) "
            "DO UPDATE SET outlet = excluded.outlet, holder = excluded.holder, asked = excluded.asked",
            (host, taken.outlet, taken.holder, taken.delay, taken.asked),
        )
        return taken

    def _hosts(self, hosts: Iterable[str]) -> dict[str, _HostRow]:
        found = {}
        for host in hosts:
            for outlet, holder, delay, asked in self._database.connection.execute(
                "SELECT outlet, holder, delay, asked FROM lane_hosts WHERE host = ?", (host,)
            ).fetchall():
                found[host] = _HostRow(outlet=outlet, holder=holder, delay=delay, asked=asked)
        return found

    def _holders(self) -> list[tuple[str, str]]:
        rows = self._database.connection.execute("SELECT outlet, holder FROM lanes WHERE holder IS NOT NULL")
        return [(outlet, holder) for outlet, holder in rows.fetchall()]

    def _is_taken_by_another(self) -> bool:
        """Return whether a run crawls alone, and it is not the one that this session serves."""
        return any(
            outlet == ALL and holder != self._serves and self._is_held(holder) for outlet, holder in self._holders()
        )

    def _is_held(self, holder: str) -> bool:
        return holder != self._owner.name and self._owner.is_alive(holder)

    def _is_alive(self, holder: str | None) -> bool:
        return holder is not None and (holder == self._owner.name or self._owner.is_alive(holder))
