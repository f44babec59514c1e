"""What keeps an edition from being built is named, and what was there stays."""

from pathlib import Path

import pytest

from tests.edition.editions import built, exports, printed, run_edition


@pytest.mark.parametrize(
    ("out", "code", "message"),
    [
        ("letter.txt", 2, "letter.txt: is a file; name a folder"),
        ("letter.txt/edition", 3, "letter.txt/edition: cannot be written (Not a directory)"),
    ],
)
def test_a_folder_that_cannot_be_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, code: int, message: str
) -> None:
    root = exports(tmp_path / "exports", printed("a", "पुल खुला"))
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")

    assert run_edition("-s", f"EXPORTS={root}", "--out", tmp_path / out) == code

    assert message in capsys.readouterr().err
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_without_a_run_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_edition("-s", f"EXPORTS={tmp_path / 'none'}", "--out", tmp_path / "out") == 2

    assert "none: no run in it; crawl first, or say where the runs are" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_record_that_is_none_is_named_and_the_edition_of_before_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = built(exports(tmp_path / "exports", printed("a", "पुल खुला")), tmp_path / "out")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    root = exports(tmp_path / "others", printed("a", "पुल खुला"), printed("b", "नहर", kind="poem"))

    assert run_edition("-s", f"EXPORTS={root}", "--out", out) == 3

    assert 'articles.jsonl: line 2: record.kind is "poem"' in capsys.readouterr().err
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_folder_of_others_in_the_data_of_an_edition_leaves_with_its_files(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", printed("a", "पुल खुला"))
    out = built(root, tmp_path / "out")
    (out / "data" / "mine").mkdir()
    (out / "data" / "mine" / "notes.txt").write_text("mine", encoding="utf-8")

    built(root, out)

    assert not (out / "data" / "mine").exists()
