"""A live blog keeps each post with its time; the page's own date row is no post."""

from datetime import UTC, datetime

import pytest

from tests.reading.markup import BODY, FIRST, HEADLINE, SECOND, THIRD, json_ld, page, paragraphs, read, texts

LIVE = json_ld(**{"@type": "LiveBlogPosting"})
POSTS = (("12 जून 2024, 11:40 AM", "बिजली लौटी", SECOND), ("12 जून 2024, 10:15 AM", "पुल बंद", THIRD))
ALL = [text for post in POSTS for text in post]


@pytest.mark.parametrize(
    "post",
    [
        "<li><time>{0}</time><h3>{1}</h3><p>{2}</p></li>",
        "<li><span>{0}</span><h4>{1}</h4><div>{2}</div></li>",
        "<article><p><b>{0}</b></p><h2>{1}</h2><p>{2}</p></article>",
    ],
)
def test_posts_in_lists_are_posts(post: str) -> None:
    entries = "".join(post.format(*values) for values in POSTS)
    markup = f"<ul>{entries}</ul>" if post.startswith("<li") else f"<div>{entries}</div>"

    assert texts(read(markup, head=LIVE)) == ALL


def test_items_of_one_line_are_posts() -> None:
    entries = "".join(f"<li>{time}<br>{text}</li>" for time, _, text in POSTS)

    assert texts(read(f"<ul>{entries}</ul>", head=LIVE)) == [POSTS[0][0], SECOND, POSTS[1][0], THIRD]


def test_the_pages_own_time_is_no_post() -> None:
    entries = "".join(f"<div><div>{time}</div><h3>{title}</h3><p>{text}</p></div>" for time, title, text in POSTS)

    assert texts(read(f"<div>12 जून 2024, 11:45 AM</div><div>{entries}</div>", head=LIVE)) == ALL


def test_the_first_post_is_read_where_every_time_has_a_date() -> None:
    posts = (*POSTS, ("12 जून 2024, 09:05 AM", "आंधी आई", FIRST))
    entries = "".join(f"<div><div>{time}</div><p>{text}</p></div>" for time, _, text in posts)

    assert texts(read(entries, head=LIVE)) == [part for time, _, text in posts for part in (time, text)]


TIMES = [
    ("11:40 AM", "10:15 AM"),
    ("12 जून 2024, 11:40 AM", "12 जून 2024, 10:15 AM"),
    ("5 मिनट पहले", "2 घंटे पहले"),
    ("अभी", "30 मिनट पहले"),
    ("5 mins ago", "an hour ago"),
    ("सुबह 11:40 बजे", "10:15 बजे"),
    ("बुधवार, 12 जून 2024 11:40", "बुधवार, 12 जून 2024 10:15"),
]


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize(
    "post",
    [
        "<div><div>{0}</div><h3>{1}</h3><p>{2}</p></div>",
        "<div><span class='a'>{0}</span><span class='b'>{1}</span><div>{2}</div></div>",
        "<article><header><time>{0}</time><h3>{1}</h3></header><p>{2}</p></article>",
        "<h3>{0}</h3><h4>{1}</h4><p>{2}</p>",
        "<p>{0}</p><p><b>{1}</b></p><p>{2}</p>",
    ],
    ids=["div", "before the title", "time element", "headings", "paragraphs"],
)
def test_each_post_keeps_its_time_below_an_introduction(times: tuple[str, str], post: str) -> None:
    posts = [(times[0], "बिजली लौटी", SECOND), (times[1], "पुल बंद", THIRD)]
    entries = "".join(post.format(*values) for values in posts)

    article = read(f"<p>{FIRST}</p><div>{entries}</div>", head=LIVE)

    assert texts(article) == [FIRST, *(text for values in posts for text in values)]


@pytest.mark.parametrize("line", ["5 मिनट पहले ट्रेन गई थी।", "अभी और बारिश होगी।", "11 बजे पुल बंद हुआ।"])
def test_a_sentence_that_speaks_of_a_time_is_text(line: str) -> None:
    article = read(f"<div><div>11:40 AM</div><p>{line}</p><p>{SECOND}</p></div>", head=LIVE)

    assert [(block.kind, block.text) for block in article.body[1:]] == [("paragraph", line), ("paragraph", SECOND)]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("<div>Contributors: सीता राव, अजय वर्मा</div>", ["सीता राव", "अजय वर्मा"]),
        ("<div>योगदानकर्ता: सीता राव</div>", ["सीता राव"]),
        ("<div><h4>योगदान</h4><ul><li>सीता राव</li><li>अजय वर्मा</li></ul></div>", ["सीता राव", "अजय वर्मा"]),
        ("<div>लाइव रिपोर्टिंग</div><div>सीता राव और अजय वर्मा</div>", ["सीता राव", "अजय वर्मा"]),
        ("<div>By सीता राव</div>", ["सीता राव"]),
        ("<div>लाइव कवरेज</div><div>बड़ी खबर</div>", []),
        ("<div>योगदान: एक करोड़ रुपये</div>", []),
        ("<div>सीता राव, अजय वर्मा</div>", []),
    ],
)
def test_contributors_sign_a_live_blog(rows: str, names: list[str]) -> None:
    entries = "".join(f"<div><div>{time}</div><h3>{title}</h3><p>{text}</p></div>" for time, title, text in POSTS)

    article = read(f"{rows}<div>{entries}</div>", head=LIVE)

    assert article.byline == names
    assert texts(article) == ALL


