"""Trace the readers: record the names and values of the fields that they look up in a page or a listing."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from crawler.discovery import entries, xml_listing
from crawler.reading import json_ld, metadata

Name = tuple[str, str]
"""A kind of field (`json-ld`, `meta`, `attribute`, `text`, `entry`) and its name."""
Trace = dict[Name, list[Any]]
"""The values of each field when it was looked up."""


class TracedDict(dict[Any, Any]):
    """A dictionary that records each look-up."""

    def __init__(self, held: dict[Any, Any], kind: str, path: str, trace: Trace) -> None:
        super().__init__({key: _traced(value, kind, _below(path, key), trace) for key, value in held.items()})
        self._kind, self._path, self._trace = kind, path, trace

    def _note(self, key: str, value: Any) -> Any:
        self._trace[self._kind, _below(self._path, key)].append(value)
        return value

    def get(self, key: Any, default: Any = None) -> Any:
        return self._note(key, super().get(key, default))

    def __getitem__(self, key: Any) -> Any:
        return self._note(key, super().__getitem__(key))

    def __contains__(self, key: object) -> bool:
        self._note(str(key), super().get(key))
        return super().__contains__(key)


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _traced(value: Any, kind: str, path: str, trace: Trace) -> Any:
    if isinstance(value, dict):
        return TracedDict(value, kind, path, trace)
    return [_traced(each, kind, path, trace) for each in value] if isinstance(value, list) else value


@contextmanager
def traced() -> Iterator[Trace]:
    """Record all look-ups of the readers within the context."""
    trace: Trace = defaultdict(list)

    class Element(etree.ElementBase):
        def get(self, key: Any, default: Any = None) -> Any:
            value = super().get(key, default)
            trace["attribute", f"{self.tag} {key}"].append(value)
            return value

    def parser(make: Any) -> Any:
        def made(**options: Any) -> Any:
            new = make(**options)
            new.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Element))
            return new

        return made

    read_meta, read_nodes, read_entry = metadata.read_meta, json_ld.read_nodes, entries.read_entry

    def read_traced_nodes(*given: Any) -> list[TracedDict]:
        return [TracedDict(each, "json-ld", str(each["@type"]), trace) for each in read_nodes(*given)]

    def read_traced_entry(piece: bytes) -> entries.Entry | None:
        entry = read_entry(piece)
        return replace(entry, texts=TracedDict(entry.texts, entry.name, "", trace)) if entry else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(etree, "HTMLParser", parser(etree.HTMLParser))
        patch.setattr(metadata, "read_meta", lambda *given: TracedDict(read_meta(*given), "meta", "", trace))
        patch.setattr(metadata, "read_nodes", read_traced_nodes)
        patch.setattr(xml_listing, "read_entry", read_traced_entry)
        yield trace
