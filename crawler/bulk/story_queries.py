"""The queries of the stories' job, in the SQL that DuckDB and Spark share.

A text is known by its `number`. Tables: `read` (what the files hold), `texts` (the last revision of each), `periods`
(how many texts share a mark there at most), `marks` (those that find something), `links`, `edges` (the web of links,
turned into a star around the least number of each component), `members` (the texts of components), `clusters`.
"""

from crawler.bulk.text_rows import TEXT_COLUMNS
from crawler.stories.density import COMMON, PERIOD_DAYS, SPAN

NEVER = -(1 << 40)
"""The period of texts without a time, which are near all others."""
_PERIOD = f"coalesce(CAST(floor(published / {PERIOD_DAYS * 86_400}) AS BIGINT), {NEVER})"
_COLUMNS = ", ".join(f"read.{name}" for name in TEXT_COLUMNS)

# Of an article that comes again, the last revision counts, and of equal ones the first; `place` is its first row.
LAST_TEXTS = f"""
WITH ranked AS (
    SELECT file, line,
        row_number() OVER (PARTITION BY id ORDER BY revision DESC, file, line) AS rank,
        min(file * 4294967296 + line) OVER (PARTITION BY id) AS place
    FROM read WHERE fault IS NULL
)
SELECT read.file * 4294967296 + read.line AS number, ranked.place, {_PERIOD} AS period, read.short, {_COLUMNS}
FROM read JOIN ranked ON read.file = ranked.file AND read.line = ranked.line
WHERE ranked.rank = 1
ORDER BY period, number
"""
KEPT_TEXTS = f"SELECT {', '.join(TEXT_COLUMNS)} FROM texts ORDER BY period, number"
REFUSED = """
SELECT read.file, files.path, read.line, read.fault AS reason FROM read JOIN files ON read.file = files.number
WHERE fault IS NOT NULL ORDER BY read.file, read.line
"""
PERIOD_COUNTS = "SELECT period, count(*) AS texts FROM texts GROUP BY period"


def marks(explode: str) -> str:
    """Return the query of the marks that are not boilerplate in the period of their text.

    Only a mark that more than `COMMON` texts have in all is counted around each period.
    """
    return f"""
WITH carried AS (SELECT number, period, published, short, {explode}(marks) AS mark FROM texts),
frequent AS (SELECT mark FROM carried GROUP BY mark HAVING count(*) > {COMMON}),
counted AS (
    SELECT period, mark, count(*) AS texts FROM carried WHERE mark IN (SELECT mark FROM frequent) GROUP BY period, mark
),
around AS (
    SELECT period, mark, sum(texts) OVER (
        PARTITION BY mark ORDER BY period RANGE BETWEEN {SPAN} PRECEDING AND {SPAN} FOLLOWING
    ) AS texts
    FROM counted
),
boilerplate AS (
    SELECT around.period, around.mark FROM around JOIN periods ON around.period = periods.period
    WHERE around.texts > periods.most
)
SELECT carried.* FROM carried
WHERE NOT EXISTS (
    SELECT 1 FROM boilerplate WHERE boilerplate.period = carried.period AND boilerplate.mark = carried.mark
)
ORDER BY period
"""


def pairs(first: int, last: int, reach: int, seconds: float) -> str:
    """Return the query of the pairs to compare: of each, the earlier period lies between two, both included.

    Two texts share two marks, or one if either has few; they lie at most `seconds` apart. A text without a time is near
    all; its pairs come with the period of the other.
    """
    columns = "least(a.number, b.number) AS one, greatest(a.number, b.number) AS other, a.short OR b.short AS short"
    return f"""
WITH shared AS (
    SELECT {columns} FROM marks AS a JOIN marks AS b ON a.mark = b.mark
    WHERE a.period BETWEEN {first} AND {last} AND b.period BETWEEN {first} AND {last + reach}
        AND b.period BETWEEN a.period AND a.period + {reach}
        AND (a.period < b.period OR a.number < b.number)
        AND (a.published IS NULL OR abs(a.published - b.published) <= {seconds})
    UNION ALL
    SELECT {columns} FROM marks AS a JOIN marks AS b ON a.mark = b.mark
    WHERE a.period = {NEVER} AND b.period BETWEEN {first} AND {last} AND b.period <> {NEVER}
),
found AS (SELECT one, other FROM shared GROUP BY one, other HAVING count(*) > 1 OR bool_or(short))
SELECT found.one, found.other, {_prefixed("a", "one")}, {_prefixed("b", "other")}
FROM found JOIN texts AS a ON found.one = a.number JOIN texts AS b ON found.other = b.number
"""


def _prefixed(table: str, prefix: str) -> str:
    return ", ".join(f"{table}.{name} AS {prefix}_{name}" for name in TEXT_COLUMNS)


# Components: each round links the neighbours of a text to the least of them, first the greater ones, then the lesser
# ones ("Connected Components in MapReduce and Beyond", 2014), until each text has one link, to the least of all.
EDGES = "SELECT DISTINCT greatest(one, other) AS one, least(one, other) AS other FROM links WHERE joins"


def round_of(edges: str) -> str:
    """Return the query of the links after another round."""
    return f"""
WITH ways AS (SELECT one, other FROM {edges} UNION ALL SELECT other AS one, one AS other FROM {edges}),
near AS (SELECT one, other, min(other) OVER (PARTITION BY one) AS nearest FROM ways),
greater AS (SELECT DISTINCT other AS one, least(one, nearest) AS other FROM near WHERE other > one),
lesser AS (SELECT one, other, min(other) OVER (PARTITION BY one) AS nearest FROM greater)
SELECT other AS one, nearest AS other FROM lesser WHERE other <> nearest
UNION
SELECT one, nearest AS other FROM lesser
"""


def unsettled(edges: str) -> str:
    """Return the query of the number of links that another round may change."""
    return f"""
SELECT (SELECT count(*) - count(DISTINCT one) FROM {edges})
    + (SELECT count(*) FROM {edges} AS a JOIN {edges} AS b ON a.other = b.one)
"""


def members(edges: str) -> str:
    """Return the query of the texts in components, with what cutting needs of each."""
    return f"""
SELECT texts.number, texts.id, periods.growth, roots.root
FROM (
    SELECT one AS number, other AS root FROM {edges} UNION SELECT other AS number, other AS root FROM {edges}
) AS roots
JOIN texts ON texts.number = roots.number JOIN periods ON periods.period = texts.period
"""


COMPONENTS = """
SELECT a.root, links.one, links.other, a.id AS one_id, b.id AS other_id,
    a.growth AS one_growth, b.growth AS other_growth, links.similarity, links.needed
FROM links JOIN members AS a ON links.one = a.number JOIN members AS b ON links.other = b.number
WHERE a.root = b.root
"""
CLUSTERED_TEXTS = f"""
SELECT clusters.cluster, texts.number, {", ".join(f"texts.{name}" for name in TEXT_COLUMNS)}
FROM clusters JOIN texts ON clusters.number = texts.number
"""
STORY_OF_EACH = """
SELECT texts.place, texts.id, coalesce(related.story, concat('story-', texts.id)) AS story,
    coalesce(related.relation, 'original') AS relation, related.of, related.similarity, related.because
FROM texts LEFT JOIN related ON texts.number = related.number
"""
