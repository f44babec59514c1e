"""scrapy genspider -t outlet makes a spider that passes the project's checks."""

import re
import shutil
from pathlib import Path

import pytest

from tests.commands.running import ROOT, scrapy_anew


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the project to write a spider into."""
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    shutil.copytree(ROOT / "spiders", tmp_path / "spiders", ignore=shutil.ignore_patterns("__pycache__"))
    for room in ("crawler", "pipelines"):
        (tmp_path / room).symlink_to(ROOT / room)
    return tmp_path


def test_the_template_makes_an_outlet_that_is_listed(checkout: Path) -> None:
    made = scrapy_anew("genspider", "-t", "outlet", "nayi-subah", "www.nayisubah.example", folder=checkout)
    listed = scrapy_anew("outlets", folder=checkout)

    text = (checkout / "spiders" / "nayi_subah.py").read_text(encoding="utf-8")
    assert (made.code, made.err) == (0, "")
    assert "class NayiSubahSpider(OutletSpider):" in text
    assert 'hosts=("www.nayisubah.example",)' in text
    assert len(text.splitlines()) <= 30
    assert any(line.startswith("nayi_subah") and "feed?, section?" in line for line in listed.out.splitlines())


def test_contributing_names_commands_that_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    ours = {path.stem for path in (ROOT / "crawler" / "commands").glob("*.py")}

    assert set(re.findall(r"^scrapy (\w+)", text, flags=re.M)) <= {*ours, "genspider"}
    for path in re.findall(r"`?((?:tools|tests|crawler)/[\w/.]+)`?", text):
        assert path.startswith("tests/pages/example") or (ROOT / path.rstrip(".")).exists(), path
