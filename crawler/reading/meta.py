"""Meta tags and microdata of a page: one dictionary from lower-case name to contents."""

from crawler.reading.tree import Element, all_of

_METAS = all_of("//meta[@content and (@property or @name or @itemprop)]")


def read_meta(root: Element) -> dict[str, list[str]]:
    """Return the contents of the page's meta tags by `property`, `name` or `itemprop`, in page order."""
    metas: dict[str, list[str]] = {}
    for element in _METAS(root):
        content = " ".join(element.get("content").split())
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name:
                metas.setdefault(name.strip().lower(), []).append(content)
    return metas
