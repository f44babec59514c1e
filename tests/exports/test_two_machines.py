"""Two machines with disks of their own at one path, in mount namespaces: a delivery that dies is repeated once."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from crawler.shelves import Shelf
from crawler.store import SHARED, open_store
from tests.commands.running import ROOT
from tests.exports.dying import article
from tests.runs.replaying import lines

pytestmark = [pytest.mark.scale, pytest.mark.soak]
_DELIVER = "import sys; sys.argv[0] = 'scrapy'; from scrapy.cmdline import execute; execute()"
_DIE = "import os; from crawler.exports.folder import RunFolder; RunFolder.list_part = lambda *_: os._exit(9); "


class Machines:
    """Machines that share a store; each has a disk of its own at the path of the exports."""

    def __init__(self, folder: Path, store: str) -> None:
        self._folder = folder
        self._store = store
        self.exports = folder / "exports"
        self.exports.mkdir()

    def put(self, *numbers: int) -> None:
        store = open_store(self._store, serves=SHARED)
        for number in numbers:
            store.outbox.put(article(number, "20261124T060000Z-shared"), Shelf.ARTICLES)
        store.close()

    def deliver(self, name: str, *, dies: bool = False) -> str:
        """Deliver on a machine, and return what it said; one that dies does so when its part has reached its place."""
        (self._folder / name).mkdir(exist_ok=True)
        script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'
        code = (_DIE if dies else "") + _DELIVER
        command = [sys.executable, "-c", code, "deliver", "-s", f"STORE={self._store}", "--out", str(self.exports)]
        whole = ["unshare", "--mount", "sh", "-c", script, "sh", str(self._folder / name), str(self.exports), *command]
        done = subprocess.run(whole, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=120)
        assert done.returncode == (9 if dies else 0), done
        return done.stdout + done.stderr

    def delivered(self) -> Counter[str]:
        parts = list(self._folder.glob("machine-*/date=*/run=*/articles*.jsonl"))
        return Counter(record["id"] for part in parts for record in lines(part))


@pytest.fixture
def machines(tmp_path: Path, address: str) -> Machines:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("needs root and unshare to give each machine a disk of its own")
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this kernel or container allows no mount namespaces")
    return Machines(tmp_path, address)


def test_another_machine_waits_for_the_one_that_died_while_it_published(machines: Machines) -> None:
    machines.put(*range(5))
    machines.deliver("machine-a", dies=True)
    machines.put(5)

    said = machines.deliver("machine-b")

    assert "in another place of exports" in said
    assert machines.delivered()["a5"] == 1
    machines.deliver("machine-a")
    assert machines.delivered() == dict.fromkeys((f"a{number}" for number in range(6)), 1)


def test_the_machine_that_died_goes_on_where_it_was(machines: Machines) -> None:
    machines.put(*range(5))
    machines.deliver("machine-a", dies=True)
    machines.put(5)

    machines.deliver("machine-a")

    assert machines.delivered() == dict.fromkeys((f"a{number}" for number in range(6)), 1)
