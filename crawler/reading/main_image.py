"""The pictures that a page names in JSON-LD and `og:image`, with their sizes, and which image is the main one."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from crawler.items import Image
from crawler.reading.metadata import Sources
from crawler.reading.urls import absolute_url

_MOST = 20
"""Pictures of JSON-LD that are read."""
_PIXELS = re.compile(r"\s*([1-9][0-9]{0,5})(?:\.0{1,3})?\s*(?:px)?\s*", re.IGNORECASE)
_FILE_NAME = re.compile(r"([^/?#]{6,200}+)(?:[?#]|$)")
_SIZE_IN_NAME = re.compile(r"[-_]\d{2,4}x\d{2,4}$")
"""`bridge-1200x675`: the size that a server of pictures puts behind a file's name."""


def named_in_json_ld(page: Sources) -> list[Image]:
    """Return the images that the article's JSON-LD names, with the sizes that it states."""
    return list(islice(_of_json_ld(page.node.get("image"), page), _MOST))


def named_in_meta(page: Sources) -> list[Image]:
    """Return the image in `og:image`, with the size that the page states beside it; an empty list for none."""
    url = absolute_url(page.meta("og:image", "og:image:secure_url", "twitter:image"), page.base)
    width, height = pixels(page.meta("og:image:width")), pixels(page.meta("og:image:height"))
    return [Image(url=url, width=width, height=height)] if url else []


def with_main_image(images: list[Image], named: list[Image]) -> list[Image]:
    """Return the images with the main one marked, and with the sizes that `named` states for the same URL.

    The main one is the first of `named` that is among the images, at any size, or else the first image.
    """
    sizes = {image.url: image for image in reversed(named)}
    main = _index_of_main(images, named) if len(images) > 1 else 0
    return [_marked(image, sizes.get(image.url), main=number == main) for number, image in enumerate(images)]


def pixels(stated: Any) -> int | None:
    """Return a stated width or height in pixels (`1200`, `"1200px"`, a QuantitativeValue of JSON-LD), or None."""
    if isinstance(stated, dict):
        stated = stated.get("value")
    if stated is None or not isinstance(stated, str | int | float):  # most pages state none
        return None
    found = _PIXELS.fullmatch(str(stated))
    return int(found[1]) if found else None


def _marked(image: Image, stated: Image | None, *, main: bool) -> Image:
    """Return an image with the size of `stated` if it has none of its own."""
    sized = image if image.width or stated is None else stated
    return Image(
        url=image.url,
        caption=image.caption,
        credit=image.credit,
        width=sized.width,
        height=sized.height,
        main=main,
    )


def _index_of_main(images: list[Image], named: list[Image]) -> int:
    keys = [_key(image.url) for image in images]
    return next((keys.index(key) for each in named if (key := _key(each.url)) in keys), 0)


def _key(url: str) -> str:
    """Return what stays of a picture's URL at any size: the name of its file, or the whole URL if it is too short."""
    found = _FILE_NAME.search(url.rsplit("/", 1)[-1])
    return _SIZE_IN_NAME.sub("", found[1].split(".")[0]) if found else url


def _of_json_ld(value: Any, page: Sources) -> Iterator[Image]:
    for each in value[:_MOST] if isinstance(value, list) else [value]:
        if isinstance(each, dict) and not (each.get("url") or each.get("contentUrl")):
            each = next((node for node in page.nodes if _is_picture(node, each.get("@id"))), each)
        url = absolute_url(_url_of(each), page.base)
        if url:
            stated = each if isinstance(each, dict) else {}
            yield Image(url=url, width=pixels(stated.get("width")), height=pixels(stated.get("height")))


def _is_picture(node: dict[str, Any], id: Any) -> bool:
    return bool(id) and node.get("@id") == id and bool(node.get("url") or node.get("contentUrl"))


def _url_of(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or value.get("@id")
    while isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, str) else None
