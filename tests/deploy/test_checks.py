"""What `make deploy-check` says: what ran, what did not and why, and what failed."""

import subprocess
from collections.abc import Iterator

import pytest

from deploy.check import __main__ as program
from deploy.check.guide import blocks, sections
from deploy.check.outcome import FailedError, NotRunError, outcome_of
from deploy.check.running import need, run


def runs() -> Iterator[str]:
    yield "66 articles"


def cannot_run() -> Iterator[str]:
    yield "began"
    need("a-program-that-nobody-has")


def fails() -> Iterator[str]:
    yield "built"
    raise FailedError("0 articles")


def is_broken() -> Iterator[str]:
    yield "built"
    raise IndexError("list index out of range")


def calls_what_fails() -> Iterator[str]:
    yield run("sh", "-c", "echo the disk is full; exit 9")


def test_a_check_that_cannot_run_says_why(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "CHECKS", {"cron": runs, "container": cannot_run})

    code = program.main([])

    assert code == 0, "a machine that cannot run a check has found no fault"
    table = capsys.readouterr().out.rpartition("\n\n")[2]
    assert "not run not installed: a-program-that-nobody-has" in " ".join(table.split())
    assert [line.split()[0] for line in table.splitlines()] == ["cron", "container"]


def test_one_that_fails_ends_with_1_and_the_others_still_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "CHECKS", {"timer": fails, "cron": runs})

    assert program.main([]) == 1
    assert "66 articles" in capsys.readouterr().out


def test_what_was_seen_before_a_failure_is_kept() -> None:
    assert outcome_of("timer", fails).lines == ("built", "0 articles")


def test_a_fault_of_a_check_itself_is_a_failure_too() -> None:
    assert outcome_of("timer", is_broken).lines == ("built", "IndexError: list index out of range")


def test_a_command_that_fails_is_shown_with_its_last_lines() -> None:
    outcome = outcome_of("timer", calls_what_fails)

    assert outcome.state == "FAILED"
    assert outcome.lines[0].endswith("exit code 9")
    assert outcome.lines[-1] == "the disk is full"


def test_a_program_that_is_missing_is_a_reason_not_to_run() -> None:
    with pytest.raises(NotRunError, match="a-program-that-nobody-has"):
        need("sh", "a-program-that-nobody-has")


def test_an_unknown_name_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["timr"]) == 2
    assert "no such check: timr" in capsys.readouterr().err


def test_the_guide_leads_from_the_smallest_to_the_largest() -> None:
    with_commands = [title for title in sections() if blocks(title)]

    assert with_commands == ["Install", "Cron", "systemd timer", "scrapyd", "Container", "Cluster", "Each night"]


def test_comments_of_the_guide_are_no_commands() -> None:
    lines = "\n".join(blocks("Install")).splitlines()

    assert lines[-1].endswith("demo --home /tmp/videsh-demo")
    assert subprocess.run(["sh", "-n", "-c", "\n".join(lines)], check=False).returncode == 0
