"""scrapy clean takes old days out of the edition, which is built again without them."""

import argparse
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from crawler.commands.edition import Command as EditionCommand
from tests.exports.cleaning import clean
from tests.exports.published_runs import edition, publish, write_catalog

AT = "2026-11-25T00:00:00+00:00"


def built_edition(exports: Path, days: dict[str, str], **asked: Any) -> Path:
    """Publish an article of each day, build the edition, and return its folder."""
    articles = [edition(name, published_at=f"{day}T06:00:00Z", published_on=day) for name, day in days.items()]
    publish(exports, 1, articles=articles)
    write_catalog(exports)
    command = EditionCommand()
    command.settings = get_project_settings()
    command.settings.update({"EXPORTS": str(exports), "EDITION": str(exports.parent / "edition")})
    nothing = {"day": None, "since": None, "out": None, "full_text": False, "skip_damaged": False}
    command.work([], argparse.Namespace(**nothing | asked))
    return exports.parent / "edition"


@pytest.mark.parametrize("full_text", [False, True])
def test_old_days_leave_the_edition_and_its_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], full_text: bool
) -> None:
    exports = tmp_path / "exports"
    site = built_edition(exports, {"old": "2026-10-01", "new": "2026-11-24"}, full_text=full_text)
    (site / "2026-10-01-notes.txt").touch()

    assert clean(exports, at=AT, yes=False) == 0
    assert (site / "2026-10-01.html").exists()
    assert clean(exports, at=AT) == 0
    assert f"{site}: days of the edition before 2026-10-26" in capsys.readouterr().out
    assert clean(exports, at=AT) == 0

    assert "days of the edition" not in capsys.readouterr().out
    assert [path.name for path in site.rglob("*2026-10-01*")] == ["2026-10-01-notes.txt"]
    assert len(list(site.glob("data/*-texts-*.js"))) == full_text
    assert ("noindex" in (site / "2026-11-24.html").read_text(encoding="utf-8")) == full_text
    assert "2026-10-01" not in (site / "index.html").read_text(encoding="utf-8")


def test_an_edition_of_old_days_alone_has_none_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exports = tmp_path / "exports"
    site = built_edition(exports, {"old": "2026-10-01", "older": "2026-09-30"})

    assert clean(exports, at=AT) == 0

    assert sorted(path.name for path in site.rglob("*.html")) == ["index.en.html", "index.html"]
    said = capsys.readouterr().out.splitlines()
    assert f"{site}: 0 days, 0 articles" in said
    assert said[-1].endswith(" MB deleted")


@pytest.mark.parametrize(
    ("asked", "left"),
    [({"day": "2026-10-01"}, []), ({"since": "2026-11-20"}, ["2026-11-24.en.html", "2026-11-24.html"])],
)
def test_an_edition_of_some_days_gets_no_others(tmp_path: Path, asked: dict[str, str], left: list[str]) -> None:
    exports = tmp_path / "exports"
    site = built_edition(exports, {"old": "2026-10-01", "young": "2026-11-10", "new": "2026-11-24"}, **asked)
    (site / "2026-10-01.html").touch()

    assert clean(exports, at=AT) == 0

    assert sorted(path.name for path in site.glob("2026-*.html")) == left


@pytest.mark.parametrize("fault", ["exports", "marker"])
def test_an_edition_that_cannot_be_built_again_stays_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    exports = tmp_path / "exports"
    site = built_edition(exports, {"old": "2026-10-01", "new": "2026-11-24"})
    if fault == "exports":
        exports.rename(tmp_path / "elsewhere")
    else:
        (site / "edition.json").write_text("{}", encoding="utf-8")

    assert clean(exports, at=AT) == 3

    assert (site / "2026-10-01.html").exists()
    said = capsys.readouterr()
    assert f"{site}: is not cleaned (" in said.err
    assert said.out.endswith("0 MB deleted\n")
