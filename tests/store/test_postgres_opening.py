"""The store in PostgreSQL is opened by an address without a password; a wrong one is named with what to do."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.masking import MaskedRecord
from crawler.store import StoreError, open_store
from tests.commands.running import ROOT, scrapy


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("postgresql://videsh:geheim@db/videsh", "holds a password: leave it out, and set the variable PGPASSWORD"),
        ("postgres://videsh:geheim@db/videsh", "holds a password"),
        ("postgresql://db/videsh?password=geheim", "holds a password"),
        ("postgresql://db/videsh?sslpassword=geheim&sslmode=require", "holds a password"),
        ("postgresql://db/videsh?pass%77ord=geheim", r"STORE is .postgresql://\*{3}@db/videsh.: holds a password"),
        ("postgresql://videsh:ganz geheim@db/videsh", "holds a space: write it as %20, and no password"),
        ("postgresql://db/videsh?password=ganz geheim", "holds a space"),
        ("postgresql://videsh@db", "names no database; write postgresql://USER@HOST/DATABASE"),
        ("postgresql://", "names no database"),
        ("postgresql://db/videsh?sslmod=require", r"invalid URI query parameter: .sslmod.*; write postgresql://"),
        ("postgresql://db:port/videsh", "cannot be opened"),
        ("postgresql:/db/videsh", "write sqlite:///PATH, as sqlite:///var/videsh.db, or postgresql://"),
        ("postgresql+psycopg://db/videsh", "write sqlite:///PATH"),
    ],
)
def test_a_wrong_address_is_refused_with_the_right_one(
    address: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGDATABASE", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(StoreError, match=fault) as raised:
        open_store(address)

    assert "geheim" not in str(raised.value)


@pytest.mark.soak
def test_the_password_comes_from_the_environment_or_a_file_and_is_shown_nowhere(
    postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.run("DROP ROLE IF EXISTS clerk", "CREATE ROLE clerk LOGIN SUPERUSER PASSWORD 'parole-47'")
    with postgres.asking_for_passwords():
        address = f"postgresql://clerk@127.0.0.1:{postgres.port}/postgres?options=-csearch_path%3Dsecret"
        for name in ("PGPASSWORD", "PGPASSFILE"):
            monkeypatch.delenv(name, raising=False)
        with pytest.raises(StoreError, match=r"cannot be opened: .*PGPASSWORD or in the file that PGPASSFILE names"):
            open_store(address)
        monkeypatch.setenv("PGPASSWORD", "wrong-pass")
        with pytest.raises(StoreError, match="password authentication failed") as wrong:
            open_store(address)
        monkeypatch.setenv("PGPASSWORD", "parole-47")
        open_store(address).close()
        monkeypatch.delenv("PGPASSWORD")
        passwords = tmp_path / "pgpass"
        passwords.write_text(f"127.0.0.1:{postgres.port}:postgres:clerk:parole-47\n")
        passwords.chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(passwords))
        options = ["-s", f"STORE={address}", "-s", f"EXPORTS={tmp_path}/exports", "-s", "LOG_LEVEL=DEBUG"]
        done = scrapy("newsroom", "--replay", ROOT / "demo" / "demo.warc.gz", *options)

    assert "wrong-pass" not in str(wrong.value)
    assert done.code == 0, done.err[-2000:]
    written = [path.read_bytes() for path in (tmp_path / "exports").rglob("*") if path.is_file()]
    assert written
    assert not any(b"parole-47" in each for each in (*written, done.out.encode(), done.err.encode()))
    manifest = next((tmp_path / "exports").rglob("manifest.json")).read_text()
    assert "@127.0.0.1" in manifest
    record = MaskedRecord("x", logging.INFO, "x", 1, "%s", (f"STORE={address}",), None)
    assert "clerk@127.0.0.1" in record.getMessage()  # a user without a password is no secret


def test_without_the_extra_the_message_names_it_and_nothing_else_needs_it(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from crawler.store import StoreError, open_store\n"
        f"open_store('sqlite:///{tmp_path}/v.db').close()\n"
        "try: open_store('postgresql://db/videsh')\n"
        "except StoreError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)

    assert "needs psycopg" in done.stdout
    assert done.stdout.endswith("pip install 'videsh[postgres]'\n")


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"^postgresql://videsh@127.0.0.1:1/videsh: cannot be opened: check that the"):
        open_store("postgresql://videsh@127.0.0.1:1/videsh")


def test_a_database_that_is_not_there_or_of_another_encoding_is_named(postgres: Any) -> None:
    with pytest.raises(StoreError, match=r'cannot be opened: .*database "nothing" does not exist'):
        open_store(postgres.address("nothing"))
    postgres.run(
        "DROP DATABASE IF EXISTS latin",
        "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    )
    with pytest.raises(StoreError, match="is encoded in LATIN1; make a database with ENCODING 'UTF8'"):
        open_store(postgres.address("latin"))
