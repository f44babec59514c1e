"""A live blog keeps each post with its time; the page's own date row is no post."""

import pytest

from tests.reading.markup import FIRST, SECOND, THIRD, json_ld, read, texts

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
