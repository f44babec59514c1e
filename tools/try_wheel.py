"""Build the wheel, install it into an environment of its own, and try it outside the checkout.

`make wheel` runs it with the development tools, and so does CI on every Python; it needs the package index, and leaves
the wheel in dist/.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("crawler", "spiders", "pipelines")
_SCRIPT = """
from crawler.library import crawl, read_article
import crawler

(page, url) = {page!r}, {url!r}
article = read_article(page, url)
assert article.dateline and article.credits and article.text
first = next(iter(crawl("zee", settings={{"ARCHIVE_REPLAY": {demo!r}}})))
print(f"library: {{article.headline}} · {{first.headline}}")
print(crawler.__file__)
"""


def main() -> int:
    """Try the wheel, and print what was done; return 1 if a file is missing in it, or a command fails."""
    with TemporaryDirectory(prefix="videsh-wheel-") as folder:
        wheel = build(ROOT / "dist")
        lacks = missing_files(wheel, tracked_files())
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB" + "".join(f"\nmissing: {name}" for name in lacks))
        return 1 if lacks else try_installed(wheel, Path(folder))


def build(folder: Path) -> Path:
    """Build the wheel into a folder, and return its path."""
    _run("uv", "build", "--quiet", "--wheel", "--out-dir", folder, ROOT, folder=ROOT)
    return max(folder.glob("videsh-*.whl"), key=lambda path: path.stat().st_mtime)


def tracked_files() -> list[str]:
    """Return the files of the packages that Git knows."""
    return _run("git", "ls-files", *PACKAGES, folder=ROOT).splitlines()


def missing_files(wheel: Path, wanted: list[str]) -> list[str]:
    """Return which of these files the wheel does not carry, and the licence and notice if it lacks them."""
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        # pip makes a script executable only if it is so in the archive; uv always does.
        programs = [
            one
            for one in archive.infolist()
            if one.filename.endswith("scripts/videsh") and one.external_attr >> 16 & 0o111
        ]
    licences = [name for name in ("LICENSE", "NOTICE") if not any(one.endswith(f"licenses/{name}") for one in names)]
    return [name for name in wanted if name not in names] + licences + ([] if programs else ["an executable videsh"])


def try_installed(wheel: Path, folder: Path) -> int:
    """Install the wheel, run the demo, a crawl and the library in an empty folder; return 1 if one of them fails."""
    python = folder / "environment" / "bin" / "python"
    _run("uv", "venv", "--quiet", "--python", sys.executable, folder / "environment", folder=folder)
    _run("uv", "pip", "install", "--quiet", "--python", python, "-c", ROOT / "constraints.txt", wheel, folder=folder)
    videsh, away = python.parent / "videsh", folder / "away"
    away.mkdir()
    demo = _run(python, "-c", "from crawler.commands.demo import DEMO; print(DEMO)", folder=away).strip()
    page = ROOT / "tests" / "pages" / "indiatv" / "nepal_bridge_bhasha.html"
    url = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["page"]["url"]
    (away / "page.html").write_bytes(page.read_bytes())
    tried = {
        "demo": _run(videsh, "demo", "--home", "home", folder=away).strip().splitlines(),
        "crawl": _run(
            videsh, "crawl", "zee", "-O", "x.jsonl", "-s", f"ARCHIVE_REPLAY={demo}", folder=away
        ).splitlines(),
        "extract": _run(videsh, "extract", "page.html", "--url", url, folder=away).splitlines(),
        "library": _run(python, "-c", _SCRIPT.format(page="page.html", url=url, demo=demo), folder=away).splitlines(),
    }
    (export,) = away.glob("home/exports/date=*/run=*/articles.jsonl")
    counts = {"demo": _lines(export), "crawl": _lines(away / "x.jsonl"), "extract": len(tried["extract"])}
    is_away = Path(tried["library"][-1]).is_relative_to(folder)
    print(f"articles: {counts}; {tried['library'][0]}; imported from {'the wheel' if is_away else 'elsewhere'}")
    return int(not all(counts.values()) or not is_away)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _run(*command: str | Path, folder: Path) -> str:
    """Run a command without the checkout's environment, and return its output; print its errors if it fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SCRAPY_", "VIDESH_"))}
    done = subprocess.run(
        [*map(str, command)],
        cwd=folder,
        timeout=600,
        env={**clean, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        print(
            f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}", file=sys.stderr
        )
        done.check_returncode()
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
