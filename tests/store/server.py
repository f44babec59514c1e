"""A PostgreSQL server for tests, in a temporary folder, run by a user without rights, gone when its tests end."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from tests.store.cable import Cable

USER = "videsh"
_ORDINARY = "postgres"
"""Who runs the server if the tests run as root, which PostgreSQL refuses."""
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "8MB",
    "max_connections": "60",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "log_min_messages": "fatal",
}
_NUMBERS = count()


def missing() -> str | None:
    """Return why no server can be started here, or None."""
    if _programs() is None:
        return "needs PostgreSQL to store into: apt-get install postgresql"
    if os.geteuid() == 0 and (shutil.which("setpriv") is None or not _is_user(_ORDINARY)):
        return "needs a user postgres and setpriv, as PostgreSQL does not run as root"
    return None


class Server:
    """A running server; `durable` makes it write as in production, so that it may be killed.

    It runs on this machine, on loopback, or at the other end of a cable.
    """

    def __init__(self, *, durable: bool = False, cable: Cable | None = None) -> None:
        self._folder = Path(mkdtemp(prefix="videsh-postgres-"))
        self._settings = {} if durable else _SETTINGS
        self._host, self._there = (cable.address, cable.there) if cable else ("127.0.0.1", ())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if os.geteuid() == 0:
            shutil.chown(self._folder, _ORDINARY, _ORDINARY)
        command = ["initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--no-locale", f"--username={USER}"]
        subprocess.run(self._command(*command, "-D", "data"), cwd=self._folder, check=True, stdout=subprocess.DEVNULL)
        if cable:
            with self._rules.open("a", encoding="utf-8") as rules:
                rules.write(f"host all all {cable.address}/24 trust\n")
        self.start()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        settings = {"listen_addresses": self._host, "port": str(self.port), **self._settings}
        settings["unix_socket_directories"] = str(self._folder)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [*self._there, *self._command("postgres", "-D", "data", *options)]
        self._process = subprocess.Popen(command, cwd=self._folder, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError(f"PostgreSQL did not start in {self._folder}")

    @property
    def pid(self) -> int:
        """Return its process, the parent of those of its sessions."""
        return self._process.pid

    def stop(self, number: int = signal.SIGINT) -> None:
        """Stop the server: SIGINT ends its sessions, SIGQUIT is a crash."""
        self._process.send_signal(number)
        self._process.wait(60)

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def address(self, database: str = "postgres", *, user: str = USER, is_local: bool = True) -> str:
        """Return the address of a database, over a socket in the file system, or over TCP."""
        host = str(self._folder).replace("/", "%2F") if is_local else self._host
        return f"postgresql://{user}@{host}:{self.port}/{database}"

    @property
    def _rules(self) -> Path:
        return self._folder / "data" / "pg_hba.conf"

    def fresh(self) -> str:
        """Return the address of a store that does not exist yet."""
        return f"{self.address()}?options=-csearch_path%3Dt{next(_NUMBERS)}"

    @contextmanager
    def asking_for_passwords(self) -> Iterator[None]:
        """Return a context in which users on TCP need a password."""
        rules = self._rules
        usual = rules.read_text(encoding="utf-8")
        rules.write_text(usual.replace("127.0.0.1/32            trust", "127.0.0.1/32 scram-sha-256"), encoding="utf-8")
        self.run("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            rules.write_text(usual, encoding="utf-8")
            self.run("SELECT pg_reload_conf()")

    def run(self, *statements: str, address: str | None = None) -> list[tuple[object, ...]]:
        """Run statements, and return the rows of the last one, if it returns any."""
        with psycopg.connect(address or self.address(), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _command(self, program: str, *arguments: str) -> list[str]:
        """Return a command that ends when the tests end, however they end."""
        folder = _programs()
        assert folder is not None
        command = [str(folder / program), *arguments]
        if shutil.which("setpriv") is None:
            return command
        ordinary = [f"--reuid={_ORDINARY}", f"--regid={_ORDINARY}", "--clear-groups"] if os.geteuid() == 0 else []
        return ["setpriv", *ordinary, "--pdeathsig=INT", *command]


@contextmanager
def running(*, durable: bool = False, cable: Cable | None = None) -> Iterator[Server]:
    """Return a context with a server of its own."""
    server = Server(durable=durable, cable=cable)
    try:
        yield server
    finally:
        server.remove()


@cache
def _programs() -> Path | None:
    """Return the folder of the server's programs, the newest version, or None if there is none."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    return max(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda path: int(path.parent.name),
        default=None,
    )


def _is_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0
