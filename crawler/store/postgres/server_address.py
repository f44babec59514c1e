"""Read the address of a store in PostgreSQL, such as `postgresql://videsh@db/videsh`; it holds no password."""

import os
from dataclasses import dataclass

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from crawler.masking import HIDDEN, mask
from crawler.store.values import StoreError

_FORM = "write postgresql://USER@HOST/DATABASE"
_SECRETS = ("password", "sslpassword")
_USUAL = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
    "application_name": "videsh",
    "client_encoding": "UTF8",
}
"""Parameters that an address may replace. A server that has vanished is noticed after 25 s: 10 + 3 * 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAddress:
    """The address of a database."""

    text: str
    """The address as it was given, for messages."""
    conninfo: str
    """The parameters of the connection, without a password: libpq reads it from PGPASSWORD or PGPASSFILE."""


def read_server_address(address: str) -> ServerAddress:
    """Return the parts of an address; raise StoreError for one that is invalid, or that holds a password.

    What is an argument or a setting is shown in lists of processes, in logs and manifests.
    """
    if len(address.split()) > 1:  # within a password it would end what is hidden
        raise StoreError(f"STORE holds a space: write it as %20, and no password: {_FORM}")
    try:
        given = {name: str(value) for name, value in conninfo_to_dict(address).items() if value}
    except ProgrammingError as error:
        raise StoreError(f"STORE is {mask(address)!r}: {mask(str(error).strip())}; {_FORM}") from None
    if any(name in given for name in _SECRETS):
        shown = f"postgresql://{HIDDEN}@{given.get('host', '')}/{given.get('dbname', '')}"
        todo = "leave it out, and set the variable PGPASSWORD, or PGPASSFILE to a file that holds it"
        raise StoreError(f"STORE is {shown!r}: holds a password: {todo}")
    if not (given.keys() | _set_elsewhere()) & {"dbname", "service"}:
        raise StoreError(f"STORE is {mask(address)!r}: names no database; {_FORM}")
    return ServerAddress(text=address, conninfo=make_conninfo("", **{**_USUAL, **given}))


def _set_elsewhere() -> set[str]:
    """Return which parameters the environment gives that say which database is meant."""
    return {name for name, variable in (("dbname", "PGDATABASE"), ("service", "PGSERVICE")) if os.environ.get(variable)}
