"""Write the table of outlets between the markers in README.md, from the spiders.

Run `python tools/outlet_table.py`; tests/test_outlets.py fails if the table is out of date.
"""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.outlets import load_outlets  # noqa: E402

README = ROOT / "README.md"
BEGIN, END = "<!-- outlets -->", "<!-- /outlets -->"


def table() -> str:
    """Return a Markdown table of all outlets, in order of their names."""
    spiders = load_outlets(get_project_settings())
    lines = [
        f"{len(spiders)} outlets. A ? marks what was neither seen in a saved page nor in public code.",
        "",
        "| spider | outlet | group | discovery | article addresses | designs |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(spider) for spider in spiders.values()]
    return "\n".join(lines)


def updated(readme: str) -> str:
    """Return the README with the current table; raise SystemExit if the markers are missing."""
    before, _, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"README.md: the markers {BEGIN} and {END} are not there")
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def _row(spider: Any) -> str:
    outlet = spider.outlet
    ways = ", ".join(dict.fromkeys(each.way + _mark(each.evidence) for each in spider.listings))
    designs = ", ".join(
        f"to {design.until.year}{_mark(design.evidence)}" if design.until else f"current{_mark(design.evidence)}"
        for design in outlet.designs
    )
    return (
        f"| `{outlet.slug}` | [{outlet.name}](https://{outlet.hosts[0]}) | {outlet.group} | {ways} "
        f"| known{_mark(outlet.article_evidence)} | {designs or 'standard markup'} |"
    )


def _mark(evidence: str) -> str:
    return "?" if evidence == "unverified" else ""


if __name__ == "__main__":
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{README.name}: table of outlets written")
