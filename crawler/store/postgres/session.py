"""A session with PostgreSQL: its statements raise StoreError, and its end is noticed at once."""

import re
import select
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, NoReturn

import psycopg
from psycopg import errors
from psycopg.types.numeric import Int8Dumper

from crawler.store.postgres.server_address import ServerAddress
from crawler.store.values import StoreError, without_nul

_SETTINGS = {
    "lock_timeout": "60s",
    "idle_in_transaction_session_timeout": "120s",  # of a process that was stopped: others wait for it
    "synchronous_commit": "off",  # as in a file: a power cut undoes the last moment, whole transactions of it
    "client_min_messages": "warning",
    "default_transaction_isolation": "read committed",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
"""What each session sets. The server notices a machine that has vanished after 25 s: 10 + 3 * 5."""
_LOOK = "SELECT set_config('client_connection_check_interval', '2s', false)"
"""Lets the server notice it also while the session waits, as for a lock; PostgreSQL 14 and newer can do that."""
_NAME = re.compile(r"(?<![:\w]):([a-z_]+)")
_RIGHTS = "give this user the right to read and write its tables, or name another user in STORE"


class _Whole(Int8Dumper):
    """Sends numbers and flags as BIGINT, the type of all columns that hold them."""

    def dump(self, obj: Any) -> Any:
        return super().dump(int(obj))


class Session:
    """One connection to a server."""

    def __init__(self, address: ServerAddress) -> None:
        self.name = address.text
        self._lost: StoreError | None = None
        self._later: list[tuple[str, Sequence[Sequence[Any]]]] = []
        try:
            self.raw = psycopg.connect(address.conninfo, autocommit=True)
        except psycopg.Error as error:
            todo = (
                "check that the server runs, that STORE names its host, the database and the user, and that the "
                "password is in PGPASSWORD or in the file that PGPASSFILE names"
            )
            raise StoreError(f"{self.name}: cannot be opened: {todo} ({_words(error)})") from error
        for kind in (int, bool):
            self.raw.adapters.register_dumper(kind, _Whole)
        values = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in _SETTINGS.items())
        self.execute(f"SELECT {values}")
        with suppress(StoreError):
            self.execute(_LOOK)

    def execute(self, sql: str, parameters: Any = (), /) -> psycopg.Cursor[Any]:
        """Run one statement."""
        self.flush()
        cursor: psycopg.Cursor[Any] = self._safely(lambda: self.raw.execute(_in_psycopg(sql), without_nul(parameters)))
        return cursor

    def one(self, sql: str, parameters: Any = (), /) -> tuple[Any, ...]:
        """Run one statement, and return the first of its rows, of which there is one."""
        row: tuple[Any, ...] | None = self.execute(sql, parameters).fetchone()
        assert row is not None, sql
        return row

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> None:
        """Run one statement once for each row of parameters, in one round trip."""
        self.flush()
        self._safely(lambda: self.raw.cursor().executemany(_in_psycopg(sql), map(without_nul, parameters)))

    def later(self, statements: Iterable[tuple[str, Sequence[Sequence[Any]]]]) -> None:
        """Run statements in their order, each once for each of its rows, before the next one.

        With a script, such as the commit, they take one round trip.
        """
        self._later += statements

    def flush(self) -> None:
        """Run the statements that wait, in one round trip."""
        if self._later:
            self._safely(self._send)

    def drop(self) -> None:
        """Forget the statements that wait: their transaction is undone."""
        self._later.clear()

    def run(self, script: str) -> None:
        """Run statements without parameters, in one round trip; behind those that wait, it is one statement."""
        self._safely((lambda: self._send(script)) if self._later else (lambda: self.raw.execute(script.encode())))

    def _send(self, script: str = "") -> None:
        waiting, self._later = self._later, []
        with self.raw.pipeline(), self.raw.cursor() as cursor:
            for sql, rows in waiting:
                cursor.executemany(_in_psycopg(sql), map(without_nul, rows))
            if script:
                cursor.execute(script.encode())

    def require(self) -> None:
        """Raise StoreError if the session has ended; it is asked of the socket, not of the server."""
        if self._lost is not None:
            raise self._lost
        try:
            asked = select.poll()
            asked.register(self.raw.pgconn.socket, select.POLLIN)
            while asked.poll(0):  # the server's last words, and then the end
                self.raw.pgconn.consume_input()
        except psycopg.Error as error:
            self._fail(error)

    def close(self) -> None:
        """End the session."""
        with suppress(psycopg.Error):
            self.raw.close()

    def _safely(self, work: Callable[[], Any]) -> Any:
        if self._lost is not None:
            raise self._lost
        try:
            return work()
        except psycopg.Error as error:
            self._fail(error)

    def _fail(self, error: psycopg.Error) -> NoReturn:
        fault = StoreError(f"{self.name}: {self._todo(error)} ({_words(error)})")
        if self.raw.closed:
            self._lost = fault
        raise fault from error

    def _todo(self, error: psycopg.Error) -> str:
        if self.raw.closed:
            return "the session has ended: see that the server runs, then run again; nothing committed is lost"
        match error:
            case errors.LockNotAvailable() | errors.DeadlockDetected():
                return "another process holds it for over a minute: end that process, then run again"
            case errors.InsufficientPrivilege() | errors.ReadOnlySqlTransaction():
                return f"cannot be written: {_RIGHTS}"
            case errors.DiskFull() | errors.OutOfMemory() | errors.ProgramLimitExceeded():
                return "the server has no room: make some, then run again; nothing committed is lost"
        return "is damaged or not a store: run `scrapy store check`, restore it from a copy, or name another database"


@cache
def _in_psycopg(sql: str) -> bytes:
    """Return a statement with the parameters of psycopg: `%s` and `%(name)s`."""
    return _NAME.sub(r"%(\1)s", sql.replace("%", "%%").replace("?", "%s")).encode()


def _words(error: psycopg.Error) -> str:
    """Return what the server or its client said, in one line."""
    return " ".join((str(error) or type(error).__name__).split())
