"""Count the words of a text."""

import re

from crawler.text.fold import collapsed

_MARKS_ALONE = re.compile(r" [^\w ]++(?= |$)")


def count_words(text: str) -> int:
    """Return how many words a text has: what stands between white space and holds a letter or a digit.

    >>> count_words("पुल – 312 मीटर लंबा – खुला।")
    5
    """
    line = collapsed(text.replace("\n\n", " ").replace("_", "-"))  # to `re` the low line is a letter
    return line.count(" ") + 1 - len(_MARKS_ALONE.findall(f" {line}")) if line else 0
