"""scrapy explain says which rule gave each field of a page, and what was refused."""

import json
import re
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from crawler.commands.explain import Command
from tests.commands.running import ROOT, Done
from tests.reading.markup import URL, json_ld, page, paragraphs

PAGE = ROOT / "tests" / "pages" / "indiatv" / "rare_earths_ap.html"


def explain(capsys: pytest.CaptureFixture[str], *arguments: str | Path, url: str | None = None) -> Done:
    """Run the command in this process, as it opens no socket and needs no reactor."""
    command = Command()
    command.settings = get_project_settings()
    command.run([str(each) for each in arguments], type("Options", (), {"url": url})())
    captured = capsys.readouterr()
    return Done(command.exitcode, captured.out, captured.err)


def test_every_field_of_the_record_says_where_it_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    done = explain(capsys, PAGE)

    article = json.loads(PAGE.with_suffix(".json").read_text(encoding="utf-8"))["article"]
    left_out = {"schema_version", "revision", "provenance", "pages", "disagreement"}
    printed = [line.split()[0] for line in done.out.split("\n") if line[:1].islower() and not line.startswith("http")]
    assert done.code == 0
    assert [name for name in article if name not in left_out] == printed[: len(article) - len(left_out)]
    assert "<- the page's JSON-LD" in done.out


def test_a_field_from_an_outlet_s_selector_is_printed_with_the_selector(capsys: pytest.CaptureFixture[str]) -> None:
    done = explain(capsys, ROOT / "tests" / "pages" / "ndtv" / "lake_ap.html")

    assert re.search('<- selector ".+" of the outlet', done.out)


def test_each_taken_and_refused_dateline_and_credit_is_printed_with_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = explain(capsys, PAGE).out

    assert "taken    `टोक्यो:`: place before a terminator" in out
    assert "टोक्यो = Tokyo, JP, GeoNames 1850147" in out
    assert "taken    `(एपी)`: in brackets after the last sentence" in out
    assert "refused  `(एनएचके)`: inside a sentence, followed by ने कहा: quoted as a source" in out


def test_a_dateline_from_a_field_of_the_page_is_printed_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(page(paragraphs(), head=json_ld(dateline="काठमांडू")), encoding="utf-8")

    out = explain(capsys, saved, url=URL).out

    assert "taken    `काठमांडू`: a field of the page's own (json-ld), which comes first" in out
    assert "काठमांडू = Kathmandu, NP" in out


def test_the_outlet_is_found_by_the_page_s_canonical_url(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(capsys, PAGE).out.splitlines()[1] == "इंडिया टीवी"
    assert "no outlet" in explain(capsys, PAGE, url="https://anya.example/1").out.splitlines()[1]


def test_for_a_page_without_an_article_the_reason_is_printed_and_the_exit_code_is_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "empty.html"
    page.write_text("<html><body><p>कुछ नहीं</p></body></html>", encoding="utf-8")

    done = explain(capsys, page, url="https://anya.example/1")

    assert done.code == 3
    assert "refused: " in done.out


@pytest.mark.parametrize(("name", "url"), [("absent.html", None), (str(PAGE), "no address")])
def test_wrong_use_is_refused_with_the_reason(name: str, url: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError):
        explain(capsys, name, url=url)
