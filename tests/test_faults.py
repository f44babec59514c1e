"""Mutated inputs that once broke a reader: each is read, or refused with a reason."""

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from crawler.commands import export, stories, verify
from crawler.exports.verification import check_run
from crawler.printing import PrintingCommand
from crawler.reading.page import read_page
from crawler.reading.pagination import next_page
from crawler.reasons import NotAnArticle
from crawler.runs.exit_code import ExitCode
from crawler.url_parts import is_url
from tests.commands.options import options

pytestmark = pytest.mark.shared
URL = "https://www.indiatv.in/world/asia/report-2026-11-24-1"


@pytest.fixture
def faults(evidence: Path) -> Path:
    return evidence / "fresh" / "faults"


def run(command: PrintingCommand, *arguments: Path, **given: object) -> int:
    command.settings = get_project_settings()
    command.run([str(each) for each in arguments], options(command, **given))
    return int(command.exitcode)


def test_pages_are_read_or_refused_by_name(faults: Path, evidence: Path) -> None:
    for path in sorted(faults.glob("fuzz-page-*.bin")):
        page = path.read_bytes()
        assert next_page(page, URL) is None
        with suppress(NotAnArticle):
            assert is_url(read_page(page, URL).url)
    canonical = evidence / "fresh" / "bugs" / "page_canonical_bad.html"
    article = read_page(canonical.read_bytes(), URL)
    assert (article.url, len(article.body)) == (URL, 5)
    assert is_url(article.url)


@pytest.mark.parametrize("form", ["csv", "ninjs", "parquet", "sqlite"])
def test_rows_that_are_no_records_are_named_with_file_and_line(
    faults: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    paths = sorted(faults.glob("fuzz-rows-*.bin"))
    assert len(paths) == 20
    for path in paths:
        rows = Path(shutil.copy(path, tmp_path / "rows.jsonl"))
        out = tmp_path / "out"
        code = run(export.Command(), rows, out, to=form)
        errors = capsys.readouterr().err
        assert code == (ExitCode.PART_FAILED if errors else 0)
        assert out.exists() or f"{rows}: line " in errors
        assert not list(tmp_path.glob("*.part"))
        out.unlink(missing_ok=True)
        run(verify.Command(), rows)
        run(stories.Command(), rows, explain=None, window=7.0)
        capsys.readouterr()


def test_a_run_whose_part_is_cut_is_named_with_file_and_line(faults: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run=1"
    folder.mkdir()
    shutil.copy(faults / "fuzz-runs-1-0.bin", folder / "articles.jsonl")
    part = {"name": "articles.jsonl", "shelf": "articles", "rows": 30, "bytes": 300_000, "sha256": "x"}
    (folder / "manifest.json").write_text(json.dumps({"state": "complete", "parts": [part]}), encoding="utf-8")

    assert any(f"{folder / 'articles.jsonl'}: line " in fault for fault in check_run(folder))
