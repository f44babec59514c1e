"""Tell what kind of word of a command line names files: a pattern, a list, or a file or folder as it stands."""

import re
from pathlib import Path

LISTS = (".paths", ".paths.gz")
"""How the names of lists end: a path a line, as Common Crawl publishes them."""
SIGNS = re.compile(r"[*?\[]")
WEB = ("http://", "https://")


def is_pattern(place: str) -> bool:
    """Return whether a word is a pattern; one that names something on disk as it stands is none."""
    return bool(SIGNS.search(place)) and not place.startswith(WEB) and not is_on_disk(place)


def is_on_disk(place: str) -> bool:
    """Return whether something is at a path; True if that may not be known, so that who reads it names the error."""
    try:
        return Path(place).exists()
    except PermissionError:
        return True
    except OSError:  # no disk can have such a name
        return False


def is_folder(place: str) -> bool:
    """Return whether a folder is at a path; False if that may not be known."""
    try:
        return Path(place).is_dir()
    except OSError:
        return False
