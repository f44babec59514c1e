"""Spark's Java is looked for where Spark looks for it; without one that is new enough, the message says what to do."""

from pathlib import Path

import pytest

from crawler.bulk.engine_errors import NoEngineError
from crawler.bulk.java import check_java


def make_java(folder: Path, says: str) -> Path:
    """Write a program `java` that prints a text as its version; return its folder."""
    (folder / "bin").mkdir()
    java = folder / "bin" / "java"
    java.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    java.chmod(0o755)
    return folder


@pytest.mark.parametrize("version", ["17.0.15", "21", "25-ea", "100.1"])
@pytest.mark.parametrize("by_home", [True, False])
def test_a_java_from_17_on_is_taken(
    version: str, by_home: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_java(tmp_path, f'openjdk version "{version}" 2025-04-15')
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if by_home:
        monkeypatch.setenv("JAVA_HOME", str(home))
    else:
        monkeypatch.setenv("PATH", f"{home}/bin:/bin:/usr/bin")

    check_java()


@pytest.mark.parametrize(
    ("says", "fault"),
    [
        ('java version "1.8.0_292"', "is Java 8"),
        ('openjdk version "11.0.2" 2019', "is Java 11"),
        ("Error: could not find libjava.so", "says no version"),
        ("", "exit code 0"),
    ],
)
def test_an_older_or_broken_java_is_named_with_what_to_install(
    says: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(make_java(tmp_path, says)))

    with pytest.raises(NoEngineError, match=f"needs Java 17.*{fault}.*apt-get install openjdk-17"):
        check_java()


def test_no_java_at_all_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoEngineError, match="finds none in PATH"):
        check_java()

    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(NoEngineError, match="does not run"):
        check_java()