def test_a_live_blog_keeps_its_dated_entries_in_order() -> None:
    entries = "".join(
        f"<div class='entry'><div class='time'>{clock}</div><h3>{title}</h3><p>{text}</p></div>"
        for clock, title, text in (
            ("12 जून 2024, 11:40 AM (IST)", "बिजली लौटी", SECOND),
            ("10:15 AM", "पुल बंद हुआ", THIRD),
            ("09:05 बजे", "आंधी आई", FIRST),
        )
    )

    article = read(page(entries, head=json_ld(**{"@type": "LiveBlogPosting"})))

    assert texts(article) == [
        "12 जून 2024, 11:40 AM (IST)", "बिजली लौटी", SECOND, "10:15 AM", "पुल बंद हुआ", THIRD, "09:05 बजे", "आंधी आई", FIRST,
    ]  # fmt: skip


def test_live_updates_are_read_from_json_ld_where_the_page_has_none() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": "बिजली लौटी",
            "datePublished": "2024-06-12T11:40:00+05:30",
            "articleBody": SECOND,
        },
        {
            "@type": "BlogPosting",
            "headline": "आंधी आई",
            "datePublished": "2024-06-12T09:05:00+05:30",
            "articleBody": f"{FIRST} {THIRD}",
        },
    ]

    article = read(page("<div id='app'></div>", head=json_ld(**{"@type": "LiveBlogPosting"}, liveBlogUpdate=updates)))

    assert texts(article) == [
        "2024-06-12T11:40:00+05:30",
        "बिजली लौटी",
        SECOND,
        "2024-06-12T09:05:00+05:30",
        "आंधी आई",
        f"{FIRST} {THIRD}",
    ]


FETCHED = datetime(2024, 6, 12, 6, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("5 मिनट पहले", "2024-06-12T11:35+05:30"),
        ("लगभग 2 घंटे पहले", "2024-06-12T09:40+05:30"),
        ("एक घंटा पहले", "2024-06-12T10:40+05:30"),
        ("45 mins ago", "2024-06-12T10:55+05:30"),
        ("अभी", "2024-06-12T11:40+05:30"),
        ("2 दिन पहले", "2024-06-10"),
    ],
)
def test_a_relative_time_of_a_post_has_the_time_that_it_means_behind_it(printed: str, moment: str) -> None:
    posts = f"<div><div>{printed}</div><p>{SECOND}</p></div><div><div>{printed}</div><p>{THIRD}</p></div>"

    for markup in (
        posts,
        posts.replace("<div><div>", "<article><header><time>").replace("</div><p>", "</time></header><p>"),
    ):
        found = texts(read(f"<p>{FIRST}</p>{markup}", head=LIVE, fetched_at=FETCHED))
        assert found == [FIRST, f"{printed} ({moment})", SECOND, f"{printed} ({moment})", THIRD]
    assert texts(read(f"<p>{FIRST}</p>{posts}", head=LIVE)) == [FIRST, printed, SECOND, printed, THIRD]


def test_the_element_of_a_relative_time_says_what_it_means() -> None:
    posts = "".join(
        f"<li><time datetime='2024-06-12T{clock}:20+05:30'>{printed}</time><p>{text}</p></li>"
        for clock, printed, text in (("09:12", "2 घंटे पहले", SECOND), ("09:04", "3 घंटे पहले", THIRD))
    )
    expected = ["2 घंटे पहले (2024-06-12T09:12+05:30)", SECOND, "3 घंटे पहले (2024-06-12T09:04+05:30)", THIRD]

    assert texts(read(f"<ul>{posts}</ul>", head=LIVE, fetched_at=FETCHED)) == expected
    assert texts(read(f"<ul>{posts}</ul>", head=LIVE)) == expected


@pytest.mark.parametrize("time", ["11:35 AM", "12 जून 2024, 11:35", "सुबह 11:35 बजे"])
def test_a_time_of_day_of_a_post_stays_as_printed(time: str) -> None:
    posts = f"<div><div>{time}</div><p>{SECOND}</p></div><div><div>{time}</div><p>{THIRD}</p></div>"

    assert texts(read(f"<p>{FIRST}</p>{posts}", head=LIVE, fetched_at=FETCHED)) == [FIRST, time, SECOND, time, THIRD]


@pytest.mark.parametrize("line", ["5 मिनट पहले ट्रेन गई थी।", "अभी बारिश होगी।", "युद्ध 2 दिन पहले रुका था और शांति है।"])
def test_a_sentence_with_a_relative_time_gets_no_other(line: str) -> None:
    article = read(f"<div><div>11:40 AM</div><p>{line}</p><p>{SECOND}</p></div>", head=LIVE, fetched_at=FETCHED)

    assert texts(article)[1:] == [line, SECOND]


