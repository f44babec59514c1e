"""Meta tags and microdata of a page: one dictionary from lower-case name to contents."""

from collections.abc import Iterable

from crawler.reading.tree import Element

_NAMES = ("property", "name", "itemprop")


def read_meta(elements: Iterable[Element]) -> dict[str, list[str]]:
    """Return the contents of meta tags by `property`, `name` or `itemprop`, in page order."""
    metas: dict[str, list[str]] = {}
    for element in elements:
        content = " ".join((element.get("content") or "").split())
        if not content:
            continue
        for attribute in _NAMES:
            name = element.get(attribute)
            if name:
                metas.setdefault(name.strip().lower(), []).append(content)
    return metas
