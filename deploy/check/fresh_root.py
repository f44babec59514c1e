"""The wheel alone on a fresh Debian without a checkout: the demo, a crawl and the library."""

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
_INSTALL = """
cd /root
python3 -m venv videsh
videsh/bin/pip install --quiet ./videsh-*.whl
videsh/bin/videsh demo --home home
"""
_CRAWL = """
cd /root
videsh/bin/videsh crawl indiatv -O indiatv.jsonl --home home
head --lines=1 indiatv.jsonl
"""
_LIBRARY = """
from crawler.library import read_article

article = read_article("/root/page.html", "https://www.indiatv.in/world/asia/nepal-suspension-bridge-reopens-after-repair-2026-11-23-1184188")
print(article.dateline.raw, [credit.agency for credit in article.credits], len(article.text))
"""


def fresh_root() -> Iterator[str]:
    """Install the wheel there, run each once, and keep the time."""
    base, package, root = debian(), wheel(), fresh_folder("fresh-root")
    run("cp", "-a", "-T", base, root)
    shutil.copy(package, root / "root")
    shutil.copyfile(_PAGE, root / "root" / "page.html")
    started = time.monotonic()
    said = _inside(root, "bash", "-euo", "pipefail", "-c", _INSTALL, **pip_environment())
    yield f"demo: {next((line for line in said.splitlines() if ' articles and ' in line), said)}"
    with all_sites(fresh_folder("fresh-root-site")) as publisher:
        certificate = root / "root" / "publisher.pem"
        shutil.copyfile(publisher.environment["SSL_CERT_FILE"], certificate)
        environment = {**publisher.environment, "SSL_CERT_FILE": f"/root/{certificate.name}"}
        line = _last(_inside(root, "bash", "-euo", "pipefail", "-c", _CRAWL, **environment))
    if '"headline"' not in line:
        raise FailedError(f"crawl: {line}")
    yield f"crawl: {line[:200]}"
    yield f"library: {_last(_inside(root, '/root/videsh/bin/python', '-c', _LIBRARY))}"
    seconds = time.monotonic() - started
    if seconds > MOST_SECONDS:
        raise FailedError(f"all of it took {seconds:.0f} seconds, over {MOST_SECONDS}")
    yield f"all of it took {seconds:.0f} seconds, of {MOST_SECONDS} at most"


def _inside(root: Path, *command: str, **environment: str) -> str:
    return run("chroot", root, *command, environment={"PATH": PATH, "HOME": "/root", **environment})


def _last(output: str) -> str:
    return output.strip().splitlines()[-1]
