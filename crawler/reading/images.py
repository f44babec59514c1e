"""Images of an article, with caption and credit; a photo credit is never a credit of the text."""

import re
from typing import Any

from crawler.items import Image
from crawler.reading.json_ld import Node
from crawler.reading.phrases import photo_credit
from crawler.reading.tree import Element
from crawler.reading.urls import absolute_url
from crawler.text.agencies import find_agency

_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-img-src", "src")
_SMALLEST = 100
_NUMBER = re.compile(r"[0-9]{1,9}")
_LAST_BRACKET = re.compile(r"(?:(?<!\s)\s+)?[(\[]([^()\[\]]{2,40})[)\]]\s*$")
_SITE_NAME = re.compile(r"(?<=[\u0900-\u0964])\s+[-|]\s+[A-Za-z][A-Za-z0-9 .]{2,30}$")
"""`… झील का किनारा। - Dainik Bhaskar`: the outlet's name behind an `alt` text."""
_LICENSORS = re.compile(r"(?<!\s)\s+or\s+licensors$", re.IGNORECASE)
"""`(AFP or licensors)`, as Vatican News credits its pictures."""
_NOT_A_PICTURE = (
    "logo",
    "icon",
    "sprite",
    "avatar",
    "/author",
    "pixel",
    "placeholder",
    "nopreview",
    "/default-",
    "/qr-",
    "blank.",
    "spacer",
    "loader",
    "badge",
)


def read_images(
    pictures: list[Element], captions: list[tuple[str, int]], node: Node, base: str, headline: str
) -> list[Image]:
    """Return the images in page order; the one that JSON-LD names where the page shows none."""
    by_picture: dict[int, list[str]] = {}
    for text, before in captions:
        by_picture.setdefault(max(0, before - 1), []).append(text)
    images: dict[str, Image] = {}
    for number, picture in enumerate(pictures):
        url = _address(picture, base)
        if url is None or _is_ornament(picture, url):
            continue
        printed = " ".join(by_picture.get(number, ())) or _alt(picture, headline)
        caption, credit = _parted(printed)
        if url not in images:
            images[url] = Image(url=url, caption=caption, credit=credit)
    if not images:
        told = _told_image(node.get("image"))
        url = absolute_url(told, base)
        if url:
            images[url] = Image(url=url)
    return list(images.values())


def _address(picture: Element, base: str) -> str | None:
    for name in _SOURCES:
        url = absolute_url(picture.get(name), base)
        if url:
            return url
    return None


def _is_ornament(picture: Element, url: str) -> bool:
    for name in ("width", "height"):
        size = picture.get(name) or ""
        if _NUMBER.fullmatch(size) and int(size) < _SMALLEST:
            return True
    hints = f"{url.lower()} {(picture.get('class') or '').lower()}"
    return url.endswith(".svg") or any(hint in hints for hint in _NOT_A_PICTURE)


def _alt(picture: Element, headline: str) -> str | None:
    alt = _SITE_NAME.sub("", " ".join((picture.get("alt") or "").split()))
    return alt if len(alt.split()) >= 3 and alt != headline else None


def _parted(printed: str | None) -> tuple[str | None, str | None]:
    if not printed:
        return None, None
    found = photo_credit(printed)
    if found is not None:
        return found[0] or None, found[1]
    bracket = _LAST_BRACKET.search(printed)
    if bracket and find_agency(_LICENSORS.sub("", bracket[1])):
        return printed[: bracket.start()] or None, bracket[1]
    return printed, None


def _told_image(value: Any) -> str | None:
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or value.get("@id")
        return _told_image(value) if isinstance(value, list) else value if isinstance(value, str) else None
    return value if isinstance(value, str) else None
