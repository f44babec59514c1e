"""Wrong use, damage and what cannot be read are named, and an export writes nothing or leaves that alone out."""

import errno
from pathlib import Path

import pytest

from crawler.exports.storage import LocalStorage
from tests.exports.published_runs import edition, exported, ids, publish, run_export, write_catalog
from tests.runs.replaying import lines


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "exports"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--to", "csv"), "name the file to write"),
        (("--to", "csv", "{root}/date=2026-11-24/run=none", "{out}"), "run=none: no such run folder or file"),
        (("--to", "xml", "{out}"), "invalid choice: 'xml'"),
        (("--to", "csv", "--outlet", "zeee", "{out}"), '"zeee" is not an outlet; did you mean "zee"?'),
        (("--to", "csv", "--country", "Korea", "{out}"), '"KOREA" is not the ISO code of a country'),
        (("--to", "csv", "--agency", "rueters", "{out}"), '"rueters" is not an agency; did you mean "reuters"?'),
        (("--to", "csv", "s3://news/out.csv"), "s3://news/out.csv: RUN and OUT are on this machine; -s EXPORTS=s3://"),
        (("--to", "csv", "s3://news/date=2026-11-24/run=1", "{out}"), "run=1: RUN and OUT are on this machine"),
        (("--to", "csv", "{out}/no/out.csv"), "name a file in a folder that exists"),
        (("--to", "parquet", "{out}.gz"), "Parquet is packed within; name a file without .gz"),
        (("--to", "csv", "{run}"), "is a folder"),
        (("--to", "csv", "{run}/articles.jsonl"), "belongs to a run"),
        (("--to", "ninjs", "--part", "withdrawn", "{out}"), "--part withdrawn holds no articles: write jsonl"),
        (("--to", "csv", "--part", "withdrawn", "--part", "articles", "{out}"), "export it alone"),
        (("--to", "csv", "--part", "refused", "--country", "KR", "{out}"), "select by --outlet alone"),
        (("--to", "csv", "--part", "refused", "--since", "latest", "{out}"), "no sequence numbers: export it without"),
        (("--to", "csv", "-s", "EXPORTS={out}", "{out}"), "no run in it; crawl first"),
    ],
)
def test_wrong_use_is_named_and_writes_nothing(
    args: tuple[str, ...], message: str, root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run, out = publish(root, 1, articles=[edition("a")]), tmp_path / "out.csv"
    before = sorted(tmp_path.rglob("*"))

    code = run_export("-s", f"EXPORTS={root}", *(arg.format(root=root, out=out, run=run) for arg in args))

    assert code == 2
    assert message in capfd.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("is_catalogued", [True, False])
def test_what_is_damaged_is_named_and_nothing_is_written_or_it_alone_is_left_out(
    is_catalogued: bool, root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    publish(root, 1, articles=[edition("a"), edition("b")])
    run = publish(root, 2, articles=[edition("c"), edition("d")])
    if is_catalogued:
        write_catalog(root)
    part, out = run / "articles.jsonl", tmp_path / "out.jsonl"
    whole = part.read_bytes()

    for damaged in (whole[:-30], whole.splitlines(keepends=True)[0], whole.replace(b"c", b"\xff"), None):
        part.unlink() if damaged is None else part.write_bytes(damaged)
        assert run_export("-s", f"EXPORTS={root}", "--to", "jsonl", out) == 3
        assert str(part) in capfd.readouterr().err
        assert not list(tmp_path.glob("*out*"))
        assert run_export("-s", f"EXPORTS={root}", "--to", "jsonl", "--skip-damaged", out) == 3
        assert str(part) in capfd.readouterr().err
        assert ids(lines(out)) == ["a", "b"]
        out.unlink()
    part.write_bytes(whole)
    assert ids(exported(root, out)) == ["a", "b", "c", "d"]


def test_a_run_that_is_named_and_damaged_is_named_with_its_line(
    root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run = publish(root, 1, articles=[edition("a"), edition("b")])
    part, manifest = run / "articles.jsonl", run / "manifest.json"
    whole, listed = part.read_bytes(), manifest.read_bytes()

    def failed() -> str:
        assert run_export(run, "--to", "parquet", tmp_path / "out.parquet") == 3
        assert not list(tmp_path.glob("*out*"))
        return capfd.readouterr().err

    part.write_bytes(whole[:-30])
    assert f"{part}: line 2: is not JSON" in failed()
    part.write_bytes(whole.splitlines(keepends=True)[0])
    assert f"{part}: has 1 rows, and 2 in the manifest" in failed()
    part.unlink()
    assert f"{part}: is in the manifest, and not in the folder" in failed()
    part.write_bytes(whole)
    manifest.write_bytes(listed[:-20])
    assert f"{manifest}: cannot be read" in failed()
    manifest.write_bytes(listed)
    assert run_export(run, "--to", "parquet", tmp_path / "out.parquet") == 0


def test_exports_that_cannot_be_read_are_named(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*args: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    publish(root, 1, articles=[edition("a")])
    monkeypatch.setattr(LocalStorage, "read", broken)

    assert run_export("-s", f"EXPORTS={root}", "--to", "csv", tmp_path / "out.csv") == 3
    assert capfd.readouterr().err == f"{root}/catalog.json: cannot be read (Input/output error)\n"


def test_a_run_that_the_catalog_does_not_list_is_named(
    root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    publish(root, 1, articles=[edition("a")])
    write_catalog(root)
    copied, damaged, begun = (publish(root, number, articles=[edition("b")]) for number in (2, 3, 4))
    (damaged / "manifest.json").write_text("{", encoding="utf-8")
    (begun / "manifest.json").write_text('{"state": "running", "parts": []}', encoding="utf-8")

    assert run_export("-s", f"EXPORTS={root}", "--to", "csv", "--skip-damaged", tmp_path / "out.csv") == 3

    faults = capfd.readouterr().err.splitlines()
    assert len(faults) == 2
    assert {fault.split(": ")[0] for fault in faults} == {str(copied), str(damaged / "manifest.json")}
