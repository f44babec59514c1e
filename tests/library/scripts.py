"""Scripts that use Videsh as a library, and what they read."""

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parent.parent.parent
DEMO = ROOT / "demo" / "demo.warc.gz"
PAGE = ROOT / "tests" / "pages" / "indiatv" / "nepal_bridge_bhasha.html"
URL = json.loads(PAGE.with_suffix(".json").read_text(encoding="utf-8"))["page"]["url"]


def python(script: str, folder: Path, **environment: str) -> str:
    """Run a script in a folder, in a new Python, and return what it printed; a crawl leaves a reactor behind."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", dedent(script)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "VIDESH_HOME": str(folder / "home"), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
