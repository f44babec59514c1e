"""Write the answers of docs/exploring.md, on the demo data, below their queries.

python -m tools.answers
"""

import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory
from typing import Any

from crawler.exports.full_text import open_for_search

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "exploring.md"
ASKED = re.compile(r"(<!-- ask -->\n```sql\n)([^`]*)(```\n)(\n(?:\|[^\n]*\n)+)?")
"""A query, and the table of its answer."""


def up_to_date(page: str, database: Connection) -> str:
    """Return the page with the answer below each query."""
    return ASKED.sub(lambda asked: f"{asked[1]}{asked[2]}{asked[3]}\n{answer(database, asked[2])}", page)


def queries(page: str) -> list[str]:
    """Return the queries of the page, in their order."""
    return [asked[2] for asked in ASKED.finditer(page)]


def answer(database: Connection, query: str) -> str:
    """Return the rows of a query as a Markdown table."""
    cursor = database.execute(query)
    names = [column[0] for column in cursor.description]
    rows = [names, ["---"] * len(names), *cursor.fetchall()]
    return "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in rows)


def _cell(value: Any) -> str:
    return "" if value is None else str(value).replace("|", "\\|")


def main() -> None:
    """Replay the demo, export it, and rewrite the page."""
    scrapy = (sys.executable, "-m", "scrapy")
    with TemporaryDirectory() as folder:
        exports, out = ("-s", f"EXPORTS={folder}/exports"), Path(folder, "news.db")
        replay = ("newsroom", "--replay", "demo/demo.warc.gz", "-s", f"STORE=sqlite:///{folder}/v.db")
        subprocess.run((*scrapy, *replay, *exports), cwd=ROOT, check=True)
        subprocess.run((*scrapy, "export", *exports, "--to", "sqlite", out), cwd=ROOT, check=True)
        with closing(open_for_search(out)) as database:
            PAGE.write_text(up_to_date(PAGE.read_text(encoding="utf-8"), database), encoding="utf-8")


if __name__ == "__main__":
    main()
