"""Which articles are on the page of which day, and which pages there are."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from scrapy.cmdline import execute

from crawler.edition.entry import entry_of
from crawler.edition.site_folder import site_folder
from tests.edition.editions import all_text, built, data_of, exports, headlines, printed, run_edition
from tests.exports.published_runs import edition, move, publish, withdrawal, write_catalog

DAYS = [
    printed("a", "पुल खुला", at="2026-11-23T20:00:00Z", day="2026-11-24"),
    printed("b", "नहर भरी", at="2026-11-24T20:00:00Z", day="2026-11-25"),
    printed("c", "दिन भर की ख़बर", at=None, day="2026-11-24"),
    printed("d", "बिना तारीख़ की ख़बर", at=None, day=None, first_seen_at="2026-11-25T19:00:00Z"),
]


def pages(out: Path) -> set[str]:
    return {path.name for path in out.glob("*.html")}


def test_an_article_stands_on_its_day_of_publication_or_else_on_the_indian_day_when_it_was_first_seen(
    tmp_path: Path,
) -> None:
    out = built(exports(tmp_path / "exports", *DAYS), tmp_path / "out")

    assert headlines(out, "2026-11-24") == ["पुल खुला", "दिन भर की ख़बर"]
    assert headlines(out, "2026-11-25") == ["नहर भरी"]
    assert headlines(out, "2026-11-26") == ["बिना तारीख़ की ख़बर"]
    assert data_of(out, "2026-11-24")["time"] == ["01:30", ""]


@pytest.mark.parametrize("day", ["../../2026-11-24", "2026-02-30", "कल", ""])
def test_a_day_that_is_none_names_no_file(day: str) -> None:
    record = printed("a", "पुल खुला", at=None, day=day, first_seen_at="2026-11-25T19:00:00Z")

    assert entry_of(record, ZoneInfo("Asia/Kolkata")).day == "2026-11-26"


def test_the_clock_of_the_edition_is_a_setting(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", *DAYS)
    out = built(root, tmp_path / "out", "-s", "EDITION_ZONE=UTC")

    assert headlines(out, "2026-11-25") == ["नहर भरी", "बिना तारीख़ की ख़बर"]
    assert data_of(out, "2026-11-25")["time"] == ["24/11 20:00", ""]
    pages = [(out / f"2026-11-24{tongue}.html").read_text(encoding="utf-8") for tongue in ("", ".en")]
    assert "(UTC के समय से)" in pages[0]
    assert "on the clock of UTC." in pages[1]


def test_each_day_has_a_page_in_both_languages_and_the_index_links_to_all(tmp_path: Path) -> None:
    out = built(exports(tmp_path / "exports", *DAYS), tmp_path / "out")

    days = {f"2026-11-{day}{tongue}.html" for day in (24, 25, 26) for tongue in ("", ".en")}
    assert pages(out) == {*days, "index.html", "index.en.html"}
    index = (out / "index.html").read_text(encoding="utf-8")
    assert [index.index(f'href="2026-11-{day}.html"') for day in (26, 25, 24)] == sorted(
        index.index(f'href="2026-11-{day}.html"') for day in (24, 25, 26)
    )


@pytest.mark.parametrize(
    ("asked", "days"), [(("--day", "2026-11-25"), {"25"}), (("--since", "2026-11-25"), {"25", "26"})]
)
def test_days_that_are_not_asked_for_leave_the_folder(tmp_path: Path, asked: tuple[str, str], days: set[str]) -> None:
    root = exports(tmp_path / "exports", *DAYS)
    out = built(root, tmp_path / "out")

    built(root, out, *asked)

    assert pages(out) == {"index.html", "index.en.html"} | {
        f"2026-11-{day}{tongue}.html" for day in days for tongue in ("", ".en")
    }
    assert len(list((out / "data").iterdir())) == len(days)


def test_what_was_withdrawn_leaves_at_the_next_build(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", *DAYS)
    out = built(root, tmp_path / "out")
    publish(root, 9, withdrawn=[withdrawal("a")])
    write_catalog(root)

    built(root, out)

    assert headlines(out, "2026-11-24") == ["दिन भर की ख़बर"]
    assert not [path for path in out.rglob("*") if path.is_file() and "पुल खुला" in path.read_text(encoding="utf-8")]


def test_the_last_edition_is_shown_with_the_story_that_it_belongs_to_by_now(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", printed("a", "पुल खुला"), printed("b", "पुल पर भीड़"))
    publish(root, 9, articles=[printed("a", "पुल बंद", revision=2)], story_moves=[move("b", "s-b", "s-a")])
    write_catalog(root)

    data = data_of(built(root, tmp_path / "out"), "2026-11-24")

    assert sorted(data["headline"]) == ["पुल पर भीड़", "पुल बंद"]
    assert data["story"] == [0, 0]
    assert data["stories"] == ["s-a"]


def test_copies_stand_beside_articles(tmp_path: Path) -> None:
    copy = printed("b", "नक़ल", outlet="aajtak", relation="wire-copy")
    out = built(exports(tmp_path / "exports", printed("a", "पुल खुला"), copies=[copy]), tmp_path / "out")

    assert sorted(headlines(out, "2026-11-24")) == ["नक़ल", "पुल खुला"]
    assert data_of(out, "2026-11-24")["wire"] == [0, 1]


def test_a_build_that_changes_nothing_writes_nothing_anew(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", *DAYS)
    out = built(root, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file() and path.suffix != ".json"}

    built(root, out)

    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_exports_without_an_article_give_an_index_that_says_so(tmp_path: Path) -> None:
    out = built(exports(tmp_path / "exports"), tmp_path / "out")

    assert pages(out) == {"index.html", "index.en.html"}
    assert "अभी कोई ख़बर नहीं है" in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--day", "24.11.2026"), '--day is "24.11.2026": write a day as 2026-11-24'),
        (("--day", ""), '--day is "": write a day as 2026-11-24'),
        (("--since", "2026-13-01"), '--since is "2026-13-01": write a day as 2026-11-24'),
        (("--day", "2026-11-27"), "no article of 2026-11-27: there are articles from 2026-11-24 to 2026-11-26"),
        (("--since", "2027-01-01"), "no article of a day since 2027-01-01: there are articles"),
        (("-s", "EDITION_URL=https://news.example/?a=b"), "write an address as https://news.example/"),
        (("-s", "EDITION_ZONE=Mars/Base"), 'EDITION_ZONE is "Mars/Base": write the name of a time zone'),
        (("somewhere",), "name days by --day or --since, and the folder by --out"),
    ],
)
def test_wrong_use_says_what_would_be_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], message: str
) -> None:
    root = exports(tmp_path / "exports", *DAYS)

    assert run_edition("-s", f"EXPORTS={root}", "--out", tmp_path / "out", *args) == 2

    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = exports(tmp_path / "exports", *DAYS)
    out = tmp_path / "letters"
    out.mkdir()
    (out / "index.html").write_text("mine", encoding="utf-8")

    assert run_edition("-s", f"EXPORTS={root}", "--out", out) == 2

    assert "is there, and is no edition; name another folder" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["index.html"]


def test_files_of_others_in_the_edition_stay(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", *DAYS)
    out = built(root, tmp_path / "out")
    (out / "robots.txt").write_text("User-agent: *", encoding="utf-8")

    built(root, out)

    assert (out / "robots.txt").exists()


def test_damage_is_named_and_nothing_is_built_unless_it_is_to_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = exports(tmp_path / "exports", *DAYS)
    lost = publish(root, 9, articles=[edition("lost")]) / "articles.jsonl"
    write_catalog(root)
    lost.unlink()

    assert run_edition("-s", f"EXPORTS={root}", "--out", tmp_path / "out") == 3
    assert f"{lost}: was lost or changed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()

    assert run_edition("-s", f"EXPORTS={root}", "--out", tmp_path / "out", "--skip-damaged") == 3
    assert f"{lost}: was lost or changed" in capsys.readouterr().err
    assert headlines(tmp_path / "out", "2026-11-25") == ["नहर भरी"]


def test_a_folder_that_another_process_is_building_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = exports(tmp_path / "exports", *DAYS)

    with site_folder(tmp_path / "out"):
        assert run_edition("-s", f"EXPORTS={root}", "--out", tmp_path / "out") == 2

    assert "another process is building it; wait for its end" in capsys.readouterr().err
    built(root, tmp_path / "out")


def fail_while_building(out: Path) -> None:
    with site_folder(out) as site:
        site.write("data/2026-11-24-new.js", "half")
        raise RuntimeError("the disk is full")


def test_a_build_that_fails_leaves_the_pages_that_were_there(tmp_path: Path) -> None:
    out = built(exports(tmp_path / "exports", *DAYS), tmp_path / "out")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    with pytest.raises(RuntimeError):
        fail_while_building(out)

    assert {path: path.read_bytes() for path in before} == before
    built(tmp_path / "exports", out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


@pytest.mark.soak
def test_compacted_exports_give_the_same_edition(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs pyarrow, of the parquet extra")
    root = exports(tmp_path / "exports", *DAYS)
    publish(root, 9, articles=[printed("a", "पुल बंद", revision=2)])
    write_catalog(root)
    before = all_text(built(root, tmp_path / "out"))

    with pytest.raises(SystemExit):
        execute(["scrapy", "compact", "--day", "2026-11-24", "--drop", "-s", f"EXPORTS={root}"])

    assert not list(root.glob("date=*/run=*/articles.jsonl"))
    assert "<del>खुला</del>" in before
    assert all_text(built(root, tmp_path / "out")) == before
