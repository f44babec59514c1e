"""Write a report as report.html, one page without external files."""

from collections.abc import Mapping
from importlib import resources
from typing import Any

from markupsafe import Markup

from crawler.reports.countries import country_names
from crawler.reports.shades import shade
from crawler.reports.shown import CONTENTS, left_out, shown_parts, silent

_DAY = 24.0
_OLD = 30 * _DAY
"""Hours from publication to fetch after which a page is an old one, not late news."""
_YEAR = 365.25 * _DAY
_SHEETS = ("design/colours.css", "design/heat.css", "reports/report.css")


def report_page(report: Mapping[str, Any], links: Mapping[str, str] | None = None) -> str:
    """Return a report as an HTML page without scripts or requests; `links` has the URLs of other pages by text."""
    from crawler.page_templates import templates_of  # slow to import: only where a page is written

    pages = templates_of("crawler.reports", ".")
    pages.filters |= {
        "percent": _percent,
        "number": _number,
        "when": _when,
        "link": _link,
        "age": _age,
        "shade": shade,
        "whole": _whole,
    }
    shown = shown_parts(report)
    return pages.get_template("report.html.j2").render(
        report=report,
        links=links or {},
        shown=shown,
        contents=[(name, text) for name, text in CONTENTS.items() if name in shown],
        nothing=left_out(report, shown),
        silent=silent(report),
        names={name: outlet.get("name_hi") for name, outlet in report["outlets"].items()},
        countries=country_names(),
        old=_OLD,
        style=Markup("".join((resources.files("crawler") / sheet).read_text(encoding="utf-8") for sheet in _SHEETS)),
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}" if isinstance(value, float) and value < 1000 else _whole(value)


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _age(hours: float | None) -> str:
    """Return hours in the unit that a person would say: `5.2 h`, `12 days`, `6.9 years`."""
    if hours is None:
        return "–"
    if hours < 2 * _DAY:
        return f"{hours:.1f} h"
    return f"{hours / _DAY:.0f} days" if hours < _YEAR else f"{hours / _YEAR:.1f} years"


def _when(time: str | None) -> str:
    return "–" if time is None else time[:16].replace("T", " ") + (" UTC" if time.endswith(("Z", "+00:00")) else "")


def _link(url: str | None) -> str | None:
    """Return a URL if it is safe to link to, else None: pages may print `javascript:` URLs."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
