"""Read the images of an article with caption and credit; a photo credit is not a credit of the text."""

import re
from collections.abc import Iterator

from crawler.items import Image
from crawler.reading.main_image import named_in_json_ld, named_in_meta, pixels, with_main_image
from crawler.reading.metadata import Sources
from crawler.reading.photo_credits import photo_credit
from crawler.reading.tree import Element
from crawler.reading.urls import absolute_url
from crawler.text.agencies import find_agency, is_trap

_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-img-src", "src")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PICTURE_FILE = re.compile(r"^(?:https?:)?/\S*\.(?:jpe?g|png|webp|avif)(?:[?#]\S*)?$", re.IGNORECASE)
_PLACEHOLDERS = ("blank.", "lazy.", "loader", "loading.", "nopreview", "pixel", "placeholder", "spacer", "transparent.")
"""Parts of the URL of a placeholder, which a script replaces by the picture."""
_SET_ENTRY = re.compile(
    r"""
    (?P<url>\S+?)
    (?: \s+ (?P<size>\d{1,6}(?:\.\d{1,3})?) [wx] )?    # 640w: pixels; 2x: pixels per pixel of the layout
    \s* (?: ,\s+ | ,$ | $ )                            # a comma may also be part of a URL
    """,
    re.VERBOSE,
)
_LONGEST_SET = 8_000  # characters
_CAPTION_LABEL = re.compile(r"^(?:इमेज|तस्वीर|फोटो|वीडियो)\s+कैप्शन\s*[,:：-]?\s+")
"""`इमेज कैप्शन, …`: the label of BBC Hindi for screen readers."""
_SMALLEST = 100  # pixels
_NUMBER = re.compile(r"[0-9]{1,9}")
_LAST_BRACKET = re.compile(
    r"""
    (?:(?<!\s)\s+)?                     # spaces, matched from the first only: linear on a run of them
    [(\[]([^()\[\]]{2,40})[)\]]         # a credit is short, and holds no brackets
    \s*$
    """,
    re.VERBOSE,
)
_SITE_NAME = re.compile(r"(?<=[\u0900-\u0964])\s+[-|]\s+[A-Za-z][A-Za-z0-9 .]{2,30}$")
"""`… झील का किनारा। - Dainik Bhaskar`: the outlet's name at the end of an `alt` text."""
_LICENSORS = re.compile(r"(?<!\s)\s+or\s+licensors$", re.IGNORECASE)
"""`(AFP or licensors)`: the form of credits at Vatican News."""
_BETWEEN_LICENSORS = re.compile(r"\s?[/|]\s?|,\s|\svia\s")
_AT_END = re.compile(r"(?:\s?\||\s[-–—]|(?<=\S)/)\s?([^|–—]{2,40}+)$")
"""What stands behind the last bar, dash or slash of a caption: `… | AFP`, `… - Getty Images`, `…/एएफपी`."""
_ARCHIVES = frozenset(
    ("getty", "getty images", "gettyimages", "shutterstock", "istock", "unsplash", "pexels", "pixabay")
)
"""Archives of pictures that a caption may name alone, in lower case."""
_SHORT_NAMES = frozenset(("AP", "एपी", "PTI", "पीटीआई"))
"""Names of agencies that mean something else in a text, and nothing else as a whole caption."""
_LONGEST_LICENSORS = 60
_NOT_A_PICTURE = (
    "logo",
    "icon",
    "sprite",
    "avatar",
    "/author",
    "/default-",
    "/qr-",
    "badge",
    *_PLACEHOLDERS,
)


def read_images(pictures: list[Element], captions: list[tuple[str, int]], page: Sources, headline: str) -> list[Image]:
    """Return the images of a report in page order, or the image in JSON-LD if the page shows none.

    `captions` are pairs of a caption and the number of pictures before it; an `alt` text equal to `headline` is not a
    caption. One image is the main one.
    """
    by_picture: dict[int, list[str]] = {}
    for text, before in captions:
        by_picture.setdefault(max(0, before - 1), []).append(text)
    images: dict[str, Image] = {}
    for number, picture in enumerate(pictures):
        url = _address(picture, page.base)
        if url is None or _is_ornament(picture, url):
            continue
        printed = " ".join(by_picture.get(number, ())) or _alt(picture, headline)
        caption, credit = part_caption(printed)
        credit = credit or picture.get("attribution")  # of AMP
        if url not in images:
            width, height = pixels(picture.get("width")), pixels(picture.get("height"))
            images[url] = Image(url=url, caption=caption, credit=credit, width=width, height=height)
    named = named_in_json_ld(page)
    return with_main_image(list(images.values()) or named[:1], [*named, *named_in_meta(page)])


def _address(picture: Element, base: str) -> str | None:
    """Return the URL of a picture, or of its placeholder if the page has no other."""
    placeholder = None
    for printed in _printed_urls(picture):
        url = absolute_url(printed, base)
        if url and not _names_placeholder(url.lower()):
            return url
        placeholder = placeholder or url
    return placeholder


def _names_placeholder(url: str) -> bool:
    return any(map(url.__contains__, _PLACEHOLDERS))


def _printed_urls(picture: Element) -> Iterator[str | None]:
    """Yield the URLs in the attributes of a picture and of the `source` elements beside it, the best first."""
    for name in _SOURCES:
        if printed := picture.get(name):
            yield printed
    for name in map(str, picture.keys()):
        if name.startswith("data-") and _PICTURE_FILE.match(picture.get(name) or ""):
            yield picture.get(name)
    around = next(picture.iterancestors("picture"), None)
    sources = list(around.iter("source")) if around is not None else []
    for element in (picture, *sources):
        for name in _SETS:
            yield _largest(element.get(name) or "")


def _largest(sizes: str) -> str | None:
    """Return the URL of the largest picture in a `srcset`."""
    found = [(float(entry["size"] or 1), entry["url"]) for entry in _SET_ENTRY.finditer(sizes[:_LONGEST_SET])]
    return max(found, key=lambda sized: sized[0])[1] if found else None


def _is_ornament(picture: Element, url: str) -> bool:
    for name in ("width", "height"):
        size = picture.get(name) or ""
        if _NUMBER.fullmatch(size) and int(size) < _SMALLEST:
            return True
    hints = f"{url.lower()} {(picture.get('class') or '').lower()}"
    return url.endswith(".svg") or any(map(hints.__contains__, _NOT_A_PICTURE))


def _alt(picture: Element, headline: str) -> str | None:
    alt = _SITE_NAME.sub("", " ".join((picture.get("alt") or "").split()))
    return alt if len(alt.split()) >= 3 and alt != headline else None


def _names_licensors(printed: str) -> bool:
    """Return whether a caption holds nothing but names of agencies: `Reuters`, `Getty Images/AFP`."""
    if len(printed) > _LONGEST_LICENSORS:
        return False
    names = [_LICENSORS.sub("", name.strip(" ©")) for name in _BETWEEN_LICENSORS.split(printed)]
    return all(map(_is_licensor, names))


def _is_licensor(name: str) -> bool:
    return name.lower() in _ARCHIVES or name in _SHORT_NAMES or (find_agency(name) is not None and not is_trap(name))


def _is_agency(name: str) -> bool:
    """Return whether a name behind a caption is an agency's or an archive's, and nothing else, as `भाषा` is."""
    agency = find_agency(name)
    return name.lower() in _ARCHIVES or (agency is not None and agency.kind == "agency" and not is_trap(name))


def part_caption(printed: str | None) -> tuple[str | None, str | None]:
    """Return a caption and the credit of its picture, each without the other; None for what it does not have."""
    if not printed:
        return None, None
    printed = _CAPTION_LABEL.sub("", printed)
    if _names_licensors(printed):
        return None, printed.strip(" ©")
    found = photo_credit(printed)
    if found is not None:
        return found[0] or None, found[1]
    bracket = _LAST_BRACKET.search(printed) if printed.rstrip().endswith((")", "]")) else None
    if bracket and find_agency(_LICENSORS.sub("", bracket[1])):
        return printed[: bracket.start()] or None, bracket[1]
    behind = _AT_END.search(printed, max(0, len(printed) - _LONGEST_LICENSORS))
    if behind and all(map(_is_agency, _BETWEEN_LICENSORS.split(behind[1]))):
        return printed[: behind.start()] or None, behind[1]
    return printed, None
