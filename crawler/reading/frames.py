"""Old-fashioned frames: a `table` or `center` around a picture and its caption, and tables of data."""

import re
from itertools import islice

from crawler.limits import MOST_LINKS
from crawler.reading.tree import Element, is_longer, text_of_element

PICTURES = frozenset(("img", "amp-img"))
_PICTURE_FILE = re.compile(
    r"""
    ^\#?$                                           # nowhere: a script shows the picture
    |\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)        # a file
    |/(?:photo|image|gallery)                       # a page around one picture, or around several
    """,
    re.VERBOSE | re.IGNORECASE,
)
FRAMES = frozenset(("center", "table", "td"))
_LONGEST_CAPTION = 250
_LONGEST_CELL = 60
_FEWEST_ROWS = _FEWEST_COLUMNS = 2


def is_picture_url(href: str) -> bool:
    """Return whether a link leads to a larger copy of a picture, or nowhere."""
    return _PICTURE_FILE.search(href) is not None


def frames_picture(element: Element) -> bool:
    """Return whether a `center` or `table` is only the frame of a picture and its caption, without other links."""
    if element.tag not in FRAMES or next(element.iter(*PICTURES), None) is None:
        return False
    if any(
        not is_picture_url(link.get("href") or "") and text_of_element(link)
        for link in islice(element.iter("a"), MOST_LINKS)
    ):
        return False
    return not is_longer(element, _LONGEST_CAPTION)


def is_data_table(table: Element) -> bool:
    """Return whether a table lists data: at least two columns in at least two rows, and each cell is short."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    return sum(len(row) >= _FEWEST_COLUMNS for row in rows) >= _FEWEST_ROWS and all(
        len(text_of_element(cell)) <= _LONGEST_CELL for row in rows for cell in row
    )
