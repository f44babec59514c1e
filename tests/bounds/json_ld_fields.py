"""The fields of JSON-LD that the reader uses, found by tracing it."""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from tests.bounds.field import Field, markup, read, script
from tests.bounds.tracing import traced
from tests.reading.markup import HEADLINE

NODES: tuple[dict[str, Any], ...] = (
    {"@type": "NewsArticle", "headline": HEADLINE},
    {"@type": "LiveBlogPosting", "headline": HEADLINE, "liveBlogUpdate": [{"headline": HEADLINE}]},
    {"@type": "VideoObject", "name": HEADLINE},
    {"@type": "Review", "headline": HEADLINE},
    {"@type": "BreadcrumbList", "itemListElement": [{"name": "होम"}, {"name": "विदेश"}, {"name": "x"}]},
)
DEEPEST = 2
"""Maximum depth of a value below its node."""


def with_value(node: Any, path: list[str], value: Any) -> Any:
    """Return the node with a value at a path, in each object of a list; a second type is added to `@type`."""
    if isinstance(node, list):
        return [with_value(each, path, value) for each in node]
    if not path:
        return value
    held = node if isinstance(node, dict) else {}
    if path == ["@type"] and "@type" in held:
        return {**held, "@type": [held["@type"], value]}
    return {**held, path[0]: with_value(held.get(path[0]), path[1:], value)}


def page_of(node: Any) -> bytes:
    """Return a page with a node; a breadcrumb list or a review gets the node of an article beside it."""
    is_beside = any(name in str(node["@type"]) for name in ("Breadcrumb", "Review"))
    return markup(script([NODES[0], node] if is_beside else node))


@cache
def asked() -> dict[str, Any]:
    """Return the paths that the reader looks up, also inside values and lists, each with a node that contains it."""
    found: dict[str, Any] = {}
    waiting: list[tuple[Any, list[str]]] = [(node, []) for node in reversed(NODES)]
    while waiting:
        node, path = waiting.pop()
        whole = ".".join((node["@type"], *path))
        for below in ({"x": "क"}, [{"x": "क"}], "क"):
            holding = with_value(node, path, below) if path else node
            with traced() as seen:
                read(page_of(holding))
            for kind, at in list(seen):
                above, _, key = at.rpartition(".")
                if kind == "json-ld" and above == whole and key != "x" and not _is_known(at, found):
                    found[at] = node
                    if len(path) < DEEPEST - 1:
                        waiting.append((holding, [*path, key]))
    return found


def _is_known(path: str, found: dict[str, Any]) -> bool:
    """Return whether a path is known, for this type or for an article, which is read in the same way."""
    return path in found or f"{NODES[0]['@type']}.{path.partition('.')[2]}" in found


def _holding(node: Any, path: list[str], text: str) -> bytes:
    return page_of(with_value(node, path, text))


def json_ld_fields() -> Iterator[Field]:
    """Yield every field of JSON-LD that the reader uses."""
    for at, node in asked().items():
        yield Field(("json-ld", at), partial(_holding, node, at.split(".")[1:]), read)
