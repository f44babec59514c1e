"""Videsh in a zip file, as scrapyd runs an egg: nothing is read by a path beside a module."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from deploy.check.running import ROOT
from tools.try_wheel import tracked_files


def egg_of(names: list[str], folder: Path) -> Path:
    egg = folder / "videsh.egg"
    with ZipFile(egg, "w") as archive:
        for name in names:
            archive.write(ROOT / name, name)
    return egg


def crawl(egg: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Replay the demo archive of one outlet by the packages in an egg, and print where they were found."""
    environment = {**os.environ, "PYTHONPATH": str(egg), "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    replay = f"ARCHIVE_REPLAY={ROOT / 'demo' / 'demo.warc.gz'}"
    # The current folder must not be the checkout, whose packages Python would find first.
    script = "import crawler, scrapy.cmdline; print(crawler.__file__, flush=True); scrapy.cmdline.execute()"
    return subprocess.run(
        [sys.executable, "-c", script, "crawl", "zee", "-s", replay, "-s", "LOG_LEVEL=WARNING"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_a_crawl_reads_all_its_data_from_a_zip_file_and_writes_its_report(tmp_path: Path) -> None:
    egg = egg_of(tracked_files(), tmp_path)

    done = crawl(egg, tmp_path)

    assert done.stdout.startswith(str(egg)), done.stdout
    assert done.returncode == 0, done.stderr
    (run,) = tmp_path.glob("exports/date=*/run=*")
    articles = [json.loads(line) for line in (run / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert any(article["dateline"] and article["credits"] for article in articles)
    assert (run / "report.html").exists()
