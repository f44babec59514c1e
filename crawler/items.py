"""The article: the record in one line of the export, and how that line is written."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import msgspec

from crawler.text.instants import Precision
from crawler.text.parts import Credit, Dateline

SCHEMA_VERSION = "1.1"
"""Version of the record's shape; follows semantic versioning, changes are written in CHANGELOG.md."""

ArticleKind = Literal["report", "live-blog", "gallery", "video", "opinion", "review"]
OutletGroup = Literal["newspaper", "television", "digital", "agency", "public"]
Access = Literal["full", "teaser", "paywalled"]
Relation = Literal["original", "exact", "wire-copy", "near", "revision"]
BlockKind = Literal["paragraph", "subhead", "list_item", "quote", "credit"]
Source = Literal["json-ld", "selector", "meta", "text", "feed", "generic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a body."""

    kind: BlockKind
    """`paragraph`, `subhead`, `list_item`, `quote`, or `credit` for a line that only signs the report: `(एपी)`."""

    text: str
    """The block's text as printed, in NFC, white space collapsed. The relative time of a post in a live blog has the
    time that it means behind it where it is known: `5 मिनट पहले (2024-06-12T11:35+05:30)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One image that belongs to an article."""

    url: str
    """Absolute address of the image."""

    caption: str | None = None
    """Caption as printed, without its credit."""

    credit: str | None = None
    """Whom the outlet names for the picture, as printed. Never a credit of the text."""

    width: int | None = None
    """Width in pixels that the page states for this address, or None. Since 1.1."""

    height: int | None = None
    """Height in pixels that the page states for this address, or None. Since 1.1."""

    main: bool = False
    """Whether this is the article's main picture: the one that the page names in JSON-LD or `og:image`, or else the
    first. False for all images in a record of 1.0. Since 1.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The outlet that published an article."""

    name: str | None = None
    """Its own name in Latin letters: `India TV`. None for a page of an unknown host."""

    name_hi: str | None = None
    """Its own name in Hindi: `इंडिया टीवी`. None for a page of an unknown host."""

    host: str | None = None
    """Canonical host of the outlet, or the host of the page where the outlet is unknown: `www.indiatv.in`."""

    group: OutletGroup | None = None
    """Kind of newsroom: `newspaper`, `television`, `digital`, `agency` or `public`. None where it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An article that the page points its reader to."""

    title: str
    """Title as printed under यह भी पढ़ें (read also) or a similar heading."""

    url: str | None = None
    """Absolute address; None when the title is printed without a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Which story an article tells, and what it repeats."""

    id: str
    """Identifier of the story, derived from its earliest article."""

    relation: Relation
    """`original`, `exact`, `wire-copy`, `near` or `revision`."""

    of: str | None = None
    """Identifier of the article that this one repeats, or None."""

    similarity: float | None = None
    """Containment in the article it repeats, 0 to 1, or None."""

    because: str | None = None
    """Why the two texts are one story, in words, or None."""


@dataclass(slots=True, kw_only=True)
class Article:
    """One article, as one outlet printed it."""

    schema_version: str = SCHEMA_VERSION
    """Version of this record's shape."""

    id: str
    """Stable over runs and machines: derived from outlet and canonical URL."""

    outlet: str | None
    """Slug of the outlet, which is its spider's name: `indiatv`. None for a page of an unknown host."""

    publisher: Publisher | None = None
    """Names, host and group of the outlet. Since 1.1."""

    url: str
    """Canonical address; the page's canonical link only when it stays on the outlet's own domain."""

    headline: str
    """Headline as printed."""

    deck: str | None = None
    """Standfirst under the headline, or None."""

    byline: list[str] = field(default_factory=list)
    """People or desks as printed; never an agency."""

    dateline: Dateline | None = None
    """Place, date and agency printed before the report. None when nothing is printed; never guessed."""

    credits: list[Credit] = field(default_factory=list)
    """Agencies that the report is credited to; no agency twice."""

    cited_media: list[str] = field(default_factory=list)
    """Identifiers of media that the text quotes as a source (`kcna`, `nhk`), which are not credits."""

    published_at: str | None = None
    """When it was first published, in UTC: `2025-11-28T04:45:00Z`; from its listing where the page prints nothing. None
    where the day alone is printed, which is in `published_on`, or nothing."""

    published_on: str | None = None
    """Day of first publication in the outlet's time zone, `2025-11-28`; None where neither the page nor its listing
    prints one. Since 1.1."""

    published_precision: Precision | None = None
    """How exactly the first publication is printed: to the `second`, the `minute` or the `day`. A span (`2 घंटे पहले`)
    counts as `minute`, midnight in a listing as `day`. None where nothing is printed. Since 1.1."""

    modified_at: str | None = None
    """When the page says that it was last changed, in UTC. None where it prints no time of day."""

    published_raw: str | None = None
    """What the first publication was read from, as the page gives it: a value of JSON-LD or a meta tag, or the printed
    row. None where the page states no time. In a record of 1.0, what 1.0 wrote into `published_at`. Since 1.1."""

    modified_raw: str | None = None
    """What the last change was read from, as the page gives it, a day alone too; or None. In a record of 1.0, what 1.0
    wrote into `modified_at`. Since 1.1."""

    section: str | None = None
    """Section as printed."""

    tags: list[str] = field(default_factory=list)
    """Tags as printed."""

    body: list[Block] = field(default_factory=list, repr=False)
    """Paragraphs, subheads, list items, quotes and sign-offs in page order; as printed, junk removed."""

    text: str | None = field(default=None, repr=False)
    """The narrative: the body joined with blank lines, without dateline and credits."""

    word_count: int | None = None
    """Number of words in `text`; None where there is no text. Since 1.1."""

    images: list[Image] = field(default_factory=list, repr=False)
    """Images of the article, in page order."""

    related: list[Related] = field(default_factory=list, repr=False)
    """Articles under यह भी पढ़ें (read also) or a similar heading."""

    language: str | None = None
    """BCP 47 tag, judged from the text."""

    kind: ArticleKind = "report"
    """`report`, `live-blog`, `gallery`, `video`, `opinion` or, since 1.1, `review`."""

    access: Access = "full"
    """`full`, `teaser` or `paywalled`: how much of the text the page gave."""

    revision: int = 1
    """1, and one more for each changed edition of the same article."""

    story: Story | None = None
    """The story that the article tells; None until it has been compared with others."""

    pages: list[str] = field(default_factory=list, repr=False)
    """Addresses of the pages that the article was put together from, in order; empty for one page. Since 1.1."""

    disagreement: Literal["body"] | None = None
    """The field where the outlet's selector and the generic reader disagree badly, or None. Since 1.1."""

    provenance: dict[str, Source] = field(default_factory=dict, repr=False)
    """Per field, where it was read."""

    first_seen_at: str | None = None
    """When a run first exported the article, in UTC; None without a store, and in a record of 1.0. Since 1.1."""

    sequence: int | None = None
    """Number of the record in the exports, from 1, in the order of publication: who has read all up to a number never
    meets a new record with a lower one. None in a feed (`-O`), in a replay without a store, and outside a crawl. Since
    1.1."""

    withdrawn_at: str | None = None
    """When a run took the article for withdrawn, in UTC. Only `scrapy export --since` sets it, in the row that tells a
    reader so; None in the files of runs. Since 1.1."""

    fetched_at: str | None = None
    """When the page was fetched, in UTC; None for a page read from a plain file."""

    run_id: str | None = None
    """Identifier of the run that read the page; None outside a crawl."""

    reader_version: str | None = None
    """Version of Videsh that read the page."""


def record(article: Article) -> dict[str, Any]:
    """Return an article as plain dicts and lists, all keys present, in the order of the record."""
    return asdict(article)


def json_line(article: Article, *, errors: Literal["strict", "replace"] = "strict") -> bytes:
    """Return an article as one line of JSON without its newline, all keys present, as Scrapy's feeds write it.

    `errors`, as of `str.encode`, is for half of a surrogate pair, which UTF-8 cannot hold.
    """
    try:
        return msgspec.json.format(msgspec.json.encode(article), indent=0)  # with blanks after commas and colons
    except (TypeError, UnicodeEncodeError):  # a string of lxml's own class, half of a surrogate pair
        return json.dumps(record(article), ensure_ascii=False).encode("utf-8", errors)
