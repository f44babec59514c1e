"""The pages to which a run's report leads: the report of the run before, and the edition."""

import os
from pathlib import Path
from urllib.parse import quote


def page_links(folder: Path, edition: Path | None) -> dict[str, str]:
    """Return relative URLs, from a run's folder, of the pages that are there, by the text of their link.

    `edition` is the folder of the edition, which need not be there.
    """
    pages = {
        "The run before": _before(folder),
        "The edition": edition / "index.html" if edition is not None else None,
    }
    return {text: _url(page, folder) for text, page in pages.items() if page is not None and page.is_file()}


def _before(folder: Path) -> Path | None:
    """Return the report of the run before, of those in the same folder of exports."""
    for day in sorted(folder.parent.parent.glob("date=*"), reverse=True):
        for run in sorted(day.glob("run=*"), reverse=True):
            page = run / "report.html"
            if (day.name, run.name) < (folder.parent.name, folder.name) and page.is_file():
                return page
    return None


def _url(page: Path, folder: Path) -> str:
    return quote(Path(os.path.relpath(page.resolve(), folder.resolve())).as_posix(), safe="/=")