@pytest.mark.parametrize("headline", ["LIVE: {}", "{} | लाइव अपडेट", "लाइव ब्लॉग: {}", "{} - LIVE Updates"])
def test_the_label_of_a_headline_makes_a_live_page(headline: str) -> None:
    entries = "".join(f"<div><div>{time}</div><h3>{title}</h3><p>{text}</p></div>" for time, title, text in POSTS)
    third = f"<div><div>12 जून 2024, 09:05 AM</div><h3>आंधी आई</h3><p>{FIRST}</p></div>"

    article = read(page(entries + third, headline=headline.format(HEADLINE)))

    assert (article.kind, article.headline) == ("live-blog", HEADLINE)
    assert texts(article) == [*ALL, "12 जून 2024, 09:05 AM", "आंधी आई", FIRST]


@pytest.mark.parametrize("headline", ["लाइव मैच में भिड़े खिलाड़ी और दर्शक", "Live-in कानून पर बहस", "वरुणपुर में लाइव प्रसारण बंद"])
def test_a_word_of_a_headline_makes_no_live_page(headline: str) -> None:
    article = read(page(f"<p>{FIRST}</p><p>10:45</p><p>{SECOND}</p><p>{THIRD}</p>", headline=headline))

    assert (article.kind, article.headline) == ("report", headline)


NEWS = "आंधी से खंभे गिरे"
LIST = (
    "<dl>"
    + "".join(f"<dt>0{n}:20 PM, 04-Mar-2025</dt><dd><p>{text}</p></dd>" for n, text in enumerate(BODY, 1))
    + "</dl>"
)
ROWS = "".join(f"<div><span>1{n}:15 IST</span><p>{text}</p></div>" for n, text in enumerate(BODY))
TIMED = "".join(
    f"<div><time datetime='2025-03-04T1{n}:15:00+05:30'>1{n}:15 AM</time><p>{text}</p></div>"
    for n, text in enumerate(BODY)
)
ITEMS = "<ul>" + "".join(f"<li><b>10:{n}5 AM</b><p>{text}</p></li>" for n, text in enumerate(BODY)) + "</ul>"
BOLD = "".join(f"<p><strong>1{n}.30 बजे</strong></p><p>{text}</p>" for n, text in enumerate(BODY))
RELATED = (
    "<ul class='related'>"
    + "".join(
        f"<li><a href='/world/other-{n}.html'>दूसरी खबर का लंबा शीर्षक {n}</a> <span>1{n}:15 AM</span></li>"
        for n in range(4)
    )
    + "</ul>"
)


@pytest.mark.parametrize(
    ("headline", "posts"),
    [
        (f"वरुणपुर LIVE: {NEWS}", LIST),
        (f"वरुणपुर आंधी LIVE Updates: {NEWS}", ROWS),
        (f"वरुणपुर लाइव अपडेट: {NEWS}", TIMED),
        (f"वरुणपुर Live Blog | {NEWS}", ITEMS),
        (f"वरुणपुर आंधी लाइव: {NEWS}", BOLD),
        (f"वरुणपुर Live Updates - {NEWS}", LIST),
        (f"आंधी News LIVE: {NEWS}", ROWS),
        (f"वरुणपुर चुनाव Live - {NEWS}", TIMED),
        (f"वरुणपुर LIVE Coverage: {NEWS}", ITEMS),
    ],
)
def test_a_label_inside_the_headline_and_times_of_posts_make_a_live_page(headline: str, posts: str) -> None:
    article = read(page(posts, headline=headline))

    assert article.kind == "live-blog"
    assert len(texts(article)) == 2 * len(BODY)
    assert texts(article)[1::2] == BODY


@pytest.mark.parametrize(
    ("headline", "markup"),
    [
        (f"वरुणपुर LIVE: {NEWS}", paragraphs()),
        (f"वरुणपुर LIVE: {NEWS}", "<div><span>10:15 IST</span></div><div><span>11:15 IST</span></div>" + paragraphs()),
        (f"वरुणपुर LIVE: {NEWS}", paragraphs() + RELATED),
        (f"वरुणपुर LIVE: {NEWS}", RELATED + paragraphs()),
        (f"LIVE शो में मंच गिरा, {NEWS}", LIST),
        (f"वरुणपुर में लाइव मैच के बीच {NEWS}", paragraphs()),
        (f"वरुणपुर LIVE टीवी पर {NEWS}", paragraphs()),
        (f"लाइव देखिए कैसे {NEWS}", LIST),
        (f"वरुणपुर में {NEWS}", TIMED),
        (f"अलाइव: {NEWS}", paragraphs()),
    ],
)
def test_a_headline_without_the_label_or_a_page_without_posts_makes_no_live_page(headline: str, markup: str) -> None:
    assert read(page(markup, headline=headline)).kind == "report"
