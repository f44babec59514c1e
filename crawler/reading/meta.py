"""Meta tags of a page: one dictionary from lower-case name to content, first one first."""

from lxml import etree

_METAS = etree.XPath("//meta[@content and (@property or @name or @itemprop)]")


def read_meta(root: etree._Element) -> dict[str, str]:
    """Return the page's meta tags by `property`, `name` or `itemprop`; the first of a name wins."""
    metas: dict[str, str] = {}
    for element in _METAS(root):
        content = " ".join(element.get("content").split())
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name:
                metas.setdefault(name.strip().lower(), content)
    return metas


def first(metas: dict[str, str], *names: str) -> str | None:
    """Return the content of the first of these meta tags that a page has."""
    return next((metas[name] for name in names if name in metas), None)
