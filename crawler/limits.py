"""Limits of input sizes. docs/limits.md prints these docstrings as a table; a test compares the two.

All outlets share one thread, and neither a pattern nor libxml2 can be interrupted, so a slow page, listing or field
delays all others. Each limit is far above what outlets print; the maximum of 211 pages of 90 outlets is in square
brackets.
"""

LARGEST_PAGE = 4 * 1024 * 1024
"""Bytes of a page without its scripts, styles, drawings and `data:` URLs [750,500]; a larger page is refused."""
MOST_TAGS = 200_000
"""Start tags of a page [16,125]; a page with more is refused."""
MOST_LEVELS = 256
"""Levels of nested elements [37]; a deeper page is flattened, or refused if that fails."""
MOST_ATTRIBUTES = 256
"""Attributes of one tag [201]; the rest is cut, because libxml2 takes quadratic time."""
LONGEST_ATTRIBUTE = 65_536
"""Bytes of one attribute [19,227, in a drawing]; the rest is cut."""
LONGEST_SCRIPT = 1_000_000
"""Characters of a script with data, and of all JSON-LD [96,456]; a longer one is not read."""
MOST_NODES = 2_000
"""Objects of a page's JSON-LD that are read."""
MOST_VALUES = 30_000
"""Values of a page's application data that are read."""

LONGEST_ADDRESS = 4_096
"""Characters of a URL [1,491]; a longer one is invalid."""
LONGEST_FIELD = 5_000
"""Characters of a field: a title, a name, a time, keywords [1,343]; the rest is cut."""
LONGEST_TITLE = 1_000
"""Characters of a headline, a section's name or a tag [319]; a longer one is ignored."""
MOST_OF_A_KIND = 100
"""Values of one field, such as authors or dates [8]; the rest is not read."""
MOST_LINES = 10_000
"""Lines of text around and in a body [1,500]; a page with more is refused."""
MOST_LINKS = 1_000
"""Links from an article to others, and pictures in it [52]; the rest is not read."""
LONGEST_BODY = 500_000
"""Characters of a body [10,830]; a page with more is refused, and JSON-LD's `articleBody` is cut."""

MOST_REQUESTS = 60
"""Requests of a page in the browser that are answered; the others are aborted."""
LARGEST_ANSWER = 4 * 1024 * 1024
"""Bytes of the answer to a script in the browser; a larger one is not given to it."""

LARGEST_LISTING = 64 * 1024 * 1024
"""Bytes of a decompressed listing; the rest is not read. The sitemap protocol allows 50 MB."""
LARGEST_ENTRY = 2 * 1024 * 1024
"""Bytes of one entry of a feed or sitemap; a larger one is skipped."""
MOST_ANCHORS = 5_000
"""Links of a section page [1,050]; the rest is not read."""
LONGEST_FEED_TEXT = 1_000_000
"""Characters of the text of an article in a feed; a longer one is not kept."""
MOST_ELEMENTS = 1_000
"""Elements of one entry [60]; the rest is not read."""
MOST_ENTRIES = 2_000
"""Entries of one feed that are read; feeds have 20 to 200, newest first."""
MOST_ADDRESSES = 50_000
"""URLs of one sitemap that are read; the protocol allows no more."""
LARGEST_ROBOTS = 512 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB."""
