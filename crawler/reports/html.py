"""Write a report as report.html, one page without external files."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from crawler.reports.countries import country_names
from crawler.reports.facts import OUTCOMES


def report_page(report: Mapping[str, Any]) -> str:
    """Return a report as an HTML page without scripts, links to other files, or requests."""
    pages = Environment(
        loader=PackageLoader("crawler.reports", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    pages.filters |= {"percent": _percent, "number": _number, "when": _when, "link": _link}
    return pages.get_template("report.html.j2").render(
        report=report, outcomes=OUTCOMES, countries=country_names(), matrix=_matrix(report)
    )


def _matrix(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table of agencies by outlet: the twelve most credited agencies, and the outlets that credit them."""
    agencies = report["agencies"][:12]
    outlets = sorted({outlet for agency in agencies for outlet in agency["outlets"]})
    most = max((count for agency in agencies for count in agency["outlets"].values()), default=1)
    return {"agencies": agencies, "outlets": outlets, "most": most}


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}" if isinstance(value, float) and value < 1000 else f"{value:,.0f}"


def _when(time: str | None) -> str:
    return "–" if time is None else time[:16].replace("T", " ") + (" UTC" if time.endswith(("Z", "+00:00")) else "")


def _link(url: str | None) -> str | None:
    """Return a URL if it is safe to link to, else None: pages may print `javascript:` URLs."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
