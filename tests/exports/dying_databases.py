"""An export into a database whose process is killed."""

from pathlib import Path

from scrapy.cmdline import execute

from crawler.exports import sqlite
from crawler.exports.tables import Tables

STEPS = (
    (Tables, "put_edition"),
    (Tables, "withdraw_editions"),
    (Tables, "put"),
    (Tables, "remove"),
    (Tables, "finish"),
    (Path, "replace"),
    (Path, "unlink"),
)
"""The process dies before or after a call of one of these."""


def export_in_small_steps(root: str, out: str) -> None:
    """Run the export in this process with so small a cache that it changes the file long before it commits."""
    sqlite._CACHE = "PRAGMA cache_size = 2"
    execute(["scrapy", "export", "-s", f"EXPORTS={root}", "--to", "sqlite", out])


def left_behind(out: Path) -> set[str]:
    """Return the files beside a database that an export of it has left, without their common name."""
    return {path.name.replace(out.name, "") for path in out.parent.glob(f"*{out.name}*")} - {""}
