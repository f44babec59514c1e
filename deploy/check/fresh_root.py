"""The wheel alone on a fresh Debian without a checkout: the demo, a crawl and the library."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from deploy.check.debian import PATH, debian, pip_environment
from deploy.check.outcome import FailedError
from deploy.check.running import ROOT, fresh_folder, run
from deploy.check.site import all_sites
from deploy.check.wheel import wheel

MOST_SECONDS = 180
"""Maximum time from the wheel to its last command, with the downloads of pip."""
_PAGE = ROOT / "tests" / "pages" / "indiatv" / "nepal_bridge_bhasha.html"
_HOME = "/srv"
"""Inside: the folder in which everything is done."""
_INSTALL = """
python3 -m venv videsh
videsh/bin/pip install --quiet ./videsh-*.whl
videsh/bin/videsh demo --home home
"""
_CRAWL = """
videsh/bin/videsh crawl indiatv -O indiatv.jsonl --home home
head --lines=1 indiatv.jsonl
"""
_LIBRARY = """
videsh/bin/python - <<END
from crawler.library import read_article
article = read_article("page.html", "{url}")
print(article.dateline.raw, [credit.agency for credit in article.credits], len(article.text))
END
"""


def fresh_root() -> Iterator[str]:
    """Install the wheel there, run each once, and keep the time."""
    package, root = wheel(), fresh_folder("fresh-root")
    run("cp", "-a", "-T", debian(), root)
    home = root / _HOME.lstrip("/")
    shutil.copy(package, home)
    shutil.copyfile(_PAGE, home / "page.html")
    url = json.loads(_PAGE.with_suffix(".json").read_text(encoding="utf-8"))["page"]["url"]
    started = time.monotonic()
    said = _inside(root, _INSTALL, **pip_environment())
    yield f"demo: {next((line for line in said.splitlines() if ' articles and ' in line), said)}"
    with all_sites(fresh_folder("fresh-root-site")) as publisher:
        shutil.copyfile(publisher.environment["SSL_CERT_FILE"], home / "publisher.pem")
        environment = {**publisher.environment, "SSL_CERT_FILE": f"{_HOME}/publisher.pem"}
        line = _last(_inside(root, _CRAWL, **environment))
    if '"headline"' not in line:
        raise FailedError(f"crawl: {line}")
    yield f"crawl: {line[:200]}"
    yield f"library: {_last(_inside(root, _LIBRARY.format(url=url)))}"
    seconds = time.monotonic() - started
    if seconds > MOST_SECONDS:
        raise FailedError(f"all of it took {seconds:.0f} seconds, over {MOST_SECONDS}")
    yield f"all of it took {seconds:.0f} seconds, of {MOST_SECONDS} at most"


def _inside(root: Path, script: str, **environment: str) -> str:
    """Run a script in the home inside, up to its first failure, and return what it printed."""
    command = ("bash", "-euo", "pipefail", "-c", f"cd\n{script}")
    return run("chroot", root, *command, environment={"PATH": PATH, "HOME": _HOME, **environment})


def _last(output: str) -> str:
    return output.strip().splitlines()[-1]
