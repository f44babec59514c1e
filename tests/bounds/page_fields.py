"""The fields of a page that the reader uses, found by tracing it; those of JSON-LD are in `json_ld_fields`."""

from collections.abc import Iterator
from functools import cache, partial

from lxml.html import defs

from crawler.reading.junk import junk
from tests.bounds.field import DESIGNED, IN_HEAD, URL, Field, element, markup, read, script, with_element
from tests.bounds.json_ld_fields import NODES
from tests.bounds.patterns import modules
from tests.bounds.tracing import Trace, traced
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, paragraphs

COMMON = 10
"""An attribute that is read from more kinds of elements than this is read from all, in one way."""
COMPARED = frozenset((*(f"{tag} itemtype" for tag in (*defs.tags, "amp-img")), "html itemprop"))
"""Attributes that the reader compares with names, and that have no place in what it reads."""
NO_TEXT = frozenset(("html", "head", "body", "frameset", "frame", "script"))

# Attributes that an element needs beside the field, so that the field is read.
BESIDE: dict[str, tuple[dict[str, str], ...]] = {
    "a": ({"href": "/author/ram", "rel": "author"}, {"href": f"{URL}?page=2", "rel": "next"}),
    "link": ({"rel": "canonical", "href": URL}, {"rel": "next", "href": f"{URL}?page=2"}),
    "meta": ({"property": "og:title", "name": "x", "itemprop": "y", "content": HEADLINE},),
    "script": ({"type": "application/json", "id": "__NEXT_DATA__"},),
    "time": ({"datetime": "2024-06-12T10:00:00+05:30", "itemprop": "datePublished", "class": "a"},),
    "img": ({"src": "/a.jpg", "alt": SECOND, "width": "600", "height": "400"}, {"data-src": "/b.jpg"}),
    "span": ({"itemprop": "author"}, {"itemtype": "https://schema.org/Article"}, {"class": "dateline"}),
}
SCRIPTS = {
    "json-ld": '<script type="application/ld+json">{}</script>',
    "json-ld wrapped": '<script type="application/ld+json"><!-- {{"@type": "NewsArticle"}} --> {}x</script>',
    "json-ld broken": '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{}</script>',
    "state": '<script>window.__INITIAL_STATE__ = {{"body": "{}"}}</script>',
    "data": '<script id="__NEXT_DATA__" type="application/json">{{"type": "paragraph", "text": "{}"}}</script>',
    "data broken": '<script id="__NEXT_DATA__" type="application/json">{{"body": "<p>{}</script>',
    "no data": "<script>{}</script>",
    "comment": "<!-- {} -->",
    "tag": "<div {}>x</div>",
    "name": "<{}>x</p>",
    "value": "<div a={}>x</div>",
    "end": "</div {}>",
}
"""Places that are neither text nor attributes: contents of scripts, and syntax that only a tokenizer sees."""


@cache
def tags() -> dict[frozenset[str], list[str]]:
    """Return HTML's elements grouped by the reader's tables that name them: a group is read in the same way."""
    tables = {
        f"{module.__name__}.{name}": value
        for module in modules()
        if module.__name__.startswith("crawler.reading.")
        for name, value in vars(module).items()
        if isinstance(value, frozenset | tuple) and all(isinstance(each, str) for each in value)
    }
    found: dict[frozenset[str], list[str]] = {}
    for tag in sorted({*defs.tags, "amp-img"}):
        found.setdefault(frozenset(name for name, table in tables.items() if tag in table), []).append(tag)
    return found


def catalogue(*, in_head: bool) -> str:
    """Return markup with one of each element of a page's head or body."""
    known = {tag for alike in tags().values() for tag in alike} - (NO_TEXT - {"script"})
    return "".join(
        element(tag, attributes)
        for tag in sorted(known)
        if (tag in IN_HEAD) == in_head
        for attributes in BESIDE.get(tag, ({},))
    )


@cache
def trace() -> Trace:
    """Return the fields that are read from pages with every element, and from pages with few."""
    head, body = catalogue(in_head=True), catalogue(in_head=False)
    with traced() as seen:
        for headline in (HEADLINE, None):
            for node in ([], *NODES, list(NODES)):
                for text in (paragraphs(), ""):
                    read(markup(head + script(node), body, headline=headline, text=text))
                    read(markup(script(node), headline=headline, text=text))
    return seen


def _meta_fields() -> Iterator[Field]:
    for kind, name in trace():
        if kind == "meta":
            yield Field((kind, name), partial(_with_attribute, "meta", {"property": name}, "content"), read)


def _with_attribute(tag: str, beside: dict[str, str], name: str, text: str) -> bytes:
    return with_element(tag, {**beside, name: text})


def _attribute_fields() -> Iterator[Field]:
    """Yield each attribute that is read from a few elements for each of them, and one read from all elements once."""
    pairs = [tuple(name.split()) for kind, name in trace() if kind == "attribute" and name not in COMPARED]
    common = sorted({name for _, name in pairs if sum(other == name for _, other in pairs) > COMMON})
    for tag, name in [*(pair for pair in pairs if pair[1] not in common), *(("div", name) for name in common)]:
        beside = BESIDE.get(tag, ({},))
        for others in [each for each in beside if name in each] or beside[:1]:
            yield Field(("attribute", f"{tag} {name}"), partial(_with_attribute, tag, others, name), read)
    yield Field(("attribute", "div itemtype"), _around_an_author, read)


def _around_an_author(text: str) -> bytes:
    begin, _, end = element("div", {"itemtype": text}).rpartition("क")
    return markup(inner=begin + element("a", {"href": "/author/ram"}, "राम") + end)


def _text_fields() -> Iterator[Field]:
    """Yield the text of one element of each group that is read in the same way, and of elements with special names."""
    for alike in tags().values():
        tag = next((each for each in alike if each not in defs.empty_tags | NO_TEXT), None)
        if tag:
            yield Field(("text", tag), partial(with_element, tag, BESIDE.get(tag, ({},))[0]), read)
    for attributes in BESIDE["span"]:
        yield Field(("text", f"span {attributes}"), partial(with_element, "span", attributes), read)
    names = {mark: name for name, mark in sorted(junk().names.items())}
    for mark, name in names.items():
        yield Field(("text", f"marked {mark}"), partial(with_element, "p", {"class": name}), read)
    for name in DESIGNED:
        yield Field(("text", f"design {name}"), partial(with_element, "p", {"class": f"d-{name}"}), read)
    yield Field(("text", "headline"), lambda text: markup(headline=element("b", {}, text)), read)
    yield Field(("text", "first"), lambda text: markup(text=element("p", {}, f"काठमांडू, {text}") + paragraphs()), read)
    yield Field(("text", "last"), lambda text: markup(text=paragraphs(FIRST, THIRD) + element("p", {}, text)), read)
    yield Field(("text", "pointer"), lambda text: markup(inner=_pointer(text)), read)


def _pointer(text: str) -> str:
    return f"<p>यह भी पढ़ें: {element('b', {}, text)} {element('a', {'href': '/world/x-12345'}, text)}</p>"


def _script_fields() -> Iterator[Field]:
    for name, around in SCRIPTS.items():
        for where, text in (("", None), (", no body", "")):
            yield Field(("script", name + where), partial(_with_script, around, text), read)


def _with_script(around: str, body: str | None, text: str) -> bytes:
    return markup(around.format(text), text=body)


def page_fields() -> Iterator[Field]:
    """Yield every field of a page except those of JSON-LD."""
    for kind in (_meta_fields, _attribute_fields, _text_fields, _script_fields):
        yield from kind()
